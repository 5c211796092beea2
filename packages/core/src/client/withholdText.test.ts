import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { taskError } from '../../test/values.js'
import { decodeBatchResponse, decodeOrdinaryResponse } from '../decode/decodeResponse.js'
import { type SentMoreThanOnce, TaskError } from '../error/TaskError.js'
import type { TaskId } from '../wire/TaskId.js'
import { withholdText } from './withholdText.js'

const withheld = '[withheld: the request could not be inspected]'

const errorOf = (
  body: string,
  status = 200,
  decode: typeof decodeBatchResponse | typeof decodeOrdinaryResponse = decodeOrdinaryResponse,
): TaskError => {
  const result = decode({ status, body })
  if (result._tag === 'Right') throw new Error('an error was expected')
  return result.left
}

describe('the text of a response is withheld', () => {
  test('in a rejection, whose codes, meaning and advice stay', () => {
    expect(
      withholdText(
        errorOf('{"code":4100,"message":"(123)of s3cret","codeDesc":"s3cret","requestId":17}', 403),
      ),
    ).toEqual({
      _tag: 'Rejected',
      code: 4100,
      meaning: 'authentication or permission failed',
      advice: 'never',
      message: withheld,
      moduleCode: '123',
      codeDesc: withheld,
      taskId: '17',
      httpStatus: 403,
      recovered: [{ taskId: '17', code: 4100, path: '/requestId' }],
    })
  })

  test('in the first KiB, and an empty one stays', () => {
    expect(withholdText(errorOf('s3cret', 500))).toMatchObject({ httpStatus: 500, bodyStart: withheld })
    expect(withholdText(errorOf('', 500))).toMatchObject({ bodyStart: '' })
  })

  test('in an excerpt, whose place stays', () => {
    expect(withholdText(errorOf('{"code":0,"requestId":17,s3cret'))).toMatchObject({
      line: 1,
      column: 26,
      offset: 25,
      found: withheld,
      excerpt: withheld,
      recovered: [{ taskId: '17' }],
    })
  })

  test('in what a schema of the caller says of a value', () => {
    const issue = { _tag: 'ShapeIssue', path: '/a', expected: 'b', found: 'c', message: 's3cret' } as const
    expect(withholdText({ _tag: 'ShapeError', issues: [issue], alsoFound: [], recovered: [] })).toMatchObject(
      { issues: [{ path: '/a', expected: 'b', found: withheld, message: withheld }] },
    )
  })

  test('in issues, whose paths stay', () => {
    expect(withholdText(errorOf('{"code":"s3cret","requestId":17,"x":"s3cret","x":12345678}'))).toMatchObject(
      {
        issues: [{ path: '/code', found: withheld }],
        alsoFound: [{ path: '/x', values: [withheld, withheld] }],
      },
    )
  })

  test('in entries, whose ids stay', () => {
    const entry = '{"code":0,"requestId":"17","message":"s3cret","x":{"s3cret":1}}'
    expect(
      withholdText(errorOf(`{"code":0,"detail":{"ins-1":${entry}}}`, 500, decodeBatchResponse)),
    ).toMatchObject({
      entries: [{ resourceId: 'ins-1', taskId: '17', extra: { withheld } }],
      recovered: [{ taskId: '17', resourceId: 'ins-1', code: 0 }],
    })
  })

  test('in what the last response of several meant, whose ids, codes and advice stay', () => {
    const body =
      '{"code":5400,"message":"s3cret","x":"s3cret","detail":{' +
      '"ins-1":{"code":0,"requestId":"17","message":"s3cret","x":"s3cret"},' +
      '"ins-2":{"code":5100,"message":"(10011)s3cret","codeDesc":"s3cret"}}}'
    const batch = decodeBatchResponse({ status: 200, body })
    if (batch._tag === 'Left') throw new Error('an outcome was expected')
    const rejected = errorOf('{"code":4400,"message":"s3cret"}')
    if (rejected._tag !== 'Rejected') throw new Error('a refusal was expected')
    const told = (lastResult: SentMoreThanOnce['lastResult']): unknown =>
      withholdText({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'SentMoreThanOnce', lastResult },
        recovered: [],
      })
    expect(told(batch.right)).toEqual({
      _tag: 'DeliveryUnknown',
      reason: {
        _tag: 'SentMoreThanOnce',
        lastResult: {
          _tag: 'PartlyAccepted',
          message: withheld,
          codeDesc: '',
          extra: { withheld },
          accepted: [
            {
              _tag: 'AcceptedEntry',
              position: 0,
              resourceId: 'ins-1',
              taskId: '17',
              message: withheld,
              codeDesc: '',
              extra: { withheld },
            },
          ],
          rejected: [
            {
              _tag: 'RejectedEntry',
              position: 1,
              resourceId: 'ins-2',
              code: 5100,
              meaning: 'operation on the resource failed',
              advice: 'later',
              moduleCode: '10011',
              message: withheld,
              codeDesc: withheld,
              extra: { withheld },
            },
          ],
        },
      },
      recovered: [],
    })
    expect(told(rejected)).toMatchObject({
      reason: { lastResult: { code: 4400, advice: 'later', message: withheld } },
    })
    expect(
      told({ _tag: 'AcceptedTask', taskId: '17' as TaskId, message: '', codeDesc: 's3cret', extra: {} }),
    ).toMatchObject({ reason: { lastResult: { taskId: '17', codeDesc: withheld } } })
  })

  test('but not what is wrong with a call, nor the address that could not be reached', () => {
    const misused: TaskError = {
      _tag: 'NotSent',
      reason: { _tag: 'Misused', message: 'timeoutMs must be greater than 0' },
      recovered: [],
    }
    expect(withholdText(misused)).toEqual(misused)
    const refused: TaskError = {
      ...misused,
      reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED', address: '10.0.0.1:3128' },
    }
    expect(withholdText(refused)).toEqual(refused)
  })

  test('and what is not of the response stays: the reason of an abort, the request', () => {
    const error: TaskError = {
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'Aborted', name: 'Error', message: 'the user left' },
      recovered: [],
      request: { method: 'GET', origin: 'https://host', path: '/', action: 'X' },
    }
    expect(withholdText(error)).toEqual(error)
    const timedOut: TaskError = { ...error, reason: { _tag: 'TimedOut', timeoutMs: 5 } }
    expect(withholdText(timedOut)).toEqual(timedOut)
  })

  test('and an error stays an error of its kind, with its ids', () => {
    fc.assert(
      fc.property(taskError, error => {
        const told = withholdText(error)
        expect(TaskError.is(told)).toBe(true)
        expect(told).toMatchObject({ _tag: error._tag, recovered: error.recovered })
      }),
    )
  })
})
