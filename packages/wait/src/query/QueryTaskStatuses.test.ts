import type { ResourceId, TaskEnd, TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { noSuchTask, reset, statusOf } from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { WaitResult, finishedTasks, pendingTasks } from '../result/WaitResult.js'
import { resumeWait, waitForBatch } from '../wait/waitForBatch.js'
import { waitForTask } from '../wait/waitForTask.js'
import { watchBatch } from '../wait/watchBatch.js'
import type { QueriedStatus, QueriedTask, QueryTaskStatuses } from './QueryTaskStatuses.js'

const id = (text: string): TaskId => text as TaskId
const resource = (text: string): ResourceId => text as ResourceId

const one = { taskId: id('r-1'), resourceId: resource('a') }
const two = { taskId: id('r-1'), resourceId: resource('b') }
const three = { taskId: id('r-2'), resourceId: resource('a') }

const succeeded = E.right(statusOf('Succeeded'))
const failed = E.right(statusOf('Failed'))

const setUp = () => {
  const clock = new SimulatedClock()
  const asked: Array<ReadonlyArray<QueriedTask>> = []
  const answering = (
    answer: (tasks: ReadonlyArray<QueriedTask>) => unknown,
    taskPerResource = true,
  ): QueryTaskStatuses => ({
    maxTasksPerQuery: 10,
    taskPerResource,
    query: tasks => (async () => answer((asked.push(tasks), tasks))) as never,
  })
  const options = { clock, random: () => 1, pollPolicy: constantDelay(100), timeoutMs: 5000 }
  return { clock, asked, answering, options }
}

const valid = (result: WaitResult): WaitResult => {
  expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
  return result
}

describe('with taskPerResource', () => {
  test('resources of one request end one by one, though they share its id', async () => {
    const { clock, asked, answering, options } = setUp()
    const query = answering(() =>
      E.right([
        { ...three, status: failed },
        { ...two, status: succeeded },
        ...(asked.length < 3 ? [] : [{ ...one, status: failed }]),
      ]),
    )
    const result = valid(await clock.run(waitForBatch([one, two, three], query, options)()))
    expect(result).toMatchObject({
      _tag: 'AllFinished',
      finished: [
        { taskId: 'r-1', resourceIds: ['b'], status: { _tag: 'Succeeded' }, queries: 1 },
        { taskId: 'r-2', resourceIds: ['a'], status: { _tag: 'Failed' }, queries: 1 },
        { taskId: 'r-1', resourceIds: ['a'], status: { _tag: 'Failed' }, queries: 3 },
      ],
    })
    expect(asked).toEqual([
      [one, two, three].map(task => ({ ...task, resourceIds: [task.resourceId] })),
      [{ ...one, resourceIds: ['a'] }],
      [{ ...one, resourceIds: ['a'] }],
    ])
  })

  test('a number instead of a task id is a mistake of the caller, and the task is left pending', async () => {
    const { clock, answering, options } = setUp()
    for (const taskId of [17, 17n]) {
      const query = answering(() => E.right([{ ...one, taskId, status: succeeded }]))
      expect(await clock.run(waitForBatch([one], query, options)())).toMatchObject({
        pending: [{ queries: 1, reason: { error: { reason: { code: 'ERR_QUERY_RESULT' } } } }],
      })
    }
  })

  test('a status of another request, or of no request, says nothing about the task', async () => {
    const { clock, answering, options } = setUp()
    for (const taskId of ['r-9', null, '']) {
      const query = answering(() => E.right([{ ...one, taskId, status: succeeded }]))
      const result = await clock.run(waitForBatch([one], query, options)())
      expect(result).toMatchObject({ _tag: 'SomePending', pending: [{ reason: { _tag: 'TimedOut' } }] })
    }
  })

  test('a task without a resource is in no query: the others are asked for, and it is pending with the reason', async () => {
    const { clock, asked, answering, options } = setUp()
    const query = answering(() =>
      E.right([
        { taskId: 'r-1', status: succeeded },
        { ...two, status: failed },
      ]),
    )
    const reason = {
      _tag: 'QueryFailed',
      error: {
        _tag: 'NotSent',
        reason: { _tag: 'Misused', message: expect.stringContaining('resource') as string },
      },
    }
    const tasks = [{ taskId: id('r-9') }, two, { taskId: id('r-1') }, { taskId: id('r-2') }] // `two` names the resource of r-1
    const result = valid(await clock.run(waitForBatch(tasks, query, options)()))
    expect(result).toMatchObject({
      finished: [{ taskId: 'r-1', resourceIds: ['b'] }],
      pending: [
        { taskId: 'r-9', resourceIds: [], queries: 0, reason },
        { taskId: 'r-2', resourceIds: [], queries: 0, reason },
      ],
    })
    expect(asked).toEqual([[{ ...two, resourceIds: ['b'] }]])
    expect(await clock.run(waitForTask({ taskId: id('r-1') }, query, options)())).toMatchObject({ reason })
    expect(await clock.run(resumeWait(result, query, options)())).toEqual(result)
    expect(asked).toHaveLength(1)
  })

  test('a task of several resources is one task for each of them', async () => {
    const { clock, answering, options } = setUp()
    const query = answering(() =>
      E.right([
        { ...one, status: succeeded },
        { ...two, status: failed },
      ]),
    )
    const task = { taskId: id('r-1'), resourceIds: [resource('a'), resource('b')], queries: 2 }
    expect(valid(await clock.run(waitForBatch([task], query, options)()))).toMatchObject({
      finished: [
        { resourceIds: ['a'], status: { _tag: 'Succeeded' }, queries: 3 },
        { resourceIds: ['b'], status: { _tag: 'Failed' }, queries: 3 },
      ],
    })
  })

  test('waitForTask waits for the task of one resource, and refuses one of several', async () => {
    const { clock, asked, answering, options } = setUp()
    const query = answering(() => E.right([{ ...one, status: succeeded }]))
    expect(await clock.run(waitForTask(one, query, options)())).toMatchObject({
      _tag: 'FinishedTask',
      resourceIds: ['a'],
    })
    const several = { taskId: id('r-1'), resourceIds: [resource('a'), resource('b')] }
    expect(await waitForTask(several, query, options)()).toMatchObject({
      _tag: 'PendingTask',
      taskId: 'r-1',
      resourceIds: ['a', 'b'],
      reason: {
        name: 'TypeError',
        message: 'expected a task of one resource, found 2 resources, each with a task of its own',
      },
    })
    expect(asked).toHaveLength(1)
  })

  test('a result continues where some resources of a request have ended', async () => {
    const { clock, asked, answering, options } = setUp()
    const statuses: QueriedStatus[] = [{ ...one, status: succeeded }]
    const query = answering(() => E.right(statuses))
    const cut = valid(await clock.run(waitForBatch([one, two], query, options)()))
    expect(cut).toMatchObject({
      _tag: 'SomePending',
      finished: [{ resourceIds: ['a'] }],
      pending: [{ resourceIds: ['b'] }],
    })
    const before = asked.length
    statuses.push({ ...two, status: failed })
    const events: string[] = []
    const watch = async (): Promise<void> => {
      for await (const event of watchBatch(cut, query, options))
        events.push(event._tag === 'TaskFinished' ? event.task.resourceIds.join() : event.result._tag)
    }
    await clock.run(watch())
    expect(events).toEqual(['b', 'AllFinished'])
    expect(asked.slice(before)).toMatchObject([[two]])
  })

  test('what is finished and what is pending are told apart by resource', async () => {
    const { clock, answering, options } = setUp()
    const query = answering(tasks => E.right(tasks.map(task => ({ ...task, status: failed }))))
    const both = { taskId: id('r-1'), resourceIds: [resource('a'), resource('b')], queries: 1 }
    const finished = { ...both, _tag: 'FinishedTask', status: statusOf('Succeeded') as TaskEnd } as const
    const pending = { ...both, _tag: 'PendingTask', reason: { _tag: 'Waiting' } } as const
    const from = (finishedIds: ReadonlyArray<string>, pendingIds: ReadonlyArray<string>): WaitResult => ({
      _tag: 'SomePending',
      finished: [{ ...finished, resourceIds: finishedIds as never }],
      pending: [{ ...pending, resourceIds: pendingIds as never }],
    })
    const after = async (result: WaitResult): Promise<unknown> => {
      const over = valid(await clock.run(resumeWait(result, query, options)()))
      return finishedTasks(over).map(({ resourceIds, status }) => [resourceIds.join(), status._tag])
    }
    expect(await after(from(['a'], ['a', 'b']))).toEqual([
      ['a', 'Succeeded'],
      ['b', 'Failed'],
    ])
    expect(await after(from(['a', 'b'], ['b']))).toEqual([['a,b', 'Succeeded']])
    expect(await after(from([], ['b']))).toEqual([['', 'Succeeded']])
    expect(await after(from(['a'], []))).toEqual([['a', 'Succeeded']])
  })
})

describe('without taskPerResource', () => {
  test('resources that share an id share a task, and the resource in a status does not matter', async () => {
    const { clock, asked, answering, options } = setUp()
    const query = answering(() => E.right([{ taskId: 'r-1', resourceId: 'x', status: failed }]), false)
    expect(valid(await clock.run(waitForBatch([one, two], query, options)()))).toMatchObject({
      _tag: 'AllFinished',
      finished: [{ taskId: 'r-1', resourceIds: ['a', 'b'], status: { _tag: 'Failed' } }],
    })
    expect(asked).toEqual([[{ taskId: 'r-1', resourceIds: ['a', 'b'] }]])
  })

  test('a result with an end for each resource continues, and loses none', async () => {
    const { clock, answering, options } = setUp()
    const perResource = answering(() => E.right([{ ...one, status: succeeded }]))
    const cut = await clock.run(waitForBatch([one, two], perResource, options)())
    const query = answering(() => E.right([{ taskId: 'r-1', status: failed }]), false)
    expect(valid(await clock.run(resumeWait(cut, query, options)()))).toMatchObject({
      finished: [
        { resourceIds: ['a'], status: { _tag: 'Succeeded' } },
        { resourceIds: ['b'], status: { _tag: 'Failed' } },
      ],
    })
  })
})

describe('a query of many', () => {
  test('that says of one task that its status can’t be read concerns only that task', async () => {
    const { clock, asked, answering, options } = setUp()
    const query = answering(() =>
      E.right([
        { ...one, status: E.left(asked.length < 4 ? reset : noSuchTask) },
        { ...two, status: asked.length < 3 ? E.right(statusOf('InProgress')) : succeeded },
      ]),
    )
    const patient = { ...options, failurePolicy: constantDelay(100), unknownTaskGraceMs: 0 }
    expect(valid(await clock.run(waitForBatch([one, two], query, patient)()))).toMatchObject({
      finished: [{ resourceIds: ['b'], queries: 3 }],
      pending: [{ resourceIds: ['a'], queries: 4, reason: { _tag: 'QueryFailed', error: noSuchTask } }],
    })
  })

  const misused = { reason: { _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_QUERY_RESULT' } }

  test.each<[string, unknown]>([
    ['no Either', [{ ...one, status: succeeded }]],
    ['one status', E.right(statusOf('Succeeded'))],
    ['an object', E.right({ 'r-1': succeeded })],
    ['statuses without tasks', E.right([succeeded])],
    ['tasks without statuses', E.right([one])],
    ['nothing for a task', E.right([null])],
    ['a getter that throws', E.right([{ get taskId() { throw new Error('no') } }])], // prettier-ignore
  ])('that returns %s leaves its tasks pending at once', async (_, answer) => {
    const { clock, asked, answering, options } = setUp()
    const result = valid(
      await clock.run(
        waitForBatch(
          [one, two],
          answering(() => answer),
          options,
        )(),
      ),
    )
    expect(pendingTasks(result)).toMatchObject([
      { queries: 1, reason: { error: misused } },
      { queries: 1, reason: { error: misused } },
    ])
    expect(asked).toHaveLength(1)
  })

  test.each<[string, unknown]>([
    ['no Either', statusOf('Succeeded')],
    ['a Right of nothing', E.right(undefined)],
    ['a Proxy that throws', new Proxy({}, { get: () => { throw new Error('no') } })], // prettier-ignore
  ])('that returns %s as the status of a task leaves this task pending at once', async (_, status) => {
    const { clock, asked, answering, options } = setUp()
    const query = answering(() => E.right([{ ...one, status }, { ...two, status: failed }])) // prettier-ignore
    expect(valid(await clock.run(waitForBatch([one, two], query, options)()))).toMatchObject({
      finished: [{ resourceIds: ['b'] }],
      pending: [{ resourceIds: ['a'], queries: 1, reason: { error: misused } }],
    })
    expect(asked).toHaveLength(1)
  })

  test('that returns the same status of a task twice says so once', async () => {
    const { clock, answering, options } = setUp()
    const twice = (status: unknown) => answering(() => E.right([{ ...one, status }, { ...one, status }])) // prettier-ignore
    expect(await clock.run(waitForTask(one, twice(succeeded), options)())).toMatchObject({
      status: { _tag: 'Succeeded' },
    })
    expect(await clock.run(waitForTask(one, twice(E.left(reset)), options)())).toMatchObject({
      reason: { _tag: 'TimedOut' },
    })
  })

  test.each<[string, unknown]>([
    ['succeeded and failed', failed],
    ['succeeded and not readable', E.left(reset)],
  ])('that says a task has %s has not told of its end, and is repeated', async (_, other) => {
    const { clock, asked, answering, options } = setUp()
    const query = answering(() =>
      E.right([
        { ...one, status: succeeded },
        { ...one, status: other },
        { ...one, status: succeeded },
      ]),
    )
    const result = await clock.run(waitForTask(one, query, { ...options, timeoutMs: 1e9 })())
    expect(result).toMatchObject({ _tag: 'PendingTask', reason: { _tag: 'QueryFailed', error: misused } })
    expect(asked).toHaveLength(10)
  })

  test.each([0, -1, 1.5, NaN, Infinity, '100', undefined])(
    'with a maxTasksPerQuery of %s is an error in the program: nothing is queried',
    async maxTasksPerQuery => {
      const { asked, answering, options } = setUp()
      const query = { ...answering(() => undefined), maxTasksPerQuery } as QueryTaskStatuses
      expect(valid(await waitForBatch([one], query, options)())).toMatchObject({
        pending: [
          { reason: { name: 'RangeError', message: 'maxTasksPerQuery must be an integer of at least 1' } },
        ],
      })
      expect(await waitForBatch([], query, options)()).toMatchObject({ _tag: 'NothingToWaitFor' })
      expect(asked).toEqual([])
    },
  )

  test('whose query is no function is an error in the program', async () => {
    const { options } = setUp()
    const query = { maxTasksPerQuery: 2, query: undefined } as never
    expect(await waitForBatch([one], query, options)()).toMatchObject({
      pending: [
        { reason: { name: 'TypeError', message: 'query.query must be a function, found undefined' } },
      ],
    })
  })

  test('gets a signal that aborts when the response is no longer needed', async () => {
    const { clock, options } = setUp()
    const signals: AbortSignal[] = []
    const query: QueryTaskStatuses = {
      maxTasksPerQuery: 2,
      query: (_, signal) => () => new Promise(() => void signals.push(signal)),
    }
    await clock.run(waitForBatch([one, three], query, { ...options, timeoutMs: 500 })())
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })
})
