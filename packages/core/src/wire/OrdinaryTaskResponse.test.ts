import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { describe, expect, test } from 'vitest'
import { ordinaryTaskResponse } from '../../test/values.js'
import { jsonArray, jsonNumber, jsonObject, stringifyJson } from '../json/JsonValue.js'
import { OrdinaryTaskResponse } from './OrdinaryTaskResponse.js'
import type { TaskId } from './TaskId.js'

const accepted = { code: 0, message: '', codeDesc: '', requestId: '17', extra: {} }

test('decode reverses encode', () => {
  fc.assert(
    fc.property(ordinaryTaskResponse, response => {
      expect(OrdinaryTaskResponse.is(response)).toBe(true)
      expect(OrdinaryTaskResponse.decode(OrdinaryTaskResponse.encode(response))).toEqual(E.right(response))
    }),
  )
})

test('writes the fields of the format first, then the extra fields in their order, and omits empty ones', () => {
  const response: OrdinaryTaskResponse = {
    code: 0,
    message: '',
    codeDesc: 'Success',
    requestId: '17' as TaskId,
    extra: { dealIds: ['d-1'] },
  }
  expect(stringifyJson(OrdinaryTaskResponse.encode(response))).toBe(
    '{"code":0,"message":"","codeDesc":"Success","requestId":"17","dealIds":["d-1"]}',
  )
  expect(
    stringifyJson(OrdinaryTaskResponse.encode({ code: 4400, message: 'x', codeDesc: '', extra: {} })),
  ).toBe('{"code":4400,"message":"x"}')
})

test('an extra field never overwrites a field of the format', () => {
  const extra = { code: 0, message: 'm', codeDesc: 'd', requestId: '9', detail: 1 }
  const response = { code: 5100, message: '', codeDesc: '', extra }
  expect(OrdinaryTaskResponse.is(response)).toBe(false)
  expect(stringifyJson(OrdinaryTaskResponse.encode(response))).toBe('{"code":5100,"message":"","detail":1}')
})

describe('decode', () => {
  test.each<[string, unknown, object]>([
    ['plain JSON', { code: 0, requestId: '17' }, accepted],
    ['an id that is a number', { code: 0, requestId: 17 }, accepted],
    [
      'an id that is a bigint',
      { code: 0, requestId: 9007199254740993n },
      { ...accepted, requestId: '9007199254740993' },
    ],
    ['a code that is a bigint', { code: 0n, requestId: '17' }, accepted],
    ['a code that is text', { code: '0', requestId: '17' }, accepted],
    ['no id', { code: 4400, message: null }, { code: 4400, message: '', codeDesc: '', extra: {} }],
    [
      'extra fields',
      { code: 0, requestId: 17, a: { _tag: 'JsonNumber', literal: '5' }, b: 1e23 },
      { ...accepted, extra: { a: { _tag: 'JsonNumber', literal: '5' }, b: 1e23 } },
    ],
    [
      'a JsonValue, equal repeats counted once',
      jsonObject([
        { name: 'code', value: jsonNumber('0') },
        { name: 'requestId', value: '17' },
        { name: 'code', value: jsonNumber('0') },
      ]),
      accepted,
    ],
  ])('accepts %s', (_, input, response) => {
    expect(OrdinaryTaskResponse.decode(input)).toStrictEqual(E.right(response))
  })

  test.each<[string, unknown, string[]]>([
    ['no JSON', () => 12, ['expected JSON with at most 512 levels of nesting']],
    ['no JSON inside', { code: 0, when: new Date(0) }, ['expected JSON with at most 512 levels of nesting']],
    ['no object', 7, ['expected an object, found 7']],
    ['a list', jsonArray([]), ['expected an object, found an array (0 items)']],
    ['no code', {}, ['/code: expected an integer in the safe range, found nothing']],
    [
      'every issue',
      { code: '00', message: 5, codeDesc: [], requestId: -5 },
      [
        '/code: expected an integer in the safe range, found "00"',
        '/message: expected a string, found 5',
        '/codeDesc: expected a string, found an array (0 items)',
        '/requestId: expected a task id: a string or a non-negative integer, found -5',
      ],
    ],
    [
      'an issue beside a code and an id',
      { code: 0, requestId: '17', message: 5 },
      ['/message: expected a string, found 5'],
    ],
    [
      'an id that may have been rounded',
      { code: 0, requestId: 2 ** 53 },
      ['/requestId: expected a task id: a string or a non-negative integer, found 9007199254740992.0'],
    ],
    [
      'a code that may have been rounded',
      { code: 1e23 },
      ['/code: expected an integer in the safe range, found 99999999999999991611392.0'],
    ],
    [
      'a member twice',
      jsonObject([
        { name: 'code', value: jsonNumber('0') },
        { name: 'code', value: jsonNumber('1') },
      ]),
      ['/code: duplicate member with different values'],
    ],
    [
      'a failure in the guise of a success',
      { code: 'x5100', ...jsonObject([{ name: 'code', value: jsonNumber('0') }]) },
      ['/code: expected an integer in the safe range, found "x5100"'],
    ],
  ])('rejects %s', (_, input, messages) => {
    expect(PathReporter.report(OrdinaryTaskResponse.decode(input))).toEqual(messages)
  })

  test('an error adds its path to the context of its caller', () => {
    const result = OrdinaryTaskResponse.validate({ code: true }, [
      { key: 'answer', type: OrdinaryTaskResponse },
    ])
    expect(result).toMatchObject({ left: [{ context: [{ key: 'answer' }, { key: 'code' }] }] })
  })
})
