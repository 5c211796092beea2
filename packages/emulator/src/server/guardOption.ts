/**
 * @internal
 */
import { types } from 'node:util'

/**
 * The same function, except that its errors name the option that it is. Untyped callers may also give an asynchronous
 * function: its promise is refused, and handled, since an unhandled rejection ends the process.
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

/** What was thrown, as text. Never throws, whatever it is. */
export const messageOf = (thrown: unknown): string => {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown)
  } catch {
    return 'an object without a text'
  }
}
