import type { ResourceId, SubmissionError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { Monoid, constantDelay, limitRetries } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import {
  type Handling,
  type LoggedSubmission,
  type Response,
  deliveryUnknown,
  misused,
  notSent,
  refused,
  simulateBatchApi,
} from '../../test/SimulatedBatchApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { nameOf } from '../submission/FollowedTasks.js'
import { possibleTasks } from '../submission/SubmissionResult.js'
import { submitAll } from '../submission/submitAll.js'
import { JobResult, jobProgressOf } from './JobResult.js'
import { resumeJob, runJob } from './runJob.js'

interface Scenario {
  readonly ids: ReadonlyArray<string>
  readonly responses: ReadonlyArray<Response>
  readonly tasks: ReadonlyArray<{ readonly durationMs: number; readonly ending: 'Succeeded' | 'Failed' }>
  readonly chunkSize: number
  readonly concurrency: number
  readonly storeMs: ReadonlyArray<number>
  readonly naming: Naming
  readonly maxQueriesPerSecond: number
}

/** How a query names tasks. */
type Naming =
  | { readonly _tag: 'One' }
  | { readonly _tag: 'Many'; readonly maxTasksPerQuery: number }
  /** All tasks of a submission have one id. */
  | { readonly _tag: 'PerResource'; readonly maxTasksPerQuery: number }

const ids = fc.array(
  fc.integer({ min: 0, max: 14 }).map(index => `ins-${index}`),
  { maxLength: 16 },
)

const tasks = fc.array(
  fc.record({
    durationMs: fc.integer({ min: 0, max: 20_000 }),
    ending: fc.constantFrom('Succeeded' as const, 'Failed'),
  }),
  { minLength: 1, maxLength: 5 },
)

const handling = fc.constantFrom<Handling>(
  'accepted',
  'accepted',
  'accepted',
  'missing',
  'missingButStarted',
  'replayed',
  'withId',
  'later',
  'later',
  'resigned',
  'rejectedOnly',
  'never',
  'unknown',
)

const started: ReadonlyArray<SubmissionError> = [
  deliveryUnknown,
  { _tag: 'HttpStatusError', httpStatus: 503, bodyStart: '', recovered: [], retryAfterMs: 5000 },
  refused('resigned', 4500),
]
const notStarted = [notSent, refused('later'), refused('never', 4000), misused]

const durationMs = fc.integer({ min: 0, max: 3000 })
const response: fc.Arbitrary<Response> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        durationMs,
        handlings: fc.array(handling, { minLength: 1, maxLength: 7 }),
        unrequested: fc.constantFrom('ins-3', 'ins-9', 'other'),
      },
      { requiredKeys: ['durationMs', 'handlings'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      durationMs,
      handlings: fc.constant([]),
      error: fc.constantFrom(...started),
      starts: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ durationMs, handlings: fc.constant([]), error: fc.constantFrom(...notStarted) }),
  },
)

const maxTasksPerQuery = fc.integer({ min: 1, max: 8 })
const naming: fc.Arbitrary<Naming> = fc.oneof(
  fc.record({ _tag: fc.constant('One' as const) }),
  fc.record({ _tag: fc.constant('Many' as const), maxTasksPerQuery }),
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant('PerResource' as const), maxTasksPerQuery }) },
)

const scenario: fc.Arbitrary<Scenario> = fc.record({
  ids,
  responses: fc.array(response, { minLength: 1, maxLength: 9 }),
  tasks,
  chunkSize: fc.integer({ min: 1, max: 6 }),
  concurrency: fc.integer({ min: 1, max: 3 }),
  storeMs: fc.array(fc.constantFrom(0, 0, 20, 500), { minLength: 1, maxLength: 4 }),
  naming,
  maxQueriesPerSecond: fc.integer({ min: 1, max: 30 }),
})

const inTurn =
  <A>(items: ReadonlyArray<A>): ((number: number) => A) =>
  number =>
    items[number % items.length] as A

const policy = Monoid.concat(constantDelay(2000), limitRetries(4))

const queriesAtOnce = 2

const play = ({
  responses,
  tasks,
  chunkSize,
  concurrency,
  storeMs,
  naming,
  maxQueriesPerSecond,
}: Scenario) => {
  const clock = new SimulatedClock()
  const api = simulateBatchApi(clock, inTurn(responses), inTurn(tasks), naming._tag === 'PerResource')
  const query = naming._tag === 'One' ? api.query : api.queryMany(naming.maxTasksPerQuery)
  let stores = 0
  let storing = 0
  const stored: string[] = []
  const store = (soFar: unknown): Promise<void> | undefined => {
    const delayMs = inTurn(storeMs)(stores++)
    expect(++storing).toBe(1) // never two at a time
    const done = (): void => {
      storing--
      stored.push(JSON.stringify(soFar))
    }
    if (delayMs === 0) {
      done()
      return undefined
    }
    return clock.sleep(delayMs).then(done)
  }
  const wait = { maxQueriesPerSecond, concurrency: queriesAtOnce }
  const options = { clock, chunkSize, concurrency, resubmitPolicy: policy, wait }
  return { clock, ...api, query, stored, store, options }
}

const copied = (job: JobResult): JobResult => {
  expect(JobResult.decode(JSON.parse(JSON.stringify(job)))).toEqual(E.right(job))
  return job
}

const distinct = (ids: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(ids)]

/** Every requested resource has one fate, and it is true; every started task is in the result. */
const expectConserved = (
  job: JobResult,
  ids: ReadonlyArray<string>,
  { started, endOf, clock }: Pick<ReturnType<typeof play>, 'started' | 'endOf' | 'clock'>,
): void => {
  expect(job.resources.map(({ resourceId }) => resourceId)).toEqual(distinct(ids))
  const byId = new Map(job.resources.map(resource => [resource.resourceId, resource]))
  const known = new Set(possibleTasks(job).map(({ taskId, resourceId }) => `${taskId} ${resourceId ?? ''}`))
  for (const { taskId, resourceId } of started) {
    const resource = byId.get(resourceId)
    if (known.has(`${taskId} ${resourceId}`)) continue
    expect(resource?._tag).toBe('ResourceInDoubt') // its id was not in a response
  }
  for (const resource of job.resources) {
    const own = started.filter(({ resourceId }) => resourceId === resource.resourceId)
    if (resource._tag === 'ResourceNotSubmitted' || resource._tag === 'ResourceRejected')
      expect(own).toEqual([])
    if (resource._tag === 'ResourceSucceeded' || resource._tag === 'ResourceFailed') {
      const end = endOf(resource.accepted)
      expect(resource._tag).toBe(`Resource${end!.ending}`)
      expect(end!.atMs).toBeLessThanOrEqual(clock.now())
    }
  }
}

/** No resource is submitted while another submission of it may have started a task. */
const expectSubmittedSafely = (
  log: ReadonlyArray<LoggedSubmission>,
  { responses, concurrency }: Scenario,
): void => {
  const responseTo = inTurn(responses)
  const over = new Set<ResourceId>()
  log.forEach(({ resourceIds }, number) => {
    expect(new Set(resourceIds).size).toBe(resourceIds.length)
    for (const id of resourceIds) expect(over).not.toContain(id)
    const { error, handlings, unrequested } = responseTo(number)
    const isSafe = (handling: Handling): boolean =>
      ['later', 'resigned', 'rejectedOnly', 'never', 'unknown'].includes(handling)
    resourceIds.forEach((id, index) => {
      if (
        error === undefined
          ? !isSafe(inTurn(handlings as ReadonlyArray<Handling>)(index))
          : started.includes(error)
      )
        over.add(id)
    })
    const isAdded = unrequested !== undefined && !(resourceIds as ReadonlyArray<string>).includes(unrequested)
    if (error === undefined && isAdded && concurrency === 1) over.add(unrequested as ResourceId)
  })
}

const settings = { numRuns: 300 }

describe('each requested resource has exactly one fate, and no accepted or doubtful one is submitted again', () => {
  test('whatever goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async scenario => {
        const all = play(scenario)
        const { clock, submit, query, log, store, options, queries } = all
        const job = copied(await clock.run(runJob(scenario.ids, submit, query, { ...options, store })()))
        expectConserved(job, scenario.ids, all)
        expectSubmittedSafely(log, scenario)
        for (const { resourceIds, underWay } of log) {
          expect(resourceIds.length).toBeLessThanOrEqual(scenario.chunkSize)
          expect(underWay).toBeLessThanOrEqual(scenario.concurrency)
        }
        expect(job.submissions).toBe(log.length)
        expect(jobProgressOf(job).pending).toBe(0)
        if (scenario.ids.length === 0) expect(job.end).toEqual({ _tag: 'NothingToSubmit' })
        else expect(JSON.parse(all.stored.at(-1)!)).toEqual(JSON.parse(JSON.stringify(job)))
        const done = new Set(
          job.resources.flatMap(resource => ('status' in resource ? [nameOf(resource.accepted)] : [])),
        )
        const most = Math.max(1, Math.floor(scenario.maxQueriesPerSecond))
        queries.slice(most).forEach(({ atMs }, index) => {
          expect(atMs - queries[index]!.atMs).toBeGreaterThan(999.999)
        })
        for (const { others = [], underWay, ...first } of queries) {
          expect(underWay).toBeLessThanOrEqual(queriesAtOnce)
          if (scenario.naming._tag === 'One') {
            expect([...done].some(name => name.startsWith(JSON.stringify([first.taskId]).slice(0, -1)))).toBe(
              true,
            )
            continue
          }
          expect(others.length).toBeLessThan(scenario.naming.maxTasksPerQuery)
          for (const task of [first, ...others])
            expect(done).toContain(nameOf(task as Parameters<typeof nameOf>[0]))
        }
        expect(clock.pending()).toBe(0)
      }),
      settings,
    )
  })

  test('also if it only submits', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async scenario => {
        const { clock, submit, log, options } = play(scenario)
        const submitted = await clock.run(submitAll(scenario.ids, submit, options)())
        const through = play(scenario)
        const job = await through.clock.run(
          runJob(scenario.ids, through.submit, through.query, through.options)(),
        )
        expect(submitted.resources.map(({ _tag }) => _tag)).toEqual(
          job.resources.map(({ _tag }) =>
            _tag === 'ResourceSucceeded' || _tag === 'ResourceFailed' ? 'ResourceAccepted' : _tag,
          ),
        )
        expectSubmittedSafely(log, scenario)
        expect(clock.pending()).toBe(0)
      }),
      settings,
    )
  })
})

describe('a job that is cut', () => {
  test('by a timeout or a signal returns every fate, and submits nothing more', async () => {
    await fc.assert(
      fc.asyncProperty(
        scenario,
        fc.integer({ min: 0, max: 20_000 }),
        fc.boolean(),
        async (scenario, atMs, bySignal) => {
          const all = play(scenario)
          const { clock, submit, query, log, store, options } = all
          const controller = new AbortController()
          clock.after(atMs, () => controller.abort(new Error('enough')))
          const limit = bySignal ? { signal: controller.signal } : { timeoutMs: atMs }
          const cut = await clock.run(runJob(scenario.ids, submit, query, { ...options, store, ...limit })())
          expectConserved(copied(cut), scenario.ids, all)
          expectSubmittedSafely(log, scenario)
          for (const { startedAtMs } of log) expect(startedAtMs).toBeLessThanOrEqual(atMs)
          const resumed = copied(await clock.run(resumeJob(cut, submit, query, options)()))
          expectConserved(resumed, scenario.ids, all)
          expectSubmittedSafely(log, scenario)
          expect(jobProgressOf(resumed).pending).toBe(0)
        },
      ),
      settings,
    )
  })

  test('and resumed ends like one that ran through', async () => {
    const patient = fc.record({
      ids,
      rejections: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 5 }),
      endings: fc.array(fc.constantFrom('Succeeded' as const, 'Failed'), { minLength: 1, maxLength: 3 }),
      chunkSize: fc.integer({ min: 1, max: 6 }),
      cuts: fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 4 }),
      sharesIds: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(patient, async ({ ids, rejections, endings, chunkSize, cuts, sharesIds }) => {
        const numberOf = (id: string): number => Number(id.slice(4))
        const start = () => {
          const clock = new SimulatedClock()
          const startedFor: string[] = []
          const api = simulateBatchApi(
            clock,
            () => ({
              durationMs: 300,
              handlings: (id, before) => {
                if (before < inTurn(rejections)(numberOf(id))) return 'later'
                startedFor.push(id)
                return 'accepted'
              },
            }),
            number => ({ durationMs: 700, ending: inTurn(endings)(numberOf(startedFor[number]!)) }),
            sharesIds,
          )
          const query = sharesIds ? api.queryMany(4) : api.query
          return { ...api, query, clock, options: { clock, chunkSize, resubmitPolicy: constantDelay(500) } }
        }
        const through = start()
        const expected = await through.clock.run(
          runJob(ids, through.submit, through.query, through.options)(),
        )
        const { clock, submit, query, options, started } = start()
        const inParts = async (): Promise<JobResult> => {
          const [first = Infinity, ...others] = cuts
          let job = await runJob(ids, submit, query, { ...options, timeoutMs: first })()
          for (const timeoutMs of [...others, Infinity])
            job = await resumeJob(copied(job), submit, query, { ...options, timeoutMs })()
          return job
        }
        const job = await clock.run(inParts())
        const fates = (some: JobResult): unknown =>
          some.resources.map(resource => [resource._tag, resource.resourceId])
        expect(fates(job)).toEqual(fates(expected))
        expect(started.map(({ resourceId }) => resourceId).sort()).toEqual([...distinct(ids)].sort())
      }),
      settings,
    )
  })

  test('by the death of its process continues from what was stored', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, fc.nat({ max: 25 }), fc.boolean(), async (scenario, number, isTorn) => {
        const quiet = scenario.responses.map(({ unrequested: _, ...response }) => response)
        const all = play({ ...scenario, responses: quiet })
        const { clock, submit, query, log, options } = all
        const controller = new AbortController()
        let stored: string | undefined
        let stores = 0
        const store = (soFar: JobResult): Promise<void> | undefined => {
          if (stores++ < number) {
            stored = JSON.stringify(soFar)
            return undefined
          }
          if (!isTorn && stores - 1 === number) stored = JSON.stringify(soFar)
          clock.after(5000, () => controller.abort())
          return new Promise(() => undefined) // the process is dead; what it has sent arrives
        }
        await clock.run(
          runJob(scenario.ids, submit, query, { ...options, store, signal: controller.signal })(),
        )
        const read = JobResult.decode(JSON.parse(stored ?? 'null'))
        const resumed = await clock.run(
          E.isRight(read)
            ? resumeJob(read.right, submit, query, options)()
            : runJob(scenario.ids, submit, query, options)(),
        )
        expectConserved(copied(resumed), scenario.ids, all)
        expectSubmittedSafely(log, { ...scenario, responses: quiet })
        expect(jobProgressOf(resumed).pending).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})
