import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyBody } from '../../test/bodies.js'
import type { TaskError } from '../error/TaskError.js'
import { decodeBatchTask } from './decodeBatchTask.js'
import { decodeOrdinaryTask } from './decodeOrdinaryTask.js'
import {
  decodeBatchResponse,
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeStatusResponse,
} from './decodeResponse.js'

const formats = fc.constantFrom(
  { decodeResponse: decodeOrdinaryResponse, decodeBody: decodeOrdinaryTask },
  { decodeResponse: decodeBatchResponse, decodeBody: decodeBatchTask },
)
const failing = fc.oneof(
  fc.integer({ min: 100, max: 199 }),
  fc.integer({ min: 300, max: 999 }),
  fc.constant(0),
)

test('under a 2xx status a response is what its body says', () => {
  fc.assert(
    fc.property(
      anyBody,
      formats,
      fc.integer({ min: 200, max: 299 }),
      ({ text }, { decodeResponse, decodeBody }, status) => {
        expect(decodeResponse({ status, body: text })).toEqual(decodeBody(text))
      },
    ),
  )
})

describe('under any other status', () => {
  const leftOf = (response: E.Either<TaskError, unknown>): TaskError => {
    if (E.isRight(response)) throw new Error('a success')
    return response.left
  }
  const judged = fc.tuple(anyBody, formats, failing).map(([{ text, ids }, { decodeResponse }, status]) => ({
    status,
    ids,
    response: decodeResponse({ status, body: text }),
  }))

  test('no response is a success, and the error has the status', () => {
    fc.assert(
      fc.property(judged, ({ status, response }) => {
        const error = leftOf(response)
        if (error._tag === 'ContractViolation')
          expect(error.issues).toContainEqual({ _tag: 'StatusMismatch', httpStatus: status })
        else {
          expect(error).toHaveProperty('httpStatus', status)
          expect(['Rejected', 'HttpStatusError']).toContain(error._tag)
        }
      }),
    )
  })

  test('an accepted task, and no refusal of the whole request, makes it a contradiction', () => {
    fc.assert(
      fc.property(judged, ({ response }) => {
        const error = leftOf(response)
        fc.pre(error._tag !== 'Rejected' && error.recovered.some(({ code }) => code === 0))
        expect(error._tag).toBe('ContractViolation')
      }),
    )
  })

  test('every id of the body is recovered, wherever a format has one', () => {
    fc.assert(
      fc.property(judged, ({ ids, response }) => {
        const places = leftOf(response).recovered.map(({ taskId, resourceId }) => [taskId, resourceId])
        expect(places).toEqual(
          expect.arrayContaining(ids.map(({ taskId, resourceId }) => [taskId, resourceId])),
        )
      }),
    )
  })

  test('an id at the top of a batch response is recovered', () => {
    const body = '{"code":0,"requestId":"9","detail":{"a":{"code":0,"requestId":"1"}}}'
    expect(decodeBatchResponse({ status: 500, body })).toMatchObject({
      left: {
        entries: [{ taskId: '1' }],
        recovered: [
          { taskId: '9', code: 0 },
          { taskId: '1', resourceId: 'a', code: 0 },
        ],
      },
    })
  })

  test('beside an accepted task, issues are listed by their kind', () => {
    const body = '{"code":0,"detail":{"a":{"code":0,"requestId":"1"},"b":{"code":0},"c":7}}'
    expect(decodeBatchResponse({ status: 500, body })).toMatchObject({
      left: {
        issues: [{ _tag: 'StatusMismatch' }, { _tag: 'MissingTaskId', path: '/detail/b/requestId' }],
        alsoFound: [{ _tag: 'ShapeIssue', path: '/detail/c' }],
      },
    })
    expect(
      decodeOrdinaryResponse({
        status: 500,
        body: '{"code":4400,"detail":{"a":{"code":0,"requestId":"1"}},"codeDesc":1}',
      }),
    ).toMatchObject({
      left: {
        issues: [{ _tag: 'StatusMismatch' }, { _tag: 'FormatMismatch' }],
        alsoFound: [
          { _tag: 'ShapeIssue', path: '/codeDesc' },
          { _tag: 'Rejection', code: 4400 },
        ],
      },
    })
  })

  test('an HttpStatusError keeps the origin of a redirect', () => {
    const response = { status: 302, body: '', redirectOrigin: 'https://elsewhere.example' }
    expect(decodeOrdinaryResponse(response)).toEqual(
      E.left({
        _tag: 'HttpStatusError',
        httpStatus: 302,
        bodyStart: '',
        redirectOrigin: 'https://elsewhere.example',
        recovered: [],
      }),
    )
  })

  test('unknown properties are absent: the origin of a redirect and the entries of an ordinary response', () => {
    expect(decodeOrdinaryResponse({ status: 500, body: '' })).toStrictEqual(
      E.left({ _tag: 'HttpStatusError', httpStatus: 500, bodyStart: '', recovered: [] }),
    )
    const badText = '{"code":0,"requestId":"1","message":7}'
    expect(decodeOrdinaryResponse({ status: 500, body: badText })).toMatchObject({
      left: { _tag: 'ContractViolation', alsoFound: [{ path: '/message' }], entries: [] },
    })
  })
})

describe('the delay of Retry-After', () => {
  const retryAfterMs = 7_000

  test.each([
    ['a refusal', { status: 200, body: '{"code":4400,"message":""}' }, 'Rejected'],
    ['a refusal under 429', { status: 429, body: '{"code":4400,"message":""}' }, 'Rejected'],
    ['any other body', { status: 503, body: '<html>' }, 'HttpStatusError'],
  ])('is kept in the error of %s', (_, response, _tag) => {
    expect(decodeOrdinaryResponse({ ...response, retryAfterMs })).toMatchObject({
      left: { _tag, retryAfterMs },
    })
    expect(decodeOrdinaryResponse(response)).not.toHaveProperty('left.retryAfterMs')
  })

  test('is kept in the error of a rejected query', () => {
    expect(decodeStatusResponse({ status: 200, body: '{"code":4400}', retryAfterMs })).toMatchObject({
      left: { _tag: 'QueryRejected', retryAfterMs },
    })
  })
})

test('an accepted task under another status has no further issues', () => {
  expect(decodeOrdinaryResponse({ status: 500, body: '{"code":0,"requestId":"17"}' })).toMatchObject({
    left: { issues: [{ _tag: 'StatusMismatch' }], alsoFound: [] },
  })
})

test('entries of other resources with another fault under another status are no response of the API', () => {
  const body = '{"code":5100,"x":1,"x":2,"detail":{"ins-1":{"code":5000}}}'
  const decode = decodeBatchResponseWith({ expected: ['ins-2'] })
  expect(decode({ status: 200, body })).toMatchObject({
    left: { issues: [{ _tag: 'DuplicateMember' }, { _tag: 'ResourceMismatch' }] },
  })
  expect(decode({ status: 500, body })).toMatchObject({ left: { _tag: 'HttpStatusError' } })
})

test('only a rejection keeps Retry-After under a status of 2xx', () => {
  const response = { status: 200, retryAfterMs: 5 }
  expect(decodeOrdinaryResponse({ ...response, body: '{"code":4400}' })).toHaveProperty(
    'left.retryAfterMs',
    5,
  )
  expect(decodeOrdinaryResponse({ ...response, body: '{' })).not.toHaveProperty('left.retryAfterMs')
})
