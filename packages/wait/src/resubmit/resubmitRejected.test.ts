import {
  type AcceptedEntry,
  type BatchEntry,
  type BatchOutcome,
  type RecoveredTask,
  type RejectedEntry,
  type ResourceId,
  type SubmissionError,
  type TaskId,
  JsonRecord,
} from '@task-outcome/core'
import { getEventListeners } from 'node:events'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { constantDelay, exponentialBackoff, limitRetries, Monoid } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { waitForBatch } from '../wait/waitForBatch.js'
import { Resubmission, acceptedEntries, resubmissionCodec, possibleTasks } from './Resubmission.js'
import { type ResubmitOptions, type SubmitBatch, resubmitRejected } from './resubmitRejected.js'

const accepted = (resourceId: string, taskId: string, position = 0): AcceptedEntry => ({
  _tag: 'AcceptedEntry',
  position,
  resourceId: resourceId as ResourceId,
  taskId: taskId as TaskId,
  message: '',
  codeDesc: '',
  extra: {},
})

const rejected = (
  resourceId: string,
  advice: RejectedEntry['advice'] = 'later',
  position = 0,
): RejectedEntry => ({
  _tag: 'RejectedEntry',
  position,
  resourceId: resourceId as ResourceId,
  code: 5100,
  meaning: 'operation on the resource failed',
  advice,
  message: '',
  codeDesc: '',
  extra: {},
})

/** The outcome with these entries. */
const outcomeOf = (some: ReadonlyArray<BatchEntry>): BatchOutcome => {
  const placed = some.map((entry, position) => ({ ...entry, position }))
  const acceptedOnes = placed.filter(entry => entry._tag === 'AcceptedEntry')
  const rejectedOnes = placed.filter(entry => entry._tag === 'RejectedEntry')
  const texts = { message: '', codeDesc: '', extra: {} }
  const outcome =
    rejectedOnes.length === 0
      ? { _tag: 'AllAccepted', accepted: acceptedOnes, ...texts }
      : acceptedOnes.length === 0
        ? { _tag: 'AllRejected', rejected: rejectedOnes, ...texts }
        : { _tag: 'PartlyAccepted', accepted: acceptedOnes, rejected: rejectedOnes, ...texts }
  return outcome as unknown as BatchOutcome
}

const recovered: ReadonlyArray<RecoveredTask> = []
const timedOut = { _tag: 'TimedOut', timeoutMs: 1000 } as const
const notSent: SubmissionError = { _tag: 'NotSent', reason: timedOut, recovered }
const deliveryUnknown: SubmissionError = { _tag: 'DeliveryUnknown', reason: timedOut, recovered }
const refused = (advice: RejectedEntry['advice']): SubmissionError => ({
  _tag: 'Rejected',
  code: 4400,
  meaning: '',
  advice,
  message: '',
  codeDesc: '',
  recovered,
})

type SubmissionResult = E.Either<SubmissionError, BatchOutcome>

/** Submits to an API that returns these responses in turn. */
const answering = (...responses: ReadonlyArray<SubmissionResult>) => {
  const asked: Array<ReadonlyArray<string>> = []
  const submit: SubmitBatch = resourceIds => async () => {
    const response = responses[asked.length]
    asked.push(resourceIds)
    if (response === undefined) throw new Error('unexpected round')
    return response
  }
  return { submit, asked }
}

const run = async (
  outcome: BatchOutcome | Resubmission,
  submit: SubmitBatch,
  options: ResubmitOptions = {},
): Promise<Resubmission> => {
  const clock = new SimulatedClock()
  const result = await clock.run(
    resubmitRejected(outcome, submit, { clock, random: () => 0.5, ...options })(),
  )
  expect(Resubmission.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
  expect(clock.pending()).toBe(0)
  return result
}

describe('only the rejected resources are submitted again', () => {
  test('and their earlier rejections are kept', async () => {
    const { submit, asked } = answering(
      E.right(outcomeOf([rejected('b'), accepted('d', '4')])),
      E.right(outcomeOf([accepted('b', '2')])),
    )
    const first = outcomeOf([
      accepted('a', '1'),
      rejected('b'),
      rejected('c', 'never'),
      rejected('d', 'resigned'),
    ])
    const result = await run(first, submit)
    expect(asked).toEqual([['b', 'd'], ['b']])
    expect(result).toMatchObject({
      end: { _tag: 'Settled' },
      rounds: 2,
      resources: [
        { _tag: 'ResourceAccepted', resourceId: 'a', accepted: { taskId: '1' }, rejections: [] },
        { _tag: 'ResourceAccepted', resourceId: 'b', accepted: { taskId: '2' }, rejections: [{}, {}] },
        { _tag: 'ResourceRejected', resourceId: 'c', rejections: [{ advice: 'never' }] },
        {
          _tag: 'ResourceAccepted',
          resourceId: 'd',
          accepted: { taskId: '4' },
          rejections: [{ advice: 'resigned' }],
        },
      ],
    })
    expect(acceptedEntries(result).map(({ taskId }) => taskId)).toEqual(['1', '2', '4'])
  })

  test.each(['later', 'resigned', 'rejectedOnly'] as const)('with the advice %s', async advice => {
    const { submit, asked } = answering(E.right(outcomeOf([accepted('a', '1')])))
    await run(outcomeOf([rejected('a', advice)]), submit)
    expect(asked).toEqual([['a']])
  })

  test.each(['never', 'unknown'] as const)('but none with the advice %s', async advice => {
    const { submit, asked } = answering()
    const result = await run(outcomeOf([rejected('a', advice)]), submit)
    expect(asked).toEqual([])
    expect(result).toMatchObject({ end: { _tag: 'Settled' }, rounds: 0 })
  })

  test('by isRetryable, if the caller passes it', async () => {
    const { submit, asked } = answering(E.right(outcomeOf([accepted('b', '1')])))
    const isRetryable = ({ resourceId }: RejectedEntry): boolean => resourceId === 'b'
    await run(outcomeOf([rejected('a', 'later'), rejected('b', 'unknown')]), submit, { isRetryable })
    expect(asked).toEqual([['b']])
  })

  test('and none of a batch that was accepted as a whole', async () => {
    const { submit, asked } = answering()
    const result = await run(outcomeOf([accepted('a', '1')]), submit)
    expect(asked).toEqual([])
    expect(acceptedEntries(result)).toHaveLength(1)
  })
})

describe('the next round', () => {
  test('begins when the policy says, with full jitter', async () => {
    const clock = new SimulatedClock()
    const times: number[] = []
    const submit: SubmitBatch = () => async () => {
      times.push(clock.now())
      return E.right(outcomeOf([rejected('a')]))
    }
    const policy = Monoid.concat(exponentialBackoff(1000), limitRetries(3))
    const wait = resubmitRejected(outcomeOf([rejected('a')]), submit, {
      clock,
      policy,
      random: () => 0.5,
    })
    const result = await clock.run(wait())
    expect(times).toEqual([500, 1500, 3500])
    expect(result).toMatchObject({
      end: { _tag: 'PolicyGaveUp' },
      rounds: 3,
      resources: [{ _tag: 'ResourceRejected', rejections: [{}, {}, {}, {}] }],
    })
  })

  test.each([
    ['NotSent', notSent],
    ['Rejected, later', refused('later')],
    ['Rejected, resigned', refused('resigned')],
  ])('follows an error that says that nothing was started: %s', async (_, error) => {
    const { submit, asked } = answering(E.left(error), E.right(outcomeOf([accepted('a', '1')])))
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(asked).toEqual([['a'], ['a']])
    expect(result).toMatchObject({
      end: { _tag: 'Settled' },
      rounds: 2,
      resources: [{ _tag: 'ResourceAccepted' }],
    })
  })

  test.each(['never', 'rejectedOnly', 'unknown'] as const)(
    'does not follow a rejection of the whole request with the advice %s; nothing is in doubt',
    async advice => {
      const error = refused(advice)
      const { submit } = answering(E.left(error))
      const result = await run(outcomeOf([rejected('a')]), submit)
      expect(result).toMatchObject({
        end: { _tag: 'SubmissionFailed', error },
        resources: [{ _tag: 'ResourceRejected', rejections: [{}] }],
      })
    },
  )

  test('does not follow a wrong call; nothing is in doubt', async () => {
    const error: SubmissionError = {
      _tag: 'NotSent',
      reason: { _tag: 'Misused', message: 'timeoutMs must be greater than 0' },
      recovered: [],
    }
    const { submit, asked } = answering(E.left(error))
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(asked).toEqual([['a']])
    expect(result).toMatchObject({
      end: { _tag: 'SubmissionFailed', error },
      resources: [{ _tag: 'ResourceRejected', rejections: [{}] }],
    })
  })
})

describe('a resource whose task may have been started is in doubt, and nothing more is submitted', () => {
  const common = { recovered }
  test.each<SubmissionError>([
    deliveryUnknown,
    { ...notSent, recovered: [{ taskId: '7' as TaskId }] },
    { _tag: 'ResponseTooLarge', maxBodyBytes: 1, httpStatus: 200, ...common },
    { _tag: 'HttpStatusError', httpStatus: 502, bodyStart: '', ...common },
    { _tag: 'MalformedJson', line: 1, column: 1, offset: 0, expected: '', found: '', excerpt: '', ...common },
    {
      _tag: 'ShapeError',
      issues: [{ _tag: 'ShapeIssue', path: '', expected: '', found: '' }],
      alsoFound: [],
      ...common,
    },
    {
      _tag: 'ContractViolation',
      issues: [{ _tag: 'MissingEntries', code: 0 }],
      alsoFound: [],
      entries: [],
      ...common,
    },
  ])('after $_tag', async error => {
    const { submit, asked } = answering(E.left(error))
    const result = await run(outcomeOf([rejected('a'), accepted('b', '2'), rejected('c', 'never')]), submit)
    expect(asked).toEqual([['a']])
    expect(result).toMatchObject({
      end: { _tag: 'SubmissionFailed', error },
      rounds: 1,
      resources: [
        { _tag: 'ResourceInDoubt', resourceId: 'a', rejections: [{}] },
        { _tag: 'ResourceAccepted' },
        { _tag: 'ResourceRejected' },
      ],
    })
  })

  test('and recovered ids are with their resource, or in recovered if they have none', async () => {
    const [own, other, none] = [
      { taskId: '7' as TaskId, resourceId: 'a' as ResourceId, code: 0 },
      { taskId: '8' as TaskId, resourceId: 'z' as ResourceId, code: 0 },
      { taskId: '9' as TaskId },
    ]
    const { submit } = answering(E.left({ ...deliveryUnknown, recovered: [own, other, none] }))
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(result).toMatchObject({ resources: [{ recovered: [own] }], recovered: [other, none] })
  })

  test('after a rejection that contains an accepted task', async () => {
    const { submit } = answering(
      E.left({ ...refused('later'), recovered: [{ taskId: '7' as TaskId, code: 0 }] }),
    )
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(result).toMatchObject({
      end: { _tag: 'SubmissionFailed' },
      resources: [{ _tag: 'ResourceInDoubt' }],
    })
  })

  test('after a rejection that has the id of a task, whatever its code', async () => {
    const task = { taskId: '7' as TaskId, code: 4400 }
    const { submit } = answering(E.left({ ...refused('never'), recovered: [task] }))
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(result).toMatchObject({ recovered: [task], resources: [{ _tag: 'ResourceInDoubt' }] })
  })

  test('after the submission throws', async () => {
    const submit: SubmitBatch = () => {
      throw new TypeError('no')
    }
    expect(await run(outcomeOf([rejected('a')]), submit)).toMatchObject({
      end: { error: { _tag: 'DeliveryUnknown', reason: { _tag: 'ClientFailed', name: 'TypeError' } } },
      resources: [{ _tag: 'ResourceInDoubt' }],
    })
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['an outcome outside an Either', outcomeOf([accepted('a', '1')])],
    ['a Right of nothing', E.right(undefined)],
    ['a Right of another object', E.right({ _tag: 'X' })],
    ['an outcome without entries', E.right({ _tag: 'AllRejected', rejected: [] })],
    ['a Left of nothing', E.left(undefined)],
    ['an error of another kind', E.left({ _tag: 'X' })],
    ['an error of a query', E.left({ ...refused('later'), _tag: 'QueryRejected', operation: 'query' })],
    [
      'a Proxy that throws',
      new Proxy(
        {},
        {
          get: (_, name) => {
            if (name !== 'then') throw new Error('no')
          },
        },
      ),
    ],
  ])('after the submission returns %s', async (_, response) => {
    const submit = (() => () => Promise.resolve(response)) as unknown as SubmitBatch
    expect(await run(outcomeOf([rejected('a')]), submit)).toMatchObject({
      end: {
        _tag: 'SubmissionFailed',
        error: {
          _tag: 'DeliveryUnknown',
          reason: { _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_SUBMIT_RESULT' },
        },
      },
      rounds: 1,
      resources: [{ _tag: 'ResourceInDoubt' }],
    })
  })

  test.each<[string, unknown]>([
    [
      'an outcome with an unknown tag',
      E.right({ _tag: 'X', accepted: [accepted('a', '7')], rejected: [rejected('a')] }),
    ],
    [
      'an outcome with an invalid entry',
      E.right({ _tag: 'AllAccepted', accepted: [accepted('a', '7'), {}] }),
    ],
    [
      'an unknown reason',
      E.left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NobodyKnows' },
        recovered: [{ taskId: '7', resourceId: 'a', code: 0 }, { taskId: 8 }],
      }),
    ],
  ])('and every id that can be read is kept: %s', async (_, response) => {
    const submit = (() => () => response) as unknown as SubmitBatch
    expect(await run(outcomeOf([rejected('a')]), submit)).toMatchObject({
      end: { _tag: 'SubmissionFailed', error: { _tag: 'DeliveryUnknown' } },
      resources: [{ _tag: 'ResourceInDoubt', recovered: [{ taskId: '7' }] }],
    })
  })

  test('unless a promise instead of a Task resolves to an outcome', async () => {
    const submit = (() => Promise.resolve(E.right(outcomeOf([accepted('a', '7')])))) as unknown as SubmitBatch
    expect(await run(outcomeOf([rejected('a')]), submit)).toMatchObject({
      end: { _tag: 'Settled' },
      resources: [{ accepted: { taskId: '7' } }],
    })
  })

  test('after 4500, which may be the response to a retry of the HTTP client', async () => {
    const { submit } = answering(E.left({ ...refused('resigned'), code: 4500 } as SubmissionError))
    expect(await run(outcomeOf([rejected('a')]), submit)).toMatchObject({
      end: { _tag: 'SubmissionFailed' },
      resources: [{ _tag: 'ResourceInDoubt' }],
    })
  })

  test('if the response has no entry for it; the others continue', async () => {
    const { submit, asked } = answering(
      E.right(outcomeOf([rejected('b')])),
      E.right(outcomeOf([accepted('b', '2')])),
    )
    const result = await run(outcomeOf([rejected('a'), rejected('b')]), submit)
    expect(asked).toEqual([['a', 'b'], ['b']])
    expect(result).toMatchObject({
      end: { _tag: 'Settled' },
      resources: [{ _tag: 'ResourceInDoubt' }, { _tag: 'ResourceAccepted' }],
    })
  })

  test('if an unrequested entry names a task of it; the entry is kept', async () => {
    const { submit, asked } = answering(
      E.right(outcomeOf([rejected('a'), accepted('never', '9'), rejected('x'), rejected('still')])),
      E.right(outcomeOf([accepted('a', '1')])),
    )
    let rounds = 0
    const isRetryable = ({ resourceId }: RejectedEntry): boolean => resourceId === 'a' || rounds++ > 2
    const first = outcomeOf([rejected('a'), rejected('never'), rejected('still')])
    const result = await run(first, submit, {
      isRetryable,
      policy: Monoid.concat(constantDelay(1), limitRetries(1)),
    })
    expect(asked).toEqual([['a']])
    expect(result).toMatchObject({
      resources: [
        { resourceId: 'a', _tag: 'ResourceRejected', rejections: [{}, {}] },
        {
          resourceId: 'never',
          _tag: 'ResourceInDoubt',
          recovered: [{ taskId: '9', resourceId: 'never', code: 0 }],
        },
        { resourceId: 'still', _tag: 'ResourceRejected', rejections: [{}] },
      ],
      unrequested: [{ resourceId: 'never', taskId: '9' }, { resourceId: 'x' }, { resourceId: 'still' }],
    })
  })
})

describe('a resubmission can be stopped', () => {
  const outcome = outcomeOf([rejected('a')])

  test('before the next round, immediately', async () => {
    const clock = new SimulatedClock()
    const controller = new AbortController()
    const { submit, asked } = answering(E.right(outcome))
    const options = { clock, random: () => 1, policy: constantDelay(1000), signal: controller.signal }
    clock.after(1500, () => controller.abort(new Error('enough')))
    let overAtMs = NaN
    const wait = resubmitRejected(outcome, submit, options)()
    void wait.then(() => (overAtMs = clock.now()))
    expect(await clock.run(wait)).toMatchObject({
      end: { _tag: 'Aborted', name: 'Error', message: 'enough' },
      rounds: 1,
    })
    expect(overAtMs).toBe(1500)
    expect(asked).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })

  test('before it begins', async () => {
    const { submit, asked } = answering()
    const result = await run(outcome, submit, { signal: AbortSignal.abort(new Error('never mind')) })
    expect(result).toMatchObject({ end: { _tag: 'Aborted', message: 'never mind' }, rounds: 0 })
    expect(asked).toEqual([])
  })

  test('after the submission in flight, whose response has the ids', async () => {
    const clock = new SimulatedClock()
    const controller = new AbortController()
    const submit: SubmitBatch = () => async () => {
      controller.abort(new Error('enough'))
      await clock.sleep(5000)
      return E.right(outcomeOf([accepted('a', '1'), rejected('b')]))
    }
    const wait = resubmitRejected(outcomeOf([rejected('a'), rejected('b')]), submit, {
      clock,
      signal: controller.signal,
    })
    expect(await clock.run(wait())).toMatchObject({
      end: { _tag: 'Aborted' },
      resources: [{ accepted: { taskId: '1' } }, { _tag: 'ResourceRejected' }],
    })
  })

  test('by a timeout: no round begins after it', async () => {
    const clock = new SimulatedClock()
    const times: number[] = []
    const submit: SubmitBatch = () => async () => {
      times.push(clock.now())
      return E.right(outcome)
    }
    const options = { clock, random: () => 1, policy: constantDelay(1000), timeoutMs: 2500 }
    expect(await clock.run(resubmitRejected(outcome, submit, options)())).toMatchObject({
      end: { _tag: 'TimedOut', timeoutMs: 2500 },
    })
    expect(times).toEqual([1000, 2000])
    expect(clock.now()).toBe(2000)
  })

  test.each([-1, NaN])('before it begins, by an invalid timeout: %s', async timeoutMs => {
    const { submit, asked } = answering()
    expect(await run(outcome, submit, { timeoutMs })).toMatchObject({
      end: { _tag: 'Aborted', name: 'RangeError', message: 'timeoutMs must be a number of at least 0' },
    })
    expect(asked).toEqual([])
  })

  test('by a policy that throws', async () => {
    const { submit } = answering()
    const policy = (): never => {
      throw new Error('no idea')
    }
    expect(await run(outcome, submit, { policy })).toMatchObject({
      end: { _tag: 'Aborted', message: 'no idea' },
    })
  })
})

test('nothing is submitted before it runs, and each run starts from the outcome', async () => {
  const clock = new SimulatedClock()
  const { submit, asked } = answering(
    E.right(outcomeOf([accepted('a', '1')])),
    E.right(outcomeOf([accepted('a', '2')])),
  )
  const again = resubmitRejected(outcomeOf([rejected('a')]), submit, { clock })
  expect(asked).toEqual([])
  await clock.run(again())
  await clock.run(again())
  expect(asked).toEqual([['a'], ['a']])
})

describe('onRound', () => {
  const rounds = [
    E.right(outcomeOf([accepted('a', '1'), rejected('b')])),
    E.right(outcomeOf([rejected('b')])),
    E.right(outcomeOf([accepted('b', '2')])),
  ]
  const first = outcomeOf([rejected('a'), rejected('b'), rejected('c', 'never')])

  test('gets everything that is known, from which another call can continue', async () => {
    const stored: string[] = []
    const { submit, asked } = answering(...rounds)
    const through = await run(first, submit, { onRound: soFar => stored.push(JSON.stringify(soFar)) })
    expect(stored).toHaveLength(3)
    const restored = Resubmission.decode(JSON.parse(stored[0] ?? ''))
    if (E.isLeft(restored)) throw new Error('what was stored is no resubmission')
    expect(restored.right).toMatchObject({ end: { _tag: 'Waiting' }, rounds: 1 })
    const rest = answering(...rounds.slice(1))
    expect(await run(restored.right, rest.submit)).toEqual(through)
    expect(rest.asked).toEqual(asked.slice(1))
  })

  test('ends the resubmission if it throws', async () => {
    const { submit, asked } = answering(...rounds)
    const onRound = async (): Promise<void> => Promise.reject(new Error('the disk is full'))
    expect(await run(first, submit, { onRound })).toMatchObject({
      end: { _tag: 'Aborted', message: 'the disk is full' },
      resources: [{ accepted: { taskId: '1' } }, {}, {}],
    })
    expect(asked).toHaveLength(1)
  })
})

test('possibleTasks returns every task that may be running', async () => {
  const { submit } = answering(
    E.right(outcomeOf([accepted('b', '2'), rejected('c'), accepted('z', '26'), rejected('y')])),
    E.left({
      ...deliveryUnknown,
      recovered: [
        { taskId: '3' as TaskId, resourceId: 'c' as ResourceId, code: 0 },
        { taskId: '9' as TaskId },
      ],
    }),
  )
  const result = await run(outcomeOf([accepted('a', '1'), rejected('b'), rejected('c')]), submit)
  expect(possibleTasks(result).map(({ taskId }) => taskId)).toEqual(['1', '2', '3', '26', '9'])
})

test('a resource that occurs twice in an outcome is submitted once', async () => {
  const { submit, asked } = answering(E.right(outcomeOf([accepted('a', '1')])))
  await run(outcomeOf([rejected('a'), rejected('a')]), submit)
  expect(asked).toEqual([['a']])
})

describe('a clock or a signal that throws', () => {
  const no = (): never => {
    throw new Error('no')
  }

  test.each<[string, (clock: SimulatedClock) => ResubmitOptions]>([
    [
      'a clock whose timers can’t be cancelled',
      clock => ({
        clock: {
          now: clock.now,
          after: (delayMs, run) => {
            clock.after(delayMs, run)
            return no
          },
        },
      }),
    ],
    [
      'a signal whose listener can’t be removed',
      () => ({ signal: { aborted: false, addEventListener: () => undefined, removeEventListener: no } }),
    ],
  ])('does not affect the result during cleanup: %s', async (_, options) => {
    const clock = new SimulatedClock()
    const { submit } = answering(E.right(outcomeOf([accepted('a', '1')])))
    const onRound = (): Promise<void> => clock.sleep(10)
    const all = { clock, onRound, timeoutMs: 60_000, ...options(clock) }
    const result = await clock.run(resubmitRejected(outcomeOf([rejected('a')]), submit, all)())
    expect(result).toMatchObject({ end: { _tag: 'Settled' }, rounds: 1 })
  })

  test.each<[string, (clock: SimulatedClock) => ResubmitOptions]>([
    ['a clock without timers', clock => ({ clock: { now: clock.now, after: no } })],
    [
      'a clock that breaks later',
      clock => {
        let looks = 0
        return { clock: { now: () => (looks++ < 3 ? clock.now() : no()), after: clock.after } }
      },
    ],
    ['a signal that accepts no listener', () => ({ signal: { aborted: false, addEventListener: no } })],
  ])('ends the resubmission: %s', async (_, options) => {
    const clock = new SimulatedClock()
    const { submit } = answering()
    const { signal } = new AbortController()
    const resubmit = resubmitRejected(outcomeOf([rejected('a')]), submit, {
      clock,
      signal,
      ...options(clock),
    })
    expect(await clock.run(resubmit())).toMatchObject({ end: { _tag: 'Aborted', message: 'no' } })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('each resource has one outcome', () => {
  const resources = {
    accepted: { _tag: 'ResourceAccepted', resourceId: 'a', accepted: accepted('a', '1'), rejections: [] },
    rejected: { _tag: 'ResourceRejected', resourceId: 'a', rejections: [rejected('a')] },
    inDoubt: { _tag: 'ResourceInDoubt', resourceId: 'a', rejections: [rejected('a')], recovered: [] },
  }
  const stored = (...some: ReadonlyArray<unknown>) => ({
    _tag: 'Resubmission',
    resources: some,
    end: { _tag: 'Waiting' },
    rounds: 1,
    unrequested: [],
    recovered: [],
  })

  test.each<[string, unknown]>([
    ['accepted and rejected', stored(resources.accepted, resources.rejected)],
    ['rejected and in doubt', stored(resources.rejected, resources.inDoubt)],
    ['accepted twice', stored(resources.accepted, resources.accepted)],
    ['accepted by another resource’s entry', stored({ ...resources.accepted, accepted: accepted('b', '1') })],
    ['rejected with an accepted entry', stored({ ...resources.rejected, accepted: accepted('a', '1') })],
    ['in doubt with an accepted entry', stored({ ...resources.inDoubt, accepted: accepted('a', '1') })],
    ['rejected with a recovered id', stored({ ...resources.rejected, recovered: [{ taskId: '1' }] })],
    ['accepted with a recovered id', stored({ ...resources.accepted, recovered: [{ taskId: '2' }] })],
    ['rejected by another resource’s entry', stored({ ...resources.rejected, rejections: [rejected('b')] })],
  ])('the codec rejects one that is %s', (_, value) => {
    expect(Resubmission.decode(value)).toMatchObject({ _tag: 'Left' })
  })

  test.each(Object.values(resources))('the codec accepts one $_tag', resource => {
    expect(Resubmission.decode(stored(resource))).toEqual(E.right(stored(resource)))
  })

  /** Resumes stored data that the codec would reject, and expects no submission. */
  const unrequested = async (from: unknown): Promise<Resubmission> => {
    const { submit, asked } = answering()
    const result = await run(from as Resubmission, submit, { isRetryable: () => true })
    expect(asked).toEqual([])
    expect(result.end).toEqual({ _tag: 'Settled' })
    return result
  }

  test.each([
    ['accepted and rejected', [resources.accepted, resources.rejected]],
    ['rejected and accepted', [resources.rejected, resources.accepted]],
  ])('one that is %s is accepted', async (_, some) => {
    expect((await unrequested(stored(...some))).resources).toEqual([
      { ...resources.accepted, rejections: [rejected('a')] },
    ])
  })

  test.each([
    ['rejected and in doubt', [resources.rejected, resources.inDoubt]],
    ['in doubt and rejected', [resources.inDoubt, resources.rejected]],
    ['in doubt twice', [resources.inDoubt, resources.inDoubt]],
  ])('one that is %s is in doubt', async (_, some) => {
    expect((await unrequested(stored(...some))).resources).toEqual([
      { ...resources.inDoubt, rejections: [rejected('a'), rejected('a')] },
    ])
  })

  test('merging loses no task id', async () => {
    const task = { taskId: '3' as TaskId }
    const result = await unrequested(
      stored(
        resources.accepted,
        { ...resources.accepted, accepted: accepted('a', '2') },
        { ...resources.inDoubt, recovered: [task, { taskId: '1' as TaskId }] },
      ),
    )
    expect(result.resources).toHaveLength(1)
    expect(possibleTasks(result).map(({ taskId }) => taskId)).toEqual(['1', '2', '3'])
  })

  const task = { taskId: '7' as TaskId, resourceId: 'a' as ResourceId }

  test.each<[string, object]>([
    ['an unrequested entry', { unrequested: [accepted('a', '7')] }],
    ['a recovered id', { recovered: [{ ...task, code: 0 }] }],
    ['a recovered id without a code', { recovered: [task] }],
    ['a recovered id with the code of a rejection', { recovered: [{ ...task, code: 4400 }] }],
    [
      'another resource’s entry',
      {
        resources: [
          resources.rejected,
          { ...resources.accepted, resourceId: 'b', accepted: accepted('a', '7') },
        ],
      },
    ],
    [
      'another resource’s id',
      { resources: [resources.rejected, { ...resources.inDoubt, resourceId: 'b', recovered: [task] }] },
    ],
  ])('a rejected one with a task in %s is in doubt', async (_, part) => {
    const { submit, asked } = answering()
    const from = { ...stored(resources.rejected), ...part } as unknown as Resubmission
    const result = await new SimulatedClock().run(resubmitRejected(from, submit)())
    expect(asked).toEqual([])
    expect(result.resources[0]).toMatchObject({ _tag: 'ResourceInDoubt', recovered: [{ taskId: '7' }] })
    expect(possibleTasks(result).map(({ taskId }) => taskId)).toContain('7')
  })

  test('one that is both accepted and rejected in an outcome is accepted', async () => {
    for (const _tag of ['AllAccepted', 'PartlyAccepted', 'AllRejected']) {
      const lists = { accepted: [accepted('a', '1')], rejected: [rejected('a', 'later', 1)] }
      const result = await unrequested({ _tag, ...lists, message: '', codeDesc: '', extra: {} })
      expect(result.resources).toMatchObject([{ _tag: 'ResourceAccepted', rejections: [{}] }])
    }
  })

  test('one that is both accepted and rejected in a response is accepted, and its tasks are kept', async () => {
    const both = [accepted('a', '1'), rejected('a'), accepted('a', '2'), accepted('a', '1')]
    const { submit, asked } = answering(E.right(outcomeOf(both)))
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(asked).toHaveLength(1)
    expect(result.resources).toMatchObject([{ accepted: { taskId: '1' }, rejections: [{}, {}] }])
    expect(possibleTasks(result).map(({ taskId }) => taskId)).toEqual(['1', '2'])
  })

  test('an unrequested one is in doubt if an error names a task of it', async () => {
    const { submit } = answering(
      E.left({ ...deliveryUnknown, recovered: [{ ...task, resourceId: 'b' as ResourceId }] }),
    )
    const result = await run(outcomeOf([rejected('a'), rejected('b', 'never')]), submit)
    expect(result.resources).toMatchObject([
      { _tag: 'ResourceInDoubt', recovered: [] },
      { _tag: 'ResourceInDoubt', recovered: [{ taskId: '7' }] },
    ])
    expect(result.recovered).toEqual([])
  })
})

describe('an input that is neither an outcome nor a resubmission', () => {
  const never = (): never => {
    throw new RangeError('secret')
  }
  const sound = { resources: [{ _tag: 'ResourceRejected', resourceId: 'a', rejections: [rejected('a')] }] }
  const rest = { end: { _tag: 'Waiting' }, rounds: 1, unrequested: [], recovered: [] }

  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'expected a BatchOutcome or a Resubmission, found undefined'],
    ['null', null, 'found null'],
    ['a string', '{}', 'found a string'],
    ['an Either', E.right(outcomeOf([rejected('a')])), 'found an Either (Right): take its value first'],
    ['an unknown tag', { _tag: 'X', rejected: [rejected('a')] }, 'found an object with _tag "X"'],
    ['no entries', { _tag: 'AllRejected' }, 'expected at least one entry in AllRejected, found none'],
    [
      'invalid entries',
      { _tag: 'AllRejected', rejected: [{}] },
      'rejected: item 0: found an object that does not',
    ],
    [
      'a number instead of an array',
      { _tag: 'AllRejected', rejected: 7 },
      'rejected: expected an array, found a number',
    ],
    [
      'no resources',
      { _tag: 'Resubmission', ...rest },
      'resources: expected at least one resource, found none',
    ],
    [
      'invalid resources',
      { _tag: 'Resubmission', resources: [7], ...rest },
      'resources: item 0: found a number',
    ],
    [
      'invalid unrequested entries',
      { _tag: 'Resubmission', ...sound, ...rest, unrequested: [7] },
      'unrequested: item 0: found a number',
    ],
    [
      'invalid ids',
      { _tag: 'Resubmission', ...sound, ...rest, recovered: [{ taskId: 7 }] },
      'recovered: item 0: found an object',
    ],
    [
      'a Proxy that throws',
      new Proxy({}, { get: never }),
      'expected plain data, but reading it threw RangeError',
    ],
  ])('is not submitted: %s', async (_, from, message) => {
    const { submit, asked } = answering()
    const result = await resubmitRejected(from as BatchOutcome, submit)()
    expect(result).toMatchObject({
      _tag: 'Resubmission',
      end: { _tag: 'Aborted', name: 'TypeError' },
      rounds: expect.any(Number) as number,
    })
    expect((result.end as { message: string }).message).toContain(message)
    expect(asked).toEqual([])
  })

  test('keeps everything that could be read', async () => {
    const from = {
      _tag: 'Later',
      ...sound,
      accepted: [accepted('b', '2')],
      unrequested: [accepted('c', '3')],
      recovered: [{ taskId: '4' }],
    }
    const result = await resubmitRejected(from as unknown as BatchOutcome, answering().submit)()
    expect(result.resources.map(({ resourceId }) => resourceId)).toEqual(['a', 'b'])
    expect(possibleTasks(result).map(({ taskId }) => taskId)).toEqual(['2', '3', '4'])
    expect(Resubmission.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
  })

  test.each<[string, unknown, string]>([
    ['null', null, 'options must be an object, found null'],
    ['an invalid policy', { policy: 1000 }, 'policy must be a function, found a number'],
    ['an invalid isRetryable', { isRetryable: true }, 'isRetryable must be a function, found a boolean'],
    ['an invalid callback', { onRound: {} }, 'onRound must be a function, found an object'],
    ['an invalid timeout', { timeoutMs: '5' }, 'timeoutMs must be a number of at least 0'],
    [
      'an isRetryable that returns a promise',
      { isRetryable: async () => false },
      'isRetryable must return a boolean, found a promise',
    ],
  ])('invalid options submit nothing: %s', async (_, options, message) => {
    const { submit, asked } = answering()
    const result = await resubmitRejected(outcomeOf([rejected('a')]), submit, options as never)()
    expect(result).toMatchObject({ end: { _tag: 'Aborted' }, resources: [{ _tag: 'ResourceRejected' }] })
    expect((result.end as { message: string }).message).toContain(message)
    expect(asked).toEqual([])
  })

  test('an invalid submit function submits nothing, so nothing is in doubt', async () => {
    const result = await resubmitRejected(outcomeOf([rejected('a')]), undefined as never)()
    expect(result).toMatchObject({ end: { _tag: 'Aborted', name: 'TypeError' }, rounds: 0 })
  })
})

test.each([
  undefined,
  null,
  'x',
  {},
  outcomeOf([accepted('a', '1')]),
  E.right(1),
  { resources: [undefined] },
])(
  'a wait for the tasks of an invalid resubmission does not claim that all have finished: %j',
  async from => {
    for (const tasks of [acceptedEntries(from as never), possibleTasks(from as never)])
      expect(await waitForBatch(tasks, undefined as never)()).toMatchObject({ _tag: 'InvalidInput' })
  },
)

describe('Retry-After', () => {
  const wait = async (error: SubmissionError, options: ResubmitOptions = {}) => {
    const clock = new SimulatedClock()
    const times: number[] = []
    const submit: SubmitBatch = () => async () => {
      times.push(clock.now())
      return times.length === 1 ? E.left(error) : E.right(outcomeOf([accepted('a', '1')]))
    }
    const all = { clock, random: () => 1, policy: constantDelay(1000), ...options }
    const result = await clock.run(resubmitRejected(outcomeOf([rejected('a')]), submit, all)())
    return { result, times, overAtMs: clock.now() }
  }
  const later = (retryAfterMs: number): SubmissionError =>
    ({ ...refused('later'), retryAfterMs }) as SubmissionError

  test('delays the next round', async () => {
    expect((await wait(later(30_000))).times).toEqual([1000, 31_000])
  })

  test('counts from the rejection, however long the callback takes', async () => {
    const clock = new SimulatedClock()
    const onRound = (): Promise<void> => clock.sleep(20_000)
    const { times } = await (async () => {
      const at: number[] = []
      const submit: SubmitBatch = () => async () =>
        at.push(clock.now()) === 1 ? E.left(later(30_000)) : E.right(outcomeOf([accepted('a', '1')]))
      const options = { clock, random: () => 1, policy: constantDelay(1000), onRound }
      await clock.run(resubmitRejected(outcomeOf([rejected('a')]), submit, options)())
      return { times: at }
    })()
    expect(times).toEqual([1000, 31_000])
  })

  test('does not shorten the delay of the policy', async () => {
    expect((await wait(later(10))).times).toEqual([1000, 2000])
  })

  test('ends the resubmission immediately if the next round would begin after the timeout', async () => {
    const { result, times, overAtMs } = await wait(later(9_999_999_000), { timeoutMs: 60_000 })
    expect(result).toMatchObject({ end: { _tag: 'TimedOut', timeoutMs: 60_000 } })
    expect(times).toEqual([1000])
    expect(overAtMs).toBe(1000)
  })

  test('counts as at most ten minutes if there is no timeout', async () => {
    expect((await wait(later(9_999_999_000))).times).toEqual([1000, 601_000])
  })

  test('of an error with unknown delivery has no effect: nothing is submitted again', async () => {
    const error = {
      _tag: 'HttpStatusError',
      httpStatus: 503,
      bodyStart: '',
      retryAfterMs: 10,
      recovered,
    } as const
    expect((await wait(error)).result).toMatchObject({
      end: { _tag: 'SubmissionFailed', error },
      resources: [{ _tag: 'ResourceInDoubt' }],
    })
  })
})

describe('a callback whose promise never settles', () => {
  const outcome = outcomeOf([rejected('a')])
  const onRound = (): Promise<void> => new Promise(() => undefined)

  test('is awaited until the timeout passes', async () => {
    const clock = new SimulatedClock()
    const { submit } = answering(E.right(outcome))
    const options = { clock, random: () => 1, onRound, timeoutMs: 60_000 }
    expect(await clock.run(resubmitRejected(outcome, submit, options)())).toMatchObject({
      end: { _tag: 'TimedOut', timeoutMs: 60_000 },
      rounds: 1,
    })
    expect(clock.now()).toBe(60_000)
    expect(clock.pending()).toBe(0)
  })

  test('is awaited until the signal is aborted', async () => {
    const clock = new SimulatedClock()
    const controller = new AbortController()
    const { submit } = answering(E.right(outcome))
    clock.after(5000, () => controller.abort(new Error('enough')))
    const options = { clock, random: () => 1, onRound, signal: controller.signal }
    expect(await clock.run(resubmitRejected(outcome, submit, options)())).toMatchObject({
      end: { _tag: 'Aborted', message: 'enough' },
      rounds: 1,
    })
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  })

  test('ends the resubmission if it is a thenable that throws', async () => {
    const { submit } = answering(E.right(outcome))
    const thenable = {
      get then(): never {
        throw new Error('no')
      },
    }
    expect(await run(outcome, submit, { onRound: () => thenable })).toMatchObject({
      end: { _tag: 'Aborted', message: 'no' },
    })
  })

  test('ends the resubmission if the callback aborts the signal', async () => {
    const controller = new AbortController()
    const { submit, asked } = answering(E.right(outcome))
    const options = { signal: controller.signal, onRound: () => controller.abort(new Error('enough')) }
    expect(await run(outcome, submit, options)).toMatchObject({ end: { _tag: 'Aborted', message: 'enough' } })
    expect(asked).toHaveLength(1)
  })
})

test('the codec decodes extra fields with a codec for them', () => {
  const codec = resubmissionCodec(t.type({ dealId: t.string }))
  const result = (extra: object): unknown => ({
    _tag: 'Resubmission',
    resources: [
      {
        _tag: 'ResourceAccepted',
        resourceId: 'a',
        accepted: { ...accepted('a', '1'), extra },
        rejections: [],
      },
    ],
    end: { _tag: 'Settled' },
    rounds: 0,
    unrequested: [],
    recovered: [],
  })
  expect(codec.is(result({ dealId: 'd' }))).toBe(true)
  expect(codec.is(result({}))).toBe(false)
  expect(resubmissionCodec(JsonRecord).is(result({}))).toBe(true)
  expect(Resubmission.is({ ...(result({}) as object), resources: [] })).toBe(false)
})

describe('whatever goes wrong', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f']
  const advice = fc.constantFrom<RejectedEntry['advice']>(
    'later',
    'resigned',
    'rejectedOnly',
    'never',
    'unknown',
  )
  /** Accepted, rejected, or rejected in a way that leaves open whether a task was started. */
  type Fate = RejectedEntry['advice'] | 'accepted' | 'withId' | 'replayed'
  const fate = fc.oneof<fc.Arbitrary<Fate>[]>(
    advice,
    fc.constantFrom<Fate>('accepted', 'accepted', 'withId', 'replayed'),
  )
  const fates = fc.array(fate, {
    minLength: ids.length,
    maxLength: ids.length,
  })
  /** The result of one submission: an error, or an outcome for each resource, of which some may be missing. */
  const response = fc.oneof(
    {
      weight: 1,
      arbitrary: fc.constantFrom(notSent, refused('later'), refused('never')).map(error => ({ error })),
    },
    { weight: 1, arbitrary: fc.constant({ error: deliveryUnknown }) },
    {
      weight: 6,
      arbitrary: fc.record({
        fates,
        leftOut: fc.subarray(ids, { maxLength: 2 }),
        added: fc.subarray(ids, { maxLength: 1 }),
      }),
    },
  )

  test('no resource is submitted again after it was accepted or in doubt, and every task id is kept', async () => {
    await fc.assert(
      fc.asyncProperty(
        fates,
        fc.array(response, { maxLength: 8 }),
        fc.boolean(),
        async (first, responses, bold) => {
          /** What the API actually did. */
          const started = new Map<string, string>()
          const doubtful = new Set<string>()
          const submittedTwice: string[] = []
          let taskIds = 0
          const startOrReject = (resourceId: string, fate: Fate = 'accepted'): BatchEntry => {
            if (fate === 'replayed') {
              doubtful.add(resourceId)
              return { ...rejected(resourceId), code: 4500 }
            }
            if (fate !== 'accepted' && fate !== 'withId') return rejected(resourceId, fate)
            const taskId = String(++taskIds)
            started.set(taskId, resourceId)
            if (fate === 'accepted') return accepted(resourceId, taskId)
            const data = { data: { taskId } }
            return taskIds % 2 === 0
              ? { ...rejected(resourceId), taskId: taskId as TaskId }
              : { ...rejected(resourceId), extra: data }
          }
          const outcome = outcomeOf(ids.map((id, index) => startOrReject(id, first[index])))
          let round = 0
          const submit: SubmitBatch = resourceIds => async () => {
            const startedFor = new Set(started.values())
            submittedTwice.push(...resourceIds.filter(id => startedFor.has(id) || doubtful.has(id)))
            const next = responses[round++]
            if (next === undefined) return E.left(refused('never'))
            if ('error' in next) {
              if (next.error._tag === 'DeliveryUnknown') for (const id of resourceIds) doubtful.add(id)
              return E.left(next.error)
            }
            const answered = [...new Set([...resourceIds, ...next.added])].filter(
              id => !next.leftOut.includes(id),
            )
            if (answered.length === 0) return E.left(notSent)
            for (const id of resourceIds) if (next.leftOut.includes(id)) doubtful.add(id)
            return E.right(outcomeOf(answered.map(id => startOrReject(id, next.fates[ids.indexOf(id)]))))
          }
          const result = await run(outcome, submit, bold ? { isRetryable: () => true } : {})

          expect(submittedTwice).toEqual([])
          expect(result.resources.map(({ resourceId }) => resourceId)).toEqual(ids)
          const kept = new Set(possibleTasks(result).map(({ taskId }) => taskId))
          expect([...kept].sort()).toEqual([...started.keys()].sort())
        },
      ),
      { numRuns: 1000 },
    )
  })
})
