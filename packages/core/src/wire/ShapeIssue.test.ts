import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { json } from '../../test/values.js'
import { fromPlain, jsonArray, jsonNumber, jsonObject } from '../json/JsonValue.js'
import { describeFound } from './ShapeIssue.js'

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [false, 'false'],
  ['0', '"0"'],
  ['a\n"b"', '"a\\n\\"b\\""'],
  [jsonNumber('1e3'), '1e3'],
  [jsonArray([null, null]), 'an array (2 items)'],
  [jsonObject([{ name: 'a', value: null }]), 'an object'],
  ['x'.repeat(58), `"${'x'.repeat(58)}"`],
  ['x'.repeat(59), `"${'x'.repeat(59)}…`],
  ['x'.repeat(1000), `"${'x'.repeat(59)}…`],
  [jsonNumber('1'.repeat(1000)), `${'1'.repeat(60)}…`],
])('%j is described as %s', (value, description) => {
  expect(describeFound(value)).toBe(description)
})

test('a description is short and on one line', () => {
  fc.assert(
    fc.property(json, fc.string({ unit: 'binary' }), (plain, text) => {
      for (const value of [fromPlain(plain), text]) {
        expect(describeFound(value).length).toBeLessThanOrEqual(61)
        expect(describeFound(value)).not.toMatch(/[\n\r\t\v\f\b]/)
      }
    }),
  )
})
