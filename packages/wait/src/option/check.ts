/**
 * Checks of options for untyped callers. Each throws if the value is invalid.
 *
 * @internal
 */
import { describe } from '../result/describe.js'

export const checkNumber = (name: string, value: unknown, expected: string, isValid: boolean): void => {
  if (typeof value !== 'number' || !isValid) throw new RangeError(`${name} must be ${expected}`)
}

export const checkRate = (name: string, perSecond: unknown): void =>
  checkNumber(
    name,
    perSecond,
    'a number greater than 0, at most 1,000,000',
    Number(perSecond) > 0 && Number(perSecond) <= 1_000_000,
  )

export const checkCount = (name: string, value: unknown): void =>
  checkNumber(name, value, 'an integer of at least 1', Number.isInteger(value) && Number(value) >= 1)

export const checkFunction = (name: string, value: unknown): void => {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function, found ${describe(value)}`)
}

export const checkObject = (name: string, value: unknown): void => {
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`${name} must be an object, found ${describe(value)}`)
}

export const checkDurations = (name: string, value: unknown): void => {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array, found ${describe(value)}`)
  for (const [index, ms] of (value as ReadonlyArray<unknown>).entries())
    checkNumber(`${name}[${index}]`, ms, 'a number of at least 0', Number(ms) >= 0 && Number(ms) < Infinity)
}
