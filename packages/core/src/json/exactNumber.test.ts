import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { double } from '../../test/values.js'
import { exactNumber } from './exactNumber.js'

test.each([
  ['0', 0],
  ['-0', 0],
  ['-0.0e5', 0],
  ['0e99999999999999999999', 0],
  ['12', 12],
  ['-12', -12],
  ['1.50', 1.5],
  ['1E2', 100],
  ['100e-2', 1],
  ['0.1', 0.1],
  ['0.00001e5', 1],
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', 9007199254740992],
  ['99999999999999991611392', 1e23],
  ['5e-324', 5e-324],
])('%s is the number %d', (literal, number) => {
  expect(exactNumber(literal)).toBe(number)
})

test.each([
  '9007199254740993',
  '-9007199254740993',
  '12345678901234567890',
  '100000000000000000000000', // 1e23 is the double 99999999999999991611392
  '0.10000000000000000001',
  '4e-324',
  '1e-400',
  '1e400',
  '-1e400',
  '1e99999999999999999999',
])('no double represents %s', literal => {
  expect(exactNumber(literal)).toBeUndefined()
})

test('every double is exact if written with all the digits it needs', () => {
  fc.assert(
    fc.property(double, number => {
      const literal = Number.isInteger(number) ? String(BigInt(number)) : String(number)
      expect(exactNumber(literal)).toBe(number)
      if (!literal.includes('e')) expect(exactNumber(`${literal}e0`)).toBe(number)
    }),
  )
})

test('an integer is exact if the double has all of its digits', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), integer => {
      expect(exactNumber(String(integer)) !== undefined).toBe(BigInt(Number(integer)) === integer)
    }),
  )
})
