/**
 * What makes sense as an option, for callers whom no types hold. Each throws if it does not.
 *
 * @internal
 */
import { describe } from '../result/describe.js'

export const checkNumber = (name: string, value: unknown, which: string, holds: boolean): void => {
  if (typeof value !== 'number' || !holds) throw new RangeError(`${name} must be a number ${which}`)
}

export const checkFunction = (name: string, value: unknown): void => {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function, found ${describe(value)}`)
}

export const checkObject = (name: string, value: unknown): void => {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${name} must be an object, found ${describe(value)}`)
}
