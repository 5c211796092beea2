/**
 * @internal
 */
import { types } from 'node:util'

/**
 * Wraps the function of an option so that its errors name the option. Untyped callers may pass an asynchronous function:
 * its promise is an error, and is handled, as an unhandled rejection would end the process.
 */
export const guardOption =
  <Arguments extends ReadonlyArray<unknown>, Value>(
    name: string,
    option: (...values: Arguments) => Value,
  ): ((...values: Arguments) => Value) =>
  (...values) => {
    const value = call(name, () => option(...values))
    if (!types.isPromise(value)) return value
    value.catch(() => undefined)
    throw new TypeError(`the option ${name} returned a promise`)
  }

const call = <Value>(name: string, option: () => Value): Value => {
  try {
    return option()
  } catch (error) {
    throw new Error(`the option ${name} threw: ${messageOf(error)}`, { cause: error })
  }
}

/** Converts any thrown value to text. Never throws. */
export const messageOf = (thrown: unknown): string => {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown)
  } catch {
    return 'an object without a string value'
  }
}
