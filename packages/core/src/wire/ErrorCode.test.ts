import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RetryAdvice, errorCodes, lookupErrorCode, parseModuleCode } from './ErrorCode.js'

describe('PROTOCOL.md, section 5', () => {
  const table: Array<[code: number, meaning: string, advice: RetryAdvice, adviceForEntry?: RetryAdvice]> = [
    [4000, 'invalid parameter', 'never'],
    [4100, 'authentication or permission failed', 'never'],
    [4101, 'authentication or permission failed', 'never'],
    [4102, 'authentication or permission failed', 'never'],
    [4103, 'authentication or permission failed', 'never'],
    [4104, 'authentication or permission failed', 'never'],
    [4105, 'authentication or permission failed', 'never'],
    [4106, 'authentication or permission failed', 'never'],
    [4110, 'authentication or permission failed', 'never'],
    [4200, 'request expired', 'resigned'],
    [4300, 'access denied', 'never'],
    [4400, 'quota exceeded: too many requests', 'later'],
    [4500, 'replayed request, or a clock that is off', 'resigned'],
    [4600, 'protocol not supported', 'never'],
    [5000, 'no such resource', 'never'],
    [5100, 'operation on the resource failed', 'unknown', 'later'],
    [5200, 'purchase failed: configuration or stock', 'never'],
    [5300, 'purchase failed: balance', 'never'],
    [5400, 'some resources failed', 'rejectedOnly'],
    [5500, 'purchase failed: identity not verified', 'never'],
    [6000, 'internal error', 'later'],
    [6100, 'not supported in this version, or the wrong host', 'never'],
    [6200, 'under maintenance', 'later'],
    [100193, 'payment failed: orders bought together must be paid together', 'never'],
  ]

  test.each(table)('%i: %s', (code, meaning, adviceForRequest, adviceForEntry = adviceForRequest) => {
    expect(lookupErrorCode(code)).toEqual({ code, meaning, adviceForRequest, adviceForEntry })
  })

  test('lists no other code', () => {
    expect(errorCodes.map(({ code }) => code)).toEqual(table.map(([code]) => code))
  })

  test('keeps any other code as unknown', () => {
    const listed = new Set(table.map(([code]) => code))
    fc.assert(
      fc.property(
        fc.oneof(fc.integer(), fc.integer({ min: 4000, max: 6300 })).filter(code => !listed.has(code)),
        code => {
          expect(lookupErrorCode(code)).toEqual({
            code,
            meaning: 'unknown code',
            adviceForRequest: 'unknown',
            adviceForEntry: 'unknown',
          })
        },
      ),
    )
  })

  test('there are five kinds of advice', () => {
    for (const advice of ['never', 'later', 'resigned', 'rejectedOnly', 'unknown'])
      expect(RetryAdvice.is(advice)).toBe(true)
    for (const other of ['toString', 'now', '', null, 1]) expect(RetryAdvice.is(other)).toBe(false)
  })
})

test.each([
  ['(100004)projectId is incorrect', '100004'],
  ['(-1)', '-1'],
  ['(007) x', '007'],
  ['(90071992547409931234)', '90071992547409931234'],
  ['', undefined],
  ['projectId (100004) is incorrect', undefined],
  [' (1)', undefined],
  ['()', undefined],
  ['(1', undefined],
  ['(1.5)', undefined],
  ['(x)', undefined],
  ['（1）', undefined],
])("the module's own code in %j is %s", (message, code) => {
  expect(parseModuleCode(message)).toBe(code)
})
