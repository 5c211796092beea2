/**
 * Checks of options for untyped callers. Each throws if the value is invalid.
 *
 * @internal
 */
import { describe } from '../result/describe.js'

export const checkNumber = (name: string, value: unknown, expected: string, isValid: boolean): void => {
  if (typeof value !== 'number' || !isValid) throw new RangeError(`${name} must be ${expected}`)
}

export const checkFunction = (name: string, value: unknown): void => {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function, found ${describe(value)}`)
}

export const checkObject = (name: string, value: unknown): void => {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${name} must be an object, found ${describe(value)}`)
}
