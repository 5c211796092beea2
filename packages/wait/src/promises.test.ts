import type { BatchOutcome } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accepted, deliveryUnknown, outcomeOf, rejected } from '../test/SimulatedBatchApi.js'
import { statusOf } from '../test/SimulatedApi.js'
import { SimulatedClock } from '../test/SimulatedClock.js'
import { taskId } from '../test/waiting.js'
import { resumeJob, runJob } from './job/runJob.js'
import { createPace } from './pace/createPace.js'
import { submitAll } from './submission/submitAll.js'
import { waitForBatch } from './wait/waitForBatch.js'

let unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)

beforeEach(() => {
  unhandled = []
  process.on('unhandledRejection', note)
})

afterEach(() => {
  process.off('unhandledRejection', note)
})

const failing = async (): Promise<never> => {
  throw new Error('the network is down')
}

const succeeds = () => async () => E.right(statusOf('Succeeded'))
const accepts = () => async () => E.right(outcomeOf([accepted('a', '1')]))
const rejects = () => async () => E.right(outcomeOf([rejected('a')]))
const refuses = () => async () =>
  E.left({ _tag: 'NotSent', reason: { _tag: 'TimedOut', timeoutMs: 1 }, recovered: [] })
const ofMany = (query: unknown): unknown => ({ maxTasksPerQuery: 2, query })

/** Runs it on a simulated clock, and returns its result once all promises are settled. */
const settled = async <A>(run: (clock: SimulatedClock) => Promise<A>): Promise<A> => {
  const clock = new SimulatedClock()
  const result = await clock.run(run(clock))
  await new Promise(resolve => setImmediate(resolve))
  expect(unhandled).toEqual([])
  return result
}

const tasks = [{ taskId: taskId('1') }, { taskId: taskId('2') }]

describe('a promise that is no TaskEither is handled, and the task is left pending', () => {
  test.each<[string, unknown]>([
    ['a query that is an async function', failing],
    ['a query of many that is one', ofMany(failing)],
    ['a promise in the Right of a query', () => async () => E.right(failing())],
    ['a promise in the Left of a query', () => async () => E.left(failing())],
    ['a promise instead of the states of many', ofMany(() => async () => E.right(failing()))],
    [
      'a promise instead of a status',
      ofMany(() => async () => E.right(tasks.map(task => ({ ...task, status: failing() })))),
    ],
    [
      'a promise in a status',
      ofMany(() => async () => E.right(tasks.map(task => ({ ...task, status: E.right(failing()) })))),
    ],
  ])('%s', async (_, query) => {
    const result = await settled(clock => waitForBatch(tasks, query as never, { clock })())
    const reason = { _tag: 'QueryFailed', error: { reason: { code: 'ERR_QUERY_RESULT' } } }
    expect(result).toMatchObject({ _tag: 'SomePending', pending: [{ reason }, { reason }] })
    const submit = () => async (): Promise<E.Right<BatchOutcome>> =>
      E.right(outcomeOf([accepted('a', '1'), accepted('b', '2')])) as E.Right<BatchOutcome>
    const job = await settled(clock => runJob(['a', 'b'], submit, query as never, { clock })())
    expect(job.resources).toMatchObject([{ reason }, { reason }])
  })
})

describe('a promise that is no TaskEither is handled, and the resource is in doubt', () => {
  test.each<[string, unknown]>([
    ['a submit function that is an async function', failing],
    ['a promise in the Right of a submission', () => async () => E.right(failing())],
    ['a promise in the Left of a submission', () => async () => E.left(failing())],
  ])('%s', async (_, submit) => {
    const expected = { resources: [{ _tag: 'ResourceInDoubt' }], end: { _tag: 'SubmissionFailed' } }
    expect(await settled(clock => submitAll(['a'], submit as never, { clock })())).toMatchObject(expected)
    expect(await settled(clock => runJob(['a'], submit as never, succeeds, { clock })())).toMatchObject(
      expected,
    )
  })
})

describe('what can be read once only is read once', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('an entry whose resourceId throws after %i reads', async reads => {
    const entry = () => {
      let left = reads
      return Object.defineProperty(accepted('a', '17'), 'resourceId', {
        enumerable: true,
        get: () => {
          if (left-- === 0) throw new Error('read too often')
          return 'a'
        },
      })
    }
    const submit = () => async () =>
      E.right({ _tag: 'AllAccepted', accepted: [entry()], message: '', codeDesc: '', extra: {} })
    const options = { timeoutMs: 1000 }
    expect(await settled(clock => submitAll(['a'], submit as never, { clock, ...options })())).toMatchObject({
      resources: [{ _tag: 'ResourceAccepted', accepted: { taskId: '17' } }],
    })
    expect(
      await settled(clock => runJob(['a'], submit as never, succeeds, { clock, ...options })()),
    ).toMatchObject({ resources: [{ _tag: 'ResourceSucceeded', accepted: { taskId: '17' } }] })
  })

  test('an error whose recovered ids throw when they are read again', async () => {
    let left = 1
    const task = {
      code: 0,
      get taskId() {
        if (left-- === 0) throw new Error('read too often')
        return '17'
      },
    }
    const submit = () => async () => E.left({ ...deliveryUnknown, recovered: [task] })
    expect(await settled(clock => submitAll(['a'], submit as never, { clock })())).toMatchObject({
      resources: [{ _tag: 'ResourceInDoubt' }],
    })
  })
})

describe('a callback that returns a promise which rejects', () => {
  test.each<[string, unknown, object, string]>([
    ['onProgress', accepts, { onProgress: failing, chunkSize: 1 }, 'the network is down'],
    ['isRetryable', rejects, { isRetryable: failing }, 'isRetryable must return a boolean, found a promise'],
    ['isFatal', refuses, { isFatal: failing }, 'isFatal must return a boolean, found a promise'],
    ['resubmitPolicy', rejects, { resubmitPolicy: failing }, 'resubmitPolicy must return an Option'],
  ])('ends a submission with Aborted: %s', async (_, submit, options, message) => {
    const submitted = await settled(clock => submitAll(['a', 'b'], submit as never, { clock, ...options })())
    expect(submitted.end).toMatchObject({
      _tag: 'Aborted',
      message: expect.stringContaining(message) as string,
    })
    const job = await settled(clock => runJob(['a', 'b'], submit as never, succeeds, { clock, ...options })())
    expect(job.end).toMatchObject({ _tag: 'Aborted', message: expect.stringContaining(message) as string })
    const resumed = await settled(clock => resumeJob(job, submit as never, succeeds, { clock })())
    expect(resumed.resources).toHaveLength(2)
  })

  test.each([
    ['pollPolicy', { pollPolicy: failing }, 'pollPolicy must return an Option'],
    ['onQuery', { onQuery: failing }, 'the network is down'],
    ['onFinish', { onFinish: failing }, 'the network is down'],
  ])('ends a wait with Aborted: %s', async (_, options, message) => {
    const query = succeeds as never
    const result = await settled(clock => waitForBatch(tasks, query, { clock, ...(options as object) })())
    expect(result).toMatchObject({
      _tag: 'SomePending',
      pending: expect.arrayContaining([
        expect.objectContaining({
          reason: expect.objectContaining({
            _tag: 'Aborted',
            message: expect.stringContaining(message) as string,
          }) as object,
        }),
      ]) as object,
    })
  })
})

describe('a promise where a number or a function is expected', () => {
  test('counts as 1, from random', async () => {
    const random = failing as never
    const result = await settled(clock => waitForBatch(tasks, succeeds as never, { clock, random })())
    expect(result).toMatchObject({ _tag: 'AllFinished' })
  })

  test.each([
    ['now', 'clock.now() must return a finite number'],
    ['after', 'clock.after() must return a function'],
  ])('ends a wait and a submission with Aborted: clock.%s', async (name, message) => {
    const broken = (clock: SimulatedClock) => ({
      clock: { now: clock.now, after: clock.after, [name]: failing } as never,
      timeoutMs: 1000,
    })
    const reason = { _tag: 'Aborted', message }
    expect(await settled(clock => waitForBatch(tasks, succeeds as never, broken(clock))())).toMatchObject({
      pending: [{ reason }, { reason }],
    })
    expect(await settled(clock => submitAll(['a'], accepts as never, broken(clock))())).toMatchObject({
      end: reason,
    })
  })
})

describe('a pace that is given a promise instead of a TaskEither', () => {
  test('returns its value, which may have task ids', async () => {
    const pace = createPace({ clock: new SimulatedClock() })
    const submit = (): never => pace.run(accepts()() as never) as never
    const submitted = await settled(clock => submitAll(['a'], submit, { clock })())
    expect(submitted.resources).toMatchObject([{ _tag: 'ResourceAccepted', accepted: { taskId: '1' } }])
  })

  test('handles its rejection', async () => {
    const pace = createPace({ clock: new SimulatedClock() })
    const submitted = await settled(clock =>
      submitAll(['a'], (() => pace.run(failing() as never)) as never, { clock })(),
    )
    expect(submitted.resources).toMatchObject([{ _tag: 'ResourceInDoubt' }])
  })
})
