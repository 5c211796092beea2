import type { QueryError, ResourceId, TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { reset, simulateApi, statusOf, tooMany } from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { answering, task } from '../../test/waiting.js'
import { createPace } from '../pace/createPace.js'
import type { QueriedTask, QueryTaskStatuses } from '../query/QueryTaskStatuses.js'
import type { WaitOptions } from './WaitOptions.js'
import { waitForBatch } from './waitForBatch.js'
import { waitForTask } from './waitForTask.js'
import { watchBatch } from './watchBatch.js'

type Heard = Parameters<NonNullable<WaitOptions['onQuery']>>

const setUp = () => {
  const clock = new SimulatedClock()
  const heard: Heard[] = []
  const options = {
    clock,
    random: () => 1,
    pollPolicy: constantDelay(100),
    failurePolicy: constantDelay(100),
    onQuery: (...args: Heard) => void heard.push(args),
  }
  return { clock, heard, options }
}

const asked: QueriedTask = { taskId: task.taskId, resourceIds: [] }

test('onQuery hears of each query, failed or not, with the rate and the progress', async () => {
  const { clock, heard, options } = setUp()
  const busy: QueryError = { ...tooMany, retryAfterMs: 2000 }
  const { query } = answering(clock, 'InProgress', reset, busy, 'Succeeded')
  await clock.run(waitForTask(task, query, { ...options, maxQueriesPerSecond: 10 })())
  const progress = { succeeded: 0, failed: 0, pending: 1 }
  const heardOf = (status: 'InProgress' | 'Succeeded') =>
    E.right([{ taskId: task.taskId, status: E.right(statusOf(status)) }])
  expect(heard).toMatchObject([
    [
      [asked],
      heardOf('InProgress'),
      { rate: { perSecond: 10, pausedMs: 0 }, progress: { ...progress, queries: 1 } },
    ],
    [[asked], E.left(reset), { rate: { perSecond: 10 }, progress: { ...progress, queries: 2 } }],
    [
      [asked],
      E.left(busy),
      { rate: { perSecond: 5, pausedMs: 2000 }, progress: { ...progress, queries: 3 } },
    ],
    [[asked], heardOf('Succeeded'), { rate: { pausedMs: 0 }, progress: { ...progress, queries: 4 } }],
  ])
})

test('onQuery hears which tasks a query of many has, and what the response says of each, before onFinish does', async () => {
  const { clock, heard, options } = setUp()
  const tasks = ['a', 'b', 'c'].map(id => ({ taskId: 'r-1' as TaskId, resourceId: id as ResourceId }))
  const query: QueryTaskStatuses = {
    maxTasksPerQuery: 3,
    taskPerResource: true,
    query: () => async () =>
      E.right(
        heard.length === 0
          ? [
              { ...tasks[0]!, status: E.left(reset) },
              { ...tasks[1]!, status: E.right(statusOf('Failed')) },
            ]
          : tasks.map(one => ({ ...one, status: E.right(statusOf('Succeeded')) })),
      ),
  }
  const order: string[] = []
  const onFinish = (): unknown => order.push(`finished, after ${heard.length}`)
  await clock.run(waitForBatch(tasks, query, { ...options, onFinish })())
  expect(heard.map(([of, result]) => [of.map(({ resourceId }) => resourceId), result])).toEqual([
    [
      ['a', 'b', 'c'],
      E.right([
        { ...tasks[0], status: E.left(reset) },
        { ...tasks[1], status: E.right(statusOf('Failed')) },
      ]),
    ],
    [
      ['c', 'a'],
      E.right([tasks[2], tasks[0]].map(one => ({ ...one, status: E.right(statusOf('Succeeded')) }))),
    ],
  ])
  expect(order).toEqual(['finished, after 1', 'finished, after 2', 'finished, after 2'])
})

test('onQuery hears of a query that timed out, but not of one that the end of the wait cuts', async () => {
  const { clock, heard, options } = setUp()
  const hanging = () => () => new Promise<never>(() => undefined)
  await clock.run(waitForTask(task, hanging, { ...options, queryTimeoutMs: 1000, timeoutMs: 1500 })())
  expect(heard).toMatchObject([
    [[asked], { left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 1000 } } }, {}],
  ])
  expect(clock.pending()).toBe(0)
})

test('onQuery hears of a signal that is aborted without calling its listeners no more', async () => {
  const { clock, heard, options } = setUp()
  const signal = { aborted: false }
  const { query } = simulateApi(clock, [], { answerTo: () => ({ durationMs: 100 }) })
  clock.after(150, () => (signal.aborted = true))
  const result = await clock.run(waitForTask(task, query, { ...options, signal })())
  expect(result).toMatchObject({ reason: { _tag: 'Aborted' } })
  expect(heard).toEqual([])
})

test('onQuery is an option of watchBatch as well, and rate is that of a shared pace', async () => {
  const { clock, heard, options } = setUp()
  const pace = createPace({ clock, perSecond: 7 })
  const { query } = answering(clock, 'Failed')
  const watch = async (): Promise<void> => {
    for await (const _ of watchBatch([task], query, { ...options, pace }));
  }
  await clock.run(watch())
  expect(heard).toMatchObject([[[asked], {}, { rate: { perSecond: 7, pausedMs: 0 } }]])
})

describe('an onQuery that', () => {
  const reason = { _tag: 'Aborted', name: 'Error', message: 'the disk is full' }

  test('throws ends the wait', async () => {
    const { clock, options } = setUp()
    const { query, times } = answering(clock, 'InProgress')
    const onQuery = (): never => {
      throw new Error('the disk is full')
    }
    expect(await clock.run(waitForTask(task, query, { ...options, onQuery })())).toMatchObject({ reason })
    expect(times).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })

  test('rejects ends the wait, and is not awaited', async () => {
    const { clock, options } = setUp()
    const { query, times } = answering(clock, 'InProgress')
    const onQuery = async (): Promise<never> => {
      await clock.sleep(150)
      throw new Error('the disk is full')
    }
    expect(await clock.run(waitForTask(task, query, { ...options, onQuery })())).toMatchObject({ reason })
    expect(times).toHaveLength(2)
  })

  test('aborts the wait ends it, and an end in the same response is not told of', async () => {
    const { clock, options } = setUp()
    const { query } = answering(clock, 'Succeeded')
    const controller = new AbortController()
    const told: unknown[] = []
    const result = await clock.run(
      waitForBatch([task], query, {
        ...options,
        signal: controller.signal,
        onQuery: () => controller.abort(new Error('the disk is full')),
        onFinish: finished => told.push(finished),
      })(),
    )
    expect(result).toMatchObject({ _tag: 'SomePending', pending: [{ reason }] })
    expect(told).toEqual([])
  })

  test('is no function leaves the task pending', async () => {
    const { options } = setUp()
    const never = () => () => Promise.reject(new Error('not to be called'))
    expect(await waitForTask(task, never, { ...options, onQuery: 7 as never })()).toMatchObject({
      queries: 0,
      reason: { message: 'onQuery must be a function, found a number' },
    })
  })
})
