/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { struct } from '../codec/struct.js'
import type { JsonPointer } from '../json/JsonPointer.js'
import { type JsonValue, fromPlain, stringifyJson } from '../json/JsonValue.js'
import { isPlainObject } from '../json/plainObject.js'

/**
 * A value of another type than the format defines. PROTOCOL.md, section 3, row 11.
 *
 * @category model
 * @since 0.1.0
 */
export interface ShapeIssue {
  readonly _tag: 'ShapeIssue'
  readonly path: JsonPointer
  /** For people to read, such as `an integer`. */
  readonly expected: string
  /** For people to read, such as `"0"` or `nothing`. A long value is truncated. */
  readonly found: string
  /** What the schema of another library, such as zod, says of the value. Only issues of such a schema have it. */
  readonly message?: string
}

/**
 * The codec of a shape issue.
 *
 * @category codecs
 * @since 0.1.0
 */
export const ShapeIssue: t.Type<ShapeIssue> = struct(
  'ShapeIssue',
  { _tag: t.literal('ShapeIssue'), path: t.string, expected: t.string, found: t.string },
  { message: t.string },
)

/**
 * Creates an issue at a path of the body.
 *
 * @example
 *   import { shapeIssue } from '@task-outcome/core/wire'
 *
 *   shapeIssue('/detail', 'an object', 'an array (3 items)')
 *
 * @category constructors
 * @since 0.1.0
 */
export const shapeIssue = (path: JsonPointer, expected: string, found: string): ShapeIssue => ({
  _tag: 'ShapeIssue',
  path,
  expected,
  found,
})

/**
 * Describes a value in a few words: a scalar by its JSON text, truncated if it is long, and an array by its length.
 *
 * @example
 *   import { describeFound } from '@task-outcome/core/wire'
 *
 *   describeFound('abc') // => '"abc"'
 *
 * @category destructors
 * @since 0.1.0
 */
export const describeFound = (found: JsonValue | undefined): string => {
  if (found === undefined) return 'nothing'
  if (found !== null && typeof found === 'object') {
    if (found._tag === 'JsonArray') return showArray(found.items.length)
    if (found._tag === 'JsonObject') return 'an object'
  }
  return cut(stringifyJson(found))
}

const longest = 60

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

const showArray = (length: number): string => `an array (${length} ${length === 1 ? 'item' : 'items'})`

/**
 * Describes plain JSON like `describeFound`, without visiting its parts: parts that a codec shares can make that exponential.
 *
 * @internal
 */
export const describePlain = (value: unknown): string => {
  if (Array.isArray(value)) return showArray(value.length)
  return isPlainObject(value) ? 'an object' : describeFound(fromPlain(value))
}
