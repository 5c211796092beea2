import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { json } from '../../test/values.js'
import { type JsonValue, fromPlain, jsonArray, jsonNumber, jsonObject, stringifyJson } from './JsonValue.js'
import { parseJson } from './parseJson.js'
import { settleRepeats } from './repeatedMembers.js'

const parsed = (text: string): JsonValue => {
  const result = parseJson(text)
  if (E.isLeft(result)) throw new Error(result.left.expected)
  return result.right.value
}

const settled = (text: string): { value: string; repeated: Record<string, string[]> } => {
  const { value, repeated } = settleRepeats(parsed(text))
  return {
    value: stringifyJson(value),
    repeated: Object.fromEntries(repeated.map(({ path, values }) => [path, values.map(stringifyJson)])),
  }
}

describe('equal duplicates count once', () => {
  test.each([
    ['{"a":1,"a":1}', '{"a":1}'],
    ['{"a":1,"b":2,"\\u0061":1,"a":1}', '{"a":1,"b":2}'],
    ['[{"a":"x","a":"x"},null]', '[{"a":"x"},null]'],
    ['{"a":{"x":[1,{}],"y":null},"a":{"y":null,"x":[1,{}]}}', '{"a":{"x":[1,{}],"y":null}}'],
    ['{"a":{"b":1,"b":1},"a":{"b":1}}', '{"a":{"b":1}}'],
    ['{"__proto__":1,"__proto__":1}', '{"__proto__":1}'],
  ])('%s', (text, value) => {
    expect(settled(text)).toEqual({ value, repeated: {} })
  })
})

describe('different duplicates are kept and reported', () => {
  test.each<[string, Record<string, string[]>]>([
    ['{"a":1,"a":2,"a":1}', { '/a': ['1', '2'] }],
    ['{"a":1,"a":1.0,"a":1e0,"a":"1"}', { '/a': ['1', '1.0', '1e0', '"1"'] }],
    ['{"a":null,"a":false,"a":"null","a":"false"}', { '/a': ['null', 'false', '"null"', '"false"'] }],
    ['{"a":[],"a":{},"a":[[]]}', { '/a': ['[]', '{}', '[[]]'] }],
    ['{"a":[1,2],"a":[2,1]}', { '/a': ['[1,2]', '[2,1]'] }],
    ['{"a":["1 2"],"a":["1","2"]}', { '/a': ['["1 2"]', '["1","2"]'] }],
    ['{"a":{"b":1},"a":{"c":1}}', { '/a': ['{"b":1}', '{"c":1}'] }],
    ['[0,{"a/b":[{"":1,"":2}]}]', { '/1/a~1b/0/': ['1', '2'] }],
    ['{"a":1,"a":2,"b":3,"b":4}', { '/a': ['1', '2'], '/b': ['3', '4'] }],
    ['{"a":{"b":1,"b":2},"a":3}', { '/a/b': ['1', '2'], '/a': ['{"b":1,"b":2}', '3'] }],
    [
      '{"b":0,"c":0,"d":0,"e":0,"f":0,"g":0,"h":0,"i":0,"j":0,"c":1}', // more members than are compared one by one
      { '/c': ['0', '1'] },
    ],
  ])('%s', (text, repeated) => {
    expect(settled(text).repeated).toEqual(repeated)
  })
})

describe('different values are distinguished, however many there are', () => {
  const numbered = Array.from({ length: 40 }, (_, index) => `"s${String(index)}"`)
  // Twice, so that they are compared and numbered first.
  const seen = `"seen":[${numbered.join(',')}],"seen":[${numbered.join(',')}]`

  test('arrays of the same items in another order', () => {
    const pairs = numbered.flatMap(one => numbered.filter(other => other < one).map(other => [one, other]))
    const lists = pairs.flatMap(([one = '', other = '']) => {
      const name = JSON.stringify(one + other)
      return [`${name}:[${one},${other}]`, `${name}:[${other},${one}]`]
    })
    expect(Object.keys(settled(`{${seen},${lists.join(',')}}`).repeated)).toHaveLength(pairs.length)
  })

  test('objects of other members', () => {
    const [one, other] = ['{"s1":"s2","s34":"s5"}', '{"s1":"s23","s4":"s5"}']
    expect(settled(`{${seen},"a":${one},"a":${other}}`).repeated).toEqual({ '/a': [one, other] })
  })
})

test('a value without duplicates stays unchanged', () => {
  fc.assert(
    fc.property(json, plain => {
      const value = fromPlain(plain)!
      const settledValue = settleRepeats(value)
      expect(settledValue.value).toBe(value)
      expect(settledValue.repeated).toEqual([])
    }),
  )
  const manyMembers = parsed('{"a":0,"b":0,"c":0,"d":0,"e":0,"f":0,"g":0,"h":0,"i":0,"j":[{"a":0}]}')
  expect(settleRepeats(manyMembers).value).toBe(manyMembers)
})

test('a member and a copy with its members in another order are equal', () => {
  const shuffled = (value: JsonValue): fc.Arbitrary<JsonValue> => {
    if (value === null || typeof value !== 'object' || value._tag === 'JsonNumber') return fc.constant(value)
    if (value._tag === 'JsonArray') return fc.tuple(...value.items.map(shuffled)).map(jsonArray)
    return fc
      .tuple(
        ...value.members.map(({ name, value: member }) =>
          shuffled(member).map(copy => ({ name, value: copy })),
        ),
      )
      .chain(members => fc.shuffledSubarray(members, { minLength: members.length }))
      .map(jsonObject)
  }
  const pair = json
    .map(plain => fromPlain(plain)!)
    .chain(value => fc.tuple(fc.constant(value), shuffled(value)))
  fc.assert(
    fc.property(pair, ([value, copy]) => {
      const members = [
        { name: 'a', value },
        { name: 'b', value: jsonNumber('0') },
        { name: 'a', value: copy },
      ]
      expect(settleRepeats(jsonObject(members))).toEqual({
        value: jsonObject(members.slice(0, 2)),
        repeated: [],
      })
    }),
  )
})

test('two different values count twice, whatever they are', () => {
  fc.assert(
    fc.property(json, json, (one, other) => {
      const [a, b] = [fromPlain(one)!, fromPlain(other)!]
      fc.pre(canonical(one) !== canonical(other))
      const { repeated } = settleRepeats(
        jsonObject([
          { name: 'a', value: a },
          { name: 'a', value: b },
        ]),
      )
      expect(repeated).toEqual([{ path: '/a', values: [a, b] }])
    }),
  )
})

/** JSON with its names in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))
      : part,
  )
