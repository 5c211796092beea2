/**
 * A lossless JSON value: numbers keep their literal, objects the order of their members and their duplicates.
 *
 * @since 0.1.0
 */
import type { Json, JsonRecord } from './Json.js'
import { exactNumber } from './exactNumber.js'
import { maxDepth } from './maxDepth.js'
import { isPlainObject } from './plainObject.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Any JSON value, as it is in a body. Plain data.
 *
 * @category model
 * @since 0.1.0
 */
export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject

/**
 * A number with its literal: `9007199254740993123` keeps every digit, and `0.0` differs from `0`.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonNumber {
  readonly _tag: 'JsonNumber'
  readonly literal: string
}

/**
 * An array.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonArray {
  readonly _tag: 'JsonArray'
  readonly items: ReadonlyArray<JsonValue>
}

/**
 * An object, with its members in the order of the body. They are an array, because names can have duplicates, and names such as
 * `30` and `__proto__` must not be special.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonObject {
  readonly _tag: 'JsonObject'
  readonly members: ReadonlyArray<JsonMember>
}

/**
 * One member of an object.
 *
 * @category model
 * @since 0.1.0
 */
export interface JsonMember {
  readonly name: string
  readonly value: JsonValue
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Creates a number from its literal. It keeps all digits.
 *
 * @example
 * import { jsonNumber, stringifyJson } from '@task-outcome/core/json'
 *
 * stringifyJson(jsonNumber('9007199254740993')) // '9007199254740993'
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonNumber = (literal: string): JsonNumber => ({ _tag: 'JsonNumber', literal })

/**
 * Creates an array.
 *
 * @example
 * import { jsonArray, jsonNumber, stringifyJson } from '@task-outcome/core/json'
 *
 * stringifyJson(jsonArray([jsonNumber('1'), 'two', null])) // '[1,"two",null]'
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonArray = (items: ReadonlyArray<JsonValue>): JsonArray => ({ _tag: 'JsonArray', items })

/**
 * Creates an object from its members, in their order.
 *
 * @example
 * import { jsonNumber, jsonObject, stringifyJson } from '@task-outcome/core/json'
 *
 * // Keeps the order and the duplicates.
 * stringifyJson(
 *   jsonObject([
 *     { name: '30', value: jsonNumber('1') },
 *     { name: '4', value: jsonNumber('2') },
 *     { name: '4', value: jsonNumber('3') },
 *   ]),
 * ) // '{"30":1,"4":2,"4":3}'
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonObject = (members: ReadonlyArray<JsonMember>): JsonObject => ({
  _tag: 'JsonObject',
  members,
})

/**
 * Converts the plain JSON of `JSON.parse` to a `JsonValue`. Returns `undefined` if it is not JSON, or is nested deeper than
 * {@link maxDepth}.
 *
 * An integer beyond 2^53 may have lost digits when it became a double. It gets a fraction (`….0`), so that it is never read as
 * an id. A `bigint` keeps its digits.
 *
 * @example
 * import { fromPlain } from '@task-outcome/core/json'
 *
 * fromPlain({ requestId: 12 }) // jsonObject([{ name: 'requestId', value: jsonNumber('12') }])
 * fromPlain(() => 12) // undefined
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromPlain = (u: unknown): JsonValue | undefined => fromPlainWithin(u, maxDepth)

const fromPlainWithin = (u: unknown, depth: number): JsonValue | undefined => {
  if (u === null || typeof u === 'boolean' || typeof u === 'string') return u
  if (typeof u === 'bigint') return jsonNumber(String(u))
  if (typeof u === 'number') return Number.isFinite(u) ? jsonNumber(plainLiteral(u)) : undefined
  if (depth === 0) return undefined
  if (Array.isArray(u)) {
    const items: JsonValue[] = []
    for (const item of u as ReadonlyArray<unknown>) {
      const value = fromPlainWithin(item, depth - 1)
      if (value === undefined) return undefined
      items.push(value)
    }
    return jsonArray(items)
  }
  if (!isPlainObject(u)) return undefined
  const members: JsonMember[] = []
  for (const [name, member] of Object.entries(u)) {
    if (member === undefined) continue
    const value = fromPlainWithin(member, depth - 1)
    if (value === undefined) return undefined
    members.push({ name, value })
  }
  return jsonObject(members)
}

const plainLiteral = (number: number): string =>
  Number.isInteger(number) && !Number.isSafeInteger(number) ? `${BigInt(number)}.0` : String(number)

// -------------------------------------------------------------------------------------
// refinements
// -------------------------------------------------------------------------------------

/**
 * Checks whether a value is a `JsonValue`, nested no deeper than {@link maxDepth}. A value with extra properties is not, so that
 * plain JSON with a member `_tag` is not mistaken for one.
 *
 * @example
 * import { isJsonValue, jsonNumber } from '@task-outcome/core/json'
 *
 * isJsonValue(jsonNumber('9007199254740993')) // true
 * isJsonValue(9007199254740993) // false: a number has already lost its digits
 *
 * @category refinements
 * @since 0.1.0
 */
export const isJsonValue = (u: unknown): u is JsonValue => isJsonValueWithin(u, maxDepth)

const isJsonValueWithin = (u: unknown, depth: number): u is JsonValue => {
  if (u === null || typeof u === 'boolean' || typeof u === 'string') return true
  if (!isPlainObject(u) || Object.keys(u).length !== 2) return false
  const { _tag, literal, items, members } = u
  switch (_tag) {
    case 'JsonNumber':
      return typeof literal === 'string' && numberLiteral.test(literal)
    case 'JsonArray':
      return depth > 0 && everyItem(items, item => isJsonValueWithin(item, depth - 1))
    case 'JsonObject':
      return depth > 0 && everyItem(members, member => isJsonMemberWithin(member, depth - 1))
    default:
      return false
  }
}

const isJsonMemberWithin = (u: unknown, depth: number): u is JsonMember =>
  isPlainObject(u) && typeof u.name === 'string' && isJsonValueWithin(u.value, depth)

/** `every` skips holes, `includes` does not. */
const everyItem = (items: unknown, holds: (item: unknown) => boolean): boolean =>
  Array.isArray(items) && !items.includes(undefined) && items.every(holds)

/** RFC 8259, section 6. */
const numberLiteral = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * Converts a value to plain JSON. A number that a double can't represent exactly becomes its literal as a string (PROTOCOL.md,
 * section 3). Of duplicate members the last one counts.
 *
 * @example
 * import { jsonNumber, toPlain } from '@task-outcome/core/json'
 *
 * toPlain(jsonNumber('12')) // 12
 * toPlain(jsonNumber('9007199254740993')) // '9007199254740993'
 *
 * @category destructors
 * @since 0.1.0
 */
export const toPlain = (value: JsonValue): Json => plainOf(value, toPlain)

const plainOf = (value: JsonValue, partOf: (part: JsonValue) => Json): Json => {
  if (value === null || typeof value !== 'object') return value
  switch (value._tag) {
    case 'JsonNumber':
      return exactNumber(value.literal) ?? value.literal
    case 'JsonArray':
      return value.items.map(item => partOf(item))
    case 'JsonObject':
      return recordOf(value.members, partOf)
  }
}

const recordOf = (members: ReadonlyArray<JsonMember>, partOf: (part: JsonValue) => Json): JsonRecord =>
  Object.fromEntries(members.map(member => [member.name, partOf(member.value)]))

/**
 * {@link toPlain} for values with shared parts. Each part is converted once, and the results share it.
 *
 * @internal
 */
export const makeSharingToPlain = (): ((value: JsonValue) => Json) => {
  const known = new Map<JsonValue, Json>()
  const sharingToPlain = (value: JsonValue): Json => {
    const plain = known.get(value) ?? plainOf(value, sharingToPlain)
    known.set(value, plain)
    return plain
  }
  return sharingToPlain
}

/**
 * Converts members to a plain object. Every name becomes an own property, even `__proto__`.
 *
 * @example
 * import { jsonNumber, toPlainRecord } from '@task-outcome/core/json'
 *
 * toPlainRecord([{ name: 'a', value: jsonNumber('1') }]) // { a: 1 }
 *
 * @category destructors
 * @since 0.1.0
 */
export const toPlainRecord = (members: ReadonlyArray<JsonMember>): JsonRecord => recordOf(members, toPlain)

/**
 * Converts a value to JSON text. It keeps the order of members and the literals of numbers.
 *
 * @example
 * import { jsonNumber, jsonObject, stringifyJson } from '@task-outcome/core/json'
 *
 * stringifyJson(jsonObject([{ name: '30', value: jsonNumber('1') }, { name: '4', value: null }])) // '{"30":1,"4":null}'
 *
 * @category destructors
 * @since 0.1.0
 */
export const stringifyJson = (value: JsonValue): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  switch (value._tag) {
    case 'JsonNumber':
      return value.literal
    case 'JsonArray':
      return `[${value.items.map(stringifyJson).join(',')}]`
    case 'JsonObject':
      return `{${value.members.map(member => `${JSON.stringify(member.name)}:${stringifyJson(member.value)}`).join(',')}}`
  }
}
