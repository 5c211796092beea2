/**
 * What `tencentcloud-sdk-nodejs`, as it comes from npm, makes of the same responses.
 */
import type { HttpResponse } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CommonClient } from 'tencentcloud-sdk-nodejs/tencentcloud/common/common_client.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskNaming } from '../actions/Service.js'
import { decodeV3Submission } from './decodeV3Submission.js'

let served: { readonly status: number; readonly body: string | Uint8Array } = { status: 200, body: '' }

const server = createServer((request, response) => {
  request.resume()
  response.writeHead(served.status, { 'content-type': 'application/json' }).end(served.body)
})

beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise<void>(resolve => void server.close(() => resolve())))

/** What the SDK returns, or the error that it throws. */
const askSdk = async (response: HttpResponse): Promise<E.Either<unknown, unknown>> => {
  served = response
  const endpoint = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const client = new CommonClient(endpoint, '2020-01-01', {
    credential: { secretId: 'AKIDexample', secretKey: 'example' },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint, protocol: 'http://' } },
  })
  return client.request('StartTask', {}).then(E.right, E.left)
}

const member: TaskNaming = { _tag: 'Member', path: ['TaskId'] }
const ckafka: TaskNaming = {
  _tag: 'Member',
  path: ['Result', 'Data', 'FlowId'],
  resultCode: { path: ['Result', 'ReturnCode'], accepted: ['0'], message: ['Result', 'ReturnMessage'] },
}

const ok = (body: string | Uint8Array): HttpResponse => ({ status: 200, body })
const notUtf8 = (text: string): Uint8Array =>
  Uint8Array.from(text, character => (character === '?' ? 0xff : character.charCodeAt(0)))

describe('where the SDK reads a response right, both say the same', () => {
  test('of an accepted task', async () => {
    const response = ok('{"Response":{"TaskId":17,"RequestId":"r-1"}}')
    expect(await askSdk(response)).toEqual(E.right({ TaskId: 17, RequestId: 'r-1' }))
    expect(decodeV3Submission(member)(response)).toMatchObject({ right: { taskId: '17' } })
  })

  test('of a refused request', async () => {
    const response = ok('{"Response":{"Error":{"Code":"InternalError","Message":"no"},"RequestId":"r-1"}}')
    expect(await askSdk(response)).toMatchObject({
      left: { code: 'InternalError', message: 'no', requestId: 'r-1' },
    })
    expect(decodeV3Submission(member)(response)).toMatchObject({
      left: { code: 'InternalError', message: 'no' },
    })
  })
})

describe('where the SDK loses an id or takes a failure for a success, the decoder does not', () => {
  test.each<[string, TaskNaming, HttpResponse, unknown, unknown]>([
    [
      'an id beyond 2^53',
      member,
      ok('{"Response":{"TaskId":9007199254740993123,"RequestId":"r-1"}}'),
      { right: { TaskId: 9007199254740993000 } },
      { right: { taskId: '9007199254740993123' } },
    ],
    [
      'two ids',
      member,
      ok('{"Response":{"TaskId":1,"TaskId":2}}'),
      { right: { TaskId: 2 } },
      { left: { _tag: 'ContractViolation', recovered: [{ taskId: '1' }, { taskId: '2' }] } },
    ],
    [
      'no Response',
      member,
      ok('{"TaskId":17}'),
      { left: { name: 'TypeError' } },
      { left: { _tag: 'ShapeError', recovered: [{ taskId: '17' }] } },
    ],
    [
      'an Error that is false',
      member,
      ok('{"Response":{"Error":false,"TaskId":17}}'),
      { right: { TaskId: 17 } },
      { left: { _tag: 'ShapeError', recovered: [{ taskId: '17' }] } },
    ],
    [
      'an Error without a Code',
      member,
      ok('{"Response":{"Error":{},"TaskId":17}}'),
      { left: { code: undefined } },
      { left: { _tag: 'ShapeError', recovered: [{ taskId: '17' }] } },
    ],
    [
      'a failure inside a success',
      ckafka,
      ok('{"Response":{"Result":{"ReturnCode":"4000","ReturnMessage":"bad","Data":null},"RequestId":"r-1"}}'),
      { right: { Result: { ReturnCode: '4000' } } },
      { left: { _tag: 'Rejected', code: '4000', message: 'bad' } },
    ],
    [
      'no id',
      member,
      ok('{"Response":{"RequestId":"r-1"}}'),
      { right: { RequestId: 'r-1' } },
      { left: { _tag: 'ContractViolation', issues: [{ _tag: 'MissingTaskId' }] } },
    ],
    [
      'cut JSON',
      member,
      ok('{"Response":{"TaskId":17,"RequestId":"r-'),
      { left: { message: expect.stringContaining('JSON') as unknown } },
      { left: { _tag: 'MalformedJson', recovered: [{ taskId: '17' }] } },
    ],
    [
      'an id that is not UTF-8',
      member,
      ok(notUtf8('{"Response":{"TaskId":"t-?"}}')),
      { right: { TaskId: 't-\ufffd' } },
      { left: { _tag: 'MalformedJson', found: 'a byte that is not UTF-8' } },
    ],
    [
      'HTML of a gateway',
      member,
      { status: 502, body: '<html>Bad Gateway</html>' },
      { left: { httpCode: 502 } },
      { left: { _tag: 'HttpStatusError', httpStatus: 502, bodyStart: '<html>Bad Gateway</html>' } },
    ],
    [
      'a task under 502',
      member,
      { status: 502, body: '{"Response":{"TaskId":17}}' },
      { left: { httpCode: 502 } },
      { left: { _tag: 'ContractViolation', recovered: [{ taskId: '17' }] } },
    ],
    [
      'a refusal under 500',
      member,
      { status: 500, body: '{"Response":{"Error":{"Code":"InternalError","Message":""}}}' },
      { left: { httpCode: 500 } },
      { left: { _tag: 'Rejected', code: 'InternalError', httpStatus: 500 } },
    ],
    [
      'a task under 201',
      member,
      { status: 201, body: '{"Response":{"TaskId":17}}' },
      { left: { httpCode: 201 } },
      { right: { taskId: '17' } },
    ],
  ])('%s', async (_, naming, response, bySdk, byDecoder) => {
    expect(await askSdk(response)).toMatchObject(bySdk as object)
    expect(decodeV3Submission(naming)(response)).toMatchObject(byDecoder as object)
  })
})
