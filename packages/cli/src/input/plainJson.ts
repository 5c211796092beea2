/**
 * JSON of which no number matters, so that `JSON.parse` reads it.
 *
 * @internal
 */

/** Returns `undefined` for a text that is not JSON. */
export const parsePlainJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // what is wrong with it must not show a part of it
  }
}

/** The members of an object; none of anything else. */
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
