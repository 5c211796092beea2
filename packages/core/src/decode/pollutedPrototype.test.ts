import { expect, test } from 'vitest'
import { polluted } from '../../test/polluted.js'
import { decodeBatchTask, decodeBatchTaskWith } from './decodeBatchTask.js'
import { decodeOrdinaryTask, decodeOrdinaryTaskWith } from './decodeOrdinaryTask.js'
import {
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeOrdinaryResponseWith,
  decodeStatusResponse,
  decodeStatusResponseWith,
} from './decodeResponse.js'
import { decodeTaskStatusWith } from './decodeTaskStatus.js'
import { recoverFromBody } from './recovered.js'

/** Every optional member of what is decoded with, and of what is read. */
const names = [
  ...['expected', 'response', 'entry', 'extra', 'taskIdAt', 'output', 'data'],
  ...['status', 'body', 'redirectOrigin', 'retryAfterMs', 'otherSends', 'describeError'],
  ...[
    'code',
    'resourceId',
    'path',
    'taskId',
    'requestId',
    'moduleCode',
    'httpStatus',
    'request',
    'tooDeepAt',
  ],
  ...['outcome', 'refused', 'entries', 'shapeIssues', 'contractIssues', 'errors', 'cause', 'name', 'message'],
]

const bodies = [
  '{"code":0,"message":"","requestId":"17"}',
  '{"code":0,"requestId":17,"extra":[{"flowId":"18"}],"more":{"x":1}}',
  '{"code":4400,"message":"(12)too fast"}',
  '{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"},"ins-2":{"code":0,"requestId":"18"}}}',
  '{"code":5400,"detail":{"ins-1":{"code":0,"requestId":"17"},"ins-2":{"code":5000,"message":"(7)no"}}}',
  '{"code":5100,"detail":{"ins-1":{"code":5000}}}',
  '{"code":0,"detail":[{"requestId":"17"}]}',
  '{"code":0,"data":{"status":1,"output":{"code":7}}}',
  '{"code":0,"data":{"status":2}}',
  '{"code":"x","requestId":17,"requestId":18}',
  '{"code":0 "requestId":"17","x":[{"taskId":18}]',
]

const decoders: ReadonlyArray<(body: string) => unknown> = [
  decodeOrdinaryTask,
  body => decodeOrdinaryTaskWith({})(body),
  decodeBatchTask,
  body => decodeBatchTaskWith({})(body),
  body => decodeTaskStatusWith({})(body),
  ...[200, 302, 500].flatMap(status => [
    (body: string) => decodeOrdinaryResponse({ status, body }),
    (body: string) => decodeOrdinaryResponseWith({})({ status, body }),
    (body: string) => decodeBatchResponseWith({})({ status, body }),
    (body: string) => decodeStatusResponse({ status, body }),
    (body: string) => decodeStatusResponseWith({})({ status, body }),
  ]),
  recoverFromBody,
]

const resultsOfAll = (): ReadonlyArray<string> =>
  bodies.flatMap(body => decoders.map(decode => JSON.stringify(decode(body))))

test.each(names)('decodes the same if something has added "%s" to Object.prototype', name => {
  const results = resultsOfAll()
  for (const value of ['x', 0, ['x'], { code: 'x' }, () => undefined])
    expect(polluted(name, value, resultsOfAll)).toEqual(results)
})

test('reads options that a class defines', () => {
  class Options {
    get expected(): ReadonlyArray<string> {
      return ['ins-2']
    }
  }
  expect(
    decodeBatchTaskWith(new Options())('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}'),
  ).toMatchObject({ left: { issues: [{ _tag: 'ResourceMismatch' }] } })
})
