import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { createPromiseTaskClient } from './PromiseTaskClient.js'
import { type TaskClient, createTaskClient } from './TaskClient.js'

/** A client over a canned body, and the requests that it has sent. */
const answering = (body: string) => {
  const requests: unknown[] = []
  const client = createTaskClient((...request: [string, number]) => async () => {
    requests.push(request)
    return { _tag: 'Right', right: { status: 200, body } }
  })
  return { client, requests }
}

const bodies = {
  ordinary: '{"code":0,"requestId":17,"n":1}',
  batch: '{"code":0,"detail":{"a":{"code":0,"requestId":17,"n":1}}}',
  status: '{"code":0,"data":{"status":0,"data":{"n":1}}}',
  refusal: '{"code":4400}',
}
const codec = t.type({ n: t.number })

describe.each(Object.entries(bodies))('with the body of %s', (_, body) => {
  test('each method sends once, at once, and resolves with what the task client returns', async () => {
    const { client, requests } = answering(body)
    const promises = createPromiseTaskClient(client)
    const expected = [
      await client.submit('a', 1)(),
      await client.submitWith({ extra: codec })('a', 1)(),
      await client.submitBatch('a', 1)(),
      await client.submitBatchWith({ entry: codec })('a', 1)(),
      await client.status('a', 1)(),
      await client.statusWith({ data: codec })('a', 1)(),
    ]
    requests.splice(0)
    const results = [
      promises.submit('a', 1),
      promises.submitWith({ extra: codec }, 'a', 1),
      promises.submitBatch('a', 1),
      promises.submitBatchWith({ entry: codec }, 'a', 1),
      promises.status('a', 1),
      promises.statusWith({ data: codec }, 'a', 1),
    ]
    expect(requests).toEqual(Array.from({ length: 6 }, () => ['a', 1]))
    expect(await Promise.all(results)).toEqual(expected)
    expect(requests).toHaveLength(6)
  })
})

test('invalid options send nothing', async () => {
  const { client, requests } = answering(bodies.ordinary)
  expect(await createPromiseTaskClient(client).submitWith({ extra: 5 as never }, 'a', 1)).toMatchObject({
    left: { _tag: 'NotSent', reason: { _tag: 'Misused' } },
  })
  expect(requests).toEqual([])
})

test.each([undefined, null, {}, () => undefined])(
  'what is no task client sends nothing, and no promise rejects: %s',
  async client => {
    const promises = createPromiseTaskClient(client as TaskClient<[]>)
    const notSent = {
      _tag: 'NotSent',
      reason: { _tag: 'Misused', message: 'expected a task client' },
      recovered: [],
    }
    expect(await promises.submit()).toEqual({ _tag: 'Left', left: notSent })
    expect(await promises.submitBatchWith({})).toEqual({ _tag: 'Left', left: notSent })
    expect(await promises.status()).toEqual({ _tag: 'Left', left: { ...notSent, operation: 'query' } })
  },
)

test('a task that rejects may have sent its request', async () => {
  const rejecting = () => () => Promise.reject(new RangeError('no'))
  const client = { submit: rejecting, status: rejecting } as unknown as TaskClient<[]>
  const unknown = {
    _tag: 'DeliveryUnknown',
    reason: { _tag: 'ClientFailed', name: 'RangeError' },
    recovered: [],
  }
  expect(await createPromiseTaskClient(client).submit()).toEqual({ _tag: 'Left', left: unknown })
  expect(await createPromiseTaskClient(client).status()).toEqual({
    _tag: 'Left',
    left: { ...unknown, operation: 'query' },
  })
})
