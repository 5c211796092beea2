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

/** The outcome that these entries make. */
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

/** Submits to an API that gives these responses, one after the other. */
const answering = (...answers: ReadonlyArray<SubmissionResult>) => {
  const asked: Array<ReadonlyArray<string>> = []
  const submit: SubmitBatch = resourceIds => async () => {
    const answer = answers[asked.length]
    asked.push(resourceIds)
    if (answer === undefined) throw new Error('unexpected round')
    return answer
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

describe('the rejected resources are submitted again, those alone', () => {
  test('and what was rejected before stays readable', async () => {
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

  test.each(['never', 'unknown'] as const)('with the advice %s none is', async advice => {
    const { submit, asked } = answering()
    const result = await run(outcomeOf([rejected('a', advice)]), submit)
    expect(asked).toEqual([])
    expect(result).toMatchObject({ end: { _tag: 'Settled' }, rounds: 0 })
  })

  test('unless the caller knows better', async () => {
    const { submit, asked } = answering(E.right(outcomeOf([accepted('b', '1')])))
    const isRetryable = ({ resourceId }: RejectedEntry): boolean => resourceId === 'b'
    await run(outcomeOf([rejected('a', 'later'), rejected('b', 'unknown')]), submit, { isRetryable })
    expect(asked).toEqual([['b']])
  })

  test('of a batch that was accepted whole, none', async () => {
    const { submit, asked } = answering()
    const result = await run(outcomeOf([accepted('a', '1')]), submit)
    expect(asked).toEqual([])
    expect(acceptedEntries(result)).toHaveLength(1)
  })
})

describe('round after round', () => {
  test('as the policy says, with full jitter', async () => {
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
    ['Rejected, signed anew', refused('resigned')],
  ])('also after an error that says that nothing was started: %s', async (_, error) => {
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
    'not after a refusal of the whole request with the advice %s; nothing is in doubt',
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

  test('not after a call that is wrong, which stays wrong; nothing is in doubt', async () => {
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

describe('what may have been started is in doubt, and nothing more is submitted', () => {
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
  ])('$_tag', async error => {
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

  test('the ids that could be read stand with their resources, the others by themselves', async () => {
    const [own, other, none] = [
      { taskId: '7' as TaskId, resourceId: 'a' as ResourceId, code: 0 },
      { taskId: '8' as TaskId, resourceId: 'z' as ResourceId, code: 0 },
      { taskId: '9' as TaskId },
    ]
    const { submit } = answering(E.left({ ...deliveryUnknown, recovered: [own, other, none] }))
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(result).toMatchObject({ resources: [{ recovered: [own] }], recovered: [other, none] })
  })

  test('also what is refused, though the refusal names an accepted task', async () => {
    const { submit } = answering(
      E.left({ ...refused('later'), recovered: [{ taskId: '7' as TaskId, code: 0 }] }),
    )
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(result).toMatchObject({
      end: { _tag: 'SubmissionFailed' },
      resources: [{ _tag: 'ResourceInDoubt' }],
    })
  })

  test('an id in a refusal that started nothing is kept', async () => {
    const task = { taskId: '7' as TaskId, code: 4400 }
    const { submit } = answering(E.left({ ...refused('never'), recovered: [task] }))
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(result).toMatchObject({ recovered: [task], resources: [{ _tag: 'ResourceRejected' }] })
  })

  test('also where the submission throws', async () => {
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
    ['an outcome in no Either', outcomeOf([accepted('a', '1')])],
    ['nothing on the right', E.right(undefined)],
    ['no outcome', E.right({ _tag: 'X' })],
    ['an outcome with no entry', E.right({ _tag: 'AllRejected', rejected: [] })],
    ['nothing on the left', E.left(undefined)],
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
  ])('also where the submission gives %s', async (_, answer) => {
    const submit = (() => () => Promise.resolve(answer)) as unknown as SubmitBatch
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
      'an outcome of an unknown tag',
      E.right({ _tag: 'X', accepted: [accepted('a', '7')], rejected: [rejected('a')] }),
    ],
    ['an outcome with an odd entry', E.right({ _tag: 'AllAccepted', accepted: [accepted('a', '7'), {}] })],
    [
      'a reason that this version does not know',
      E.left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NobodyKnows' },
        recovered: [{ taskId: '7', resourceId: 'a', code: 0 }, { taskId: 8 }],
      }),
    ],
  ])('and the ids that can be read are kept: %s', async (_, answer) => {
    const submit = (() => () => answer) as unknown as SubmitBatch
    expect(await run(outcomeOf([rejected('a')]), submit)).toMatchObject({
      end: { _tag: 'SubmissionFailed', error: { _tag: 'DeliveryUnknown' } },
      resources: [{ _tag: 'ResourceInDoubt', recovered: [{ taskId: '7' }] }],
    })
  })

  test('a promise in place of a Task is awaited: what it gives may have task ids', async () => {
    const submit = (() => Promise.resolve(E.right(outcomeOf([accepted('a', '7')])))) as unknown as SubmitBatch
    expect(await run(outcomeOf([rejected('a')]), submit)).toMatchObject({
      end: { _tag: 'Settled' },
      resources: [{ accepted: { taskId: '7' } }],
    })
  })

  test('also 4500: it may answer what the HTTP client has sent again by itself', async () => {
    const { submit } = answering(E.left({ ...refused('resigned'), code: 4500 } as SubmissionError))
    expect(await run(outcomeOf([rejected('a')]), submit)).toMatchObject({
      end: { _tag: 'SubmissionFailed' },
      resources: [{ _tag: 'ResourceInDoubt' }],
    })
  })

  test('also a resource that the answer leaves out; the others go on', async () => {
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

  test('an answer about a resource that was not asked about is kept, and a task there is started once', async () => {
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

describe('it can be stopped', () => {
  const outcome = outcomeOf([rejected('a')])

  test('before the next round, at once', async () => {
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

  test('before it has begun', async () => {
    const { submit, asked } = answering()
    const result = await run(outcome, submit, { signal: AbortSignal.abort(new Error('never mind')) })
    expect(result).toMatchObject({ end: { _tag: 'Aborted', message: 'never mind' }, rounds: 0 })
    expect(asked).toEqual([])
  })

  test('a submission under way is waited for: its answer has the ids', async () => {
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

  test('by a time limit: no round begins that would be after it', async () => {
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

  test.each([-1, NaN])('a limit that makes no sense submits nothing: %s', async timeoutMs => {
    const { submit, asked } = answering()
    expect(await run(outcome, submit, { timeoutMs })).toMatchObject({
      end: { _tag: 'Aborted', name: 'RangeError', message: 'timeoutMs must be a number from 0' },
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

test('nothing is submitted before it is run, and it starts from the outcome each time', async () => {
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

describe('between two rounds', () => {
  const rounds = [
    E.right(outcomeOf([accepted('a', '1'), rejected('b')])),
    E.right(outcomeOf([rejected('b')])),
    E.right(outcomeOf([accepted('b', '2')])),
  ]
  const first = outcomeOf([rejected('a'), rejected('b'), rejected('c', 'never')])

  test('the caller gets all that is known, and can go on from it', async () => {
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

  test('a callback that can’t do its work ends it', async () => {
    const { submit, asked } = answering(...rounds)
    const onRound = async (): Promise<void> => Promise.reject(new Error('the disk is full'))
    expect(await run(first, submit, { onRound })).toMatchObject({
      end: { _tag: 'Aborted', message: 'the disk is full' },
      resources: [{ accepted: { taskId: '1' } }, {}, {}],
    })
    expect(asked).toHaveLength(1)
  })
})

test('every task that may be running, wherever its id is', async () => {
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

test('a resource that is repeated in an outcome is submitted once', async () => {
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
      'a clock whose timers can’t be taken back',
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
      'a signal that can’t be left',
      () => ({ signal: { aborted: false, addEventListener: () => undefined, removeEventListener: no } }),
    ],
  ])('changes nothing when it is too late to tell: %s', async (_, options) => {
    const clock = new SimulatedClock()
    const { submit } = answering(E.right(outcomeOf([accepted('a', '1')])))
    const onRound = (): Promise<void> => clock.sleep(10)
    const all = { clock, onRound, timeoutMs: 60_000, ...options(clock) }
    const result = await clock.run(resubmitRejected(outcomeOf([rejected('a')]), submit, all)())
    expect(result).toMatchObject({ end: { _tag: 'Settled' }, rounds: 1 })
  })

  test.each<[string, (clock: SimulatedClock) => ResubmitOptions]>([
    ['a clock that can’t count', clock => ({ clock: { now: clock.now, after: no } })],
    [
      'a clock that breaks later',
      clock => {
        let looks = 0
        return { clock: { now: () => (looks++ < 3 ? clock.now() : no()), after: clock.after } }
      },
    ],
    ['a signal that can’t tell', () => ({ signal: { aborted: false, addEventListener: no } })],
  ])('ends it: %s', async (_, options) => {
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
    ['accepted by the entry of another', stored({ ...resources.accepted, accepted: accepted('b', '1') })],
    ['rejected by the entry of another', stored({ ...resources.rejected, rejections: [rejected('b')] })],
  ])('in what is decoded: not one that is %s', (_, value) => {
    expect(Resubmission.decode(value)).toMatchObject({ _tag: 'Left' })
  })

  test.each(Object.values(resources))('$_tag alone is decoded', resource => {
    expect(Resubmission.decode(stored(resource))).toEqual(E.right(stored(resource)))
  })

  /** Nothing is submitted of what was stored in spite of its codec. */
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

  test('no task id is lost by that', async () => {
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
    ['a recovered id whose code is not known', { recovered: [task] }],
    [
      'the entry of another resource',
      {
        resources: [
          resources.rejected,
          { ...resources.accepted, resourceId: 'b', accepted: accepted('a', '7') },
        ],
      },
    ],
    [
      'an id of another resource',
      { resources: [resources.rejected, { ...resources.inDoubt, resourceId: 'b', recovered: [task] }] },
    ],
  ])('one that is rejected, and has a task by %s, is in doubt', async (_, part) => {
    const { submit, asked } = answering()
    const from = { ...stored(resources.rejected), ...part } as unknown as Resubmission
    const result = await new SimulatedClock().run(resubmitRejected(from, submit)())
    expect(asked).toEqual([])
    expect(result.resources[0]).toMatchObject({ _tag: 'ResourceInDoubt', recovered: [{ taskId: '7' }] })
    expect(possibleTasks(result).map(({ taskId }) => taskId)).toContain('7')
  })

  test('one with the id of a task that was rejected stays rejected', async () => {
    const { submit, asked } = answering(E.right(outcomeOf([accepted('a', '8')])))
    const from = {
      ...stored(resources.rejected),
      recovered: [{ ...task, code: 4400 }],
    } as unknown as Resubmission
    await run(from, submit)
    expect(asked).toEqual([['a']])
  })

  test('one that is in both lists of an outcome is accepted', async () => {
    for (const _tag of ['AllAccepted', 'PartlyAccepted', 'AllRejected']) {
      const lists = { accepted: [accepted('a', '1')], rejected: [rejected('a', 'later', 1)] }
      const result = await unrequested({ _tag, ...lists, message: '', codeDesc: '', extra: {} })
      expect(result.resources).toMatchObject([{ _tag: 'ResourceAccepted', rejections: [{}] }])
    }
  })

  test('one that the answer of a round both accepts and rejects is accepted, and its tasks are kept', async () => {
    const both = [accepted('a', '1'), rejected('a'), accepted('a', '2'), accepted('a', '1')]
    const { submit, asked } = answering(E.right(outcomeOf(both)))
    const result = await run(outcomeOf([rejected('a')]), submit)
    expect(asked).toHaveLength(1)
    expect(result.resources).toMatchObject([{ accepted: { taskId: '1' }, rejections: [{}, {}] }])
    expect(possibleTasks(result).map(({ taskId }) => taskId)).toEqual(['1', '2'])
  })

  test('one that was not asked for is in doubt when an error names a task of it', async () => {
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

describe('what is neither an outcome nor a resubmission', () => {
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
      'entries that are none',
      { _tag: 'AllRejected', rejected: [{}] },
      'rejected: item 0: found an object that is not',
    ],
    ['no list', { _tag: 'AllRejected', rejected: 7 }, 'rejected: expected an array, found a number'],
    [
      'no resources',
      { _tag: 'Resubmission', ...rest },
      'resources: expected at least one resource, found none',
    ],
    [
      'resources that are none',
      { _tag: 'Resubmission', resources: [7], ...rest },
      'resources: item 0: found a number',
    ],
    [
      'unrequested entries that are none',
      { _tag: 'Resubmission', ...sound, ...rest, unrequested: [7] },
      'unrequested: item 0: found a number',
    ],
    [
      'ids that are none',
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

  test('keeps what could be read', async () => {
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
    ['no policy', { policy: 1000 }, 'policy must be a function, found a number'],
    ['no function', { isRetryable: true }, 'isRetryable must be a function, found a boolean'],
    ['no callback', { onRound: {} }, 'onRound must be a function, found an object'],
    ['an invalid time', { timeoutMs: '5' }, 'timeoutMs must be a number from 0'],
    ['a promise', { isRetryable: async () => false }, 'isRetryable must return a boolean, found a promise'],
  ])('options that make no sense submit nothing: %s', async (_, options, message) => {
    const { submit, asked } = answering()
    const result = await resubmitRejected(outcomeOf([rejected('a')]), submit, options as never)()
    expect(result).toMatchObject({ end: { _tag: 'Aborted' }, resources: [{ _tag: 'ResourceRejected' }] })
    expect((result.end as { message: string }).message).toContain(message)
    expect(asked).toEqual([])
  })

  test('what is no function to submit with submits nothing, so nothing is in doubt', async () => {
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
  'a wait for the tasks in what is no resubmission does not claim that all have finished: %j',
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

  test('is obeyed: the next round does not begin before', async () => {
    expect((await wait(later(30_000))).times).toEqual([1000, 31_000])
  })

  test('counts from the refusal, however long the callback takes', async () => {
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

  test('ends it at once if the next round would begin after the time limit', async () => {
    const { result, times, overAtMs } = await wait(later(9_999_999_000), { timeoutMs: 60_000 })
    expect(result).toMatchObject({ end: { _tag: 'TimedOut', timeoutMs: 60_000 } })
    expect(times).toEqual([1000])
    expect(overAtMs).toBe(1000)
  })

  test('counts as ten minutes at most, if there is no time limit', async () => {
    expect((await wait(later(9_999_999_000))).times).toEqual([1000, 601_000])
  })

  test('of an error that leaves the delivery pending changes nothing: nothing is submitted again', async () => {
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

  test('is waited for until the time is over', async () => {
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

  test('is waited for until the signal is aborted', async () => {
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

  test('a thenable that throws ends it', async () => {
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

  test('an abort by the callback itself ends it', async () => {
    const controller = new AbortController()
    const { submit, asked } = answering(E.right(outcome))
    const options = { signal: controller.signal, onRound: () => controller.abort(new Error('enough')) }
    expect(await run(outcome, submit, options)).toMatchObject({ end: { _tag: 'Aborted', message: 'enough' } })
    expect(asked).toHaveLength(1)
  })
})

test('with a codec for the extra fields', () => {
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
  const fates = fc.array(fc.option(advice, { nil: undefined }), {
    minLength: ids.length,
    maxLength: ids.length,
  })
  /** What becomes of one submission: an error, or the fate of each resource, of which some may be left out. */
  const answer = fc.oneof(
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

  test('no accepted resource is ever submitted twice, nor one in doubt, and every task id is kept', async () => {
    await fc.assert(
      fc.asyncProperty(
        fates,
        fc.array(answer, { maxLength: 8 }),
        fc.boolean(),
        async (first, answers, bold) => {
          /** What the API really did. */
          const started = new Map<string, string>()
          const doubtful = new Set<string>()
          const submittedTwice: string[] = []
          let taskIds = 0
          const startOrReject = (
            resourceId: string,
            fate: RejectedEntry['advice'] | undefined,
          ): BatchEntry => {
            if (fate !== undefined) return rejected(resourceId, fate)
            const taskId = String(++taskIds)
            started.set(taskId, resourceId)
            return accepted(resourceId, taskId)
          }
          const outcome = outcomeOf(ids.map((id, index) => startOrReject(id, first[index])))
          let round = 0
          const submit: SubmitBatch = resourceIds => async () => {
            const startedFor = new Set(started.values())
            submittedTwice.push(...resourceIds.filter(id => startedFor.has(id) || doubtful.has(id)))
            const next = answers[round++]
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

          expect(result.resources.map(({ resourceId }) => resourceId)).toEqual(ids)
          const kept = [
            ...acceptedEntries(result).map(({ taskId }) => taskId),
            ...result.unrequested.flatMap(entry => (entry._tag === 'AcceptedEntry' ? [entry.taskId] : [])),
          ]
          expect(kept.sort()).toEqual([...started.keys()].sort())
        },
      ),
      { numRuns: 1000 },
    )
  })
})
