/**
 * Plain JSON, as `JSON.stringify` takes it: what a caller gets to see of the fields that the format does not name.
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
 * A plain JSON object. Any name can be an own property, `__proto__` and `constructor` too: look names up with
 * `Object.hasOwn`, or hand in a codec for the fields that you expect.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonRecord {
  readonly [name: string]: Json
}

/**
 * The codec of plain JSON. Values nested deeper than 512 are refused.
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
 * No fields beside those that the format names.
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
  (Array.isArray(u) ? depth > 0 && isJsonList(u, depth - 1) : isJsonRecord(u, depth))

/** `every` passes over holes, `includes` does not. */
const isJsonList = (list: ReadonlyArray<unknown>, depth: number): boolean =>
  !list.includes(undefined) && list.every(item => isJson(item, depth))

const isJsonRecord = (u: unknown, depth: number): u is JsonRecord =>
  depth > 0 && isPlainObject(u) && Object.values(u).every(member => isJson(member, depth - 1))
