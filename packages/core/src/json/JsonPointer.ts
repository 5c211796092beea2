/**
 * Paths into a JSON document, as JSON Pointers.
 *
 * A pointer is a string, so it is plain data. Engines share the common prefix of concatenated strings, so 100,000 issues deep in
 * a body do not hold 100,000 copies of their common path.
 *
 * @since 0.1.0
 */

/**
 * The path of a value in a JSON document: `''` is the whole document, `/detail/ins-1/code` the code of an entry. A segment
 * escapes `~` as `~0` and `/` as `~1`.
 *
 * Source: RFC 6901.
 *
 * @category model
 * @since 0.1.0
 */
export type JsonPointer = string

/**
 * The pointer to the whole document.
 *
 * @category constructors
 * @since 0.1.0
 */
export const root: JsonPointer = ''

/**
 * Returns the pointer to the member or item `segment` of the value at `pointer`.
 *
 * @example
 * import { JsonPointer } from '@task-outcome/core/json'
 *
 * JsonPointer.child(JsonPointer.child(JsonPointer.root, 'detail'), 'a/b') // '/detail/a~1b'
 *
 * @category combinators
 * @since 0.1.0
 */
export const child = (pointer: JsonPointer, segment: string | number): JsonPointer =>
  pointer + '/' + (typeof segment === 'number' ? String(segment) : escapeSegment(segment))

/**
 * Returns the unescaped segments of a pointer.
 *
 * @example
 * import { JsonPointer } from '@task-outcome/core/json'
 *
 * JsonPointer.segments('/detail/a~1b') // ['detail', 'a/b']
 *
 * @category destructors
 * @since 0.1.0
 */
export const segments = (pointer: JsonPointer): ReadonlyArray<string> =>
  pointer.split('/').slice(1).map(unescapeSegment)

const escapeSegment = (segment: string): string =>
  special.test(segment) ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment

const unescapeSegment = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~')

/** Few names need escaping, and testing takes a third of the time of replacing. */
const special = /[~/]/
