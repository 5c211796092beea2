import type { ResourceId, TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay, limitRetries, Monoid } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { accessDenied, reset, statusOf, tooMany } from '../../test/SimulatedApi.js'
import {
  type Response,
  accepted,
  deliveryUnknown,
  outcomeOf,
  rejected,
  simulateBatchApi,
} from '../../test/SimulatedBatchApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import type { QueryTaskStatuses } from '../query/QueryTaskStatuses.js'
import { reconcile } from '../submission/reconcile.js'
import { possibleTasks } from '../submission/SubmissionResult.js'
import type { SubmitBatch } from '../submission/submitAll.js'
import { type JobProgress, JobResult, jobProgressOf } from './JobResult.js'
import { type JobOptions, resumeJob, runJob } from './runJob.js'

const ids = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `ins-${index}`)

const ok: Response = { durationMs: 100, handlings: ['accepted'] }

interface Setting {
  readonly responses?: ReadonlyArray<Response>
  readonly taskMs?: (number: number) => number
  readonly ending?: (number: number) => 'Succeeded' | 'Failed'
  readonly query?: QueryTaskStatus
  readonly submit?: SubmitBatch
}

const setUp = ({ responses = [ok], taskMs = () => 1000, ending = () => 'Succeeded' }: Setting = {}) => {
  const clock = new SimulatedClock()
  const api = simulateBatchApi(
    clock,
    number => responses[Math.min(number, responses.length - 1)]!,
    number => ({ durationMs: taskMs(number), ending: ending(number) }),
  )
  return { clock, ...api }
}

const run = async (requested: ReadonlyArray<string>, setting: Setting = {}, options: JobOptions = {}) => {
  const api = setUp(setting)
  const { clock } = api
  const all = { clock, random: () => 1, ...options }
  const job = await clock.run(
    runJob(requested, setting.submit ?? api.submit, setting.query ?? api.query, all)(),
  )
  expect(JobResult.decode(JSON.parse(JSON.stringify(job)))).toEqual(E.right(job))
  expect(clock.pending()).toBe(0)
  return { ...api, job, overAtMs: clock.now() }
}

test('a job says when tasks ended, and so does one that continues it', async () => {
  const clock = new SimulatedClock()
  const dated = Object.assign(Object.create(clock) as SimulatedClock, {
    date: () => 1_700_000_000_000 + clock.now(),
  })
  const api = simulateBatchApi(
    clock,
    () => ok,
    number => ({ durationMs: 1000 * (number + 1), ending: number === 0 ? 'Failed' : 'Succeeded' }),
  )
  const options = { clock: dated, random: () => 1, wait: { pollPolicy: constantDelay(1000) } }
  const job = await clock.run(runJob(ids(2), api.submit, api.query, options)())
  const endsOf = ({ resources }: JobResult) =>
    resources.map(fate => [fate._tag, 'endedAtMs' in fate ? fate.endedAtMs : undefined])
  expect(endsOf(job)).toEqual([
    ['ResourceFailed', expect.toSatisfy((atMs: number) => atMs > 1_700_000_001_000)],
    ['ResourceSucceeded', expect.toSatisfy((atMs: number) => atMs > 1_700_000_002_000)],
  ])
  const stored: unknown = JSON.parse(JSON.stringify(job))
  expect(JobResult.decode(stored)).toEqual(E.right(job))
  const continued = await clock.run(resumeJob(stored as JobResult, api.submit, api.query, options)())
  expect(endsOf(continued)).toEqual(endsOf(job))
})

const tagsOf = ({ resources }: JobResult): ReadonlyArray<string> =>
  resources.map(({ _tag }) => _tag.slice('Resource'.length))

const hostile = (): never => {
  throw new Error('secret')
}

describe('a job whose query is one of many tasks', () => {
  const perResource = (clock: SimulatedClock) => {
    const api = simulateBatchApi(
      clock,
      () => ok,
      number => ({ durationMs: 500 * number, ending: number % 3 === 1 ? 'Failed' : 'Succeeded' }),
      true,
    )
    return { ...api, query: api.queryMany(100) }
  }
  const ends = ['Succeeded', 'Failed', 'Succeeded', 'Succeeded', 'Failed', 'Succeeded']

  test('gives each resource the fate of its own task, even if all have one task id', async () => {
    const clock = new SimulatedClock()
    const { submit, query, queries } = perResource(clock)
    const progress: JobProgress[] = []
    const onProgress = (some: JobProgress): unknown => progress.push(some)
    const job = await clock.run(
      runJob(ids(6), submit, query, { clock, random: () => 1, chunkSize: 3, onProgress })(),
    )
    expect(tagsOf(job)).toEqual(ends)
    expect(new Set(possibleTasks(job).map(({ taskId }) => taskId)).size).toBe(2)
    expect(progress.at(-1)).toEqual(jobProgressOf(job))
    expect([...new Set(progress.map(({ succeeded, failed }) => succeeded + failed))]).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ])
    for (const { others = [] } of queries) expect(others.length).toBeLessThan(3)
    expect(queries[0]!.others).toHaveLength(2)
  })

  test('keeps the fates of some when it is cut, and continues with the others', async () => {
    const clock = new SimulatedClock()
    const { submit, query, queries } = perResource(clock)
    const cut = await clock.run(runJob(ids(6), submit, query, { clock, random: () => 1, timeoutMs: 1600 })())
    expect(new Set(tagsOf(cut))).toEqual(new Set(['Succeeded', 'Failed', 'Pending']))
    const before = queries.length
    const stored = JobResult.decode(JSON.parse(JSON.stringify(cut)))
    if (E.isLeft(stored)) throw new Error('What is stored is no job')
    const job = await clock.run(resumeJob(stored.right, submit, query, { clock, random: () => 1 })())
    expect(tagsOf(job)).toEqual(ends)
    const isPending = new Set(
      cut.resources.flatMap(({ _tag, resourceId }) => (_tag === 'ResourcePending' ? [resourceId] : [])),
    )
    for (const { resourceId, others = [] } of queries.slice(before))
      for (const id of [resourceId, ...others.map(other => other.resourceId)]) expect(isPending).toContain(id)
  })

  test('leaves pending only the resource that the query rejects', async () => {
    const clock = new SimulatedClock()
    const { submit, query } = perResource(clock)
    const denying: QueryTaskStatuses = {
      ...query,
      query: (tasks, signal) =>
        tasks.some(({ resourceId }) => (resourceId as string) === 'ins-2')
          ? async () => E.left(accessDenied)
          : query.query(tasks, signal),
    }
    const job = await clock.run(runJob(ids(6), submit, denying, { clock, random: () => 1 })())
    expect(tagsOf(job)).toEqual(ends.map((end, index) => (index === 2 ? 'Pending' : end)))
    expect(job.resources[2]).toMatchObject({ reason: { _tag: 'QueryFailed', error: accessDenied } })
  })

  test('gives resources that share a task its one fate, without taskPerResource', async () => {
    const clock = new SimulatedClock()
    const { submit, query } = perResource(clock)
    const asked: string[] = []
    const shared: QueryTaskStatuses = {
      maxTasksPerQuery: 10,
      query: tasks => async () => {
        asked.push(...tasks.map(({ resourceIds }) => resourceIds.join()))
        return E.right(tasks.map(({ taskId }) => ({ taskId, status: E.right(statusOf('Failed')) })))
      },
    }
    const job = await clock.run(runJob(ids(4), submit, shared, { clock, random: () => 1, chunkSize: 2 })())
    expect(tagsOf(job)).toEqual(['Failed', 'Failed', 'Failed', 'Failed'])
    expect(asked).toEqual(['ins-0,ins-1', 'ins-2,ins-3'])
    const other = {
      ...job,
      resources: [
        job.resources[0]!,
        { ...job.resources[1]!, _tag: 'ResourcePending', reason: { _tag: 'Waiting' } },
      ],
    }
    const own = await clock.run(resumeJob(other as JobResult, submit, query, { clock, random: () => 1 })())
    expect(tagsOf(own)).toEqual(['Failed', 'Failed']) // the second is queried now: it has failed
  })

  test.each([
    [{ maxTasksPerQuery: 0, query: () => hostile }, 'maxTasksPerQuery must be an integer of at least 1'],
    [{ maxTasksPerQuery: 1, query: 7 }, 'query.query must be a function, found a number'],
    [{ maxTasksPerQuery: 1 }, 'query must be a function, found an object'],
  ])('does not start if the query is invalid', async (query, message) => {
    const { log, job } = await run(ids(1), { query: query as never })
    expect(job).toMatchObject({
      end: { _tag: 'Aborted', message },
      resources: [{ _tag: 'ResourceNotSubmitted' }],
    })
    expect(log).toEqual([])
  })
})

describe('a job', () => {
  test('returns what came of each resource', async () => {
    const responses: ReadonlyArray<Response> = [
      { durationMs: 100, handlings: ['accepted', 'never', 'missing'] },
      ok,
      { durationMs: 100, handlings: [], error: deliveryUnknown },
    ]
    const ending = (number: number): 'Succeeded' | 'Failed' => (number === 2 ? 'Failed' : 'Succeeded')
    const { job } = await run(ids(9), { responses, ending }, { chunkSize: 3 })
    expect(tagsOf(job)).toEqual([
      'Succeeded',
      'Rejected',
      'InDoubt',
      'Succeeded',
      'Failed',
      'Succeeded',
      'InDoubt',
      'InDoubt',
      'InDoubt',
    ])
    expect(job).toMatchObject({
      end: { _tag: 'Settled' },
      submissions: 3,
      failures: [{ error: deliveryUnknown }],
    })
    expect(jobProgressOf(job)).toEqual({
      succeeded: 3,
      failed: 1,
      pending: 0,
      inDoubt: 4,
      rejected: 1,
      notSubmitted: 0,
    })
    expect(possibleTasks(job).map(({ taskId }) => taskId)).toEqual(['1', '2', '3', '4'])
  })

  test('queries the tasks of early chunks while later chunks are submitted', async () => {
    const { log, queries } = await run(
      ids(3),
      { responses: [{ ...ok, durationMs: 2000 }], taskMs: () => 0 },
      { chunkSize: 1 },
    )
    expect(queries[0]!.atMs).toBeLessThan(log[1]!.startedAtMs + 2000)
    expect(queries[0]!.taskId).toBe('1')
  })

  test('without resources has nothing to submit, which is no success', async () => {
    const { job } = await run([])
    expect(job).toMatchObject({ end: { _tag: 'NothingToSubmit' }, resources: [] })
  })

  test('queries a task that resources of several chunks share once at a time, for all of them', async () => {
    const clock = new SimulatedClock()
    const submit: SubmitBatch = some => async () => {
      await clock.sleep(100)
      return E.right(outcomeOf(some.map(id => accepted(id, '7'))))
    }
    const queries: number[] = []
    const query: QueryTaskStatus = () => async () => {
      queries.push(clock.now())
      return E.right(statusOf(clock.now() >= 3000 ? 'Failed' : 'InProgress'))
    }
    const seen: JobProgress[] = []
    const options = {
      clock,
      chunkSize: 1,
      wait: { pollPolicy: constantDelay(200) },
      random: () => 1,
      onProgress: (progress: JobProgress) => seen.push(progress),
    }
    const job = await clock.run(runJob(ids(2), submit, query, options)())
    expect(tagsOf(job)).toEqual(['Failed', 'Failed'])
    for (const [index, atMs] of queries.slice(1).entries())
      expect(atMs - queries[index]!).toBeGreaterThan(199)
    expect(seen.at(-1)).toMatchObject({ failed: 2, pending: 0 })
  })

  test('counts a resource whose shared task had ended before it was accepted', async () => {
    const clock = new SimulatedClock()
    const submit: SubmitBatch = some => async () => {
      await clock.sleep(some[0] === 'ins-0' ? 0 : 5000)
      return E.right(outcomeOf(some.map(id => accepted(id, '7'))))
    }
    const query: QueryTaskStatus = () => async () => E.right(statusOf('Succeeded'))
    const seen: JobProgress[] = []
    const options = { clock, chunkSize: 1, onProgress: (progress: JobProgress) => seen.push(progress) }
    expect(tagsOf(await clock.run(runJob(ids(2), submit, query, options)()))).toEqual([
      'Succeeded',
      'Succeeded',
    ])
    expect(seen.at(-1)).toMatchObject({ succeeded: 2, pending: 0 })
  })
})

describe('all waits of a job together', () => {
  test('start no more than maxQueriesPerSecond queries in any second, with no more than concurrency in flight', async () => {
    let underWay = 0
    let most = 0
    const api = setUp({ taskMs: number => 500 * number })
    const query: QueryTaskStatus = (taskId, signal) => async () => {
      most = Math.max(most, ++underWay)
      await api.clock.sleep(400)
      underWay--
      return api.query(taskId, signal)()
    }
    const job = await api.clock.run(
      runJob(ids(20), api.submit, query, {
        clock: api.clock,
        chunkSize: 1,
        concurrency: 4,
        maxSubmissionsPerSecond: 100,
        wait: { pollPolicy: constantDelay(100), maxQueriesPerSecond: 8, concurrency: 3 },
      })(),
    )
    expect(jobProgressOf(job).succeeded).toBe(20)
    expect(most).toBe(3)
    api.queries.slice(8).forEach(({ atMs }, index) => {
      expect(atMs - api.queries[index]!.atMs).toBeGreaterThan(999)
    })
  })

  test('slow down when the API is overloaded', async () => {
    const times: number[] = []
    const clock = new SimulatedClock()
    const { submit } = simulateBatchApi(clock, () => ({ ...ok, durationMs: 0 }))
    const query: QueryTaskStatus = () => async () => {
      times.push(clock.now())
      return times.length === 1
        ? E.left({ ...tooMany, retryAfterMs: 20_000 })
        : E.right(statusOf('Succeeded'))
    }
    const job = await clock.run(runJob(ids(4), submit, query, { clock, chunkSize: 1, random: () => 1 })())
    expect(jobProgressOf(job).succeeded).toBe(4)
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(20_000)
  })

  test('count only the time of a query for queryTimeoutMs, not the time before its turn', async () => {
    const { job, queries } = await run(
      ids(12),
      { taskMs: () => 0 },
      {
        chunkSize: 1,
        maxSubmissionsPerSecond: 100,
        wait: { concurrency: 1, maxQueriesPerSecond: 4, queryTimeoutMs: 20 },
      },
    )
    expect(jobProgressOf(job).succeeded).toBe(12)
    expect(queries).toHaveLength(12)
  })

  test('abort a query after queryTimeoutMs, and query again', async () => {
    const signals: AbortSignal[] = []
    const query: QueryTaskStatus = (_, signal) => () => {
      signals.push(signal)
      return signals.length === 1
        ? new Promise(() => undefined)
        : Promise.resolve(E.right(statusOf('Failed')))
    }
    const { job, overAtMs } = await run(ids(1), { query }, { wait: { queryTimeoutMs: 5000 } })
    expect(tagsOf(job)).toEqual(['Failed'])
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    expect(overAtMs).toBeGreaterThan(5000)
  })

  test('read what the query function returns as any wait does', async () => {
    const failing: ReadonlyArray<unknown> = [
      () => undefined,
      () => async () => undefined,
      () => async () => ({ code: 0 }),
      () => async () => E.right({ _tag: 'Done' }),
      () => async () => new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : hostile()) }),
    ]
    for (const query of failing) {
      const { job } = await run(ids(1), { query: query as QueryTaskStatus })
      expect(job.resources).toMatchObject([
        {
          _tag: 'ResourcePending',
          reason: { _tag: 'QueryFailed', error: { reason: { code: 'ERR_QUERY_RESULT' } } },
        },
      ])
    }
    const throwing: QueryTaskStatus[] = [
      hostile,
      () => hostile,
      () => () => Promise.reject(new Error('secret')),
    ]
    for (const query of throwing) {
      const { job } = await run(ids(1), { query }, { wait: { failurePolicy: limitRetries(2) } })
      expect(job.resources).toMatchObject([
        { _tag: 'ResourcePending', reason: { error: { reason: { _tag: 'ClientFailed', name: 'Error' } } } },
      ])
    }
  })

  test('leave a task pending that can’t be queried, and the job goes on', async () => {
    const query: QueryTaskStatus = taskId => async () =>
      taskId === '1' ? E.left(accessDenied) : E.right(statusOf('Succeeded'))
    const { job } = await run(ids(3), { query }, { chunkSize: 1 })
    expect(tagsOf(job)).toEqual(['Pending', 'Succeeded', 'Succeeded'])
    expect(job).toMatchObject({
      end: { _tag: 'Settled' },
      resources: [{ reason: { _tag: 'QueryFailed' } }, {}, {}],
    })
  })
})

describe('a job that is stopped', () => {
  const forever = { taskMs: () => 1e9 }

  test('leaves tasks pending for that reason', async () => {
    const { job, overAtMs } = await run(ids(2), forever, { timeoutMs: 60_000 })
    expect(job).toMatchObject({
      end: { _tag: 'TimedOut', timeoutMs: 60_000 },
      resources: [
        { _tag: 'ResourcePending', reason: { _tag: 'TimedOut' } },
        { reason: { _tag: 'TimedOut' } },
      ],
    })
    expect(overAtMs).toBe(60_000)
  })

  test('keeps the reason of a task that was given up before', async () => {
    const pollPolicy = Monoid.concat(constantDelay(1000), limitRetries(1))
    const given = await run(ids(1), forever, { wait: { pollPolicy }, timeoutMs: 60_000 })
    expect(given.job).toMatchObject({
      end: { _tag: 'Settled' },
      resources: [{ reason: { _tag: 'PolicyGaveUp' } }],
    })

    const query: QueryTaskStatus = taskId => async () =>
      taskId === '1' ? E.left(accessDenied) : E.right(statusOf('InProgress'))
    const both = await run(ids(2), { query }, { timeoutMs: 60_000 })
    expect(both.job.resources).toMatchObject([
      { reason: { _tag: 'QueryFailed' } },
      { reason: { _tag: 'TimedOut' } },
    ])
  })

  test('takes the ids of a submission in flight, but does not follow them', async () => {
    const clock = new SimulatedClock()
    const controller = new AbortController()
    const { submit, query, queries } = simulateBatchApi(clock, () => ({ ...ok, durationMs: 1000 }))
    clock.after(500, () => controller.abort(new Error('enough')))
    const stored: JobResult[] = []
    const job = await clock.run(
      runJob(ids(2), submit, query, {
        clock,
        chunkSize: 1,
        signal: controller.signal,
        store: soFar => stored.push(soFar),
      })(),
    )
    expect(tagsOf(job)).toEqual(['Pending', 'NotSubmitted'])
    expect(job.resources[0]).toMatchObject({ reason: { _tag: 'Aborted', message: 'enough' } })
    expect(queries).toEqual([])
    expect(stored.at(-1)).toEqual(job)
  })

  test('by onProgress that throws when a task has ended', async () => {
    const onProgress = ({ succeeded }: JobProgress): void => {
      if (succeeded > 0) hostile()
    }
    const { job } = await run(ids(2), { taskMs: number => 1000 + number * 1e9 }, { onProgress })
    expect(job.end).toMatchObject({ _tag: 'Aborted', message: 'secret' })
    expect(tagsOf(job)).toEqual(['Succeeded', 'Pending'])
  })

  test('by a policy of its waits that throws leaves the tasks pending', async () => {
    const { job } = await run(ids(2), {}, { wait: { pollPolicy: hostile } })
    expect(job.resources).toMatchObject([
      { _tag: 'ResourcePending', reason: { _tag: 'Aborted', message: 'secret' } },
      { _tag: 'ResourcePending', reason: { _tag: 'Aborted', message: 'secret' } },
    ])
  })

  test('by a clock that fails at any time never hangs, and loses no task', async () => {
    for (let works = 0; works < 60; works++) {
      const api = setUp()
      let readings = 0
      const clock = {
        now: () => (readings++ < works ? api.clock.now() : hostile()),
        after: api.clock.after,
      }
      const options = { clock, chunkSize: 2, wait: { maxQueriesPerSecond: 2 } }
      const job = await api.clock.run(runJob(ids(6), api.submit, api.query, options)())
      expect(job.resources).toHaveLength(6)
      const known = new Set(possibleTasks(job).map(({ taskId }) => taskId))
      for (const { taskId } of api.started) expect(known).toContain(taskId)
    }
  })
})

describe('store', () => {
  test('gets the ends of tasks at most once a second, and everything at the end', async () => {
    const times: number[] = []
    const api = setUp({ taskMs: number => 2000 + number * 100 })
    const stored: JobResult[] = []
    const { clock, submit, query } = api
    const job = await clock.run(
      runJob(ids(50), submit, query, {
        clock,
        wait: { maxQueriesPerSecond: 500, pollPolicy: constantDelay(50) },
        store: soFar => {
          times.push(clock.now())
          stored.push(soFar)
        },
      })(),
    )
    expect(jobProgressOf(job).succeeded).toBe(50)
    expect(stored.length).toBeGreaterThan(5)
    expect(stored.length).toBeLessThan(15)
    times.slice(3, -1).forEach((time, index) => expect(time - times[index + 2]!).toBeGreaterThan(999))
    expect(stored.at(-1)).toEqual(job)
  })

  test('that fails when a task has ended ends the job, and the task is not lost', async () => {
    let calls = 0
    const store = (): void => {
      if (++calls === 4) hostile()
    }
    const { job } = await run(ids(3), { taskMs: number => 1000 + number * 1e6 }, { store })
    expect(job.end).toMatchObject({ _tag: 'Aborted', message: 'secret' })
    expect(tagsOf(job)).toEqual(['Succeeded', 'Pending', 'Pending'])
    expect(calls).toBe(4)
  })

  test('that fails at the very end is reported', async () => {
    let calls = 0
    const store = (soFar: JobResult): void => {
      calls++
      if (jobProgressOf(soFar).succeeded > 0) hostile()
    }
    const { job } = await run(ids(1), {}, { store })
    expect(job.end).toMatchObject({ _tag: 'Aborted', message: 'secret' })
    expect(tagsOf(job)).toEqual(['Succeeded'])
    expect(calls).toBeGreaterThan(2)
  })

  test('that fails after the job was stopped changes nothing', async () => {
    const clock = new SimulatedClock()
    const { submit, query } = simulateBatchApi(clock, () => ({ ...ok, durationMs: 5000 }))
    let calls = 0
    const store = async (): Promise<void> => {
      if (++calls === 1) return
      await clock.sleep(2000)
      hostile()
    }
    const options = {
      clock,
      concurrency: 2,
      chunkSize: 1,
      maxSubmissionsPerSecond: 1000,
      timeoutMs: 500,
      store,
    }
    const job = await clock.run(runJob(ids(2), submit, query, options)())
    expect(job.end).toEqual({ _tag: 'TimedOut', timeoutMs: 500 })
    expect(tagsOf(job)).toEqual(['Pending', 'NotSubmitted'])
    expect(calls).toBe(2)
  })
})

describe('invalid input submits nothing', () => {
  test.each<[string, unknown, string]>([
    ['no options', null, 'options must be an object, found null'],
    ['an invalid chunkSize', { chunkSize: 0 }, 'chunkSize must be'],
    ['invalid options of the waits', { wait: 7 }, 'wait must be an object, found a number'],
    ['an invalid option of the waits', { wait: { concurrency: 0 } }, 'concurrency must be'],
    ['an invalid policy of the waits', { wait: { pollPolicy: 7 } }, 'pollPolicy must be a function'],
  ])('%s', async (_, options, message) => {
    const { submit, query, log } = setUp()
    const job = await runJob(ids(2), submit, query, options as JobOptions)()
    expect(job.end).toMatchObject({ _tag: 'Aborted' })
    expect((job.end as { message: string }).message).toContain(message)
    expect(tagsOf(job)).toEqual(['NotSubmitted', 'NotSubmitted'])
    expect(log).toEqual([])
  })

  test('a query or a list that is none', async () => {
    const { submit, query, log } = setUp()
    expect((await runJob(ids(2), submit, undefined as never)()).end).toMatchObject({
      message: 'query must be a function, found undefined',
    })
    expect((await runJob('ins-1' as never, submit, query)()).end).toMatchObject({
      message: 'expected an array of resource ids, found a string',
    })
    expect(log).toEqual([])
  })

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'expected a JobResult, found undefined'],
    ['an unknown tag', { _tag: 'X' }, 'expected a JobResult, found an object with _tag "X"'],
    ['no resources', { _tag: 'JobResult' }, 'resources: expected an array, found undefined'],
    ['an invalid resource', { _tag: 'JobResult', resources: [7] }, 'resources: item 0: found a number'],
    [
      'a proxy that throws',
      new Proxy({}, { get: hostile, ownKeys: hostile }),
      'expected plain data, but reading it threw Error',
    ],
  ])('a stored job that is none: %s', async (_, from, message) => {
    const { submit, query, log } = setUp()
    const job = await resumeJob(from as JobResult, submit, query)()
    expect(job.end).toMatchObject({ _tag: 'Aborted', name: 'TypeError' })
    expect((job.end as { message: string }).message).toContain(message)
    expect(log).toEqual([])
  })
})

describe('a resumed job', () => {
  test('follows the tasks of a submission that was reconciled', async () => {
    const { clock, query, submit, log, started } = setUp()
    const first = reconcile(ids(3), await clock.run(submit(ids(2) as never)()))
    const job = await clock.run(resumeJob(first, submit, query, { clock })())
    expect(tagsOf(job)).toEqual(['Succeeded', 'Succeeded', 'InDoubt'])
    expect(log).toHaveLength(1)
    expect(started).toHaveLength(2)
  })

  test('does not query tasks that have ended, and queries those that were given up', async () => {
    const stored: JobResult = {
      _tag: 'JobResult',
      resources: [
        { _tag: 'ResourceSucceeded', ...parts('a', '1'), status: statusOf('Succeeded') as never },
        { _tag: 'ResourceFailed', ...parts('b', '2'), status: statusOf('Failed') as never },
        { _tag: 'ResourcePending', ...parts('c', '3'), reason: { _tag: 'QueryFailed', error: reset } },
        { _tag: 'ResourceRejected', resourceId: 'd' as ResourceId, rejections: [rejected('d', 'never')] },
      ],
      end: { _tag: 'Settled' },
      submissions: 1,
      failures: [],
      unrequested: [],
      recovered: [],
    }
    const clock = new SimulatedClock()
    const queried: TaskId[] = []
    const query: QueryTaskStatus = taskId => async () => {
      queried.push(taskId)
      return E.right(statusOf('Failed'))
    }
    const seen: JobProgress[] = []
    const onProgress = (progress: JobProgress): unknown => seen.push(progress)
    const job = await clock.run(resumeJob(stored, hostile, query, { clock, onProgress })())
    expect(queried).toEqual(['3'])
    expect(tagsOf(job)).toEqual(['Succeeded', 'Failed', 'Failed', 'Rejected'])
    expect(seen).toEqual([{ succeeded: 1, failed: 2, pending: 0, inDoubt: 0, rejected: 1, notSubmitted: 0 }])
  })
})

const parts = (resourceId: string, taskId: string) => ({
  resourceId: resourceId as ResourceId,
  accepted: accepted(resourceId, taskId),
  rejections: [],
})

// A store with columns, or untyped code, can leave members that the tag of a resource does not have.
describe('a member that the tag of a resource does not have', () => {
  const stored = (member: object): unknown => ({
    _tag: 'JobResult',
    resources: [
      { _tag: 'ResourcePending', ...parts('a', '1'), reason: { _tag: 'Waiting' } },
      { _tag: 'ResourceNotSubmitted', resourceId: 'b', ...member },
    ],
    end: { _tag: 'Waiting' },
    submissions: 1,
    failures: [],
    unrequested: [],
    recovered: [],
  })

  const query: QueryTaskStatus = () => async () => E.right(statusOf('Succeeded'))

  test.each<[string, object]>([
    ['accepted: null', { accepted: null }],
    ['accepted: []', { accepted: [] }],
    ['rejections: null', { rejections: null }],
    ['rejections: []', { rejections: [] }],
  ])('means nothing if it is empty: %s', async (_, member) => {
    expect(JobResult.is(stored(member))).toBe(true)
    const { clock, submit } = setUp()
    const job = await clock.run(resumeJob(stored(member) as JobResult, submit, query, { clock })())
    expect(tagsOf(job)).toEqual(['Succeeded', 'Succeeded'])
  })

  test.each<[string, object]>([
    ['accepted: "x"', { accepted: 'x' }],
    ['accepted: {}', { accepted: {} }],
    ['rejections: "x"', { rejections: 'x' }],
    ['rejections: {}', { rejections: {} }],
    ['rejections: [null]', { rejections: [null] }],
  ])('is rejected by the codec, and loses no task: %s', async (_, member) => {
    expect(JobResult.is(stored(member))).toBe(false)
    const { clock, submit } = setUp()
    const job = await clock.run(resumeJob(stored(member) as JobResult, submit, query, { clock })())
    expect(job.resources[0]).toMatchObject({ _tag: 'ResourceSucceeded', accepted: { taskId: '1' } })
  })

  test.each<[string, object]>([
    ['an accepted entry', { accepted: accepted('b', '2') }],
    ['an accepted entry of another resource', { accepted: accepted('c', '2') }],
    ['recovered tasks', { recovered: [{ taskId: '2' }, {}] }],
    ['an accepted entry beside rejections', rejectedWith({ accepted: accepted('b', '2') })],
    ['recovered tasks beside rejections', rejectedWith({ recovered: [{ taskId: '2' }] })],
    ['a rejection with the id of a task', { rejections: [{ ...rejected('b'), taskId: '2' }] }],
  ])('puts the resource in doubt if it names a task: %s', async (_, member) => {
    const { clock, submit, log } = setUp()
    const job = await clock.run(resumeJob(stored(member) as JobResult, submit, query, { clock })())
    expect(job.resources[1]).toMatchObject({ _tag: 'ResourceInDoubt', recovered: [{ taskId: '2' }] })
    expect(log).toEqual([])
  })
})

const rejectedWith = (member: object): object => ({
  _tag: 'ResourceRejected',
  rejections: [rejected('b')],
  ...member,
})

describe('the codec of a job', () => {
  const job = (resource: object): unknown => ({
    _tag: 'JobResult',
    resources: [{ resourceId: 'a', ...resource }],
    end: { _tag: 'Settled' },
    submissions: 1,
    failures: [],
    unrequested: [],
    recovered: [],
  })
  const a = parts('a', '1')

  test.each<[string, object]>([
    ['succeeded with a failed task', { _tag: 'ResourceSucceeded', ...a, status: statusOf('Failed') }],
    ['failed with a task that succeeded', { _tag: 'ResourceFailed', ...a, status: statusOf('Succeeded') }],
    [
      'succeeded with a task in progress',
      { _tag: 'ResourceSucceeded', ...a, status: statusOf('InProgress') },
    ],
    ['pending without a task', { _tag: 'ResourcePending', rejections: [], reason: { _tag: 'Waiting' } }],
    ['not submitted with a task', { _tag: 'ResourceNotSubmitted', ...a }],
    ['not submitted and rejected', { _tag: 'ResourceNotSubmitted', rejections: [rejected('a')] }],
    ['accepted, which says nothing about its end', { _tag: 'ResourceAccepted', ...a }],
  ])('rejects a resource that is %s', (_, resource) => {
    expect(JobResult.is(job(resource))).toBe(false)
  })

  test('rejects a job that is settled or has nothing to submit against its resources', () => {
    const pending = job({ _tag: 'ResourcePending', ...a, reason: { _tag: 'Waiting' } }) as object
    expect(JobResult.is(pending)).toBe(true)
    expect(JobResult.is({ ...pending, resources: [] })).toBe(false)
    expect(JobResult.is({ ...pending, end: { _tag: 'NothingToSubmit' } })).toBe(false)
  })
})

test.each([undefined, null, 7, {}, { resources: [null] }])('the progress of no job is NaN: %j', from => {
  expect(jobProgressOf(from as never)).toMatchObject({ succeeded: NaN, pending: NaN })
})
