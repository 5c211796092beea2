import { Json, type ResourceId, type TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { noSuchTask, statusOf } from '../../test/SimulatedApi.js'
import { progressOf, showProgress } from './WaitProgress.js'
import {
  FinishedTask,
  PendingTask,
  WaitResult,
  finishedTasks,
  initialWaitResult,
  pendingTasks,
  waitResultCodec,
} from './WaitResult.js'

const finished = (id: string, ending: 'Succeeded' | 'Failed'): unknown => ({
  _tag: 'FinishedTask',
  taskId: id,
  resourceIds: ['ins-1'],
  status: { ...statusOf(ending), data: { imageId: 'img-1' } },
  queries: 3,
})
const pending = (reason: unknown): unknown => ({
  _tag: 'PendingTask',
  taskId: '9',
  resourceIds: [],
  reason,
  queries: 2,
})
const some = {
  _tag: 'SomePending',
  finished: [finished('1', 'Succeeded'), finished('2', 'Failed'), finished('3', 'Failed')],
  pending: [pending({ _tag: 'Waiting' })],
}

const nothing = { _tag: 'NothingToWaitFor', rejected: [], recovered: [{ taskId: '7', code: 5100 }] }

describe('the codec', () => {
  test.each([nothing, { _tag: 'AllFinished', finished: some.finished, pending: [] }])(
    'accepts $_tag, even with an empty array of pending tasks',
    result => {
      expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
    },
  )

  test.each([
    { _tag: 'Waiting' },
    { _tag: 'TimedOut', timeoutMs: 5 },
    { _tag: 'Aborted', name: 'Error', message: '' },
    { _tag: 'PolicyGaveUp' },
    { _tag: 'QueryFailed', error: noSuchTask },
  ])('round-trips a result with a task that is pending with the reason $_tag through JSON', reason => {
    const result = { ...some, pending: [pending(reason)] }
    expect(WaitResult.is(result)).toBe(true)
    expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
    expect(PendingTask.is(pending(reason))).toBe(true)
  })

  test.each<[string, unknown]>([
    ['a SomePending without pending tasks', { ...some, pending: [] }],
    [
      'a finished task that is in progress',
      { ...some, finished: [{ ...(finished('1', 'Failed') as object), status: statusOf('InProgress') }] },
    ],
    ['no task id', { _tag: 'AllFinished', finished: [finished('', 'Failed')] }],
    ['an unknown reason', { ...some, pending: [pending({ _tag: 'Bored' })] }],
    [
      'an error of a submission',
      {
        ...some,
        pending: [pending({ _tag: 'QueryFailed', error: { ...noSuchTask, operation: undefined } })],
      },
    ],
    [
      'a duplicate task',
      { _tag: 'AllFinished', finished: [finished('1', 'Failed'), finished('1', 'Failed')] },
    ],
    ['a task that is both finished and pending', { ...some, finished: [finished('9', 'Failed')] }],
    ['half a query', { ...some, pending: [{ ...(pending({ _tag: 'Waiting' }) as object), queries: 0.5 }] }],
    [
      'a negative count of queries',
      { ...some, pending: [{ ...(pending({ _tag: 'Waiting' }) as object), queries: -1 }] },
    ],
    ['nothing', undefined],
    ['an AllFinished without finished tasks', { _tag: 'AllFinished', finished: [] }],
    [
      'an AllFinished with pending tasks',
      { _tag: 'AllFinished', finished: [finished('1', 'Failed')], pending: some.pending },
    ],
    ['an AllFinished whose pending tasks are no array', { ...some, _tag: 'AllFinished', pending: '9' }],
    ['a NothingToWaitFor with pending tasks', { ...nothing, pending: some.pending }],
    ['a NothingToWaitFor with finished tasks', { ...nothing, finished: some.finished }],
  ])('rejects %s', (_, value) => {
    expect(WaitResult.decode(value)).toMatchObject({ _tag: 'Left' })
  })

  test('takes codecs for output and data', () => {
    const codec = waitResultCodec({ output: Json, data: t.type({ imageId: t.string }) })
    expect(codec.is(some)).toBe(true)
    expect(waitResultCodec({ output: Json, data: t.number }).is(some)).toBe(false)
    expect(FinishedTask.is(finished('1', 'Failed'))).toBe(true)
  })
})

test('progress is counted and shown', () => {
  const result = some as unknown as WaitResult
  expect(progressOf(result)).toEqual({ succeeded: 1, failed: 2, pending: 1, queries: 11 })
  expect(progressOf(nothing as unknown as WaitResult)).toEqual({
    succeeded: 0,
    failed: 0,
    pending: 0,
    queries: 0,
  })
  expect(pendingTasks(nothing as unknown as WaitResult)).toEqual([])
  expect(finishedTasks(nothing as unknown as WaitResult)).toEqual([])
  expect(finishedTasks(result)).toBe(some.finished)
  expect(pendingTasks({ ...some, _tag: 'AllFinished', pending: undefined } as never)).toEqual([])
  expect(showProgress(progressOf(result))).toBe('1 succeeded, 2 failed, 1 pending, 11 queries')
  expect(showProgress({ succeeded: 1, failed: 0, pending: 0, queries: 1 })).toBe(
    '1 succeeded, 0 failed, 0 pending, 1 query',
  )
})

test('before the first query all tasks are pending', () => {
  const tasks = [
    { taskId: '1' as TaskId, resourceId: 'a' as ResourceId },
    { taskId: '2' as TaskId },
    { taskId: '1' as TaskId, resourceId: 'b' as ResourceId },
  ]
  const reason = { _tag: 'Waiting' }
  expect(initialWaitResult(tasks)).toEqual({
    _tag: 'SomePending',
    finished: [],
    pending: [
      { _tag: 'PendingTask', taskId: '1', resourceIds: ['a', 'b'], reason, queries: 0 },
      { _tag: 'PendingTask', taskId: '2', resourceIds: [], reason, queries: 0 },
    ],
  })
  expect(initialWaitResult([])).toEqual({ _tag: 'NothingToWaitFor', rejected: [], recovered: [] })
})

describe('of data that was not decoded', () => {
  const never = (): never => {
    throw new Error('no')
  }
  const unknown = { succeeded: NaN, failed: NaN, pending: NaN, queries: NaN }

  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['text', '{"_tag":"AllFinished"}'],
    ['an empty object', {}],
    ['an Either', E.right(some)],
    ['a SomePending without its tasks', { _tag: 'SomePending', finished: [] }],
    ['pending tasks that are no array', { _tag: 'AllFinished', finished: [], pending: 7 }],
    ['a Proxy that throws', new Proxy({}, { get: never, has: never })],
  ])('pendingTasks returns what waitForBatch refuses, and progressOf no number: %s', (_, value) => {
    expect(pendingTasks(value as never)[0]).toBe(value)
    expect(initialWaitResult(pendingTasks(value as never))).toMatchObject({ _tag: 'InvalidInput' })
    expect(progressOf(value as never)).toEqual(unknown)
  })

  test('finishedTasks returns what waitForBatch refuses', () => {
    for (const value of [undefined, {}, { _tag: 'AllFinished', finished: 7 }])
      expect(finishedTasks(value as never)).toEqual([value])
  })

  test.each<[string, unknown]>([
    ['a finished task', { _tag: 'AllFinished', finished: [null] }],
    ['a finished task without a status', { _tag: 'AllFinished', finished: [{ queries: 1 }] }],
    ['a pending task', { ...some, pending: [undefined] }],
  ])('progressOf counts nothing if it can’t read %s', (_, value) => {
    expect(progressOf(value as never)).toEqual(unknown)
  })

  test('pending tasks are found whatever the tag says', () => {
    const result = { ...some, _tag: 'AllFinished' } as never
    expect(pendingTasks(result)).toBe(some.pending)
    expect(progressOf(result)).toMatchObject({ pending: 1 })
  })
})
