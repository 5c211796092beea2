/**
 * What may be told of a thrown value: it can be anything, and looking at it can throw as well.
 *
 * @internal
 */

/** The name of what was thrown, and nothing that it holds. */
export const nameOf = (thrown: unknown): string => {
  const name = property(thrown, 'name')
  return typeof name === 'string' ? name : typeof thrown
}

/** The message of an abort's reason; a string is its own. */
export const messageOf = (reason: unknown): string => {
  const message = typeof reason === 'string' ? reason : property(reason, 'message')
  return typeof message === 'string' ? message : ''
}

/** A property, or `undefined` if absent or reading it throws. */
export const property = (value: unknown, name: string): unknown => {
  try {
    return (value as Readonly<Record<string, unknown>>)[name]
  } catch {
    return undefined
  }
}
