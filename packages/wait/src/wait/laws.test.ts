import type { QueryError, ResourceId, TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { Monoid, constantDelay, limitRetries } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import {
  type SimulatedTask,
  accessDenied,
  badGateway,
  maintenance,
  noSuchTask,
  reset,
  simulateApi,
  tooMany,
  unknownCode,
} from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import { progressOf } from '../result/WaitProgress.js'
import { type FinishedTask, WaitResult, finishedTasks, pendingTasks } from '../result/WaitResult.js'
import { resumeWait, waitForBatch } from './waitForBatch.js'

/** The behaviour of the API, and the options of the wait. */
interface Scenario {
  readonly tasks: ReadonlyArray<SimulatedTask>
  /** The responses to the queries, in turn. */
  readonly durationsMs: ReadonlyArray<number>
  readonly errors: ReadonlyArray<QueryError | undefined>
  readonly concurrency: number
  readonly maxQueriesPerSecond: number
  readonly randoms: ReadonlyArray<number>
}

const tasks: fc.Arbitrary<ReadonlyArray<SimulatedTask>> = fc
  .array(
    fc.record({
      endsAtMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60_000 })),
      ending: fc.constantFrom('Succeeded' as const, 'Failed'),
    }),
    { maxLength: 12 },
  )
  .map(some => some.map((task, index) => ({ ...task, taskId: String(index) as TaskId })))

const scenarioWith = (errors: fc.Arbitrary<QueryError | undefined>): fc.Arbitrary<Scenario> =>
  fc.record({
    tasks,
    durationsMs: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 })), {
      minLength: 1,
      maxLength: 7,
    }),
    errors: fc.array(errors, { minLength: 1, maxLength: 11 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    maxQueriesPerSecond: fc.oneof(
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0.3, max: 30, noNaN: true }),
    ),
    randoms: fc.array(fc.double({ min: 0.01, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 1,
      maxLength: 5,
    }),
  })

/** Every query succeeds. */
const undisturbed = scenarioWith(fc.constant(undefined))

/** Some queries fail, temporarily or permanently. */
const disturbed = scenarioWith(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 4, arbitrary: fc.constantFrom(reset, badGateway, maintenance, tooMany, unknownCode) },
    { weight: 1, arbitrary: fc.constantFrom(noSuchTask, accessDenied) },
  ),
)

const inTurn =
  <A>(items: ReadonlyArray<A>): ((number: number) => A) =>
  number =>
    items[number % items.length] as A

/** The client and the API of a scenario, on a simulated clock. */
const play = (
  { tasks, durationsMs, errors, concurrency, maxQueriesPerSecond, randoms }: Scenario,
  clock = new SimulatedClock(),
) => {
  const durationOf = inTurn(durationsMs)
  const errorOf = inTurn(errors)
  const { query, log } = simulateApi(clock, tasks, {
    answerTo: number => {
      const error = errorOf(number)
      return { durationMs: durationOf(number), ...(error === undefined ? {} : { error }) }
    },
  })
  let drawn = 0
  const random = (): number => inTurn(randoms)(drawn++)
  const told: FinishedTask[] = []
  const options = {
    clock,
    random,
    concurrency,
    maxQueriesPerSecond,
    onFinish: (task: FinishedTask) => told.push(task),
  }
  return { clock, query, log, told, options }
}

const idsIn = (some: ReadonlyArray<{ readonly taskId: string }>): ReadonlyArray<string> =>
  some.map(({ taskId }) => taskId).sort()

/** Encodes and decodes a result. */
const copied = (result: WaitResult): WaitResult => {
  const read = WaitResult.decode(JSON.parse(JSON.stringify(result)))
  expect(read).toEqual(E.right(result))
  return result
}

/** The tag of the result if every task of the scenario finishes. */
const wholeOf = ({ tasks }: Scenario): WaitResult['_tag'] =>
  tasks.length === 0 ? 'NothingToWaitFor' : 'AllFinished'

const settings = { numRuns: 200 }

describe('every task is reported exactly once', () => {
  test('whatever goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async scenario => {
        const { clock, query, told, options, log } = play(scenario)
        const result = copied(await clock.run(waitForBatch(scenario.tasks, query, options)()))
        expect(finishedTasks(result)).toEqual(told)
        expect(idsIn([...finishedTasks(result), ...pendingTasks(result)])).toEqual(idsIn(scenario.tasks))
        expect(progressOf(result).queries).toBe(log.length)
        expect(clock.pending()).toBe(0)
      }),
      settings,
    )
  })

  test('with its real end if nothing goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(undisturbed, async scenario => {
        const { clock, query, options } = play(scenario)
        const result = await clock.run(waitForBatch(scenario.tasks, query, options)())
        expect(result._tag).toBe(wholeOf(scenario))
        for (const { taskId, ending } of scenario.tasks)
          expect(finishedTasks(result).find(task => task.taskId === taskId)?.status._tag).toBe(ending)
      }),
      settings,
    )
  })
})

describe('a wait never exceeds its limits', () => {
  test('of concurrency', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async scenario => {
        const { clock, query, options, log } = play({ ...scenario, maxQueriesPerSecond: 1000 })
        await clock.run(waitForBatch(scenario.tasks, query, options)())
        const atATime = Math.max(0, ...log.map(({ underWay }) => underWay))
        expect(atATime).toBeLessThanOrEqual(scenario.concurrency)
      }),
      settings,
    )
  })

  test('of maxQueriesPerSecond in any second', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async scenario => {
        const { clock, query, options, log } = play({ ...scenario, concurrency: 100 })
        await clock.run(waitForBatch(scenario.tasks, query, options)())
        const most = Math.max(1, Math.floor(scenario.maxQueriesPerSecond))
        log.slice(most).forEach(({ startedAtMs }, index) => {
          const earlier = log[index]!
          expect(startedAtMs - earlier.startedAtMs).toBeGreaterThan(999.999)
        })
      }),
      settings,
    )
  })
})

describe('a wait that is stopped', () => {
  const cut = fc.record({ atMs: fc.integer({ min: 0, max: 60_000 }), by: fc.constantFrom('signal', 'time') })

  test('sends no further query, and returns immediately with every task', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, cut, async (scenario, { atMs, by }) => {
        const { clock, query, options, log } = play(scenario)
        const controller = new AbortController()
        clock.after(atMs, () => controller.abort(new Error('enough')))
        const limit = by === 'signal' ? { signal: controller.signal } : { timeoutMs: atMs }
        let overAtMs = NaN
        const wait = waitForBatch(scenario.tasks, query, { ...options, ...limit })()
        void wait.then(() => (overAtMs = clock.now()))
        const result = copied(await clock.run(wait))
        expect(overAtMs).toBeLessThanOrEqual(atMs)
        for (const { startedAtMs } of log) expect(startedAtMs).toBeLessThanOrEqual(atMs)
        expect(idsIn([...finishedTasks(result), ...pendingTasks(result)])).toEqual(idsIn(scenario.tasks))
        const reason =
          by === 'signal'
            ? { _tag: 'Aborted', name: 'Error', message: 'enough' }
            : { _tag: 'TimedOut', timeoutMs: atMs }
        for (const task of pendingTasks(result))
          if (task.reason._tag !== 'QueryFailed') expect(task.reason).toEqual(reason)
      }),
      settings,
    )
  })

  const endings = (result: WaitResult): unknown =>
    Object.fromEntries(finishedTasks(result).map(({ taskId, status }) => [taskId, status._tag]))

  test('and resumed any number of times ends like one that was not', async () => {
    await fc.assert(
      fc.asyncProperty(
        undisturbed,
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 4 }),
        async (scenario, cuts) => {
          const through = play(scenario)
          const expected = await through.clock.run(
            waitForBatch(scenario.tasks, through.query, through.options)(),
          )

          const { clock, query, options, told, log } = play(scenario)
          const inParts = async (): Promise<WaitResult> => {
            const [first = Infinity, ...others] = cuts
            let result = await waitForBatch(scenario.tasks, query, { ...options, timeoutMs: first })()
            for (const timeoutMs of [...others, Infinity])
              result = await resumeWait(copied(result), query, { ...options, timeoutMs })()
            return result
          }
          const result = await clock.run(inParts())
          expect(result._tag).toBe(expected._tag)
          expect(endings(result)).toEqual(endings(expected))
          expect(idsIn(told)).toEqual(idsIn(scenario.tasks)) // each once, over all waits
          expect(progressOf(result).queries).toBe(log.length)
        },
      ),
      settings,
    )
  })

  test('and resumed from a snapshot ends like one that was not', async () => {
    await fc.assert(
      fc.asyncProperty(undisturbed, fc.nat({ max: 11 }), async (scenario, storedAfter) => {
        fc.pre(scenario.tasks.length > 0)
        const killed = play(scenario)
        let stored: string | undefined
        await killed.clock.run(
          waitForBatch(scenario.tasks, killed.query, {
            ...killed.options,
            onFinish: (_, { progress, result }) => {
              if (progress.succeeded + progress.failed - 1 === storedAfter % scenario.tasks.length)
                stored = JSON.stringify(result())
            },
          })(),
        )
        const restored = WaitResult.decode(JSON.parse(stored ?? ''))
        if (E.isLeft(restored)) throw new Error('what was stored is no result')
        for (const { reason } of pendingTasks(restored.right)) expect(reason).toEqual({ _tag: 'Waiting' })

        const { clock, query, options, told } = play(scenario, killed.clock)
        const result = await clock.run(resumeWait(restored.right, query, options)())
        expect(result._tag).toBe('AllFinished')
        expect(idsIn(finishedTasks(result))).toEqual(idsIn(scenario.tasks))
        expect(told).toHaveLength(pendingTasks(restored.right).length)
      }),
      settings,
    )
  })
})

describe('a task that the API does not know yet', () => {
  const late = fc
    .tuple(undisturbed, fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 12 }))
    .map(([scenario, knownAtMs]) => {
      const knownAt = inTurn(knownAtMs)
      return {
        ...scenario,
        tasks: scenario.tasks.map((task, index) => ({ ...task, knownAtMs: knownAt(index) })),
      }
    })
  const often = { failurePolicy: constantDelay(1000) }

  test('is found if the API knows it before unknownTaskGraceMs is over, even in a resumed wait', async () => {
    await fc.assert(
      fc.asyncProperty(late, fc.integer({ min: 0, max: 4000 }), async (scenario, cutMs) => {
        const { clock, query, options } = play(scenario)
        const patient = { ...options, ...often, unknownTaskGraceMs: 10_000 }
        const inParts = async (): Promise<WaitResult> => {
          const cut = await waitForBatch(scenario.tasks, query, { ...patient, timeoutMs: cutMs })()
          return resumeWait(copied(cut), query, patient)()
        }
        expect((await clock.run(inParts()))._tag).toBe(wholeOf(scenario))
      }),
      settings,
    )
  })

  test('is not queried after unknownTaskGraceMs, and does not affect other tasks', async () => {
    await fc.assert(
      fc.asyncProperty(late, fc.integer({ min: 0, max: 5000 }), async (scenario, unknownTaskGraceMs) => {
        const { clock, query, options, log } = play(scenario)
        const wait = waitForBatch(scenario.tasks, query, { ...options, ...often, unknownTaskGraceMs })()
        const result = copied(await clock.run(wait))
        for (const { taskId, knownAtMs } of scenario.tasks) {
          const times = log.filter(asked => asked.taskId === taskId).map(({ startedAtMs }) => startedAtMs)
          const inVain = times.filter(time => time >= unknownTaskGraceMs && time < knownAtMs)
          expect(inVain.length).toBeLessThanOrEqual(1)
          const isOpen = pendingTasks(result).some(task => task.taskId === taskId)
          expect(isOpen).toBe(inVain.length === 1)
          if (isOpen) expect(times.at(-1)).toBe(inVain[0])
        }
      }),
      settings,
    )
  })
})

describe('Retry-After pauses', () => {
  const retryAfter = fc.integer({ min: 0, max: 20_000 })
  const busy = scenarioWith(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(undefined) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(tooMany, { ...badGateway, httpStatus: 503 }), retryAfter)
          .map(([error, retryAfterMs]) => ({ ...error, retryAfterMs })),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(maintenance, badGateway), retryAfter)
          .map(([error, retryAfterMs]) => ({ ...error, retryAfterMs })),
      },
    ),
  )

  test('the task, or the whole wait if the API is overloaded', async () => {
    await fc.assert(
      fc.asyncProperty(busy, async scenario => {
        const { clock, query, options, log } = play(scenario)
        const refusals: Array<{ taskId: string; fromMs: number; untilMs: number; ofAll: boolean }> = []
        const noting: QueryTaskStatus = (taskId, signal) => async () => {
          const answer = await query(taskId, signal)()
          if (E.isLeft(answer) && 'retryAfterMs' in answer.left) {
            const { left } = answer
            const fromMs = clock.now()
            const ofAll = left._tag === 'QueryRejected' ? left.code === 4400 : left.httpStatus === 503
            refusals.push({ taskId, fromMs, untilMs: fromMs + (left.retryAfterMs ?? 0), ofAll })
          }
          return answer
        }
        const result = copied(await clock.run(waitForBatch(scenario.tasks, noting, options)()))
        expect(idsIn([...finishedTasks(result), ...pendingTasks(result)])).toEqual(idsIn(scenario.tasks))
        for (const { taskId, fromMs, untilMs, ofAll } of refusals)
          for (const asked of log)
            if (ofAll || asked.taskId === taskId)
              expect(asked.startedAtMs <= fromMs || asked.startedAtMs >= untilMs).toBe(true)
      }),
      settings,
    )
  })

  test('but never beyond the timeout', async () => {
    await fc.assert(
      fc.asyncProperty(busy, fc.integer({ min: 0, max: 20_000 }), async (scenario, timeoutMs) => {
        const { clock, query, options } = play(scenario)
        let overAtMs = NaN
        const wait = waitForBatch(scenario.tasks, query, { ...options, timeoutMs })()
        void wait.then(() => (overAtMs = clock.now()))
        await clock.run(wait)
        expect(overAtMs).toBeLessThanOrEqual(timeoutMs)
      }),
      settings,
    )
  })
})

test('tasks that are due at the same time are queried in turn, so that a slow one starves no other', async () => {
  await fc.assert(
    fc.asyncProperty(undisturbed, async scenario => {
      const slow = scenario.tasks.map(task => ({ ...task, endsAtMs: 1_000_000 }))
      const { clock, query, options, log } = play({ ...scenario, tasks: slow, concurrency: 1 })
      const pollPolicy = Monoid.concat(limitRetries(4), constantDelay(0))
      const result = await clock.run(waitForBatch(slow, query, { ...options, pollPolicy })())
      expect(log.map(({ taskId }) => taskId)).toEqual(
        [1, 2, 3, 4].flatMap(() => slow.map(({ taskId }) => taskId)),
      )
      for (const { reason } of pendingTasks(result)) expect(reason).toEqual({ _tag: 'PolicyGaveUp' })
    }),
    settings,
  )
})

test('a task of several resources is queried once for all of them', async () => {
  const clock = new SimulatedClock()
  const id = '7' as TaskId
  const { query, log } = simulateApi(clock, [{ taskId: id, endsAtMs: 0, ending: 'Failed' }], {
    answerTo: () => ({ durationMs: 1 }),
  })
  const both = [
    { taskId: id, resourceId: 'a' as ResourceId },
    { taskId: id, resourceId: 'b' as ResourceId },
  ]
  expect(await clock.run(waitForBatch(both, query, { clock })())).toMatchObject({
    _tag: 'AllFinished',
    finished: [{ taskId: '7', resourceIds: ['a', 'b'], status: { _tag: 'Failed' }, queries: 1 }],
  })
  expect(log).toHaveLength(1)
})
