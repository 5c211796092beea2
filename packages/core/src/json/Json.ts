/**
 * Plain JSON, as `JSON.stringify` accepts it: the type of extra fields.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { maxDepth } from './maxDepth.js'
import { isPlainObject } from './plainObject.js'

/**
 * Any plain JSON value.
 *
 * @category model
 * @since 0.1.0
 */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | JsonRecord

/**
 * A plain JSON object. Any name can be an own property, even `__proto__` and `constructor`: look names up with `Object.hasOwn`,
 * or pass a codec for the fields that you expect.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonRecord {
  readonly [name: string]: Json
}

/**
 * The codec of plain JSON. It rejects values that are nested deeper than 512.
 *
 * @category codecs
 * @since 0.1.0
 */
export const Json: t.Type<Json> = new t.Type<Json>(
  'Json',
  (u): u is Json => isJson(u, maxDepth),
  (u, context) => (isJson(u, maxDepth) ? t.success(u) : t.failure(u, context)),
  t.identity,
)

/**
 * The codec of plain JSON objects.
 *
 * @category codecs
 * @since 0.1.0
 */
export const JsonRecord: t.Type<JsonRecord> = new t.Type<JsonRecord>(
  'JsonRecord',
  (u): u is JsonRecord => isJsonRecord(u, maxDepth),
  (u, context) => (isJsonRecord(u, maxDepth) ? t.success(u) : t.failure(u, context)),
  t.identity,
)

/**
 * The empty record of extra fields.
 *
 * @category constructors
 * @since 0.1.0
 */
export const noExtra: JsonRecord = Object.freeze({})

const isJson = (u: unknown, depth: number): u is Json =>
  u === null ||
  typeof u === 'boolean' ||
  typeof u === 'string' ||
  Number.isFinite(u) ||
  (Array.isArray(u) ? depth > 0 && isJsonArray(u, depth - 1) : isJsonRecord(u, depth))

/** `every` skips holes, `includes` does not. */
const isJsonArray = (items: ReadonlyArray<unknown>, depth: number): boolean =>
  !items.includes(undefined) && items.every(item => isJson(item, depth))

const isJsonRecord = (u: unknown, depth: number): u is JsonRecord =>
  depth > 0 && isPlainObject(u) && Object.values(u).every(member => isJson(member, depth - 1))
