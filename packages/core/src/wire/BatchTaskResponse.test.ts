import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { describe, expect, test } from 'vitest'
import { batchTaskResponse, ordinaryTaskResponse } from '../../test/values.js'
import { stringifyJson } from '../json/JsonValue.js'
import { BatchTaskEntry, BatchTaskResponse } from './BatchTaskResponse.js'
import type { ResourceId } from './ResourceId.js'
import type { TaskId } from './TaskId.js'

const entry = { code: 0, message: '', codeDesc: '', requestId: '1' as TaskId, extra: {} }

test('decode reverses encode', () => {
  fc.assert(
    fc.property(batchTaskResponse, response => {
      expect(BatchTaskResponse.is(response)).toBe(true)
      expect(BatchTaskResponse.decode(BatchTaskResponse.encode(response))).toEqual(E.right(response))
    }),
  )
})

test('BatchTaskEntry decodes an entry', () => {
  fc.assert(
    fc.property(ordinaryTaskResponse, response => {
      expect(BatchTaskEntry.decode(BatchTaskEntry.encode(response))).toEqual(E.right(response))
    }),
  )
})

test('entries keep their order, even with integer-like ids', () => {
  const response: BatchTaskResponse = {
    code: 0,
    message: '',
    codeDesc: 'Success',
    detail: ['30', '4', 'z', '1'].map(id => [id as ResourceId, entry] as const),
    extra: { took: 1 },
  }
  const written = '{"code":0,"message":"","requestId":"1"}'
  expect(stringifyJson(BatchTaskResponse.encode(response))).toBe(
    `{"code":0,"message":"","codeDesc":"Success","detail":{"30":${written},"4":${written},"z":${written},"1":${written}},"took":1}`,
  )
})

test('an extra field never overwrites a field of the format; a request id at the top is an extra field', () => {
  const extra = { code: 0, codeDesc: 'd', detail: { a: entry }, requestId: '9' }
  const response = { code: 5100, message: '', codeDesc: '', detail: [], extra }
  expect(BatchTaskResponse.is(response)).toBe(false)
  expect(stringifyJson(BatchTaskResponse.encode(response))).toBe(
    '{"code":5100,"message":"","detail":{},"requestId":"9"}',
  )
})

test('a resource must not be a duplicate', () => {
  const a = 'a' as ResourceId
  const response = { code: 0, message: '', codeDesc: '', extra: {} }
  expect(BatchTaskResponse.is({ ...response, detail: [[a, entry]] })).toBe(true)
  const twice = [
    [a, entry],
    [a, { ...entry, requestId: '2' }],
  ]
  expect(BatchTaskResponse.is({ ...response, detail: twice })).toBe(false)
})

describe('decode', () => {
  test.each<[string, unknown]>([
    ['absent', {}],
    ['null', { detail: null }],
    ['{}', { detail: {} }],
    ['[]', { detail: [] }],
  ])('accepts a detail that is %s as empty', (_, detail) => {
    expect(BatchTaskResponse.decode({ code: 5100, ...(detail as object) })).toEqual(
      E.right({ code: 5100, message: '', codeDesc: '', detail: [], extra: {} }),
    )
  })

  test('accepts plain JSON', () => {
    const plain = { code: 0, detail: { 'ins-1': { code: 0, requestId: 1, dealId: 'd' } }, requestId: 2 }
    expect(BatchTaskResponse.decode(plain)).toEqual(
      E.right({
        code: 0,
        message: '',
        codeDesc: '',
        detail: [['ins-1', { ...entry, extra: { dealId: 'd' } }]],
        extra: { requestId: 2 },
      }),
    )
  })

  test.each<[string, unknown, string[]]>([
    ['no object', 'text', ['expected an object, found "text"']],
    ['no code', { detail: {} }, ['/code: expected an integer in the safe range, found nothing']],
    [
      'an array of entries',
      { code: 0, detail: [{ code: 0, requestId: '1' }] },
      ['/detail: expected an object with an entry for each resource, found an array (1 item)'],
    ],
    [
      'every issue of every entry',
      {
        code: 0,
        detail: { a: 'done', 'b/c': { code: 0, requestId: 2 ** 60 }, d: { code: 0, requestId: '1' }, e: {} },
      },
      [
        '/detail/a: expected an entry (an object with a code), found "done"',
        '/detail/b~1c/requestId: expected a task id: a string or a non-negative integer, found 1152921504606846976.0',
        '/detail/e/code: expected an integer in the safe range, found nothing',
      ],
    ],
  ])('rejects %s', (_, input, messages) => {
    expect(PathReporter.report(BatchTaskResponse.decode(input))).toEqual(messages)
  })
})
