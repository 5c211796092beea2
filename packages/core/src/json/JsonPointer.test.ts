import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { text } from '../../test/values.js'
import * as JsonPointer from './JsonPointer.js'

test.each([
  ['', []],
  ['/foo', ['foo']],
  ['/foo/0', ['foo', '0']],
  ['/', ['']],
  ['/a~1b', ['a/b']],
  ['/c%d', ['c%d']],
  ['/e^f', ['e^f']],
  ['/g|h', ['g|h']],
  ['/i\\j', ['i\\j']],
  ['/k"l', ['k"l']],
  ['/ ', [' ']],
  ['/m~0n', ['m~n']],
  ['/~01', ['~1']],
])('RFC 6901: %j has the segments %j', (pointer, segments) => {
  expect(JsonPointer.segments(pointer)).toEqual(segments)
  expect(segments.reduce(JsonPointer.child, JsonPointer.root)).toBe(pointer)
})

test('segments reverses child, whatever the names', () => {
  const name = fc.oneof(text, fc.constantFrom('~', '/', '~0', '~1', '~01', ''))
  fc.assert(
    fc.property(fc.array(name), names => {
      expect(JsonPointer.segments(names.reduce(JsonPointer.child, JsonPointer.root))).toEqual(names)
    }),
  )
})

test('an index is a segment', () => {
  expect(JsonPointer.child('/items', 12)).toBe('/items/12')
})
