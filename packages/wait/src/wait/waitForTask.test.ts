import type { QueryError, ResourceId } from '@task-outcome/core'
import { getEventListeners } from 'node:events'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { Monoid, constantDelay, exponentialBackoff, limitRetries } from 'retry-ts'
import { describe, expect, test, vi } from 'vitest'
import {
  accessDenied,
  badGateway,
  maintenance,
  noSuchTask,
  reset,
  statusOf,
  tooMany,
  unknownCode,
} from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { answering, task, taskId } from '../../test/waiting.js'
import { defaultPollPolicy } from '../pace/policies.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import { waitForTask } from './waitForTask.js'
import type { WaitOptions } from './WaitOptions.js'

/** No jitter, and no limit that affects a single task. */
const plain = (clock: SimulatedClock): WaitOptions => ({ clock, random: () => 1, maxQueriesPerSecond: 1e6 })

describe('a task is queried when the policy says', () => {
  test('until it has finished', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress', 'InProgress', 'Failed')
    const pollPolicy = exponentialBackoff(100)
    const entry = { ...task, resourceId: 'ins-1' as ResourceId }
    expect(await clock.run(waitForTask(entry, query, { ...plain(clock), pollPolicy })())).toEqual({
      _tag: 'FinishedTask',
      taskId: '17',
      resourceIds: ['ins-1'],
      status: statusOf('Failed'),
      queries: 3,
    })
    expect(times).toEqual([100, 300, 700])
    expect(clock.pending()).toBe(0)
  })

  test('by default after 0.2 s, then about 1.6 times later each time, up to 6 s apart, forever', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress')
    await clock.run(waitForTask(task, query, { ...plain(clock), timeoutMs: 60_000 })())
    const delays = times.map((time, index) => Math.round(time - (times[index - 1] ?? 0)))
    expect(delays.slice(0, 10)).toEqual([196, 322, 530, 874, 1441, 2376, 3917, 5803, 6000, 6000])
    expect(delays).toHaveLength(15)
  })

  test('with the default policy after 0.25 s, then 1.5 times longer each time up to 10 s, forever', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress')
    const options = { ...plain(clock), timeoutMs: 60_000, pollPolicy: defaultPollPolicy }
    await clock.run(waitForTask(task, query, options)())
    const delays = times.map((time, index) => Math.round(time - (times[index - 1] ?? 0)))
    expect(delays).toEqual([250, 375, 563, 844, 1266, 1898, 2848, 4271, 6407, 9611, 10_000, 10_000, 10_000])
  })

  test('with earlier durations when it is expected to end, unless it was queried before', async () => {
    const queriesUntil = async (queries: number): Promise<ReadonlyArray<number>> => {
      const clock = new SimulatedClock()
      const { query, times } = answering(clock, 'InProgress')
      const earlierDurationsMs = Array.from({ length: 100 }, () => 60_000)
      await clock.run(
        waitForTask({ ...task, queries }, query, {
          ...plain(clock),
          timeoutMs: 60_000,
          earlierDurationsMs,
        })(),
      )
      return times
    }
    const [expected, resumed] = [await queriesUntil(0), await queriesUntil(1)]
    expect(resumed).toHaveLength(15)
    expect(expected.length).toBeLessThan(6)
    expect(expected.at(-1)).toBeGreaterThan(59_000)
  })

  test('with each delay a random fraction', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress', 'InProgress', 'Succeeded')
    const randoms = [0.5, 0.25, 0.75]
    const random = (): number => randoms.shift() ?? 1
    await clock.run(
      waitForTask(task, query, {
        clock,
        pollPolicy: constantDelay(1000),
        random,
        maxQueriesPerSecond: 1e6,
      })(),
    )
    expect(times).toEqual([500, 750, 1500])
  })

  test('until the policy gives up', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress')
    const pollPolicy = Monoid.concat(constantDelay(100), limitRetries(2))
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), pollPolicy })())).toEqual({
      _tag: 'PendingTask',
      taskId: '17',
      resourceIds: [],
      reason: { _tag: 'PolicyGaveUp' },
      queries: 2,
    })
    expect(times).toEqual([100, 200])
  })

  test.each([
    ['never, for a delay of Infinity', Infinity, 0],
    ['immediately, for a delay of NaN', NaN, 3],
    ['immediately, for a negative delay', -5, 3],
  ])('%s', async (_, delay, looks) => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress')
    const pollPolicy = Monoid.concat(() => O.some(0), limitRetries(3))
    await clock.run(
      waitForTask(task, query, {
        ...plain(clock),
        pollPolicy: status => (O.isSome(pollPolicy(status)) ? O.some(delay) : O.none),
      })(),
    )
    expect(times).toHaveLength(looks)
  })
})

describe('a query that failed is not a task that failed', () => {
  test.each([
    ['a reset connection', reset],
    ['a gateway', badGateway],
    ['maintenance', maintenance],
    ['too many requests', tooMany],
    ['an unknown code', unknownCode],
  ])('so the task is queried again after %s', async (_, error) => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, error, 'Succeeded')
    expect(await clock.run(waitForTask(task, query, plain(clock))())).toMatchObject({
      _tag: 'FinishedTask',
      queries: 2,
    })
  })

  test('unless it was refused for good: then the task is left pending', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, accessDenied)
    expect(await clock.run(waitForTask(task, query, plain(clock))())).toMatchObject({
      _tag: 'PendingTask',
      reason: { _tag: 'QueryFailed', error: accessDenied },
      queries: 1,
    })
  })

  test('so the task is queried again after up to ten in a row, with growing delays', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, reset)
    expect(
      await clock.run(waitForTask(task, query, { ...plain(clock), pollPolicy: constantDelay(0) })()),
    ).toMatchObject({
      _tag: 'PendingTask',
      reason: { _tag: 'QueryFailed', error: reset },
      queries: 10,
    })
    expect(times).toEqual([0, 1, 3, 7, 15, 31, 61, 91, 121, 151].map(seconds => seconds * 1000))
  })

  test('and has its own limit: other queries do not count towards it, and a successful one resets it', async () => {
    const clock = new SimulatedClock()
    const answers = [
      'InProgress',
      reset,
      reset,
      'InProgress',
      reset,
      reset,
      'InProgress',
      'Succeeded',
    ] as const
    const { query, times } = answering(clock, ...answers)
    const options = {
      pollPolicy: constantDelay(1),
      failurePolicy: Monoid.concat(exponentialBackoff(1000), limitRetries(2)),
    }
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), ...options })())).toMatchObject({
      _tag: 'FinishedTask',
      queries: 8,
    })
    expect(times).toEqual([1, 2, 1002, 3002, 3003, 4003, 6003, 6004])
  })

  test('and does not count towards the limit of the polling policy', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, reset, reset, 'Succeeded')
    const pollPolicy = Monoid.concat(constantDelay(1), limitRetries(1))
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), pollPolicy })())).toMatchObject({
      _tag: 'FinishedTask',
    })
  })

  test.each<[string, QueryTaskStatus]>([
    [
      'throws',
      () => {
        throw new TypeError('https://host/?SecretId=secret')
      },
    ],
    ['rejects', () => () => Promise.reject(new TypeError('https://host/?SecretId=secret'))],
  ])('even if the query %s; its message is not shown', async (_, query) => {
    const clock = new SimulatedClock()
    const result = await clock.run(waitForTask(task, query, plain(clock))())
    expect(result).toMatchObject({
      reason: {
        _tag: 'QueryFailed',
        error: {
          _tag: 'DeliveryUnknown',
          operation: 'query',
          reason: { _tag: 'ClientFailed', name: 'TypeError' },
        },
      },
      queries: 10,
    })
    expect(JSON.stringify(result)).not.toContain('secret')
  })
})

describe('a wait can be stopped', () => {
  /** A query without a response. */
  const hanging = (): { readonly query: QueryTaskStatus; readonly signals: ReadonlyArray<AbortSignal> } => {
    const signals: AbortSignal[] = []
    const query: QueryTaskStatus = (_, signal) => () => {
      signals.push(signal)
      return new Promise(() => undefined)
    }
    return { query, signals }
  }

  test('by a timeout, which aborts a query in flight', async () => {
    const clock = new SimulatedClock()
    const { query, signals } = hanging()
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), timeoutMs: 5000 })())).toMatchObject({
      _tag: 'PendingTask',
      taskId: '17',
      reason: { _tag: 'TimedOut', timeoutMs: 5000 },
      queries: 1,
    })
    expect(clock.now()).toBe(5000)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  test('by a signal, whose reason is reported and whose listener is removed', async () => {
    const clock = new SimulatedClock()
    const { query, signals } = hanging()
    const own = new AbortController()
    clock.after(700, () => own.abort(new Error('the user has left')))
    expect(
      await clock.run(waitForTask(task, query, { ...plain(clock), signal: own.signal })()),
    ).toMatchObject({
      reason: { _tag: 'Aborted', name: 'Error', message: 'the user has left' },
    })
    expect(clock.now()).toBe(700)
    expect(signals).toHaveLength(1)
    expect(getEventListeners(own.signal, 'abort')).toEqual([])
  })

  test('by a signal that is already aborted, without any query', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'Succeeded')
    const signal = AbortSignal.abort('never mind')
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), signal })())).toMatchObject({
      reason: { _tag: 'Aborted', name: 'string', message: 'never mind' },
      queries: 0,
    })
    expect(times).toEqual([])
  })

  test('and leaves no listener and no timer', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, 'Succeeded')
    const { signal } = new AbortController()
    await clock.run(waitForTask(task, query, { ...plain(clock), signal, timeoutMs: 60_000 })())
    expect(clock.now()).toBeLessThan(60_000)
    expect(clock.pending()).toBe(0)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('and ignores a later response', async () => {
    const clock = new SimulatedClock()
    const query: QueryTaskStatus = () => async () => {
      await clock.sleep(3000)
      return answering(clock, 'Succeeded').query(taskId('17'), AbortSignal.abort())()
    }
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), timeoutMs: 1000 })())).toMatchObject({
      _tag: 'PendingTask',
      reason: { _tag: 'TimedOut' },
    })
  })

  test('by a timeout on a clock that calls back too early', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress')
    const early = {
      now: clock.now,
      after: (delayMs: number, run: () => void) => clock.after(Math.ceil(delayMs / 2), run),
    }
    const options = { ...plain(clock), clock: early, pollPolicy: constantDelay(400), timeoutMs: 1000 }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      reason: { _tag: 'TimedOut' },
    })
    expect(times).toEqual([400, 800])
    expect(clock.now()).toBe(1000)
  })

  test('by a signal that calls no listener', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress')
    const signal = { aborted: false, reason: 'enough' }
    clock.after(350, () => (signal.aborted = true))
    const options = { ...plain(clock), signal, pollPolicy: constantDelay(100) }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      reason: { _tag: 'Aborted', message: 'enough' },
    })
    expect(times).toEqual([100, 200, 300])
  })

  test('by a signal that calls no listener while a query is in flight: its response is too late', async () => {
    const clock = new SimulatedClock()
    const signal = { aborted: false }
    const query: QueryTaskStatus = () => async () => {
      await clock.sleep(10)
      signal.aborted = true
      return E.right(statusOf('Succeeded'))
    }
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), signal })())).toMatchObject({
      _tag: 'PendingTask',
      reason: { _tag: 'Aborted', name: 'undefined', message: '' },
      queries: 1,
    })
  })

  test('by a signal that is aborted while a listener is added', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress')
    const signal = {
      aborted: false,
      reason: 'enough',
      addEventListener: () => {
        signal.aborted = true
      },
    }
    const options = { ...plain(clock), signal, timeoutMs: 60_000 }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      reason: { _tag: 'Aborted' },
    })
    expect(times).toEqual([])
    expect(clock.pending()).toBe(0)
  })

  test('by a signal that always throws', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, 'InProgress')
    const no = (): never => {
      throw new Error('no')
    }
    let abort = (): void => undefined
    const signal = {
      aborted: false,
      get reason(): unknown {
        return no()
      },
      addEventListener: (_: string, listener: () => void) => (abort = listener),
      removeEventListener: no,
    }
    clock.after(1000, () => {
      abort()
    })
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), signal })())).toMatchObject({
      reason: { _tag: 'Aborted', name: 'Error', message: 'no' },
    })
  })

  test('on a clock whose timers can’t be cancelled', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, 'Succeeded')
    const stubborn = {
      now: clock.now,
      after: (delayMs: number, run: () => void) => {
        clock.after(delayMs, run)
        return () => {
          throw new Error('no')
        }
      },
    }
    const options = { ...plain(clock), clock: stubborn, timeoutMs: 60_000 }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      reason: { _tag: 'Aborted', message: 'no' },
    })
  })

  test('by a timeout of 0', async () => {
    const clock = new SimulatedClock()
    const { query } = hanging()
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), timeoutMs: 0 })())).toMatchObject({
      reason: { _tag: 'TimedOut', timeoutMs: 0 },
    })
    expect(clock.now()).toBe(0)
  })

  test.each<[WaitOptions, string]>([
    [{ timeoutMs: -1 }, 'timeoutMs must be a number of at least 0'],
    [{ timeoutMs: NaN }, 'timeoutMs must be a number of at least 0'],
    [{ concurrency: 0 }, 'concurrency must be an integer of at least 1'],
    [{ concurrency: 1.5 }, 'concurrency must be an integer of at least 1'],
    [{ queryTimeoutMs: 0 }, 'queryTimeoutMs must be a number greater than 0'],
    [{ queryTimeoutMs: NaN }, 'queryTimeoutMs must be a number greater than 0'],
    [{ maxQueriesPerSecond: 0 }, 'maxQueriesPerSecond must be a number greater than 0, at most 1,000,000'],
    [{ maxQueriesPerSecond: NaN }, 'maxQueriesPerSecond must be a number greater than 0, at most 1,000,000'],
    [
      { maxQueriesPerSecond: Infinity },
      'maxQueriesPerSecond must be a number greater than 0, at most 1,000,000',
    ],
    [{ unknownTaskGraceMs: -1 }, 'unknownTaskGraceMs must be a number of at least 0'],
    [{ unknownTaskGraceMs: NaN }, 'unknownTaskGraceMs must be a number of at least 0'],
    [{ timeoutMs: '5000' as never }, 'timeoutMs must be a number of at least 0'],
    [
      { maxQueriesPerSecond: '20' as never },
      'maxQueriesPerSecond must be a number greater than 0, at most 1,000,000',
    ],
    [{ queryTimeoutMs: null as never }, 'queryTimeoutMs must be a number greater than 0'],
  ])('by an invalid option: %o', async (options, message) => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'Succeeded')
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), ...options })())).toMatchObject({
      _tag: 'PendingTask',
      reason: { _tag: 'Aborted', name: 'RangeError', message },
      queries: 0,
    })
    expect(times).toEqual([])
  })

  test.each<[string, (clock: SimulatedClock) => WaitOptions]>([
    [
      'a policy',
      () => ({
        pollPolicy: () => {
          throw new Error('no idea')
        },
      }),
    ],
    [
      'a source of randomness',
      () => ({
        random: () => {
          throw new Error('no idea')
        },
      }),
    ],
    [
      'a clock',
      clock => ({
        clock: {
          after: clock.after,
          now: () => {
            throw new Error('no idea')
          },
        },
      }),
    ],
  ])('by %s that throws', async (_, options) => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, 'InProgress')
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), ...options(clock) })())).toMatchObject(
      {
        reason: { _tag: 'Aborted', name: 'Error', message: 'no idea' },
      },
    )
  })
})

describe('a query that hangs', () => {
  test('is aborted after queryTimeoutMs, counts as failed, and is repeated', async () => {
    const clock = new SimulatedClock()
    const signals: AbortSignal[] = []
    const query: QueryTaskStatus = (_, signal) => () => {
      signals.push(signal)
      return signals.length < 3
        ? new Promise(() => undefined)
        : Promise.resolve(E.right(statusOf('Succeeded')))
    }
    const options = { ...plain(clock), pollPolicy: constantDelay(0), queryTimeoutMs: 5000 }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      _tag: 'FinishedTask',
      queries: 3,
    })
    expect(clock.now()).toBe(5000 + 1000 + 5000 + 2000)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false])
    expect(clock.pending()).toBe(0)
  })

  test('times out after a minute by default, and the error says so', async () => {
    const clock = new SimulatedClock()
    const query: QueryTaskStatus = () => () => new Promise(() => undefined)
    const options = { ...plain(clock), pollPolicy: constantDelay(0), failurePolicy: limitRetries(0) }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      reason: {
        _tag: 'QueryFailed',
        error: {
          _tag: 'DeliveryUnknown',
          operation: 'query',
          reason: { _tag: 'TimedOut', timeoutMs: 60_000 },
        },
      },
    })
    expect(clock.now()).toBe(60_000)
  })

  test('has a response after that ignored', async () => {
    const clock = new SimulatedClock()
    let asked = 0
    const query: QueryTaskStatus = () => async () => {
      const state = asked++ === 0 ? 'Failed' : 'Succeeded'
      await clock.sleep(state === 'Failed' ? 1500 : 0)
      return E.right(statusOf(state))
    }
    const options = { ...plain(clock), pollPolicy: constantDelay(0), queryTimeoutMs: 1000 }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      status: { _tag: 'Succeeded' },
    })
  })

  test('may hang forever with a queryTimeoutMs of Infinity', async () => {
    const clock = new SimulatedClock()
    const query: QueryTaskStatus = () => () => new Promise(() => undefined)
    const options = { ...plain(clock), queryTimeoutMs: Infinity, timeoutMs: 1e9 }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({ queries: 1 })
  })
})

describe('a task that the API does not know yet', () => {
  const often = { pollPolicy: constantDelay(0), failurePolicy: constantDelay(1000) }

  test('is queried again by the failure policy, for ten seconds by default', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, noSuchTask)
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), ...often })())).toMatchObject({
      _tag: 'PendingTask',
      reason: { _tag: 'QueryFailed', error: noSuchTask },
    })
    expect(times).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(seconds => seconds * 1000))
  })

  test('is found once the API knows it', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, noSuchTask, noSuchTask, 'Succeeded')
    expect(await clock.run(waitForTask(task, query, plain(clock))())).toMatchObject({
      _tag: 'FinishedTask',
      queries: 3,
    })
  })

  test('is left pending when the failure policy gives up, however much time is left', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, noSuchTask)
    const failurePolicy = Monoid.concat(constantDelay(1000), limitRetries(2))
    await clock.run(waitForTask(task, query, { ...plain(clock), ...often, failurePolicy })())
    expect(times).toEqual([0, 1000, 2000])
  })

  test('gets as much time as unknownTaskGraceMs says', async () => {
    const timesWithin = async (unknownTaskGraceMs: number): Promise<ReadonlyArray<number>> => {
      const clock = new SimulatedClock()
      const { query, times } = answering(clock, noSuchTask)
      const options = { ...plain(clock), ...often, unknownTaskGraceMs, timeoutMs: 4500 }
      await clock.run(waitForTask(task, query, options)())
      return times
    }
    expect(await timesWithin(0)).toEqual([0])
    expect(await timesWithin(2000)).toEqual([0, 1000, 2000])
    expect(await timesWithin(Infinity)).toEqual([0, 1000, 2000, 3000, 4000])
  })

  test('is judged by the time when the query was sent, not by the time of its response', async () => {
    const clock = new SimulatedClock()
    let asked = 0
    const query: QueryTaskStatus = () => async () => {
      await clock.sleep(30_000)
      return asked++ === 0 ? E.left(noSuchTask) : E.right(statusOf('Succeeded'))
    }
    expect(await clock.run(waitForTask(task, query, plain(clock))())).toMatchObject({ _tag: 'FinishedTask' })
  })

  test('gets the same time in a wait that is resumed', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, noSuchTask)
    const options = { ...plain(clock), ...often, unknownTaskGraceMs: 2000 }
    const pending = await clock.run(waitForTask(task, query, options)())
    const startedAgainAtMs = clock.now()
    await clock.run(waitForTask(pending as never, query, options)())
    expect(times.slice(3)).toEqual([0, 1000, 2000].map(ms => startedAgainAtMs + ms))
  })
})

describe('Retry-After', () => {
  const wait = async (first: QueryError, options: WaitOptions = {}) => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, first, 'Succeeded')
    const all = {
      ...plain(clock),
      pollPolicy: constantDelay(0),
      failurePolicy: constantDelay(1000),
      ...options,
    }
    const result = await clock.run(waitForTask(task, query, all)())
    return { result, times, overAtMs: clock.now() }
  }

  test.each([
    ['a rejected query', { ...maintenance, retryAfterMs: 7000 }],
    ['a gateway', { ...badGateway, retryAfterMs: 7000 }],
    ['an overloaded gateway', { ...badGateway, httpStatus: 503, retryAfterMs: 7000 }],
  ])('of %s delays the next query', async (_, error) => {
    expect((await wait(error)).times).toEqual([0, 7000])
  })

  test('does not shorten the delay of the policy', async () => {
    expect((await wait({ ...maintenance, retryAfterMs: 10 })).times).toEqual([0, 1000])
  })

  test('does not make a wait longer than its timeout', async () => {
    const error = { ...tooMany, retryAfterMs: 9_999_999_000 }
    const { result, times, overAtMs } = await wait(error, { timeoutMs: 60_000 })
    expect(result).toMatchObject({ reason: { _tag: 'TimedOut', timeoutMs: 60_000 } })
    expect(times).toEqual([0])
    expect(overAtMs).toBe(60_000)
  })

  test('counts as at most ten minutes if there is no timeout', async () => {
    expect((await wait({ ...tooMany, retryAfterMs: 9_999_999_000 })).times).toEqual([0, 600_000])
  })

  test.each([NaN, -1])('of %s milliseconds is ignored', async retryAfterMs => {
    expect((await wait({ ...maintenance, retryAfterMs })).times).toEqual([0, 1000])
  })

  test('does not repeat a query that was rejected permanently', async () => {
    expect((await wait({ ...accessDenied, retryAfterMs: 7000 })).times).toEqual([0])
  })
})

describe('a hostile option', () => {
  test('such as a clock that goes back delays only the query that is due', async () => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress', 'InProgress', 'Succeeded')
    const oneHourBack = { now: () => clock.now() - (clock.now() >= 1500 ? 3_600_000 : 0), after: clock.after }
    const options = {
      ...plain(clock),
      clock: oneHourBack,
      pollPolicy: constantDelay(1000),
      timeoutMs: 10_000,
    }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({ _tag: 'FinishedTask' })
    expect(times).toEqual([1000, 3000, 4000])
  })

  test.each<[string, unknown, string]>([
    ['no time', { now: () => NaN, after: () => () => undefined }, 'clock.now() must return a finite number'],
    [
      'a Date',
      { now: () => new Date(0), after: () => () => undefined },
      'clock.now() must return a finite number',
    ],
    [
      'no function to cancel a call',
      { now: () => 0, after: () => 7 },
      'clock.after() must return a function',
    ],
    ['nothing', null, 'clock must be an object, found null'],
  ])('such as a clock that returns %s ends the wait', async (_, clock, message) => {
    const { query } = answering(new SimulatedClock(), 'InProgress')
    expect(await waitForTask(task, query, { clock: clock as never })()).toMatchObject({
      reason: { _tag: 'Aborted', name: 'TypeError', message },
    })
  })

  test.each<[string, unknown]>([
    ['a number', 1000],
    ['nothing', undefined],
    ['an Option of a string', O.some('1000')],
    ['an Option of nothing', { _tag: 'Some' }],
    ['something else', { _tag: 'Left' }],
    ['null', null],
  ])('such as a policy that returns %s ends the wait instead of using no delay', async (_, delay) => {
    const clock = new SimulatedClock()
    const { query, times } = answering(clock, 'InProgress')
    const options = { ...plain(clock), pollPolicy: (() => delay) as never }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      reason: { _tag: 'Aborted', message: 'pollPolicy must return an Option of milliseconds' },
    })
    expect(times).toEqual([])
  })

  test.each([NaN, -1, Infinity, 2, undefined, '1'])(
    'such as a random number %s shortens no delay',
    async drawn => {
      const clock = new SimulatedClock()
      const { query, times } = answering(clock, reset, 'Succeeded')
      const random = (() => drawn) as () => number
      const pollPolicy = constantDelay(1000)
      await clock.run(
        waitForTask(task, query, { ...plain(clock), random, pollPolicy, failurePolicy: pollPolicy })(),
      )
      expect(times).toEqual([1000, 2000])
    },
  )

  test('such as a delay of Infinity ends the wait even if the random number is 0', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, 'InProgress')
    const options = { ...plain(clock), random: () => 0, pollPolicy: constantDelay(Infinity) }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({
      reason: { _tag: 'PolicyGaveUp' },
      queries: 0,
    })
  })

  test('such as a signal of null counts as absent', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, 'Succeeded')
    const options = { ...plain(clock), signal: null as never }
    expect(await clock.run(waitForTask(task, query, options)())).toMatchObject({ _tag: 'FinishedTask' })
  })

  test('such as a signal that throws when it is read ends the wait', async () => {
    const clock = new SimulatedClock()
    const { query } = answering(clock, 'Succeeded')
    const signal = {
      get aborted(): boolean {
        throw new Error('no')
      },
    }
    expect(await clock.run(waitForTask(task, query, { ...plain(clock), signal })())).toMatchObject({
      reason: { _tag: 'Aborted', message: 'no' },
    })
  })
})

test('no query is sent before the wait runs, and each run is a separate wait', async () => {
  const clock = new SimulatedClock()
  const { query, times } = answering(clock, 'Succeeded')
  const wait = waitForTask(task, query, { ...plain(clock), pollPolicy: constantDelay(10) })
  expect(times).toEqual([])
  await clock.run(wait())
  await clock.run(wait())
  expect(times).toEqual([10, 20])
})

test('a task that was left pending can be waited for again; its query count continues', async () => {
  const clock = new SimulatedClock()
  const { query } = answering(clock, 'InProgress', 'InProgress', 'Succeeded')
  const options = { ...plain(clock), pollPolicy: Monoid.concat(constantDelay(10), limitRetries(2)) }
  const pending = await clock.run(waitForTask({ ...task, resourceId: 'a' as ResourceId }, query, options)())
  expect(pending).toMatchObject({ _tag: 'PendingTask', queries: 2 })
  expect(await clock.run(waitForTask(pending, query, options)())).toMatchObject({
    _tag: 'FinishedTask',
    resourceIds: ['a'],
    queries: 3,
  })
})

test('the clock and the randomness default to the platform’s', async () => {
  vi.useFakeTimers()
  try {
    const { query } = answering(new SimulatedClock(), 'InProgress', 'Succeeded')
    const wait = waitForTask(task, query, { timeoutMs: 3_000_000_000 })() // longer than a timer allows
    await vi.advanceTimersByTimeAsync(2000)
    expect(await wait).toMatchObject({ _tag: 'FinishedTask', queries: 2 })
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})
