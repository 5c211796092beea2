import type { NotSent, QueryError, ResourceId, SubmissionError, TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { Monoid, constantDelay, limitRetries } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import {
  accessDenied,
  badGateway,
  maintenance,
  reset,
  simulateApi,
  statusOf,
  tooMany,
} from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import type { Clock } from '../clock/Clock.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import type { QueryTaskStatuses } from '../query/QueryTaskStatuses.js'
import { finishedTasks, pendingTasks } from '../result/WaitResult.js'
import { waitForBatch } from '../wait/waitForBatch.js'
import { waitForTask } from '../wait/waitForTask.js'
import { type PaceOptions, createPace } from './createPace.js'

// -------------------------------------------------------------------------------------
// what shares a pace
// -------------------------------------------------------------------------------------

/** One request: when it started and ended, and who sent it. */
interface Sent {
  readonly by: number
  readonly startedAtMs: number
  endedAtMs: number
}

interface Scenario {
  readonly perSecond: number
  readonly concurrency: number
  /** How many tasks each wait has, how many of them a query can take, and when it begins. */
  readonly waits: ReadonlyArray<{ readonly tasks: number; readonly most: number; readonly atMs: number }>
  /** When submissions are made. */
  readonly submissions: ReadonlyArray<number>
  /** What comes of the requests, in turn. */
  readonly answers: ReadonlyArray<{ readonly durationMs: number; readonly error: QueryError | undefined }>
}

const busy = (retryAfterMs: number): QueryError => ({ ...tooMany, retryAfterMs })

const scenarioWith = (error: fc.Arbitrary<QueryError | undefined>): fc.Arbitrary<Scenario> =>
  fc.record({
    perSecond: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.double({ min: 0.3, max: 30, noNaN: true })),
    concurrency: fc.integer({ min: 1, max: 6 }),
    waits: fc.array(
      fc.record({
        tasks: fc.integer({ min: 1, max: 6 }),
        most: fc.integer({ min: 1, max: 3 }),
        atMs: fc.integer({ min: 0, max: 3000 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    submissions: fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 6 }),
    answers: fc.array(
      fc.record({ durationMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 })), error }),
      { minLength: 1, maxLength: 7 },
    ),
  })

const undisturbed = scenarioWith(fc.constant(undefined))
const disturbed = scenarioWith(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constantFrom(reset, maintenance, tooMany) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 20_000 }).map(busy) },
  ),
)

const play = async ({ perSecond, concurrency, waits, submissions, answers }: Scenario) => {
  const clock = new SimulatedClock()
  const pace = createPace({ perSecond, concurrency, clock })
  const log: Sent[] = []
  const pauses: Array<{ readonly fromMs: number; readonly untilMs: number }> = []
  const send = async (by: number): Promise<QueryError | undefined> => {
    const { durationMs, error } = answers[log.length % answers.length]!
    const sent = { by, startedAtMs: clock.now(), endedAtMs: Infinity }
    log.push(sent)
    await clock.sleep(durationMs)
    sent.endedAtMs = clock.now()
    if (error !== undefined && 'retryAfterMs' in error)
      pauses.push({ fromMs: clock.now(), untilMs: clock.now() + (error.retryAfterMs ?? 0) })
    return error
  }
  const wait = async (number: number): Promise<{ readonly ends: number; readonly pending: number }> => {
    const { tasks, most, atMs } = waits[number]!
    await clock.sleep(atMs)
    const query: QueryTaskStatuses = {
      maxTasksPerQuery: most,
      query: asked => async () => {
        const error = await send(number)
        return error === undefined
          ? E.right(asked.map(task => ({ ...task, status: E.right(statusOf('Succeeded')) })))
          : E.left(error)
      },
    }
    const all = Array.from({ length: tasks }, (_, index) => ({ taskId: String(index) as TaskId }))
    const options = { clock, pace, pollPolicy: constantDelay(500) }
    const result = await waitForBatch(all, query, options)()
    return { ends: finishedTasks(result).length, pending: pendingTasks(result).length }
  }
  const submit = async (atMs: number): Promise<unknown> => {
    await clock.sleep(atMs)
    return pace.run(async () => {
      const error = await send(-1)
      return error === undefined ? E.right('accepted') : E.left(error)
    })()
  }
  const [waited, submitted] = await clock.run(
    Promise.all([Promise.all(waits.map((_, number) => wait(number))), Promise.all(submissions.map(submit))]),
  )
  expect(clock.pending()).toBe(0)
  return { clock, log, pauses, waited, submitted }
}

const settings = { numRuns: 150 }

describe('over all waits and submissions together', () => {
  test('no more than perSecond requests start in any second', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async scenario => {
        const { log } = await play({ ...scenario, concurrency: 100 })
        const most = Math.max(1, Math.floor(scenario.perSecond))
        log.slice(most).forEach(({ startedAtMs }, index) => {
          expect(startedAtMs - log[index]!.startedAtMs).toBeGreaterThan(999.999)
        })
      }),
      settings,
    )
  })

  test('no more than concurrency requests are in flight', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async scenario => {
        const { log } = await play({ ...scenario, perSecond: 1000 })
        for (const { startedAtMs } of log) {
          const inFlight = log.filter(one => one.startedAtMs <= startedAtMs && one.endedAtMs > startedAtMs)
          expect(inFlight.length).toBeLessThanOrEqual(scenario.concurrency)
        }
      }),
      settings,
    )
  })

  test('none starts before the Retry-After of an overloaded API is over, whoever got it', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async scenario => {
        const { log, pauses } = await play(scenario)
        for (const { fromMs, untilMs } of pauses)
          for (const { startedAtMs } of log)
            expect(startedAtMs <= fromMs || startedAtMs >= untilMs).toBe(true)
      }),
      settings,
    )
  })

  test('every task and every submission is reported once', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async scenario => {
        const { waited, submitted } = await play(scenario)
        expect(waited.map(({ ends, pending }) => ends + pending)).toEqual(
          scenario.waits.map(({ tasks }) => tasks),
        )
        expect(submitted).toHaveLength(scenario.submissions.length)
      }),
      settings,
    )
  })

  test('every task ends if no request fails', async () => {
    await fc.assert(
      fc.asyncProperty(undisturbed, async scenario => {
        const { waited, submitted } = await play(scenario)
        expect(waited).toEqual(scenario.waits.map(({ tasks }) => ({ ends: tasks, pending: 0 })))
        expect(submitted).toEqual(scenario.submissions.map(() => E.right('accepted')))
      }),
      settings,
    )
  })
})

// -------------------------------------------------------------------------------------
// single rules
// -------------------------------------------------------------------------------------

const setUp = (options: PaceOptions = {}) => {
  const clock = new SimulatedClock()
  const pace = createPace({ clock, ...options })
  const starts: Array<readonly [name: string, atMs: number]> = []
  /** A request of that duration. */
  const request =
    (name: string, durationMs = 0, result: E.Either<unknown, string> = E.right(name)) =>
    async (): Promise<E.Either<unknown, string>> => {
      starts.push([name, clock.now()])
      await clock.sleep(durationMs)
      return result
    }
  return { clock, pace, starts, request }
}

const endless = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => ({
    taskId: `${name}${index}` as TaskId,
    endsAtMs: Infinity,
    ending: 'Failed' as const,
  }))

test('waits that share a pace take turns, and a submission waits for one request of each at most', async () => {
  const { clock, pace, starts, request } = setUp({ perSecond: 10, concurrency: 1 })
  const query: QueryTaskStatus = taskId => async () => {
    await request(taskId[0]!)()
    return E.right(statusOf('InProgress'))
  }
  const options = {
    clock,
    pace,
    random: () => 1,
    pollPolicy: Monoid.concat(constantDelay(0), limitRetries(1)),
  }
  await clock.run(
    Promise.all([
      waitForBatch(endless(4, 'a'), query, options)(),
      waitForBatch(endless(2, 'b'), query, options)(),
      clock.sleep(150).then(() => pace.run(request('submission'))()),
    ]),
  )
  expect(starts.map(([name]) => name)).toEqual(['a', 'a', 'b', 'a', 'submission', 'b', 'a'])
  expect(starts.map(([, atMs]) => atMs)).toEqual([0, 100, 200, 300, 400, 500, 600])
})

test('a pace holds nothing back that its limits allow', async () => {
  const { clock, pace, starts, request } = setUp({ perSecond: 100, concurrency: 2 })
  await clock.run(Promise.all(['a', 'b', 'c', 'd'].map(name => pace.run(request(name, 1000))())))
  expect(starts).toEqual([
    ['a', 0],
    ['b', 10],
    ['c', 1000],
    ['d', 1010],
  ])
})

test('the time in the queue does not count for queryTimeoutMs', async () => {
  const { clock, pace, request } = setUp({ concurrency: 1 })
  const { query, log } = simulateApi(clock, [{ taskId: '1' as TaskId, endsAtMs: 0, ending: 'Failed' }], {
    answerTo: () => ({ durationMs: 90 }),
  })
  const options = { clock, pace, pollPolicy: constantDelay(0), queryTimeoutMs: 100 }
  const [, task] = await clock.run(
    Promise.all([
      pace.run(request('slow', 60_000))(),
      clock.sleep(1).then(() => waitForTask({ taskId: '1' as TaskId }, query, options)()),
    ]),
  )
  expect(task).toMatchObject({ _tag: 'FinishedTask', queries: 1 })
  expect(log).toMatchObject([{ startedAtMs: 60_000 }])
})

test('the timeout and the signal of a wait end it in the queue, and leave nothing there', async () => {
  const { clock, pace, starts, request } = setUp({ concurrency: 1 })
  const controller = new AbortController()
  const never: QueryTaskStatus = () => () => Promise.reject(new Error('not to be called'))
  const options = { clock, pace, pollPolicy: constantDelay(0) }
  const task = { taskId: '1' as TaskId }
  const waits = async (): Promise<ReadonlyArray<unknown>> => {
    const slow = pace.run(request('slow', 60_000))()
    const timedOut = waitForTask(task, never, { ...options, timeoutMs: 100 })()
    const aborted = waitForTask(task, never, { ...options, signal: controller.signal })()
    clock.after(200, () => controller.abort(new Error('enough')))
    const results = [await timedOut, clock.now(), await aborted, clock.now()]
    await pace.run(request('next'))()
    await slow
    return results
  }
  expect(await clock.run(waits())).toMatchObject([
    { reason: { _tag: 'TimedOut' }, queries: 0 },
    100,
    { reason: { _tag: 'Aborted', message: 'enough' }, queries: 0 },
    200,
  ])
  expect(starts).toEqual([
    ['slow', 0],
    ['next', 60_000],
  ])
  expect(clock.pending()).toBe(0)
})

test('a wait that ends with a query in flight makes room for others', async () => {
  const { clock, pace, starts, request } = setUp({ concurrency: 1 })
  const hanging: QueryTaskStatus = () => () => new Promise(() => undefined)
  const options = { clock, pace, pollPolicy: constantDelay(0), timeoutMs: 500 }
  await clock.run(
    Promise.all([
      waitForTask({ taskId: '1' as TaskId }, hanging, options)(),
      clock.sleep(1).then(() => pace.run(request('next'))()),
    ]),
  )
  expect(starts).toEqual([['next', 500]])
})

test('a query takes along what has become due in the queue', async () => {
  const { clock, pace, request } = setUp({ concurrency: 1 })
  const sizes: number[] = []
  const query: QueryTaskStatuses = {
    maxTasksPerQuery: 4,
    query: tasks => async () => {
      sizes.push(tasks.length)
      return E.right(tasks.map(task => ({ ...task, status: E.right(statusOf('Failed')) })))
    },
  }
  let drawn = 0
  const random = (): number => [0.1, 0.9][drawn++]!
  const options = { clock, pace, random, pollPolicy: constantDelay(1000) }
  await clock.run(
    Promise.all([pace.run(request('slow', 5000))(), waitForBatch(endless(6, 'a'), query, options)()]),
  )
  expect(sizes).toEqual([4, 2])
})

describe('run', () => {
  test('does nothing until it is called, and each call is a request of its own', async () => {
    const { clock, pace, starts, request } = setUp({ perSecond: 1 })
    const task = pace.run(request('a'))
    expect(starts).toEqual([])
    expect(await clock.run(Promise.all([task(), task()]))).toEqual([E.right('a'), E.right('a')])
    expect(starts).toEqual([
      ['a', 0],
      ['a', 1001],
    ])
  })

  test('returns NotSent if its signal is aborted before its turn, and the request is not sent', async () => {
    const { clock, pace, starts, request } = setUp({ concurrency: 1 })
    const controller = new AbortController()
    const { signal } = controller
    clock.after(100, () => controller.abort(new Error('enough')))
    const results = clock.run(
      Promise.all([
        pace.run(request('first', 1000), signal)(),
        pace.run(request('second'), signal)(),
        clock.sleep(200).then(() => pace.run(request('third'), signal)()),
      ]),
    )
    const notSent = E.left({
      _tag: 'NotSent',
      reason: { _tag: 'Aborted', name: 'Error', message: 'enough' },
      recovered: [],
    })
    expect(await results).toEqual([E.right('first'), notSent, notSent])
    expect(starts).toEqual([['first', 0]])
    expect(clock.pending()).toBe(0)
  })

  test('removes its listener from the signal when the turn comes', async () => {
    const { clock, pace, request } = setUp()
    const listeners = new Set<() => void>()
    const signal = {
      aborted: false,
      addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
      removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener),
    }
    await clock.run(pace.run(request('a'), signal)())
    expect(listeners.size).toBe(0)
    expect(await clock.run(pace.run(request('b'), { aborted: false })())).toEqual(E.right('b'))
  })

  test('leaves a task alone that has begun, whatever its signal does', async () => {
    const { clock, pace, request } = setUp()
    const listeners: Array<() => void> = []
    const addEventListener = (_: 'abort', listener: () => void) => void listeners.push(listener)
    clock.after(500, () => listeners.forEach(listener => listener()))
    const signal = { aborted: false, addEventListener }
    expect(await clock.run(pace.run(request('a', 1000), signal)())).toEqual(E.right('a'))
  })

  test('makes room when the task rejects, and passes on what it rejects with', async () => {
    const { clock, pace, starts, request } = setUp({ concurrency: 1 })
    const broken = pace.run(() => Promise.reject(new Error('no')))()
    await expect(broken).rejects.toThrow('no')
    await clock.run(pace.run(request('next'))())
    expect(starts).toHaveLength(1)
  })

  test.each<[string, unknown, number]>([
    [
      'a rejected submission (4400)',
      { _tag: 'Rejected', code: 4400 } satisfies Partial<SubmissionError>,
      200,
    ],
    ['a rejected query (4400)', tooMany, 200],
    ['HTTP 429', { ...badGateway, httpStatus: 429 }, 200],
    ['HTTP 503', { ...badGateway, httpStatus: 503 }, 200],
    ['HTTP 503 with a Retry-After', { ...badGateway, httpStatus: 503, retryAfterMs: 4000 }, 4000],
    ['a Retry-After of a day', { ...busy(86_400_000) }, 600_000],
    ['HTTP 502', badGateway, 100],
    ['another rejection', accessDenied, 100],
    ['a reset', reset, 100],
    ['text', 'too many requests', 100],
    ['nothing', undefined, 100],
    ['a Proxy that throws', new Proxy({}, { ownKeys: () => { throw new Error('no') } }), 100], // prettier-ignore
  ])('starts the next request after %s as late as it must', async (_, error, startMs) => {
    const { clock, pace, starts, request } = setUp({ perSecond: 10, concurrency: 1 })
    await clock.run(Promise.all([pace.run(request('a', 0, E.left(error)))(), pace.run(request('b'))()]))
    expect(starts).toEqual([
      ['a', 0],
      ['b', startMs],
    ])
  })
})

describe('a signal that is aborted by another start, while a late timer lets both start', () => {
  /** Two requests are due at once. The first to start aborts the signal. */
  const late = (perSecond: number, byMs: number) => {
    const { clock, pace, starts, request } = setUp({ perSecond })
    const controller = new AbortController()
    let lateMs = 0
    const lateClock: Clock = { now: () => clock.now() + lateMs, after: clock.after }
    const latePace = createPace({ perSecond, clock: lateClock })
    const aborting = async (): Promise<E.Either<never, string>> => {
      controller.abort()
      return E.right('aborted')
    }
    return { clock, pace, latePace, starts, request, controller, aborting, late: () => (lateMs += byMs) }
  }

  test.each([
    ['would start later', 10, 150],
    ['would start at once', 100, 50],
  ])('leaves a request unsent that is reported as not sent and %s', async (_, perSecond, byMs) => {
    const { clock, latePace, starts, request, controller, aborting, late: bePaused } = late(perSecond, byMs)
    await clock.run(latePace.run(request('first'))())
    const aborted = latePace.run(aborting)()
    bePaused()
    const result = latePace.run(request('second'), controller.signal)()
    expect(await clock.run(result)).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'Aborted' } } })
    await clock.run(aborted)
    expect(starts.map(([name]) => name)).toEqual(['first'])
    expect(await clock.run(latePace.run(request('third'))())).toEqual(E.right('third'))
  })

  test('ends a wait, whose query is not sent', async () => {
    const { clock, latePace, request, controller, aborting, late: bePaused } = late(10, 150)
    await clock.run(latePace.run(request('first'))())
    const aborted = latePace.run(aborting)()
    bePaused()
    let queries = 0
    const query: QueryTaskStatus = () => async () => {
      queries++
      return E.right(statusOf('Succeeded'))
    }
    const options = { clock, pace: latePace, signal: controller.signal, pollPolicy: constantDelay(0) }
    const result = await clock.run(waitForBatch(endless(1, 'a'), query, options)())
    await clock.run(aborted)
    expect(result).toMatchObject({ pending: [{ reason: { _tag: 'Aborted' } }] })
    expect(queries).toBe(0)
  })
})

describe('a pace goes on', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['an Either whose _tag throws', { get _tag() { throw new Error('no') } }], // prettier-ignore
    ['an Either whose left throws', { _tag: 'Left', get left() { throw new Error('no') } }], // prettier-ignore
  ])('after a task that resolves to %s, and passes it on', async (_, value) => {
    const { clock, pace, request } = setUp({ concurrency: 1 })
    const first = pace.run(async () => value as never)()
    expect(await clock.run(pace.run(request('next'))())).toEqual(E.right('next'))
    expect(await first).toBe(value)
  })

  test('after a start that throws, and tells it to `fail`, whatever that does', async () => {
    const { clock, pace, request } = setUp({ concurrency: 1, perSecond: 1000 })
    const failures: unknown[] = []
    for (let count = 0; count < 2; count++)
      pace.enter(
        () => {
          throw new Error('start')
        },
        thrown => {
          failures.push(thrown)
          throw new Error('fail')
        },
      )
    expect(await clock.run(pace.run(request('next'))())).toEqual(E.right('next'))
    expect(failures).toEqual([new Error('start'), new Error('start')])
  })
})

test('a queued request whose signal throws when asked for its reason is not sent', async () => {
  const { clock, pace, starts, request } = setUp({ perSecond: 1 })
  await clock.run(pace.run(request('first'))())
  const listeners: Array<() => void> = []
  const signal = {
    aborted: false,
    addEventListener: (_: 'abort', listener: () => void) => void listeners.push(listener),
    get reason() {
      throw new Error('no reason')
    },
  }
  const result = pace.run(request('second'), signal)()
  for (const listener of listeners) listener()
  expect(await clock.run(result)).toMatchObject({
    left: { _tag: 'NotSent', reason: { _tag: 'Aborted', message: 'no reason' } },
  })
  expect(starts).toHaveLength(1)
})

test.each<[string, unknown]>([
  ['no end', {}],
  ['an end that throws', { end: () => { throw new Error('no') } }], // prettier-ignore
  ['nothing', undefined],
])('a wait whose pace gives a turn with %s comes to its end', async (_, turn) => {
  const clock = new SimulatedClock()
  const pace = {
    ...createPace({ clock }),
    enter: (start: (turn: never) => void) => {
      start(turn as never)
      return () => undefined
    },
  }
  const query: QueryTaskStatus = () => async () => E.right(statusOf('Succeeded'))
  const result = await clock.run(waitForBatch(endless(2, 'a'), query, { clock, pace: pace })())
  expect(result._tag).toBe('AllFinished')
})

test('rate tells how fast it is now, and how long nothing starts', async () => {
  const { clock, pace, request } = setUp({ perSecond: 10 })
  expect(pace.rate()).toEqual({ perSecond: 10, pausedMs: 0 })
  await clock.run(pace.run(request('a', 0, E.left(busy(3000))))())
  expect(pace.rate()).toEqual({ perSecond: 5, pausedMs: 3000 })
  await clock.run(pace.run(request('b'))())
  expect(pace.rate().perSecond).toBeCloseTo(5.45, 9)
  expect(pace.rate().pausedMs).toBe(0)
})

test('a turn that is ended twice counts once', async () => {
  const { clock, pace, starts, request } = setUp({ concurrency: 1, perSecond: 1000 })
  pace.enter(
    turn => {
      turn.end()
      turn.end()
    },
    () => undefined,
  )
  await clock.run(Promise.all([pace.run(request('a', 100))(), pace.run(request('b', 100))()]))
  expect(starts.map(([, atMs]) => atMs)).toEqual([1, 101])
})

test('many turns that end at once do not overflow the stack', async () => {
  const { clock, pace } = setUp({ concurrency: 1, perSecond: 1e6 })
  let ended = 0
  const again = (): void => void pace.enter(turn => { ended++; turn.end() }, () => undefined) // prettier-ignore
  for (let count = 0; count < 20_000; count++) again()
  await clock.run(clock.sleep(1000))
  expect(ended).toBe(20_000)
})

describe('a clock that breaks', () => {
  const broken = (isBroken: () => boolean, clock: SimulatedClock) => ({
    now: () => {
      if (isBroken()) throw new Error('no time')
      return clock.now()
    },
    after: clock.after,
  })

  test('ends the waits with the reason, and leaves submissions unsent', async () => {
    const clock = new SimulatedClock()
    let isBroken = false
    const pace = createPace({ concurrency: 1, clock: broken(() => isBroken, clock) })
    const query: QueryTaskStatus = () => () => Promise.reject(new Error('not to be called'))
    const slow = async (): Promise<E.Either<QueryError, string>> => {
      await clock.sleep(1000)
      isBroken = true
      return E.left(busy(5))
    }
    const results = await clock.run(
      Promise.all([
        pace.run(slow)(),
        waitForBatch(endless(1, 'a'), query, { clock, pace, pollPolicy: constantDelay(0) })(),
        pace.run(slow)(),
        clock.sleep(2000).then(() => pace.run(slow)()),
      ]),
    )
    const notSent = E.left<Partial<NotSent>>({
      _tag: 'NotSent',
      reason: { _tag: 'ClientFailed', name: 'Error' },
    })
    expect(results).toMatchObject([
      E.left(busy(5)),
      { pending: [{ reason: { _tag: 'Aborted', message: 'no time' } }] },
      notSent,
      notSent,
    ])
  })

  test('is told from a signal that does: the request is not sent either', async () => {
    const { pace, starts, request } = setUp()
    const signal = {
      get aborted(): boolean {
        throw new TypeError('no')
      },
    }
    expect(await pace.run(request('a'), signal)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'TypeError' } },
    })
    expect(starts).toEqual([])
  })
})

describe('invalid options', () => {
  test.each<[unknown, string]>([
    [null, 'options must be an object, found null'],
    [{ perSecond: 0 }, 'perSecond must be a number greater than 0, at most 1,000,000'],
    [{ perSecond: '5' }, 'perSecond must be a number greater than 0, at most 1,000,000'],
    [{ perSecond: 1e7 }, 'perSecond must be a number greater than 0, at most 1,000,000'],
    [{ concurrency: 0 }, 'concurrency must be an integer of at least 1'],
    [{ concurrency: 1.5 }, 'concurrency must be an integer of at least 1'],
    [{ clock: 7 }, 'clock must be an object, found a number'],
  ])('%j make createPace throw', (options, message) => {
    expect(() => createPace(options as PaceOptions)).toThrow(message)
  })

  test.each<[unknown, string]>([
    [{ pace: {} }, 'pace.enter must be a function, found undefined'],
    [{ pace: 20 }, 'pace must be an object, found a number'],
    [
      { pace: createPace(), concurrency: 5 },
      'must be undefined if there is a pace: set concurrency and perSecond in createPace',
    ],
    [
      { pace: createPace(), maxQueriesPerSecond: 5 },
      'must be undefined if there is a pace: set concurrency and perSecond in createPace',
    ],
  ])('of a wait leave its task pending: %#', async (options, message) => {
    const query: QueryTaskStatus = () => () => Promise.reject(new Error('not to be called'))
    const one = { taskId: '1' as TaskId, resourceId: 'a' as ResourceId }
    expect(await waitForTask(one, query, options as object)()).toMatchObject({
      _tag: 'PendingTask',
      queries: 0,
      reason: { _tag: 'Aborted', message: expect.stringContaining(message) as unknown },
    })
  })

  test('the defaults are 20 per second and 10 in flight on the clock of the system', () => {
    const pace = createPace()
    expect(pace.rate()).toEqual({ perSecond: 20, pausedMs: 0 })
  })
})
