import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyBody } from '../../test/bodies.js'
import { stringifyJson } from './JsonValue.js'
import { readLoosely } from './looseJson.js'
import { parseJson } from './parseJson.js'

const read = (text: string): ReadonlyArray<string> => readLoosely(text).map(stringifyJson)

test('reads JSON like parseJson', () => {
  const bodies = fc.oneof(
    anyBody.map(({ text }) => text),
    fc.jsonValue().map(value => JSON.stringify([value])),
  )
  fc.assert(
    fc.property(bodies, text => {
      const parsed = parseJson(text)
      expect(E.isRight(parsed) && [parsed.right.value]).toEqual(readLoosely(text))
    }),
  )
})

test('reads everything before the first issue like parseJson', () => {
  fc.assert(
    fc.property(anyBody, fc.nat(), ({ text }, at) => {
      const cut = text.slice(0, 1 + (at % (text.length - 1)))
      const parsed = parseJson(cut)
      expect(E.isLeft(parsed) && [parsed.left.partial]).toEqual(readLoosely(cut))
    }),
  )
})

describe('reads on after', () => {
  test.each<[what: string, text: string, values: string[]]>([
    ['text', 'callback("a", {"a":1}); [2]', ['{"a":1}', '[2]']],
    ['quotation marks outside', '"{"a":1}', ['{"a":1}']],
    ['closing brackets outside', ')]}\'\n{"a":[1]}', ['{"a":[1]}']],
    ['a value without a name', '{1,"a":2,"b",{"c":3}}', ['{"a":2}', '{"c":3}']],
    ['a name without a value', '{"a":,"b":2,"c":}', ['{"b":2}']],
    ['a name without a colon', '{"a" "b":2}', ['{"b":2}']],
    ['a colon without a name', '{:1,"a"::2}', ['{"a":2}']],
    ['a colon before a name', '{:"a" 1,"b":2}', ['{"b":2}']],
    ['a name before a closing bracket', '{"a":{"b"}:1}', ['{"a":{}}']],
    ['a closing bracket after the one of an array', '{"a":[1]],"b":2}', ['{"a":[1],"b":2}']],
    ['words', '{"a":undefined,"b":true,"c":nothing 1,"d":null,"e":false}', ['{"b":true,"d":null,"e":false}']],
    ['numbers that are none', '{"a":1x,"b":01,"c":-,"d":1.,"e":2,"f":1 2}', ['{"e":2,"f":1}']],
    ['white space', '{ "a"\r\n:\t1 }', ['{"a":1}']],
    [
      'strings with issues',
      '{"a":"\n","b\\x":2,"c":"\\"","d":4,"e":"\\u00","f":"\\\n\\""}',
      ['{"c":"\\"","d":4}'],
    ],
    ['a closing bracket of the wrong kind', '{"a":[1,{"b":2],"c":3}', ['{"a":[1,{"b":2}],"c":3}']],
    ['a closing bracket too many', '{"a":1]],"b":2}', ['{"a":1,"b":2}']],
    ['an opening bracket too many', '[{"a":1}', ['[{"a":1}]']],
  ])('%s', (_, text, values) => {
    expect(read(text)).toEqual(values)
  })
})

test.each(['', 'x', '"a"', '17', '{"a":"b', '{"a":1', '{"a', '{"a":"b\\', '{"a":"\n'])(
  'what is not complete is not read: %s',
  text => {
    expect(read(text).join('')).toMatch(/^(\{\})?$/)
  },
)

test('omits values that are nested deeper than 512', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
  expect(read(nested(512))).toEqual([nested(512)])
  expect(read(nested(100_000))).toEqual([nested(512)])
  expect(read('['.repeat(100_000) + ']}'.repeat(200_000))).toEqual([nested(512)])
})
