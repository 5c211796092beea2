/**
 * Reads thrown values safely: they can be anything, and reading their properties can throw.
 *
 * @internal
 */
import { unpolluted } from '../json/unpolluted.js'

/** Returns the name of a thrown value, or its type. */
export const nameOf = (thrown: unknown): string => {
  const name = property(thrown, 'name')
  return typeof name === 'string' ? name : typeof thrown
}

/** Returns the message of the reason of an abort. A string is its own message. */
export const messageOf = (reason: unknown): string => {
  const message = typeof reason === 'string' ? reason : property(reason, 'message')
  return typeof message === 'string' ? message : ''
}

/** Returns a property, or `undefined` if it is absent, comes from a polluted `Object.prototype`, or reading it throws. */
export const property = (value: unknown, name: string): unknown => {
  try {
    return unpolluted(value as Readonly<Record<string, unknown>>, name)
  } catch {
    return undefined
  }
}

/** Returns a property of any value if it is a string. */
export const textAt = (value: unknown, name: string): string | undefined => {
  const text = property(value, name)
  return typeof text === 'string' ? text : undefined
}

/** Ignores what becomes of a promise: a rejection is never unhandled. Returns whether the value is a promise. */
export const ignorePromise = (value: unknown): boolean => {
  const isPromise = typeof property(value, 'then') === 'function'
  if (isPromise) void Promise.resolve(value).catch(() => undefined)
  return isPromise
}
