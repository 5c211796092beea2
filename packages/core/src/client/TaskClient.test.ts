import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import type { HttpResponse, OtherSend } from '../decode/HttpResponse.js'
import type { TaskId } from '../wire/TaskId.js'
import { defineAdapter } from './defineAdapter.js'
import type { RedactedRequest } from './RedactedRequest.js'
import { createTaskClient } from './TaskClient.js'

const summary = { method: 'GET', origin: 'https://host', path: '/v2/index.php', action: 'CreateImage' }
const described = (): RedactedRequest => ({ summary, secrets: ['s3cret'] })

/** A client over a canned response, or a failure, which counts its exchanges. */
const over = (given: HttpResponse | Error, describe = described) => {
  const requests: unknown[] = []
  const transport = defineAdapter(globalThis, {}, (...request: [string, number]) => {
    requests.push(request)
    return {
      run: async context =>
        given instanceof Error ? context.send(() => Promise.reject(given), { sendsOnce: true }) : given,
      describe,
    }
  })
  return { client: createTaskClient(transport), requests }
}

const coded = (code: string): Error => Object.assign(new Error(code), { code })

const answering = (body: string, status = 200) => over({ status, body })

describe('a task client', () => {
  test('decodes ordinary and batch responses, also with codecs for the extra fields', async () => {
    const ordinary = answering('{"code":0,"requestId":17,"n":1}').client
    expect(await ordinary.submit('a', 1)()).toMatchObject({ right: { taskId: '17' } })
    expect(await ordinary.submitWith({ extra: t.type({ n: t.number }) })('a', 1)()).toMatchObject({
      right: { extra: { n: 1 } },
    })
    expect(await ordinary.submitBatch('a', 1)()).toMatchObject({
      left: { issues: [{ _tag: 'FormatMismatch' }] },
    })
    const batch = answering('{"code":0,"detail":{"a":{"code":0,"requestId":17,"n":1}}}').client
    expect(await batch.submitBatch('a', 1)()).toMatchObject({ right: { _tag: 'AllAccepted' } })
    expect(await batch.submitBatchWith({ entry: t.type({ n: t.string }) })('a', 1)()).toMatchObject({
      left: { _tag: 'ShapeError', recovered: [{ taskId: '17' }] },
    })
  })

  test('decodes the state of a task, also with codecs for its output and data', async () => {
    const { client } = answering('{"code":0,"data":{"status":0,"data":{"n":1}}}')
    expect(await client.status('a', 1)()).toMatchObject({ right: { _tag: 'Succeeded', data: { n: 1 } } })
    expect(await client.statusWith({ data: t.type({ n: t.number }) })('a', 1)()).toMatchObject({
      right: { _tag: 'Succeeded', data: { n: 1 } },
    })
    expect(await client.statusWith({ data: t.type({ n: t.string }) })('a', 1)()).toMatchObject({
      left: { _tag: 'ShapeError', operation: 'query', issues: [{ path: '/data/data/n' }], request: summary },
    })
  })

  test('distinguishes the errors of queries from those of submissions', async () => {
    const rejected = answering('{"code":4100,"message":"s3cret"}', 403).client
    expect(await rejected.status('a', 1)()).toMatchObject({
      left: {
        _tag: 'QueryRejected',
        operation: 'query',
        httpStatus: 403,
        message: '******',
        request: summary,
      },
    })
    const reason = { _tag: 'NetworkFailed', code: 'ECONNRESET' } as const
    const lost = over(coded('ECONNRESET')).client
    expect(await lost.status('a', 1)()).toEqual(
      E.left({ _tag: 'DeliveryUnknown', operation: 'query', reason, recovered: [], request: summary }),
    )
    expect(await lost.submit('a', 1)()).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason, recovered: [], request: summary }),
    )
  })

  test('reads the task id from the place that taskIdAt names', async () => {
    const { client } = answering('{"code":0,"data":{"flowId":17}}')
    expect(await client.submitWith({ taskIdAt: 'data.flowId' })('a', 1)()).toMatchObject({
      right: { _tag: 'AcceptedTask', taskId: '17' },
    })
  })

  test('sends nothing before the task runs, and then the unchanged request once for each run', async () => {
    const { client, requests } = answering('{"code":0,"requestId":17}')
    const submission = client.submit('a', 1)
    expect(requests).toEqual([])
    await submission()
    await submission()
    expect(requests).toEqual([
      ['a', 1],
      ['a', 1],
    ])
  })

  test('describes the request in every error, with its secrets masked', async () => {
    expect(await answering('{"code":4100,"message":"s3cret"}', 403).client.submit('a', 1)()).toMatchObject({
      left: { _tag: 'Rejected', httpStatus: 403, message: '******', request: summary },
    })
    const notSent = {
      _tag: 'NotSent',
      reason: { _tag: 'NetworkFailed', code: 'ENOTFOUND' },
      recovered: [],
    } as const
    expect(await over(coded('ENOTFOUND')).client.submitBatch('a', 1)()).toEqual(
      E.left({ ...notSent, request: summary }),
    )
  })

  test('adds the ids of other sends to its error, each only once', async () => {
    const response = { status: 200, body: '{"code":0,"requestId":-5,"taskId":17}' }
    const otherSends: ReadonlyArray<OtherSend> = [
      { _tag: 'Unanswered', recovered: [{ taskId: '16' as TaskId, code: 0 }] },
      { _tag: 'Answered', response: response },
    ]
    expect(await over({ ...response, otherSends }).client.submit('a', 1)()).toMatchObject({
      left: { _tag: 'ShapeError', recovered: [{ taskId: '16' }, { taskId: '17' }] },
    })
  })

  test('returns DeliveryUnknown if another send may have started a task, and masks secrets in the last result', async () => {
    const { client } = over({
      status: 403,
      body: '{"code":4100,"message":"of s3cret"}',
      otherSends: [{ _tag: 'Unanswered', recovered: [] }],
    })
    const reason = {
      _tag: 'SentMoreThanOnce',
      lastResult: { _tag: 'Rejected', code: 4100, httpStatus: 403, message: 'of ******' },
    }
    for (const submission of [client.submit('a', 1), client.submitBatch('a', 1)])
      expect(await submission()).toMatchObject({
        left: { _tag: 'DeliveryUnknown', reason, recovered: [], request: summary },
      })
    expect(await client.status('a', 1)()).toMatchObject({ left: { _tag: 'QueryRejected' } })
  })

  test('never rejects, even if its transport throws, rejects or resolves to nothing', async () => {
    const throwing = createTaskClient((_: string) => {
      throw new TypeError('no')
    })
    const rejecting = createTaskClient((_: string) => () => Promise.reject(new TypeError('no')))
    const resolvingToNothing = createTaskClient((_: string) => async () => undefined as never)
    const reason = { _tag: 'ClientFailed', name: 'TypeError' }
    for (const client of [throwing, rejecting, resolvingToNothing]) {
      expect(await client.submit('a')()).toMatchObject({ left: { _tag: 'DeliveryUnknown', reason } })
      expect(await client.status('a')()).toMatchObject({ left: { operation: 'query', reason } })
    }
  })

  test('returns NotSent if its adapter fails before it sends', async () => {
    const transport = defineAdapter(globalThis, {}, (_: string) => {
      throw new TypeError('no')
    })
    expect(await createTaskClient(transport).submit('a')()).toEqual(
      E.left({ _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'TypeError' }, recovered: [] }),
    )
  })

  test('never rejects, even if its adapter returns something other than a response', async () => {
    for (const response of [undefined, null, 5, {}, { otherSends: 5 }, { otherSends: [null] }]) {
      const { client } = over(response as never)
      for (const task of [client.submit('a', 1), client.submitBatch('a', 1), client.status('a', 1)])
        expect(await task()).toMatchObject({ _tag: 'Left' })
    }
  })

  test('describes a request only for an error', async () => {
    const { client } = over({ status: 200, body: '{"code":0,"requestId":17}' }, () => {
      throw new Error('must not be called')
    })
    expect(await client.submit('a', 1)()).toMatchObject({ _tag: 'Right' })
  })

  test('shows no text of the response if the request can’t be described or inspected', async () => {
    const response = { status: 403, body: '{"code":4100,"message":"s3cret","requestId":17}' }
    const undescribed = over(response, () => {
      throw new Error('no')
    }).client
    const opaque = over(response, () => ({ summary, secrets: [], isOpaque: true })).client
    const withheld = {
      _tag: 'Rejected',
      code: 4100,
      message: '[withheld: the request could not be inspected]',
      recovered: [{ taskId: '17' }],
    }
    expect(await undescribed.submit('a', 1)()).toMatchObject({ left: withheld })
    expect(await opaque.submit('a', 1)()).toMatchObject({ left: { ...withheld, request: summary } })
  })

  test('masks secrets in the path of the request', async () => {
    const path = '/v2/s3cret'
    const { client } = over({ status: 500, body: '' }, () => ({
      summary: { ...summary, path },
      secrets: ['s3cret'],
    }))
    expect(await client.submit('a', 1)()).toMatchObject({
      left: { request: { ...summary, path: '/v2/******' } },
    })
  })
})
