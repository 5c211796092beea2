import type { QueryError, ResourceId, TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { Monoid, constantDelay, limitRetries } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import {
  type SimulatedResource,
  accessDenied,
  badGateway,
  maintenance,
  noSuchTask,
  reset,
  simulateApiForMany,
  tooMany,
} from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { progressOf } from '../result/WaitProgress.js'
import {
  type FinishedTask,
  WaitResult,
  finishedTasks,
  initialWaitResult,
  pendingTasks,
} from '../result/WaitResult.js'
import { resumeWait, waitForBatch } from './waitForBatch.js'

interface Scenario {
  readonly tasks: ReadonlyArray<SimulatedResource>
  readonly maxTasksPerQuery: number
  readonly answers: ReadonlyArray<{
    readonly durationMs: number
    readonly error: QueryError | undefined
    /** The response leaves out every task whose position has a remainder of 0. `undefined`: none. */
    readonly leavesOutEvery: number | undefined
  }>
  readonly concurrency: number
  readonly maxQueriesPerSecond: number
  readonly randoms: ReadonlyArray<number>
}

/** A few requests with many resources: all resources of a request share its id. */
const tasks: fc.Arbitrary<ReadonlyArray<SimulatedResource>> = fc
  .array(
    fc.record({
      request: fc.integer({ min: 1, max: 3 }),
      endsAtMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60_000 })),
      ending: fc.constantFrom('Succeeded' as const, 'Failed'),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map(some =>
    some.map(({ request, ...task }, index) => ({
      ...task,
      taskId: `r-${request}` as TaskId,
      resourceId: `ins-${index}` as ResourceId,
    })),
  )

const scenarioWith = (
  error: fc.Arbitrary<QueryError | undefined>,
  leavesOutEvery: fc.Arbitrary<number | undefined>,
): fc.Arbitrary<Scenario> =>
  fc.record({
    tasks,
    maxTasksPerQuery: fc.integer({ min: 1, max: 8 }),
    answers: fc.array(
      fc.record({
        durationMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 })),
        error,
        leavesOutEvery,
      }),
      { minLength: 1, maxLength: 7 },
    ),
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

const never = fc.constant(undefined)
/** Of five queries one leaves out some tasks, so that each task is told of sooner or later. */
const sometimes = fc.oneof(
  { weight: 4, arbitrary: never },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) },
)

const undisturbed = scenarioWith(never, never)
const disturbed = scenarioWith(
  fc.oneof(
    { weight: 5, arbitrary: never },
    { weight: 3, arbitrary: fc.constantFrom(reset, badGateway, maintenance, tooMany) },
    { weight: 1, arbitrary: fc.constantFrom(noSuchTask, accessDenied) },
  ),
  sometimes,
)

const inTurn =
  <A>(items: ReadonlyArray<A>): ((number: number) => A) =>
  number =>
    items[number % items.length] as A

const play = (
  { tasks, maxTasksPerQuery, answers, concurrency, maxQueriesPerSecond, randoms }: Scenario,
  clock = new SimulatedClock(),
) => {
  const answerOf = inTurn(answers)
  const { query, log } = simulateApiForMany(clock, maxTasksPerQuery, tasks, {
    answerTo: number => {
      const { durationMs, error, leavesOutEvery } = answerOf(number)
      // Later responses leave out nothing, so that every wait ends.
      const leavesOut = (position: number): boolean =>
        number < 100 && leavesOutEvery !== undefined && position % leavesOutEvery === 0
      return { durationMs, leavesOut, ...(error === undefined ? {} : { error }) }
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

/** The names of tasks, sorted: the id of each and its resource. */
const namesOf = (
  some: ReadonlyArray<{ readonly taskId: string; readonly resourceIds: ReadonlyArray<string> }>,
): ReadonlyArray<string> => some.map(({ taskId, resourceIds }) => [taskId, ...resourceIds].join(' ')).sort()

const namesIn = (result: WaitResult): ReadonlyArray<string> =>
  namesOf([...finishedTasks(result), ...pendingTasks(result)])

const allNames = ({ tasks }: Scenario): ReadonlyArray<string> =>
  tasks.map(({ taskId, resourceId }) => `${taskId} ${resourceId}`).sort()

const copied = (result: WaitResult): WaitResult => {
  expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
  return result
}

const endings = (result: WaitResult): unknown =>
  Object.fromEntries(finishedTasks(result).map(({ resourceIds, status }) => [resourceIds[0], status._tag]))

const realEndings = ({ tasks }: Scenario): unknown =>
  Object.fromEntries(tasks.map(({ resourceId, ending }) => [resourceId, ending]))

const settings = { numRuns: 150 }

describe('every resource of every request is reported exactly once', () => {
  test('whatever goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async scenario => {
        const { clock, query, told, options, log } = play(scenario)
        const result = copied(await clock.run(waitForBatch(scenario.tasks, query, options)()))
        expect(finishedTasks(result)).toEqual(told)
        expect(namesIn(result)).toEqual(allNames(scenario))
        expect(progressOf(result).queries).toBe(log.reduce((sum, asked) => sum + asked.tasks.length, 0))
        expect(endings(result)).toEqual(
          Object.fromEntries(
            Object.entries(realEndings(scenario) as object).filter(([id]) =>
              finishedTasks(result).some(({ resourceIds }) => resourceIds[0] === id),
            ),
          ),
        )
        expect(clock.pending()).toBe(0)
      }),
      settings,
    )
  })

  test('with its real end if no query fails, whichever tasks responses leave out', async () => {
    await fc.assert(
      fc.asyncProperty(scenarioWith(never, sometimes), async scenario => {
        const { clock, query, options } = play(scenario)
        const result = await clock.run(waitForBatch(scenario.tasks, query, options)())
        expect(result._tag).toBe('AllFinished')
        expect(endings(result)).toEqual(realEndings(scenario))
      }),
      settings,
    )
  })
})

test('a query is one unit of maxQueriesPerSecond and of concurrency, however many tasks it has', async () => {
  await fc.assert(
    fc.asyncProperty(disturbed, async scenario => {
      const { clock, query, options, log } = play(scenario)
      await clock.run(waitForBatch(scenario.tasks, query, options)())
      const most = Math.max(1, Math.floor(scenario.maxQueriesPerSecond))
      log.slice(most).forEach(({ startedAtMs }, index) => {
        expect(startedAtMs - log[index]!.startedAtMs).toBeGreaterThan(999.999)
      })
      for (const { underWay, tasks } of log) {
        expect(underWay).toBeLessThanOrEqual(scenario.concurrency)
        expect(tasks.length).toBeLessThanOrEqual(scenario.maxTasksPerQuery)
      }
    }),
    settings,
  )
})

test('a wait that is cut and resumed any number of times ends like one that was not', async () => {
  await fc.assert(
    fc.asyncProperty(
      scenarioWith(never, sometimes),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 4 }),
      fc.boolean(),
      async (scenario, cuts, isStoredBefore) => {
        const { clock, query, options, told, log } = play(scenario)
        const inParts = async (): Promise<WaitResult> => {
          const [first = Infinity, ...others] = cuts
          // What is stored before the first query knows the resources of each id, not that each has an end of its own.
          let result = isStoredBefore
            ? await resumeWait(initialWaitResult(scenario.tasks), query, { ...options, timeoutMs: first })()
            : await waitForBatch(scenario.tasks, query, { ...options, timeoutMs: first })()
          for (const timeoutMs of [...others, Infinity])
            result = await resumeWait(copied(result), query, { ...options, timeoutMs })()
          return result
        }
        const result = await clock.run(inParts())
        expect(result._tag).toBe('AllFinished')
        expect(endings(result)).toEqual(realEndings(scenario))
        expect(namesOf(told)).toEqual(allNames(scenario)) // each once, over all waits
        expect(progressOf(result).queries).toBe(log.reduce((sum, asked) => sum + asked.tasks.length, 0))
      },
    ),
    settings,
  )
})

const endless = (count: number): ReadonlyArray<SimulatedResource> =>
  Array.from({ length: count }, (_, index) => ({
    taskId: 'r-1' as TaskId,
    resourceId: `ins-${index}` as ResourceId,
    endsAtMs: Infinity,
    ending: 'Failed',
  }))

describe('the number of queries', () => {
  test('is 10 a round for 1,000 instances and 100 a query', async () => {
    const clock = new SimulatedClock()
    const instances = endless(1000)
    const { query, log } = simulateApiForMany(clock, 100, instances, { answerTo: () => ({ durationMs: 80 }) })
    const pollPolicy = Monoid.concat(constantDelay(5000), limitRetries(7))
    const result = await clock.run(waitForBatch(instances, query, { clock, pollPolicy })())
    expect(pendingTasks(result).map(({ queries }) => queries)).toEqual(instances.map(() => 7))
    expect(log).toHaveLength(7 * 10)
  })

  test('is at most twice the fewest possible, with any jitter, and no task starves', async () => {
    await fc.assert(
      fc.asyncProperty(
        undisturbed,
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 20 }),
        fc.infiniteStream(fc.double({ min: 0.01, max: 1, noNaN: true })),
        async (scenario, count, maxTasksPerQuery, randoms) => {
          const instances = endless(count)
          const { clock, query, options, log } = play({
            ...scenario,
            tasks: instances,
            maxTasksPerQuery,
            answers: [{ durationMs: 100, error: undefined, leavesOutEvery: undefined }],
          })
          const rounds = 12
          const pollPolicy = Monoid.concat(constantDelay(10_000), limitRetries(rounds))
          const random = (): number => randoms.next().value as number
          const result = await clock.run(waitForBatch(instances, query, { ...options, random, pollPolicy })())
          expect(new Set(pendingTasks(result).map(({ queries }) => queries))).toEqual(new Set([rounds]))
          const fewest = rounds * Math.ceil(count / maxTasksPerQuery)
          expect(log.length).toBeLessThanOrEqual(2 * fewest)
        },
      ),
      settings,
    )
  })

  test.each([
    [99, 10],
    [101, 10],
    [150, 100],
  ])(
    'stays within 5 %% of the fewest possible for %i tasks and %i a query',
    async (count, maxTasksPerQuery) => {
      const clock = new SimulatedClock()
      const instances = endless(count)
      const answerTo = () => ({ durationMs: 100 })
      const { query, log } = simulateApiForMany(clock, maxTasksPerQuery, instances, { answerTo })
      let seed = 1
      const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
      const pollPolicy = Monoid.concat(constantDelay(2000), limitRetries(50))
      await clock.run(waitForBatch(instances, query, { clock, random, pollPolicy })())
      expect(log.length).toBeLessThanOrEqual(1.05 * 50 * Math.ceil(count / maxTasksPerQuery))
    },
  )

  test('falls with the number of pending tasks', async () => {
    const clock = new SimulatedClock()
    const instances = endless(100).map((task, index) => ({
      ...task,
      endsAtMs: index < 90 ? 20_000 : 100_000,
    }))
    const { query, log } = simulateApiForMany(clock, 10, instances, { answerTo: () => ({ durationMs: 0 }) })
    const random = inTurn([0.9, 0.2, 0.7, 0.5, 0.1, 0.6])
    let drawn = 0
    await clock.run(
      waitForBatch(instances, query, {
        clock,
        pollPolicy: constantDelay(2000),
        random: () => random(drawn++),
      })(),
    )
    const late = log.filter(({ startedAtMs }) => startedAtMs > 40_000 && startedAtMs <= 80_000)
    expect(late.reduce((sum, { tasks: { length } }) => sum + length, 0) / late.length).toBeGreaterThan(9)
  })
})

describe('a query that is rejected for good', () => {
  test('leaves only those tasks pending that are rejected alone, and the others end', async () => {
    await fc.assert(
      fc.asyncProperty(
        undisturbed,
        fc.array(fc.nat({ max: 24 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 2000 }),
        async (scenario, positions, unknownTaskGraceMs) => {
          const clock = new SimulatedClock()
          const unknown = new Set(positions.flatMap(position => scenario.tasks[position]?.resourceId ?? []))
          const { query, log } = simulateApiForMany(clock, scenario.maxTasksPerQuery, scenario.tasks, {
            answerTo: () => ({ durationMs: 10 }),
            unknown,
          })
          const options = { clock, unknownTaskGraceMs }
          const result = copied(await clock.run(waitForBatch(scenario.tasks, query, options)()))
          expect(new Set(pendingTasks(result).map(({ resourceIds }) => resourceIds[0]))).toEqual(unknown)
          for (const { reason } of pendingTasks(result))
            expect(reason).toEqual({ _tag: 'QueryFailed', error: noSuchTask })
          for (const { resourceIds } of pendingTasks(result))
            expect(
              log.filter(({ tasks }) => tasks.some(task => task.resourceId === resourceIds[0])).at(-1)?.tasks,
            ).toHaveLength(1)
        },
      ),
      settings,
    )
  })

  test('is repeated in halves at once, but not before its Retry-After', async () => {
    const clock = new SimulatedClock()
    const instances = endless(5)
    const sizes: Array<readonly [number, number]> = []
    const query = {
      maxTasksPerQuery: 5,
      taskPerResource: true,
      query: (asked: ReadonlyArray<unknown>) => async () => {
        sizes.push([Math.round(clock.now()), asked.length])
        return E.left({ ...accessDenied, retryAfterMs: 1000 })
      },
    }
    const result = await clock.run(
      waitForBatch(instances, query, { clock, pollPolicy: constantDelay(0), maxQueriesPerSecond: 1e6 })(),
    )
    expect(pendingTasks(result)).toHaveLength(5)
    expect(sizes).toEqual([
      [0, 5],
      [1000, 3],
      [1000, 2],
      [2000, 2],
      [2000, 1],
      [2000, 1],
      [2000, 1],
      [3000, 1],
      [3000, 1],
    ])
  })

  test.each<[number | string, boolean]>([
    [4000, true],
    [4102, true],
    [5000, true],
    ['InvalidParameterValue.InstanceIdMalformed', true],
    ['ResourceNotFound', true],
    ['UnauthorizedOperation', true],
    ['AuthFailure.UnauthorizedOperation', true],
    ['ResponseSizeLimitExceeded', true],
    [4100, false],
    [6100, false],
    ['AuthFailure', false],
    ['AuthFailure.SignatureFailure', false],
    ['InvalidAction', false],
    ['UnsupportedRegion', false],
  ])('is repeated in halves only if one task can be the cause: %s', async (code, isRepeated) => {
    const clock = new SimulatedClock()
    let queries = 0
    const query = {
      maxTasksPerQuery: 4,
      taskPerResource: true,
      query: () => async () => {
        queries++
        return E.left({ ...accessDenied, code })
      },
    }
    const result = await clock.run(waitForBatch(endless(4), query, { clock, unknownTaskGraceMs: 0 })())
    expect(pendingTasks(result).map(({ reason }) => reason._tag)).toEqual(Array(4).fill('QueryFailed'))
    expect(queries).toBe(isRepeated ? 7 : 1)
  })
})
