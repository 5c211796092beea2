import type { BatchOutcome, ResourceId, TaskEnd, TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statusOf } from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import {
  type FinishedTask,
  WaitResult,
  finishedTasks,
  initialWaitResult,
  pendingTasks,
} from './WaitResult.js'
import { waitForBatch, resumeWait } from '../wait/waitForBatch.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import { waitResultOf } from './waitResultOf.js'

const ref = (taskId: string, ...resourceIds: ReadonlyArray<string>) => ({
  taskId: taskId as TaskId,
  resourceIds: resourceIds as ReadonlyArray<ResourceId>,
})
const finished = (
  ending: 'Succeeded' | 'Failed',
  taskId: string,
  ...resourceIds: ReadonlyArray<string>
): FinishedTask => ({
  _tag: 'FinishedTask',
  ...ref(taskId, ...resourceIds),
  status: statusOf(ending) as TaskEnd,
  queries: 1,
})

const valid = (result: WaitResult): WaitResult => {
  expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
  return result
}

const pairsIn = (
  tasks: ReadonlyArray<{ readonly taskId: string; readonly resourceIds: ReadonlyArray<string> }>,
): ReadonlyArray<string> =>
  tasks.flatMap(({ taskId, resourceIds }) =>
    resourceIds.length === 0 ? [taskId] : resourceIds.map(id => `${taskId} ${id}`),
  )

const anyRef = fc
  .record({ id: fc.nat({ max: 3 }), resources: fc.uniqueArray(fc.nat({ max: 4 }), { maxLength: 3 }) })
  .map(({ id, resources }) => ref(`t${id}`, ...resources.map(String)))

/** A task whose id is never that of another is always named as a whole, the others are always named with resources. */
const namedRef = anyRef.map(one =>
  one.taskId === 't0' ? ref('t0') : one.resourceIds.length === 0 ? ref(one.taskId, '9') : one,
)

const anyFinished = fc
  .tuple(fc.constantFrom('Succeeded' as const, 'Failed' as const), namedRef)
  .map(([ending, { taskId, resourceIds }]) => finished(ending, taskId, ...resourceIds))

test('every task that was waited for, and every one in the log, is in the result once', () => {
  fc.assert(
    fc.property(
      fc.array(namedRef, { maxLength: 8 }),
      fc.array(anyFinished, { maxLength: 12 }),
      (tasks, log) => {
        const result = valid(waitResultOf(tasks, log))
        const inResult = pairsIn([...finishedTasks(result), ...pendingTasks(result)])
        expect([...inResult].sort()).toEqual([...new Set(pairsIn([...tasks, ...log]))].sort())
        for (const task of finishedTasks(result))
          for (const pair of pairsIn([task]))
            expect(
              new Set(log.filter(one => pairsIn([one]).includes(pair)).map(({ status }) => status._tag)),
            ).toEqual(new Set([task.status._tag]))
      },
    ),
  )
})

test('any log and any tasks give a result that the codec accepts', () => {
  const anything = fc.oneof(anyRef, anyFinished, fc.anything())
  fc.assert(
    fc.property(
      fc.oneof(fc.array(anything), fc.anything()),
      fc.oneof(fc.array(anything), fc.anything()),
      (tasks, log) => {
        expect(WaitResult.is(waitResultOf(tasks as never, log as never))).toBe(true)
      },
    ),
  )
})

test('a wait continues from the log of a killed one', async () => {
  const clock = new SimulatedClock()
  const tasks = ['1', '2', '3', '4'].map(id => ref(id, `ins-${id}`))
  const query: QueryTaskStatus = taskId => async () =>
    E.right(statusOf(clock.now() > Number(taskId) * 1000 ? 'Succeeded' : 'InProgress'))
  const log: string[] = []
  await clock.run(
    waitForBatch(tasks, query, {
      clock,
      timeoutMs: 2500,
      onFinish: task => log.push(JSON.stringify(task)),
    })(),
  )
  expect(log.length).toBeGreaterThan(0)
  const read = log.map(line => JSON.parse(line) as FinishedTask)
  const restored = valid(waitResultOf(tasks, read))
  expect(pendingTasks(restored)).toHaveLength(4 - log.length)
  const told: string[] = []
  const result = await clock.run(
    resumeWait(restored, query, { clock, onFinish: ({ taskId }) => told.push(taskId) })(),
  )
  expect(result._tag).toBe('AllFinished')
  expect([...read.map(({ taskId }) => taskId), ...told].sort()).toEqual(['1', '2', '3', '4'])
})

test('tasks that are not in the log are waiting, and keep their number of queries', () => {
  expect(waitResultOf([{ ...ref('1', 'a'), queries: 7 }], [])).toEqual({
    _tag: 'SomePending',
    finished: [],
    pending: [{ _tag: 'PendingTask', ...ref('1', 'a'), reason: { _tag: 'Waiting' }, queries: 7 }],
  })
})

test('a task that the log has twice is finished once, unless the ends differ', () => {
  const one = finished('Succeeded', '1')
  const other = finished('Failed', '1')
  expect(waitResultOf([ref('1')], [one, one])).toEqual({ _tag: 'AllFinished', finished: [one] })
  expect(valid(waitResultOf([ref('1')], [one, other, one]))).toMatchObject({
    _tag: 'SomePending',
    finished: [],
    pending: [{ taskId: '1', reason: { _tag: 'Waiting' } }],
  })
})

test('a resource with two ends leaves the others of its request finished', () => {
  const a = finished('Succeeded', 'r-1', 'a')
  const result = waitResultOf(
    [ref('r-1', 'a', 'b', 'c')],
    [a, finished('Failed', 'r-1', 'b'), finished('Succeeded', 'r-1', 'b')],
  )
  expect(valid(result)).toMatchObject({
    finished: [a],
    pending: [{ taskId: 'r-1', resourceIds: ['b', 'c'] }],
  })
})

describe('without tasks', () => {
  const rejected: BatchOutcome = {
    _tag: 'AllRejected',
    rejected: [
      {
        _tag: 'RejectedEntry',
        position: 0,
        resourceId: 'a' as ResourceId,
        code: 5100,
        meaning: '',
        advice: 'later',
        message: '',
        codeDesc: '',
        extra: {},
      },
    ],
    message: '',
    codeDesc: '',
    extra: {},
  } as never

  test('there is nothing to wait for', () => {
    expect(waitResultOf([], [])).toEqual(initialWaitResult([]))
    expect(valid(waitResultOf(rejected, []))).toMatchObject({
      _tag: 'NothingToWaitFor',
      rejected: [{ resourceId: 'a' }],
    })
  })

  test('what is in the log has finished', () => {
    const one = finished('Failed', '1')
    expect(waitResultOf([], [one])).toEqual({ _tag: 'AllFinished', finished: [one] })
    expect(waitResultOf(rejected, [one])).toEqual({ _tag: 'AllFinished', finished: [one] })
  })
})

describe('input that can’t be read results in InvalidInput with what could be read', () => {
  test.each<[string, unknown, unknown, string]>([
    ['a log that is no array', [ref('2')], undefined, 'finished: expected an array, found undefined'],
    [
      'a pending task in the log',
      [ref('2')],
      [finished('Failed', '1'), { _tag: 'PendingTask', taskId: '3', resourceIds: [] }],
      'finished: item 1: expected a FinishedTask, found an object with _tag "PendingTask"',
    ],
    [
      'an Either in the log',
      [ref('2')],
      [E.right(finished('Failed', '1')), null],
      'finished: item 0: expected a FinishedTask, found an Either (Right): take its value first',
    ],
    ['no tasks', undefined, [], 'expected an array of tasks or a BatchOutcome, found undefined'],
    ['a task without an id', [{}], [], 'item 0: expected an object with a taskId, found an object'],
    [
      'a log that throws',
      [ref('2')],
      new Proxy([], { get: () => { throw new RangeError('secret') } }), // prettier-ignore
      'finished: expected plain data, but reading it threw RangeError',
    ],
  ])('%s', (_, tasks, log, message) => {
    const result = valid(waitResultOf(tasks as never, log as never))
    expect(result).toMatchObject({ _tag: 'InvalidInput', reason: { name: 'TypeError', message } })
  })

  test('with the tasks of items that are not finished as pending ones', () => {
    const log = [finished('Failed', '1'), { taskId: '3' }]
    expect(waitResultOf([ref('1'), ref('2')], log as never)).toMatchObject({
      _tag: 'InvalidInput',
      finished: [{ taskId: '1' }],
      pending: [{ taskId: '2' }, { taskId: '3' }],
    })
  })
})
