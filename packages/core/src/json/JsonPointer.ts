/**
 * Paths into a JSON document, as JSON Pointers.
 *
 * A pointer is a string, so it is plain data; and since engines share the common start of strings that were
 * put together, a hundred thousand issues deep in a body do not hold a hundred thousand copies of the way there.
 *
 * @since 0.1.0
 */

/**
 * The path of a value in a JSON document: `''` is the whole document, `/detail/ins-1/code` the code of an entry.
 * In a segment `~` is written `~0` and `/` is written `~1`.
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
 * The pointer to the member or item `segment` of the value at `pointer`.
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
 * The segments of a pointer, unescaped.
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

/** Few names have one, and to look for both takes a third of the time of replacing neither. */
const special = /[~/]/
