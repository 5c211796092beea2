import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { json } from '../../test/values.js'
import * as JsonPointer from './JsonPointer.js'
import type { JsonValue } from './JsonValue.js'
import { locate } from './locate.js'
import { parseJson } from './parseJson.js'

test.each([
  ['a member', '{"a":1,"b":2}', '/b', 11],
  ['an item', '[1,[2,3]]', '/1/0', 4],
  ['the whole document', ' \n{"a":1}', '', 2],
  ['a member in an object that is spread over lines', '{\n  "a": {\n    "b": 7\n  }\n}', '/a/b', 20],
  ['a member with an escaped name', '{"\\u0061":1}', '/a', 10],
  ['a member whose name has a slash', '{"a/b~c":1}', '/a~1b~0c', 9],
  ['a member without a name', '{"":{"":1}}', '//', 8],
  ['a member that follows a member of the same name elsewhere', '{"x":{"b":0},"b":1}', '/b', 17],
  ['a member behind braces in a string', '{"x":"}]","b":1}', '/b', 14],
  ['a member behind a container in an array', '{"x":[{"b":0},[]],"b":1}', '/b', 22],
  ['a member behind brackets in a string of another container', '{"x":[{"c":"]}]"}],"b":1}', '/b', 23],
  ['a member behind a byte order mark', '\ufeff{"a":1}', '/a', 6],
  ['the first of two equal members', '{"a":1,"a":2}', '/a', 5],
  ['the duplicate that has the member', '{"a":{},"a":{"b":1}}', '/a/b', 17],
  ['the duplicate that has the item', '{"a":[0],"a":[1,2]}', '/a/1', 16],
])('finds %s', (_, text, pointer, offset) => {
  expect(locate(text, pointer)).toMatchObject({ pointer, offset })
})

test.each([
  ['a missing member', '{"a":{"b":1}}', '/a/c', '/a', 5],
  ['a missing item', '{"a":[1]}', '/a/1', '/a', 5],
  ['a member that two duplicates lack', '{"a":{},"a":{}}', '/a/b', '/a', 5],
  ['a member behind a name without a quotation mark', '{x":1}', '/', '', 0],
  ['a member behind a name with an issue', '{"\\x":1,"b":2}', '/b', '', 0],
  ['an index with a leading zero', '[1,2]', '/01', '', 0],
  ['a name in an array', '[1,2]', '/length', '', 0],
  ['a member of a number', '{"a":1}', '/a/b', '/a', 5],
  ['a member of a text', '{"a":"b"}', '/a/b', '/a', 5],
  ['anything in an empty text', '', '/a', '', 0],
  ['anything in blanks', ' \n', '/a', '', 0],
])('of %s, finds what is around it', (_, text, pointer, found, offset) => {
  expect(locate(text, pointer)).toMatchObject({ pointer: found, offset })
})

test('says line and column, and shows the line with a caret', () => {
  expect(locate('{"code":0,\n "detail":{"ins-1":7}}', '/detail/ins-1')).toEqual({
    pointer: '/detail/ins-1',
    offset: 30,
    line: 2,
    column: 20,
    excerpt: ' "detail":{"ins-1":7}}\n                   ^',
  })
})

test('finds a value at any depth', () => {
  const depth = 100_000
  expect(locate('['.repeat(depth) + '7', '/0'.repeat(depth))).toMatchObject({ offset: depth })
})

const spaced = fc
  .tuple(json, fc.constantFrom('', ' ', '\t', '\n '), fc.constantFrom('', ' ', '\ufeff', '\r\n'))
  .map(([value, space, start]) => start + JSON.stringify(value, undefined, space))

test('finds every value that the parser reads', () => {
  fc.assert(
    fc.property(spaced, text => {
      for (const [pointer, value] of valuesIn(readAll(text))) {
        const located = locate(text, pointer)
        expect(located.pointer).toBe(pointer)
        expect(readAll(text.slice(located.offset))).toEqual(value)
      }
    }),
  )
})

/** The value at the start of a text, whatever follows it. */
const readAll = (text: string): JsonValue | undefined => {
  const read = parseJson(text)
  return read._tag === 'Right' ? read.right.value : read.left.partial
}

const valuesIn = (
  value: JsonValue | undefined,
  pointer = JsonPointer.root,
): ReadonlyArray<readonly [string, JsonValue | undefined]> => {
  if (value === null || typeof value !== 'object') return [[pointer, value]]
  if (value._tag === 'JsonArray')
    return [
      [pointer, value],
      ...value.items.flatMap((item, index) => valuesIn(item, JsonPointer.child(pointer, index))),
    ]
  if (value._tag === 'JsonObject')
    return [
      [pointer, value],
      ...value.members.flatMap(member => valuesIn(member.value, JsonPointer.child(pointer, member.name))),
    ]
  return [[pointer, value]]
}

test('returns a position within any text, of a part of any pointer', () => {
  const characters = fc.constantFrom(...Array.from('[]{},:"\\u0a-.e1 truefalsnl/\ufeff'))
  const anyText = fc.oneof(fc.string({ unit: characters }), fc.string({ unit: 'binary' }), spaced)
  const pointers = fc.array(fc.constantFrom('a', '0', '1', '')).map(names => names.map(n => `/${n}`).join(''))
  fc.assert(
    fc.property(anyText, fc.oneof(pointers, fc.string()), (text, pointer) => {
      const located = locate(text, pointer)
      expect(located.offset).toBeLessThanOrEqual(text.length)
      expect(JsonPointer.segments(pointer)).toEqual(
        expect.arrayContaining([...JsonPointer.segments(located.pointer)]),
      )
    }),
  )
})
