import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { createTaskClient } from '../client/TaskClient.js'
import { decodeBatchTaskWith } from './decodeBatchTask.js'
import { decodeOrdinaryTaskWith } from './decodeOrdinaryTask.js'
import {
  decodeBatchResponseWith,
  decodeOrdinaryResponseWith,
  decodeStatusResponseWith,
} from './decodeResponse.js'
import { decodeTaskStatusWith } from './decodeTaskStatus.js'

/** Calls that only untyped callers can make. */
const untyped = (call: unknown) =>
  call as (
    options: unknown,
  ) => (argument: unknown) => E.Either<unknown, unknown> & (() => Promise<E.Either<unknown, unknown>>)

const body = '{"code":0,"requestId":"17"}'
const response = { status: 200, body }

const throwing = {
  get extra(): never {
    throw new TypeError('no')
  },
}

const throwsOnEverything = new Proxy(
  {},
  {
    get: () => {
      throw new TypeError('no')
    },
  },
)

const cases: ReadonlyArray<readonly ['ordinary' | 'batch' | 'status', unknown, string, string]> = [
  ['ordinary', undefined, 'an object with options', 'undefined'],
  ['ordinary', null, 'an object with options', 'null'],
  ['ordinary', 'taskId', 'an object with options', 'a string'],
  [
    'ordinary',
    { taskIdAt: 5 },
    'the place of a task id, such as "data.taskId", as the option "taskIdAt"',
    'a number',
  ],
  [
    'ordinary',
    { taskIdAt: 'data.id' },
    'the place of a task id, such as "data.taskId", as the option "taskIdAt"',
    'a string',
  ],
  ['ordinary', { extra: {} }, 'a codec of io-ts or a Standard Schema as the option "extra"', 'an object'],
  ['ordinary', { extra: null }, 'a codec of io-ts or a Standard Schema as the option "extra"', 'null'],
  ['ordinary', throwing, 'the option "extra" to be readable', 'an object'],
  [
    'ordinary',
    { extra: throwsOnEverything },
    'a codec of io-ts or a Standard Schema as the option "extra"',
    'an object',
  ],
  ['batch', null, 'an object with options', 'null'],
  ['batch', { expected: 5 }, 'an array of strings as the option "expected"', 'a number'],
  ['batch', { expected: 'ins-1' }, 'an array of strings as the option "expected"', 'a string'],
  ['batch', { expected: ['ins-1', 5] }, 'an array of strings as the option "expected"', 'an array'],
  ['batch', { expected: Array(1) }, 'an array of strings as the option "expected"', 'an array'],
  ['batch', { response: 5 }, 'a codec of io-ts or a Standard Schema as the option "response"', 'a number'],
  ['batch', { entry: [] }, 'a codec of io-ts or a Standard Schema as the option "entry"', 'an array'],
  ['status', undefined, 'an object with options', 'undefined'],
  ['status', { output: 'x' }, 'a codec of io-ts or a Standard Schema as the option "output"', 'a string'],
  ['status', { data: true }, 'a codec of io-ts or a Standard Schema as the option "data"', 'a boolean'],
]

const ofBody = { ordinary: decodeOrdinaryTaskWith, batch: decodeBatchTaskWith, status: decodeTaskStatusWith }
const ofResponse = {
  ordinary: decodeOrdinaryResponseWith,
  batch: decodeBatchResponseWith,
  status: decodeStatusResponseWith,
}

describe.each(cases)('invalid options, row %#', (kind, options, expected, found) => {
  const failed = {
    _tag: 'Left',
    left: {
      _tag: 'ShapeError',
      issues: [{ _tag: 'ShapeIssue', path: '', expected, found }],
      recovered: [{ taskId: '17' }],
    },
  }

  test('a decoder returns an error with the ids of the body', () => {
    expect(untyped(ofBody[kind])(options)(body)).toMatchObject(failed)
    expect(untyped(ofResponse[kind])(options)(response)).toMatchObject(failed)
  })

  test('a client returns an error and sends nothing', async () => {
    let sent = 0
    const client = createTaskClient(() => async () => {
      sent++
      return E.right(response)
    })
    const method = { ordinary: client.submitWith, batch: client.submitBatchWith, status: client.statusWith }
    expect(await untyped(method[kind])(options)({})()).toEqual(
      E.left({
        _tag: 'NotSent',
        reason: { _tag: 'Misused', message: `expected ${expected}, found ${found}` },
        recovered: [],
        ...(kind === 'status' ? { operation: 'query' } : {}),
      }),
    )
    expect(sent).toBe(0)
  })
})

test('a response with invalid options keeps the ids of all sends', () => {
  const otherSends = [{ _tag: 'Answered', response: { status: 200, body: '{"code":0,"requestId":"16"}' } }]
  expect(untyped(decodeOrdinaryResponseWith)(null)({ ...response, otherSends })).toMatchObject({
    left: { _tag: 'ShapeError', recovered: [{ taskId: '16' }, { taskId: '17' }] },
  })
})
