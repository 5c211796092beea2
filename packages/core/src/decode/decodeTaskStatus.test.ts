import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { DateFromText } from '../../test/DateFromText.js'
import { throughJson } from '../../test/throughJson.js'
import { QueryError } from '../error/TaskError.js'
import { TaskStatus } from '../outcome/TaskStatus.js'
import { decodeTaskStatus, decodeTaskStatusWith } from './decodeTaskStatus.js'
import { decodeStatusResponse, decodeStatusResponseWith } from './decodeResponse.js'

describe('whatever the body', () => {
  const member = fc.constantFrom(
    '"code":0',
    '"code":4400',
    '"data":{"status":0}',
    '"data":{"status":2,"output":null}',
    '"data":{"status":"0"}',
    '"data":[]',
    '"requestId":9007199254740993',
    '"message":null',
  )
  const response = fc.array(member, { maxLength: 5 }).map(members => `{${members.join(',')}}`)
  const body = fc.oneof(response, fc.json(), fc.string({ unit: 'binary', maxLength: 50 }))

  test('nothing is thrown, and the result survives JSON', () => {
    fc.assert(
      fc.property(body, fc.constantFrom(200, 204, 500), (text, status) => {
        const result = decodeStatusResponse({ status, body: text })
        if (E.isRight(result)) expect(throughJson(TaskStatus, result.right)).toEqual(result)
        else expect(throughJson(QueryError, result.left)).toEqual(E.right(result.left))
      }),
    )
  })

  test('a task has ended only if the response has no issue, code 0, and says so', () => {
    fc.assert(
      fc.property(body, text => {
        const result = decodeTaskStatus(text)
        if (E.isLeft(result) || result.right._tag === 'InProgress') return
        const { code, data } = JSON.parse(text) as { code: unknown; data: { status: unknown } }
        expect(code).toBe(0)
        expect(String(data.status)).toBe(result.right._tag === 'Succeeded' ? '0' : '1')
      }),
    )
  })
})

describe('decodeTaskStatus', () => {
  test('distinguishes the output, the data and the other fields beside the status', () => {
    expect(
      decodeTaskStatus(
        '{"code":0,"message":"m","x":1,"data":{"step":3,"status":1,"output":{"code":7},"data":[1],"y":2}}',
      ),
    ).toEqual(
      E.right({
        _tag: 'Failed',
        message: 'm',
        codeDesc: '',
        output: { code: 7 },
        data: [1],
        statusExtra: { step: 3, y: 2 },
        extra: { x: 1 },
      }),
    )
    expect(decodeTaskStatus('{"code":0,"codeDesc":"Success","data":{"status":2}}')).toEqual(
      E.right({ _tag: 'InProgress', message: '', codeDesc: 'Success', statusExtra: {}, extra: {} }),
    )
  })

  test('a refusal with a shape issue is a ShapeError', () => {
    expect(decodeTaskStatus('{"code":4400,"message":5}')).toMatchObject({
      left: {
        _tag: 'ShapeError',
        issues: [{ path: '/message' }],
        alsoFound: [{ _tag: 'Rejection', code: 4400, advice: 'later' }],
      },
    })
  })

  test('a body that is not an object', () => {
    const issue = { _tag: 'ShapeIssue', path: '', expected: 'an object', found: 'an array (0 items)' }
    expect(decodeTaskStatus('[]')).toMatchObject({ left: { issues: [issue] } })
  })
})

describe('codecs for output and data', () => {
  const codecs = { output: t.type({ code: t.Int }), data: t.type({ endedAt: DateFromText }) }
  const decode = decodeTaskStatusWith(codecs)
  const when = '2026-01-01T00:00:00.000Z'

  test('type what is there', () => {
    const body = `{"code":0,"data":{"status":1,"output":{"code":7},"data":{"endedAt":"${when}"},"step":3}}`
    expect(decode(body)).toMatchObject({
      right: {
        _tag: 'Failed',
        output: { code: 7 },
        data: { endedAt: new Date(when) },
        statusExtra: { step: 3 },
      },
    })
    expect(decodeStatusResponseWith(codecs)({ status: 200, body })).toEqual(decode(body))
  })

  test('are not called for absent fields', () => {
    expect(decode('{"code":0,"data":{"status":2}}')).toEqual(
      decodeTaskStatus('{"code":0,"data":{"status":2}}'),
    )
  })

  test('list every issue if they fail', () => {
    const body = '{"code":0,"data":{"status":0,"output":{"code":0.5},"data":{}}}'
    const issue = {
      _tag: 'Left',
      left: {
        _tag: 'ShapeError',
        operation: 'query',
        issues: [{ path: '/data/output/code' }, { path: '/data/data/endedAt' }],
      },
    }
    expect(decode(body)).toMatchObject(issue)
    expect(decodeStatusResponseWith(codecs)({ status: 200, body })).toMatchObject(issue)
  })

  test('leave the part without a codec as plain JSON', () => {
    const body = `{"code":0,"data":{"status":0,"output":{"code":"x"},"data":{"endedAt":"${when}"}}}`
    expect(decodeTaskStatusWith({ data: codecs.data })(body)).toMatchObject({
      right: { output: { code: 'x' }, data: { endedAt: new Date(when) } },
    })
  })

  test('are not called for an error', () => {
    expect(decode('{"code":4400}')).toEqual(decodeTaskStatus('{"code":4400}'))
    expect(decodeStatusResponseWith(codecs)({ status: 500, body: '{"code":0,"data":{"status":0}}' })).toEqual(
      decodeStatusResponse({ status: 500, body: '{"code":0,"data":{"status":0}}' }),
    )
  })
})
