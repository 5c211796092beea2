import type { ResourceId, SubmissionError } from '@task-outcome/core'
import { getEventListeners } from 'node:events'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay, limitRetries, Monoid } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import {
  type Response,
  accepted,
  deliveryUnknown,
  misused,
  notSent,
  outcomeOf,
  refused,
  rejected,
  simulateBatchApi,
} from '../../test/SimulatedBatchApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { SubmissionResult, possibleTasks } from './SubmissionResult.js'
import { type SubmitBatch, submitAll } from './submitAll.js'
import type { SubmissionProgress, SubmitAllOptions } from './SubmitOptions.js'

const ids = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `ins-${index}`)

const ok: Response = { durationMs: 100, handlings: ['accepted'] }
const failing = (error: SubmissionError): Response => ({ durationMs: 100, handlings: [], error })

const run = async (
  requested: ReadonlyArray<string>,
  responses: ReadonlyArray<Response>,
  options: SubmitAllOptions = {},
) => {
  const clock = new SimulatedClock()
  const api = simulateBatchApi(clock, number => responses[Math.min(number, responses.length - 1)]!)
  const all = { clock, random: () => 1, ...options }
  const result = await clock.run(submitAll(requested, api.submit, all)())
  expect(SubmissionResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
  expect(clock.pending()).toBe(0)
  const chunks = api.log.map(({ resourceIds }) => resourceIds.length)
  const times = api.log.map(({ startedAtMs }) => startedAtMs)
  return { ...api, result, chunks, times, overAtMs: clock.now() }
}

const tagsOf = ({ resources }: SubmissionResult): ReadonlyArray<string> =>
  resources.map(({ _tag }) => _tag.slice('Resource'.length))

describe('a list is submitted', () => {
  test('in chunks of at most chunkSize, in order', async () => {
    const { result, log, chunks } = await run(ids(7), [ok], { chunkSize: 3 })
    expect(chunks).toEqual([3, 3, 1])
    expect(log.flatMap(({ resourceIds }) => resourceIds)).toEqual(ids(7))
    expect(result).toMatchObject({ end: { _tag: 'Settled' }, submissions: 3, failures: [] })
  })

  test('in chunks of 100 by default', async () => {
    expect((await run(ids(250), [ok])).chunks).toEqual([100, 100, 50])
  })

  test('one chunk after the other by default, or as many at a time as concurrency says', async () => {
    expect((await run(ids(4), [ok], { chunkSize: 1 })).times).toEqual([0, 100, 200, 300])
    const two = await run(ids(4), [ok], { chunkSize: 1, concurrency: 2, maxSubmissionsPerSecond: 1000 })
    expect(two.log.map(({ underWay }) => underWay)).toEqual([1, 2, 2, 2])
  })

  test('once for each id, however often it is listed', async () => {
    const { result, log } = await run(['a', 'b', 'a', 'a'], [ok])
    expect(log).toMatchObject([{ resourceIds: ['a', 'b'] }])
    expect(result.resources.map(({ resourceId }) => resourceId)).toEqual(['a', 'b'])
  })

  test('not at all if it is empty, which is no success', async () => {
    const stored: unknown[] = []
    const { result, log } = await run([], [ok], { store: soFar => stored.push(soFar) })
    expect(result).toMatchObject({ end: { _tag: 'NothingToSubmit' }, resources: [], submissions: 0 })
    expect(log).toEqual([])
  })

  test('at most maxSubmissionsPerSecond times a second', async () => {
    const { times } = await run(ids(6), [{ ...ok, durationMs: 0 }], {
      chunkSize: 1,
      maxSubmissionsPerSecond: 2,
    })
    times.slice(2).forEach((time, index) => expect(time - times[index]!).toBeGreaterThan(999))
  })
})

describe('the first submission', () => {
  test('is repeated by the policy if it was not sent', async () => {
    const { result, times } = await run(ids(2), [failing(notSent), failing(notSent), ok], {
      resubmitPolicy: constantDelay(5000),
    })
    expect(times).toEqual([0, 5100, 10_200])
    expect(tagsOf(result)).toEqual(['Accepted', 'Accepted'])
    expect(result.failures).toHaveLength(2)
  })

  test('is not repeated for ever: its resources are not submitted in the end', async () => {
    const resubmitPolicy = Monoid.concat(constantDelay(5000), limitRetries(2))
    const { result, log } = await run(ids(2), [failing(notSent)], { resubmitPolicy })
    expect(log).toHaveLength(3)
    expect(result.end).toEqual({ _tag: 'PolicyGaveUp' })
    expect(tagsOf(result)).toEqual(['NotSubmitted', 'NotSubmitted'])
  })

  test('is repeated for the resources that were rejected for now, in chunks of their own', async () => {
    const partly: Response = { durationMs: 100, handlings: ['accepted', 'later', 'never'] }
    const { result, log } = await run(ids(6), [partly, partly, ok], { chunkSize: 3 })
    expect(log.map(({ resourceIds }) => resourceIds)).toEqual([
      ['ins-0', 'ins-1', 'ins-2'],
      ['ins-3', 'ins-4', 'ins-5'],
      ['ins-1', 'ins-4'],
    ])
    expect(tagsOf(result)).toEqual(['Accepted', 'Accepted', 'Rejected', 'Accepted', 'Accepted', 'Rejected'])
  })

  test('is never repeated if it is in doubt, and the other chunks go on', async () => {
    const { result, log } = await run(ids(4), [failing(deliveryUnknown), ok], { chunkSize: 2 })
    expect(log).toHaveLength(2)
    expect(result.end).toEqual({ _tag: 'Settled' })
    expect(tagsOf(result)).toEqual(['InDoubt', 'InDoubt', 'Accepted', 'Accepted'])
  })

  test('rejects its resources if it is rejected as a whole', async () => {
    const { result } = await run(ids(4), [failing(refused('never', 4000)), ok], { chunkSize: 2 })
    expect(result.resources.slice(0, 2)).toMatchObject([
      { _tag: 'ResourceRejected', rejections: [{ _tag: 'Rejected', code: 4000 }] },
      { _tag: 'ResourceRejected', rejections: [{ _tag: 'Rejected', code: 4000 }] },
    ])
  })
})

describe('an overloaded API', () => {
  const { httpStatus: _, ...tooMany } = { ...refused('later'), httpStatus: 200 }

  test.each<[string, SubmissionError]>([
    ['code 4400', tooMany as SubmissionError],
    ['code RequestLimitExceeded of API 3.0', { ...tooMany, code: 'RequestLimitExceeded' } as SubmissionError],
    ['HTTP 429', { _tag: 'HttpStatusError', httpStatus: 429, bodyStart: '', recovered: [] }],
    ['HTTP 503', { _tag: 'HttpStatusError', httpStatus: 503, bodyStart: '', recovered: [] }],
  ])('slows down the other chunks: %s', async (_, error) => {
    const quick = { chunkSize: 1, maxSubmissionsPerSecond: 4 }
    const fast = await run(ids(6), [ok], quick)
    const slow = await run(ids(6), [failing(error), ok], quick)
    expect(slow.times[5]! - slow.times[0]!).toBeGreaterThan(fast.times[5]! - fast.times[0]! + 500)
  })

  test('pauses all chunks for its Retry-After', async () => {
    const error = { ...refused('later', 6200), retryAfterMs: 30_000 } as SubmissionError
    const { times } = await run(ids(3), [failing(error), ok], { chunkSize: 1 })
    expect(times.slice(0, 2)).toEqual([0, 30_100])
  })

  test('ends it at once if the Retry-After is longer than the timeout', async () => {
    const error = { ...refused('later', 6200), retryAfterMs: 30_000 } as SubmissionError
    const { result, overAtMs } = await run(ids(3), [failing(error), ok], { chunkSize: 1, timeoutMs: 10_000 })
    expect(result.end).toEqual({ _tag: 'TimedOut', timeoutMs: 10_000 })
    expect(tagsOf(result)).toEqual(['Rejected', 'NotSubmitted', 'NotSubmitted'])
    expect(overAtMs).toBe(100)
  })
})

describe('an error that others would share', () => {
  test('ends it: a wrong call', async () => {
    const { result, log } = await run(ids(4), [failing(misused)], { chunkSize: 1 })
    expect(log).toHaveLength(1)
    expect(result.end).toEqual({ _tag: 'SubmissionFailed', error: misused })
    expect(tagsOf(result)).toEqual(['NotSubmitted', 'NotSubmitted', 'NotSubmitted', 'NotSubmitted'])
  })

  test('ends it if isFatal says so; responses in flight are waited for', async () => {
    const denied = refused('never', 4100)
    const { result, log } = await run(ids(4), [failing(denied), { ...ok, durationMs: 1000 }], {
      chunkSize: 1,
      concurrency: 2,
      maxSubmissionsPerSecond: 1000,
      isFatal: error => error._tag === 'Rejected' && error.code === 4100,
    })
    expect(log).toHaveLength(2)
    expect(result.end).toEqual({ _tag: 'SubmissionFailed', error: denied })
    expect(tagsOf(result)).toEqual(['Rejected', 'Accepted', 'NotSubmitted', 'NotSubmitted'])
  })

  test('is reported once: the first one ends it', async () => {
    const { result } = await run(ids(2), [failing(misused)], {
      chunkSize: 1,
      concurrency: 2,
      maxSubmissionsPerSecond: 1000,
    })
    expect(result).toMatchObject({ end: { _tag: 'SubmissionFailed' }, failures: [{}, {}] })
  })

  test.each<[string, unknown, string]>([
    ['throws', () => hostile(), 'secret'],
    [
      'returns a promise',
      async () => false,
      'isFatal must return a boolean, found a promise (await it first)',
    ],
  ])('is kept although isFatal %s', async (_, isFatal, message) => {
    const { result } = await run(ids(2), [failing(deliveryUnknown)], {
      isFatal: isFatal as never,
      chunkSize: 1,
    })
    expect(result).toMatchObject({
      end: { _tag: 'Aborted', message },
      failures: [{ error: deliveryUnknown }],
    })
    expect(tagsOf(result)).toEqual(['InDoubt', 'NotSubmitted'])
  })

  test.each<[string, unknown]>([
    ['throws', () => hostile()],
    ['returns nothing', () => undefined],
    ['returns a Task of nothing', () => async () => undefined],
    ['rejects', () => () => Promise.reject(new Error('no'))],
  ])('ends it if submit %s: one chunk is in doubt, not all', async (_, submit) => {
    const clock = new SimulatedClock()
    const result = await clock.run(submitAll(ids(3), submit as SubmitBatch, { clock, chunkSize: 1 })())
    expect(result.end).toMatchObject({
      _tag: 'SubmissionFailed',
      error: { reason: { _tag: 'ClientFailed' } },
    })
    expect(tagsOf(result)).toEqual(['InDoubt', 'NotSubmitted', 'NotSubmitted'])
  })
})

const hostile = (): never => {
  throw new Error('secret')
}

describe('invalid input submits nothing', () => {
  test.each<[string, unknown, string]>([
    ['a chunkSize of 0', { chunkSize: 0 }, 'chunkSize must be an integer of at least 1'],
    ['a negative chunkSize', { chunkSize: -5 }, 'chunkSize must be'],
    ['half a chunkSize', { chunkSize: 1.5 }, 'chunkSize must be'],
    ['no number', { chunkSize: NaN }, 'chunkSize must be'],
    ['an endless chunkSize', { chunkSize: Infinity }, 'chunkSize must be'],
    ['a chunkSize in text', { chunkSize: '100' }, 'chunkSize must be'],
    ['a concurrency of 0', { concurrency: 0 }, 'concurrency must be'],
    ['a rate of 0', { maxSubmissionsPerSecond: 0 }, 'maxSubmissionsPerSecond must be'],
    ['a rate beyond a million', { maxSubmissionsPerSecond: 1e7 }, 'maxSubmissionsPerSecond must be'],
    ['an invalid isFatal', { isFatal: true }, 'isFatal must be a function, found a boolean'],
    ['an invalid store', { store: null }, 'store must be a function, found null'],
    ['an invalid onProgress', { onProgress: 'log' }, 'onProgress must be a function, found a string'],
    ['an invalid clock', { clock: 7 }, 'clock must be an object, found a number'],
    ['no options', null, 'options must be an object, found null'],
    ['a clock that does not tell the time', { clock: { now: () => 'noon' } }, 'clock.now() must return'],
  ])('%s', async (_, options, message) => {
    const { submit, log } = simulateBatchApi(new SimulatedClock(), () => ok)
    const result = await submitAll(ids(2), submit, options as SubmitAllOptions)()
    expect(result.end).toMatchObject({ _tag: 'Aborted' })
    expect((result.end as { message: string }).message).toContain(message)
    expect(tagsOf(result)).toEqual(['NotSubmitted', 'NotSubmitted'])
    expect(log).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'expected an array of resource ids, found undefined'],
    ['a list with a number', ['a', 7], 'item 1: expected a resource id, found a number'],
  ])('%s', async (_, list, message) => {
    const { submit, log } = simulateBatchApi(new SimulatedClock(), () => ok)
    const result = await submitAll(list as never, submit)()
    expect(result.end).toEqual({ _tag: 'Aborted', name: 'TypeError', message })
    expect(log).toEqual([])
  })
})

describe('onProgress', () => {
  test('is called after each submission', async () => {
    const seen: SubmissionProgress[] = []
    const partly: Response = { durationMs: 100, handlings: ['accepted', 'later', 'never', 'missing'] }
    await run(ids(8), [partly, failing(notSent), ok], {
      chunkSize: 4,
      onProgress: progress => seen.push(progress),
    })
    expect(seen).toEqual([
      { accepted: 1, rejected: 2, inDoubt: 1, notSubmitted: 4, submissions: 1 },
      { accepted: 1, rejected: 2, inDoubt: 1, notSubmitted: 4, submissions: 2 },
      { accepted: 5, rejected: 1, inDoubt: 1, notSubmitted: 1, submissions: 3 },
      { accepted: 6, rejected: 1, inDoubt: 1, notSubmitted: 0, submissions: 4 },
    ])
  })

  test('that throws ends it, and the result has what is known', async () => {
    const { result } = await run(ids(2), [ok], { chunkSize: 1, onProgress: hostile })
    expect(result.end).toMatchObject({ _tag: 'Aborted', message: 'secret' })
    expect(tagsOf(result)).toEqual(['Accepted', 'NotSubmitted'])
  })
})

describe('stopping', () => {
  test('by a signal waits for what is in flight, whose task ids are kept', async () => {
    const clock = new SimulatedClock()
    const controller = new AbortController()
    const { submit } = simulateBatchApi(clock, () => ({ ...ok, durationMs: 1000 }))
    clock.after(500, () => controller.abort(new Error('enough')))
    const stored: SubmissionResult[] = []
    const result = await clock.run(
      submitAll(ids(2), submit, {
        clock,
        chunkSize: 1,
        signal: controller.signal,
        store: soFar => stored.push(soFar),
      })(),
    )
    expect(result.end).toEqual({ _tag: 'Aborted', name: 'Error', message: 'enough' })
    expect(tagsOf(result)).toEqual(['Accepted', 'NotSubmitted'])
    expect(stored.at(-1)).toEqual(result)
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  test('by a signal that is aborted already submits nothing', async () => {
    const { result, log } = await run(ids(2), [ok], { signal: AbortSignal.abort(new Error('enough')) })
    expect(result.end).toMatchObject({ _tag: 'Aborted', message: 'enough' })
    expect(log).toEqual([])
  })

  test('by a signal that calls no listener works between two submissions', async () => {
    const signal = { aborted: false, reason: new Error('enough') }
    const { result, log } = await run(ids(3), [ok], {
      chunkSize: 1,
      signal,
      onProgress: () => (signal.aborted = true),
    })
    expect(result.end).toMatchObject({ _tag: 'Aborted', message: 'enough' })
    expect(log).toHaveLength(1)
  })

  test('by a signal whose reason can’t be read works, too', async () => {
    const signal = {
      aborted: true,
      get reason() {
        return hostile()
      },
    }
    expect((await run(ids(1), [ok], { signal })).result.end).toMatchObject({ message: 'secret' })
  })

  test('by a timer that fires too early waits for the rest of the time', async () => {
    const clock = new SimulatedClock()
    const early = {
      now: clock.now,
      after: (delayMs: number, end: () => void) => clock.after(delayMs / 2, end),
    }
    const { submit } = simulateBatchApi(clock, () => ({ ...failing(notSent), durationMs: 10 }))
    const options = { clock: early, random: () => 1, resubmitPolicy: constantDelay(300), timeoutMs: 1000 }
    const result = await clock.run(submitAll(ids(1), submit, options)())
    expect(result).toMatchObject({ end: { _tag: 'TimedOut', timeoutMs: 1000 }, submissions: 4 })
  })

  test('by the clock that fails while a submission is in flight keeps the response', async () => {
    const clock = new SimulatedClock()
    let isBroken = false
    const broken = { now: () => (isBroken ? hostile() : clock.now()), after: clock.after }
    const submit: SubmitBatch = () => async () => {
      await clock.sleep(100)
      isBroken = true
      return E.right(outcomeOf([accepted('ins-0', '1')]))
    }
    const result = await clock.run(submitAll(ids(2), submit, { clock: broken, chunkSize: 1 })())
    expect(result.end).toMatchObject({ _tag: 'Aborted', message: 'secret' })
    expect(tagsOf(result)).toEqual(['Accepted', 'NotSubmitted'])
  })
})

describe('a response about resources of other chunks', () => {
  test('puts a resource in doubt that was not submitted yet, so that it never is', async () => {
    const clock = new SimulatedClock()
    const submitted: Array<ReadonlyArray<ResourceId>> = []
    const submit: SubmitBatch = some => async () => {
      submitted.push(some)
      return E.right(outcomeOf([...some.map(id => accepted(id, `1${id}`)), accepted('ins-1', '7')]))
    }
    const result = await clock.run(submitAll(ids(3), submit, { clock, chunkSize: 1 })())
    expect(submitted).toEqual([['ins-0'], ['ins-2']])
    expect(result.resources[1]).toMatchObject({
      _tag: 'ResourceInDoubt',
      reason: { _tag: 'TaskFound' },
      recovered: [{ taskId: '7' }],
    })
  })

  test('does not hide that a resource in flight was accepted: both tasks are kept', async () => {
    const clock = new SimulatedClock()
    const submit: SubmitBatch =
      ([id]) =>
      async () => {
        await clock.sleep(id === 'ins-0' ? 100 : 200)
        const own = accepted(id, `1-${id}`)
        return E.right(outcomeOf(id === 'ins-0' ? [own, accepted('ins-1', '7')] : [own]))
      }
    const options = { clock, chunkSize: 1, concurrency: 2, maxSubmissionsPerSecond: 1000 }
    const result = await clock.run(submitAll(ids(2), submit, options)())
    expect(result.resources[1]).toMatchObject({ _tag: 'ResourceAccepted', accepted: { taskId: '1-ins-1' } })
    expect(result.recovered).toMatchObject([{ taskId: '7', resourceId: 'ins-1' }])
  })

  test('leaves a resource in flight in doubt that is rejected then, with its rejection', async () => {
    const clock = new SimulatedClock()
    const submit: SubmitBatch =
      ([id]) =>
      async () => {
        await clock.sleep(id === 'ins-0' ? 100 : 200)
        return E.right(
          outcomeOf(id === 'ins-0' ? [accepted(id, '1'), accepted('ins-1', '7')] : [rejected(id)]),
        )
      }
    const options = { clock, chunkSize: 1, concurrency: 2, maxSubmissionsPerSecond: 1000 }
    const result = await clock.run(submitAll(ids(2), submit, options)())
    expect(result.resources[1]).toMatchObject({
      _tag: 'ResourceInDoubt',
      rejections: [{ code: 5100 }],
      recovered: [{ taskId: '7' }],
    })
    expect(result.submissions).toBe(2)
  })

  test('takes a planned resource back while the snapshot before its submission is being stored', async () => {
    const clock = new SimulatedClock()
    const submitted: Array<ReadonlyArray<ResourceId>> = []
    const submit: SubmitBatch = some => async () => {
      submitted.push(some)
      await clock.sleep(50)
      return E.right(outcomeOf([...some.map(id => accepted(id, `1${id}`)), accepted('ins-1', '7')]))
    }
    const options = { clock, chunkSize: 1, concurrency: 2, maxSubmissionsPerSecond: 1000 }
    const result = await clock.run(submitAll(ids(2), submit, { ...options, store: () => clock.sleep(100) })())
    expect(submitted).toEqual([['ins-0']])
    expect(tagsOf(result)).toEqual(['Accepted', 'InDoubt'])
  })
})

test.each<[string, unknown, ReadonlyArray<string>]>([
  ['a number that JSON.parse has rounded is no id', 9007199254740993, []], // eslint-disable-line no-loss-of-precision -- as JSON.parse does
  ['a bigint is one', 9007199254740993n, ['9007199254740993']],
  ['a number with all its digits is one', 17, ['17']],
])('of a parsed body that submit returns: %s', async (_, requestId, ids) => {
  const submit = () => async () => ({ code: 0, detail: { a: { code: 0, requestId } } })
  const result = await submitAll(['a'], submit as never)()
  expect(result.resources).toMatchObject([{ _tag: 'ResourceInDoubt' }])
  expect(possibleTasks(result).map(({ taskId }) => taskId)).toEqual(ids)
})

test.each<[string, () => unknown, string]>([
  [
    'a Task that was not run',
    () => async () => undefined,
    'store must store, found a function (a Task must be run first)',
  ],
  [
    'a promise of a Task',
    async () => async () => undefined,
    'store must store, found a function (a Task must be run first)',
  ],
  ['a Left', () => E.left('the disk is full'), 'store returned a Left'],
  ['a promise of a Left', async () => E.left('the disk is full'), 'store returned a Left'],
])('nothing is submitted if store returns %s', async (_, store, message) => {
  let submissions = 0
  const submit = () => async () => {
    submissions++
    return E.left(deliveryUnknown)
  }
  const result = await submitAll(['a'], submit, { store })()
  expect(result).toMatchObject({
    end: { _tag: 'Aborted', message },
    resources: [{ _tag: 'ResourceNotSubmitted' }],
  })
  expect(submissions).toBe(0)
  expect(await submitAll(['a'], submit, { store: async () => E.right(null) })()).toMatchObject({
    resources: [{ _tag: 'ResourceInDoubt' }],
  })
})
