import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { json } from '../../test/values.js'
import {
  type JsonValue,
  fromPlain,
  isJsonValue,
  jsonArray,
  jsonNumber,
  jsonObject,
  makeSharingToPlain,
  stringifyJson,
  toPlain,
} from './JsonValue.js'
import { maxDepth } from './maxDepth.js'
import { parseJson } from './parseJson.js'

const nested = (depth: number, innermost: JsonValue = null): JsonValue => {
  let value = innermost
  for (let level = 0; level < depth; level++)
    value = level % 2 === 0 ? jsonArray([value]) : jsonObject([{ name: 'a', value }])
  return value
}

const parsed = (text: string): JsonValue => {
  const result = parseJson(text)
  if (E.isLeft(result)) throw new Error(result.left.expected)
  return result.right.value
}

describe('fromPlain', () => {
  test('reverses toPlain, and stringifyJson with JSON.parse', () => {
    fc.assert(
      fc.property(json, plain => {
        const value = fromPlain(plain)
        expect(isJsonValue(value)).toBe(true)
        expect(toPlain(value!)).toEqual(plain)
        expect(JSON.parse(stringifyJson(value!))).toEqual(plain)
      }),
    )
  })

  test.each([
    [-0, '0'],
    [12, '12'],
    [0.1, '0.1'],
    [5e-324, '5e-324'],
    [2 ** 53 - 1, '9007199254740991'],
    [2 ** 53, '9007199254740992.0'],
    [1e23, '99999999999999991611392.0'],
    [9007199254740993123n, '9007199254740993123'],
  ])('writes %d as %s: an integer that may have lost digits is not an integer literal', (number, literal) => {
    expect(fromPlain(number)).toEqual(jsonNumber(literal))
  })

  test('omits undefined members, as JSON.stringify does', () => {
    expect(fromPlain({ a: undefined, b: 1 })).toEqual(jsonObject([{ name: 'b', value: jsonNumber('1') }]))
  })

  test('accepts an object without a prototype', () => {
    expect(fromPlain(Object.create(null))).toEqual(jsonObject([]))
  })

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => 12],
    ['a symbol', Symbol('x')],
    ['NaN', NaN],
    ['Infinity', -Infinity],
    ['a hole', Array(1)],
    ['a list with undefined', [undefined]],
    ['a Date', new Date(0)],
    ['a Map', new Map([['a', 1]])],
    ['bytes', new Uint8Array(1)],
    ['an instance of a class', Object.create({ toString: () => 'a deal' })],
  ])('rejects %s', (_, value) => {
    expect(fromPlain(value)).toBeUndefined()
    if (value !== undefined) expect(fromPlain({ value: [value] })).toBeUndefined()
  })

  test('rejects values that are nested deeper than 512 or contain themselves', () => {
    let deep: unknown = []
    for (let depth = 1; depth < maxDepth; depth++) deep = depth % 2 === 0 ? [deep] : { deep }
    expect(fromPlain(deep)).toBeDefined()
    expect(fromPlain([deep])).toBeUndefined()
    const list: unknown[] = []
    list.push(list, list)
    expect(fromPlain(list)).toBeUndefined()
    const record: Record<string, unknown> = {}
    record.one = record.other = record
    expect(fromPlain(record)).toBeUndefined()
  })
})

describe('isJsonValue', () => {
  test('rejects values that are nested deeper than 512', () => {
    expect(isJsonValue(nested(maxDepth))).toBe(true)
    expect(isJsonValue(nested(maxDepth + 1))).toBe(false)
    expect(isJsonValue(nested(maxDepth + 2))).toBe(false)
    for (const innermost of [jsonArray([]), jsonObject([])]) {
      expect(isJsonValue(nested(maxDepth - 1, innermost))).toBe(true)
      expect(isJsonValue(nested(maxDepth, innermost))).toBe(false)
    }
  })

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['a plain number', 1],
    ['a plain list', []],
    ['a plain object', {}],
    ['another tag', { _tag: 'JsonString', value: '' }],
    ['a literal that is no number of JSON', jsonNumber('01')],
    ['a literal that is no string', { _tag: 'JsonNumber', literal: 1 }],
    ['items that are no list', { _tag: 'JsonArray', items: 'text' }],
    ['a plain item', { _tag: 'JsonArray', items: [1] }],
    ['a hole', { _tag: 'JsonArray', items: Array(1) }],
    ['members that are no list', { _tag: 'JsonObject', members: {} }],
    ['a member that is no object', { _tag: 'JsonObject', members: [null] }],
    ['a member without a name', { _tag: 'JsonObject', members: [{ value: null }] }],
    ['a name that is no string', { _tag: 'JsonObject', members: [{ name: 1, value: null }] }],
    ['a member without a value', { _tag: 'JsonObject', members: [{ name: 'a' }] }],
    ['plain JSON with more in it', { _tag: 'JsonObject', members: [], code: 5100 }],
  ])('neither a task nor a batch: %s', (_, value) => {
    expect(isJsonValue(value)).toBe(false)
  })
})

describe('toPlain', () => {
  test('keeps the last value of duplicate names', () => {
    expect(toPlain(parsed('{"a":1,"a":2}'))).toEqual({ a: 2 })
  })

  test('makes every name an own property, and changes no prototype', () => {
    const plain = toPlain(parsed('{"__proto__":{"polluted":true},"constructor":1}'))
    expect(Object.keys(plain as object)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('keeps the literal of a number that a double can’t represent', () => {
    expect(toPlain(parsed('[9007199254740993, 1e400, 0.5]'))).toEqual(['9007199254740993', '1e400', 0.5])
  })

  test('keeps shared parts shared', () => {
    const part = parsed('{"a":[1,null,"x"]}')
    const sharingToPlain = makeSharingToPlain()
    const plain = sharingToPlain(part)
    expect(plain).toEqual(toPlain(part))
    expect(sharingToPlain(jsonArray([part, part]))).toEqual([plain, plain])
    expect((sharingToPlain(jsonArray([part])) as ReadonlyArray<unknown>)[0]).toBe(plain)
  })
})

describe('stringifyJson', () => {
  test('keeps the order of members, duplicate names and every digit', () => {
    const text = '{"30":1.0,"4":[true,false,null],"4":-0e+5,"\\ud800":"\\"\\u2028\u2029/","":{}}'
    expect(stringifyJson(parsed(text))).toBe(text.replace('\\u2028', '\u2028'))
  })

  test('parseJson returns the same value from the printed text', () => {
    fc.assert(
      fc.property(json, plain => {
        const value = fromPlain(plain)!
        expect(parsed(stringifyJson(value))).toEqual(value)
      }),
    )
  })
})
