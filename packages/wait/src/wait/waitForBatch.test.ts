import type { ResourceId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { Monoid, constantDelay, limitRetries } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { noSuchTask, simulateApi, statusOf, tooMany } from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { taskId } from '../../test/waiting.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import { type WaitProgress, progressOf } from '../result/WaitProgress.js'
import { type WaitResult, finishedTasks } from '../result/WaitResult.js'
import { resumeWait, waitForBatch } from './waitForBatch.js'
import { watchBatch } from './watchBatch.js'
import type { WaitSnapshot } from './WaitOptions.js'

const tasks = [
  { taskId: taskId('1'), endsAtMs: 1000, ending: 'Succeeded' },
  { taskId: taskId('2'), endsAtMs: 500, ending: 'Failed' },
  { taskId: taskId('3'), endsAtMs: 2000, ending: 'Succeeded' },
] as const

const setUp = () => {
  const clock = new SimulatedClock()
  const { query, log } = simulateApi(clock, tasks, { answerTo: () => ({ durationMs: 0 }) })
  const options = { clock, random: () => 1, pollPolicy: constantDelay(400), maxQueriesPerSecond: 1e6 }
  return { clock, query, log, options }
}

describe('each finished task is reported', () => {
  const expected: ReadonlyArray<readonly [string, string, WaitProgress]> = [
    ['2', 'Failed', { succeeded: 0, failed: 1, pending: 2, queries: 5 }],
    ['1', 'Succeeded', { succeeded: 1, failed: 1, pending: 1, queries: 7 }],
    ['3', 'Succeeded', { succeeded: 2, failed: 1, pending: 0, queries: 10 }],
  ]

  test('to a callback', async () => {
    const { clock, query, options } = setUp()
    const heard: Array<readonly [string, string, WaitProgress]> = []
    await clock.run(
      waitForBatch(tasks, query, {
        ...options,
        concurrency: 1,
        onFinish: (task, { progress }) => heard.push([task.taskId, task.status._tag, progress]),
      })(),
    )
    expect(heard).toEqual(expected)
  })

  test('in a loop, which ends with the result', async () => {
    const { clock, query, options } = setUp()
    const heard: Array<readonly [string, string, WaitProgress]> = []
    const watch = async (): Promise<WaitResult | undefined> => {
      let result: WaitResult | undefined
      for await (const event of watchBatch(tasks, query, { ...options, concurrency: 1 })) {
        if (event._tag === 'WaitOver') result = event.result
        else heard.push([event.task.taskId, event.task.status._tag, event.soFar.progress])
      }
      return result
    }
    expect(await clock.run(watch())).toEqual(
      await setUpAndRun(({ query, options }) => waitForBatch(tasks, query, { ...options, concurrency: 1 })()),
    )
    expect(heard).toEqual(expected)
  })
})

const setUpAndRun = <A>(run: (of: ReturnType<typeof setUp>) => Promise<A>): Promise<A> => {
  const all = setUp()
  return all.clock.run(run(all))
}

describe('a loop', () => {
  test('starts the wait, and each loop starts another', async () => {
    const { clock, query, log, options } = setUp()
    const events = watchBatch(tasks, query, options)
    expect(await clock.run(clock.sleep(5000).then(() => log.length))).toBe(0)
    const count = async (): Promise<number> => {
      let seen = 0
      for await (const _ of events) seen++
      return seen
    }
    expect(await clock.run(count())).toBe(4)
    expect(await clock.run(count())).toBe(4)
  })

  test('that is left ends the wait', async () => {
    const { clock, query, log, options } = setUp()
    const leave = async (): Promise<number> => {
      for await (const event of watchBatch(tasks, query, options)) if (event._tag === 'TaskFinished') break
      return clock.now()
    }
    const leftAtMs = await clock.run(leave())
    expect(leftAtMs).toBeCloseTo(800, 1)
    expect(log.filter(({ startedAtMs }) => startedAtMs > leftAtMs)).toEqual([])
    expect(clock.pending()).toBe(0)
  })

  test('loses no event while its body is slow', async () => {
    const { clock, query, options } = setUp()
    const slowly = async (): Promise<ReadonlyArray<string>> => {
      const seen: string[] = []
      for await (const event of watchBatch(tasks, query, options)) {
        await clock.sleep(10_000)
        seen.push(event._tag === 'TaskFinished' ? event.task.taskId : event._tag)
      }
      return seen
    }
    expect(await clock.run(slowly())).toEqual(['2', '1', '3', 'WaitOver'])
  })

  test('that is left from outside while it waits for an event ends the wait', async () => {
    const { clock, query, log, options } = setUp()
    const events = watchBatch(tasks, query, options)[Symbol.asyncIterator]()
    const first = events.next()
    const second = events.next()
    clock.after(850, () => void events.return?.())
    expect(await clock.run(first)).toMatchObject({ done: false, value: { task: { taskId: '2' } } })
    expect(await clock.run(second)).toEqual({ done: true, value: undefined })
    expect(await events.next()).toEqual({ done: true, value: undefined })
    expect(log.filter(({ startedAtMs }) => startedAtMs > 850)).toEqual([])
    expect(clock.pending()).toBe(0)
  })

  test('that is left before it begins sends no query', async () => {
    const { query, log, options } = setUp()
    const events = watchBatch(tasks, query, options)[Symbol.asyncIterator]()
    await events.return?.()
    expect(await events.next()).toEqual({ done: true, value: undefined })
    expect(log).toEqual([])
  })

  test('continues from a result', async () => {
    const { clock, query, options } = setUp()
    const cut = await clock.run(waitForBatch(tasks, query, { ...options, timeoutMs: 900 })())
    const seen: string[] = []
    const goOn = async (): Promise<void> => {
      for await (const event of watchBatch(cut, query, options))
        seen.push(
          event._tag === 'TaskFinished' ? event.task.taskId : String(finishedTasks(event.result).length),
        )
    }
    await clock.run(goOn())
    expect(seen).toEqual(['1', '3', '3'])
  })
})

describe('a callback that throws ends the wait', () => {
  const full = (): never => {
    throw new Error('the disk is full')
  }

  test('and the result has everything that is known', async () => {
    const { clock, query, options } = setUp()
    expect(await clock.run(waitForBatch(tasks, query, { ...options, onFinish: full })())).toMatchObject({
      _tag: 'SomePending',
      finished: [],
      pending: [
        { taskId: '1', reason: { _tag: 'Aborted', name: 'Error', message: 'the disk is full' } },
        { taskId: '2' },
        { taskId: '3' },
      ],
    })
    expect(clock.pending()).toBe(0)
  })

  test('and its task counts as pending, as its end was not recorded', async () => {
    const { clock, query, options } = setUp()
    const onFinish = (_: unknown, { progress }: { progress: WaitProgress }): void => {
      if (progress.pending === 0) full()
    }
    const result = await clock.run(waitForBatch(tasks, query, { ...options, onFinish })())
    expect(result).toMatchObject({
      _tag: 'SomePending',
      finished: [{ taskId: '2' }, { taskId: '1' }],
      pending: [{ taskId: '3', reason: { _tag: 'Aborted', message: 'the disk is full' } }],
    })
    const told: string[] = []
    await clock.run(resumeWait(result, query, { ...options, onFinish: ({ taskId: id }) => told.push(id) })())
    expect(told).toEqual(['3'])
  })

  test('but a promise that it returns is awaited', async () => {
    const { clock, query, options } = setUp()
    const saved: string[] = []
    const onFinish = async ({ taskId: id }: { taskId: string }): Promise<void> => {
      await clock.sleep(10_000)
      saved.push(id)
    }
    const result = await clock.run(waitForBatch(tasks, query, { ...options, onFinish })())
    expect(result._tag).toBe('AllFinished')
    expect(saved).toEqual(['2', '1', '3'])
  })

  test('and so does one whose promise rejects', async () => {
    const { clock, query, options } = setUp()
    const onFinish = async ({ taskId: id }: { taskId: string }): Promise<void> => {
      await clock.sleep(10_000)
      if (id === '1') full()
    }
    expect(await clock.run(waitForBatch(tasks, query, { ...options, onFinish })())).toMatchObject({
      _tag: 'SomePending',
      finished: [{ taskId: '2' }, { taskId: '3' }],
      pending: [{ taskId: '1', reason: { _tag: 'Aborted', message: 'the disk is full' } }],
    })
  })

  test('but a wait that times out awaits no promise', async () => {
    const { clock, query, options } = setUp()
    const onFinish = (): Promise<void> => new Promise(() => undefined)
    const wait = waitForBatch(tasks, query, { ...options, onFinish, timeoutMs: 5000 })()
    expect(await clock.run(wait)).toMatchObject({ _tag: 'AllFinished' })
    expect(clock.now()).toBe(5000)
  })
})

test('a snapshot has what was known at that moment, even if it is read later', async () => {
  const { clock, query, options } = setUp()
  const kept: Array<WaitSnapshot> = []
  await clock.run(waitForBatch(tasks, query, { ...options, onFinish: (_, soFar) => kept.push(soFar) })())
  expect(kept).toHaveLength(3)
  for (const { progress, result } of kept) {
    const { succeeded, failed, pending } = progressOf(result())
    expect({ succeeded, failed, pending }).toEqual({
      succeeded: progress.succeeded,
      failed: progress.failed,
      pending: progress.pending,
    })
  }
  expect(kept[0]?.result()).toMatchObject({
    finished: [{ taskId: '2' }],
    pending: [
      { taskId: '1', reason: { _tag: 'Waiting' } },
      { taskId: '3', reason: { _tag: 'Waiting' } },
    ],
  })
})

test('a task that is given up later is still waiting in an earlier snapshot', async () => {
  const clock = new SimulatedClock()
  const pending = { taskId: taskId('4'), endsAtMs: Infinity, ending: 'Failed' } as const
  const { query } = simulateApi(clock, [...tasks, pending], { answerTo: () => ({ durationMs: 0 }) })
  const kept: WaitSnapshot[] = []
  const pollPolicy = Monoid.concat(constantDelay(400), limitRetries(4))
  const options = { clock, random: () => 1, pollPolicy, maxQueriesPerSecond: 1e6 }
  const all = [pending, ...tasks]
  const wait = waitForBatch(all, query, { ...options, onFinish: (_, soFar) => kept.push(soFar) })
  expect(await clock.run(wait())).toMatchObject({
    pending: [
      { taskId: '4', reason: { _tag: 'PolicyGaveUp' } },
      { taskId: '3', reason: { _tag: 'PolicyGaveUp' } },
    ],
  })
  const waiting = { _tag: 'Waiting' }
  expect(kept.map(({ result }) => result())).toMatchObject([
    { pending: [{ taskId: '4', reason: waiting }, { taskId: '1' }, { taskId: '3', reason: waiting }] },
    {
      pending: [
        { taskId: '4', reason: waiting },
        { taskId: '3', reason: waiting },
      ],
    },
  ])
})

test('a task that hangs does not block the others', async () => {
  const { clock, query, options } = setUp()
  const hanging: QueryTaskStatus = (id, signal) =>
    id === '9' ? () => new Promise(() => undefined) : query(id, signal)
  const all = [{ taskId: taskId('9') }, ...tasks]
  const result = await clock.run(
    waitForBatch(all, hanging, {
      ...options,
      concurrency: 1,
      failurePolicy: constantDelay(0),
      timeoutMs: 3_600_000,
    })(),
  )
  expect(finishedTasks(result)).toHaveLength(3)
})

test('a hundred thousand resources of one task take linear time', async () => {
  const { clock, query, options } = setUp()
  const many = Array.from({ length: 100_000 }, (_, index) => ({
    taskId: taskId('1'),
    resourceId: String(index) as ResourceId,
  }))
  const finished = finishedTasks(await clock.run(waitForBatch(many, query, options)()))
  expect(finished[0]?.resourceIds).toHaveLength(100_000)
})

test('an empty array of tasks leaves nothing to wait for', async () => {
  const { clock, query, options } = setUp()
  expect(await clock.run(waitForBatch([], query, options)())).toMatchObject({ _tag: 'NothingToWaitFor' })
})

test('a task that is given up does not end the wait for the others; the pending ones keep their order', async () => {
  const { clock, query, options } = setUp()
  const unknown = [{ taskId: taskId('9') }, tasks[0], { taskId: taskId('8'), resourceId: 'x' as ResourceId }]
  const reason = { _tag: 'QueryFailed', error: noSuchTask }
  const patient = { ...options, unknownTaskGraceMs: 0 }
  expect(await clock.run(waitForBatch(unknown, query, patient)())).toMatchObject({
    _tag: 'SomePending',
    finished: [{ taskId: '1' }],
    pending: [
      { taskId: '9', resourceIds: [], reason },
      { taskId: '8', resourceIds: ['x'], reason },
    ],
  })
})

describe('resuming', () => {
  test('neither queries nor reports a finished task again', async () => {
    const { clock, query, log, options } = setUp()
    const cut = await clock.run(waitForBatch(tasks, query, { ...options, timeoutMs: 900 })())
    expect(cut).toMatchObject({ _tag: 'SomePending', finished: [{ taskId: '2' }] })
    const before = log.length
    const told: string[] = []
    const result = await clock.run(
      resumeWait(cut, query, { ...options, onFinish: ({ taskId: id }) => told.push(id) })(),
    )
    expect(told).toEqual(['1', '3'])
    expect(finishedTasks(result).map(task => task.taskId)).toEqual(['2', '1', '3'])
    expect(log.slice(before).map(task => task.taskId)).not.toContain('2')
  })

  test('a result in which all tasks have finished returns that result', async () => {
    const { clock, query, log, options } = setUp()
    const all = await clock.run(waitForBatch(tasks, query, options)())
    const before = log.length
    expect(await clock.run(resumeWait(all, query, options)())).toEqual(all)
    expect(log).toHaveLength(before)
  })

  test('treats a task that is both pending and finished as finished', async () => {
    const { clock, query, log, options } = setUp()
    const finished = [
      { _tag: 'FinishedTask', taskId: taskId('1'), resourceIds: [], status: statusOf('Failed'), queries: 1 },
    ] as const
    const pending = [
      { _tag: 'PendingTask', taskId: taskId('1'), resourceIds: [], reason: { _tag: 'Waiting' }, queries: 1 },
    ] as const
    const byHand = { _tag: 'SomePending', finished, pending } as unknown as WaitResult
    expect(await clock.run(resumeWait(byHand, query, options)())).toEqual({ _tag: 'AllFinished', finished })
    expect(log).toEqual([])
  })
})

describe('the rate', () => {
  const many = Array.from({ length: 400 }, (_, index) => ({
    taskId: taskId(String(index)),
    endsAtMs: 0,
    ending: 'Succeeded' as const,
  }))

  test('adapts when the API reports too many requests, without losing a task', async () => {
    const clock = new SimulatedClock()
    let refusals = 0
    const { query } = simulateApi(clock, many, { answerTo: () => ({ durationMs: 50 }), quotaPerSecond: 10 })
    const counting: QueryTaskStatus = (id, signal) => async () => {
      const answer = await query(id, signal)()
      if (E.isLeft(answer)) refusals++
      return answer
    }
    const result = await clock.run(
      waitForBatch(many, counting, { clock, random: () => 0.5, maxQueriesPerSecond: 100 })(),
    )
    expect(result).toMatchObject({ _tag: 'AllFinished' })
    expect(refusals).toBeGreaterThan(0)
    expect(refusals).toBeLessThan(many.length / 4)
  })

  test.each([
    ['429', { httpStatus: 429 }],
    ['503', { httpStatus: 503 }],
  ])('slows down after a %s of a gateway', async (_, status) => {
    const clock = new SimulatedClock()
    const times: number[] = []
    const query: QueryTaskStatus = () => async () => {
      times.push(clock.now())
      return times.length === 1
        ? E.left({ _tag: 'HttpStatusError', operation: 'query', ...status, bodyStart: '', recovered: [] })
        : E.right(statusOf('Succeeded'))
    }
    const three = many.slice(0, 3)
    await clock.run(
      waitForBatch(three, query, {
        clock,
        pollPolicy: constantDelay(0),
        maxQueriesPerSecond: 10,
        concurrency: 1,
      })(),
    )
    expect(times.slice(0, 2)).toEqual([0, 200])
  })

  test('drops to zero for all tasks during a Retry-After, whatever queries in flight return', async () => {
    const clock = new SimulatedClock()
    const times: number[] = []
    const query: QueryTaskStatus = () => async () => {
      const number = times.push(clock.now())
      await clock.sleep(150)
      return number === 1 ? E.left({ ...tooMany, retryAfterMs: 5000 }) : E.right(statusOf('Succeeded'))
    }
    const options = { clock, random: () => 1, pollPolicy: constantDelay(0), maxQueriesPerSecond: 10 }
    await clock.run(waitForBatch(many.slice(0, 4), query, options)())
    expect(times.slice(0, 2)).toEqual([0, 100])
    expect(times[2]).toBe(5150)
  })

  test('stays the same after any other failure', async () => {
    const clock = new SimulatedClock()
    const times: number[] = []
    const query: QueryTaskStatus = () => async () => {
      times.push(clock.now())
      return times.length === 1 ? E.left({ ...tooMany, code: 6000 }) : E.right(statusOf('Succeeded'))
    }
    const three = many.slice(0, 3)
    await clock.run(
      waitForBatch(three, query, {
        clock,
        pollPolicy: constantDelay(0),
        maxQueriesPerSecond: 10,
        concurrency: 1,
      })(),
    )
    expect(times.slice(0, 2)).toEqual([0, 100])
  })
})
