import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { json, jsonRecord } from '../../test/values.js'
import { Json, JsonRecord } from './Json.js'
import { maxDepth } from './maxDepth.js'

const nested = (depth: number, innermost: unknown = 0): unknown => {
  let value = innermost
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { value }
  return value
}

test('accepts every JSON value and returns it unchanged', () => {
  fc.assert(
    fc.property(json, value => {
      expect(Json.is(value)).toBe(true)
      expect(Json.decode(value)).toEqual(E.right(value))
      expect(JSON.parse(JSON.stringify(Json.encode(value)))).toEqual(value)
    }),
  )
})

test('accepts only objects as records', () => {
  fc.assert(fc.property(jsonRecord, record => JsonRecord.is(record) && E.isRight(JsonRecord.decode(record))))
  for (const other of [null, true, 1, '', []]) {
    expect(JsonRecord.is(other)).toBe(false)
    expect(E.isLeft(JsonRecord.decode(other))).toBe(true)
  }
})

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['a bigint', 1n],
  ['a symbol', Symbol('x')],
  ['a function', () => 1],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['a member that is undefined', { a: undefined }],
  ['a hole', Array(1)],
  ['a Date, which becomes a string', new Date(0)],
  ['a Map, which loses everything', new Map([['a', 1]])],
  ['bytes', new Uint8Array(1)],
  ['a boxed string', Object('text')],
  ['an instance of a class', Object.create({ toString: () => 'a deal' })],
])('rejects what JSON does not preserve: %s', (_, value) => {
  expect(Json.is(value)).toBe(false)
  expect(Json.is([value])).toBe(false)
  expect(Json.is({ value })).toBe(false)
  expect(E.isLeft(Json.decode(value))).toBe(true)
  expect(E.isLeft(JsonRecord.decode({ value }))).toBe(true)
})

test('accepts an object without a prototype as a record', () => {
  expect(JsonRecord.is(Object.assign(Object.create(null), { a: 1 }))).toBe(true)
})

describe('depth', () => {
  test('rejects values that are nested deeper than 512', () => {
    expect(Json.is(nested(maxDepth))).toBe(true)
    expect(Json.is(nested(maxDepth + 1))).toBe(false)
    expect(Json.is(nested(100_000))).toBe(false)
    for (const innermost of [[], {}]) {
      expect(Json.is(nested(maxDepth - 1, innermost))).toBe(true)
      expect(Json.is(nested(maxDepth, innermost))).toBe(false)
    }
  })

  test('rejects a value that contains itself', () => {
    const list: unknown[] = []
    list.push(list, list)
    expect(Json.is(list)).toBe(false)
    const record: Record<string, unknown> = {}
    record.self = record
    expect(JsonRecord.is(record)).toBe(false)
  })
})

test('decode never throws, whatever the value', () => {
  fc.assert(
    fc.property(anything, value => {
      expect(E.isRight(Json.decode(value))).toBe(Json.is(value))
    }),
  )
})

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
})
