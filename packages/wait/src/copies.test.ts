/** What a callback of the caller gets is its own: changing it changes nothing else. */
import type { BatchOutcome, ResourceId, SubmissionError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { accessDenied, statusOf } from '../test/SimulatedApi.js'
import { accepted, deliveryUnknown, notSent, outcomeOf, rejected } from '../test/SimulatedBatchApi.js'
import { SimulatedClock } from '../test/SimulatedClock.js'
import { taskId } from '../test/waiting.js'
import { runJob } from './job/runJob.js'
import type { QueryTaskStatus } from './query/QueryTaskStatus.js'
import type { QueriedStatus, QueriedTask, QueryTaskStatuses } from './query/QueryTaskStatuses.js'
import { type FinishedTask, finishedTasks, pendingTasks } from './result/WaitResult.js'
import { type SubmissionResult, acceptedEntries } from './submission/SubmissionResult.js'
import { submitAll } from './submission/submitAll.js'
import { waitForBatch } from './wait/waitForBatch.js'

type Result = E.Either<SubmissionError, BatchOutcome>

const succeeds = () => async () => E.right(statusOf('Succeeded'))

/** An API that starts what it is sent, and what it has started. */
const startingApi = (resultOf: (ids: ReadonlyArray<ResourceId>) => Result) => {
  const started: ResourceId[] = []
  return {
    started,
    start: async (ids: ReadonlyArray<ResourceId>): Promise<Result> => {
      started.push(...ids)
      return resultOf(ids)
    },
  }
}

const lost = (): Result => E.left(deliveryUnknown)
const acceptsAll = (ids: ReadonlyArray<ResourceId>): Result =>
  E.right(outcomeOf(ids.map((id, index) => accepted(id, `${id}${index}`))))

describe('a submit function that consumes the array of ids submits nothing twice', () => {
  test.each([
    ['when the response is lost', lost, 'ResourceInDoubt'],
    ['when all are accepted', acceptsAll, 'ResourceAccepted'],
  ])('%s', async (_, resultOf, _tag) => {
    const clock = new SimulatedClock()
    const { started, start } = startingApi(resultOf)
    const submit = (ids: ReadonlyArray<ResourceId>) => () => start((ids as ResourceId[]).splice(0))
    const result = await clock.run(submitAll(['a', 'b'], submit, { clock })())
    expect(started).toEqual(['a', 'b'])
    expect(result.resources).toMatchObject([{ _tag }, { _tag }])
    const job = await clock.run(runJob(['c', 'd'], submit, succeeds, { clock })())
    expect(started).toEqual(['a', 'b', 'c', 'd'])
    expect(job.resources).toHaveLength(2)
  })
})

describe('a callback that changes an error or a rejection changes no decision', () => {
  test('isFatal', async () => {
    const clock = new SimulatedClock()
    const recovered = [{ taskId: taskId('17'), resourceId: 'a' as ResourceId, code: 0 }]
    const { started, start } = startingApi(() => E.left({ ...deliveryUnknown, recovered }))
    const isFatal = (error: SubmissionError): boolean => {
      Object.assign(error, { _tag: 'NotSent' })
      ;(error.recovered as unknown[]).length = 0
      return false
    }
    const result = await clock.run(submitAll(['a'], ids => () => start(ids), { clock, isFatal })())
    expect(started).toEqual(['a'])
    expect(result.resources).toMatchObject([{ _tag: 'ResourceInDoubt', recovered }])
  })

  test.each<[string, Result, object]>([
    ['isRetryable, of an entry', E.right(outcomeOf([rejected('a')])), rejected('a')],
    [
      'isRetryable, of a request',
      E.left({ ...rejected('a'), _tag: 'Rejected', recovered: [] } as unknown as SubmissionError),
      { _tag: 'Rejected', code: 5100 },
    ],
  ])('%s', async (_, rejection, expected) => {
    const clock = new SimulatedClock()
    const isRetryable = (one: object): boolean => {
      Object.assign(one, { code: 0, recovered: [{ taskId: '17', code: 0 }] })
      return false
    }
    const result = await clock.run(submitAll(['a'], () => async () => rejection, { clock, isRetryable })())
    expect(result.resources).toMatchObject([{ _tag: 'ResourceRejected', rejections: [expected] }])
  })
})

describe('a store that consumes its snapshots submits nothing twice, and loses no task', () => {
  /** Takes everything out of a value, however deep. */
  const consume = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const part of Object.values(value)) consume(part)
    if (Array.isArray(value)) value.length = 0
    else for (const name of Object.keys(value)) Reflect.deleteProperty(value, name)
  }

  /** a and b are accepted; c is rejected at first, then accepted; d is in doubt; e is rejected with its request, then not sent. */
  const api = () => {
    let requests = 0
    return startingApi(ids => {
      requests++
      if (ids.includes('d' as ResourceId))
        return E.left({ ...deliveryUnknown, recovered: [{ taskId: taskId('17'), code: 0 }] })
      if (ids.includes('e' as ResourceId)) {
        const { _tag, ...rejection } = rejected('e')
        return requests < 6 ? E.left({ _tag: 'Rejected', ...rejection, recovered: [] }) : E.left(notSent)
      }
      return E.right(
        outcomeOf([
          ...ids.map(id => (id === 'c' && requests < 6 ? rejected(id) : accepted(id, `1${id}`))),
          accepted('z', '99'),
        ]),
      )
    })
  }

  const run = async (store: ((snapshot: object) => void) | undefined) => {
    const clock = new SimulatedClock()
    const options = { clock, chunkSize: 1, random: () => 0, ...(store && { store }) }
    const [first, second] = [api(), api()]
    const ids = ['a', 'b', 'c', 'd', 'e']
    const submitted = await clock.run(submitAll(ids, some => () => first.start(some), options)())
    const query: QueryTaskStatus = id => async () => E.right(statusOf(id === '1a' ? 'Failed' : 'Succeeded'))
    const job = await clock.run(runJob(ids, some => () => second.start(some), query, options)())
    return { submitted, job, started: [...first.started, ...second.started] }
  }

  test('submitAll and runJob', async () => {
    expect(await run(consume)).toEqual(await run(undefined))
  })
})

test('a store gets as it is what is no plain data', async () => {
  const clock = new SimulatedClock()
  const extra = { at: new Date(0), bare: Object.assign(Object.create(null), { one: 1 }) as object }
  const entry = { ...accepted('a', '17'), extra }
  const stored: Array<SubmissionResult<typeof extra>> = []
  const submit = () => async () => E.right(outcomeOf([entry as never]) as never)
  const result = await clock.run(
    submitAll<object, typeof extra>(['a'], submit, { clock, store: soFar => void stored.push(soFar) })(),
  )
  expect(stored.at(-1)).toEqual(result)
  expect(acceptedEntries(result)[0]?.extra.at).toBe(extra.at)
})

describe('a callback of a wait that changes what it gets swaps no ends', () => {
  const tasks = ['1', '2', '3'].map(id => ({ taskId: taskId(id), resourceId: `r${id}` as ResourceId }))
  const answer = (asked: ReadonlyArray<QueriedTask>) =>
    E.right(
      asked.map(task => ({
        taskId: task.taskId,
        status: E.right(statusOf(task.taskId === '1' ? 'Succeeded' : 'Failed')),
      })),
    )
  const ends = [
    ['1', ['r1'], 'Succeeded'],
    ['2', ['r2'], 'Failed'],
    ['3', ['r3'], 'Failed'],
  ]
  const endsOf = async (query: (asked: QueriedTask[]) => unknown, options: object = {}): Promise<unknown> => {
    const clock = new SimulatedClock()
    const queryMany = { maxTasksPerQuery: 10, query: query as never }
    const result = await clock.run(waitForBatch(tasks, queryMany, { clock, timeoutMs: 60_000, ...options })())
    return [...finishedTasks(result)]
      .sort((one, other) => Number(one.taskId) - Number(other.taskId))
      .map(task => [task.taskId, task.resourceIds, task.status._tag])
  }

  test.each<[string, (asked: QueriedTask[]) => unknown]>([
    ['a query that sorts the tasks', asked => async () => answer(asked.reverse())],
    ['a query that takes the tasks out', asked => async () => answer(asked.splice(0))],
    [
      'a query that changes a task',
      asked => async () => {
        const answered = answer(asked)
        for (const task of asked) Object.assign(task, { taskId: '1', resourceId: 'r1' })
        return answered
      },
    ],
    [
      'a query that changes the resources of a task',
      asked => async () => {
        for (const { resourceIds } of asked) (resourceIds as unknown[]).length = 0
        return answer(asked)
      },
    ],
  ])('%s', async (_, query) => {
    expect(await endsOf(query)).toEqual(ends)
  })

  const spoil = (...all: ReadonlyArray<object>): void => {
    for (const one of all) Object.assign(one, { _tag: 'Succeeded', taskId: '1', length: 0 })
  }

  test('onQuery', async () => {
    const onQuery = (
      asked: ReadonlyArray<QueriedTask>,
      result: E.Either<object, ReadonlyArray<QueriedStatus<unknown, unknown>>>,
    ): void => {
      spoil(...asked.map(({ resourceIds }) => resourceIds), ...asked, asked)
      if (E.isRight(result))
        spoil(...result.right.map(({ status }) => (E.isRight(status) ? status.right : status.left)))
    }
    expect(await endsOf(asked => async () => answer(asked), { onQuery })).toEqual(ends)
  })

  test('onQuery, of an error', async () => {
    const clock = new SimulatedClock()
    const query = () => async () => E.left(accessDenied)
    const onQuery = (_: unknown, result: E.Either<object, unknown>): void => {
      if (E.isLeft(result)) spoil(result.left)
    }
    const result = await clock.run(waitForBatch(tasks, query, { clock, onQuery })())
    expect(pendingTasks(result)[0]?.reason).toEqual({ _tag: 'QueryFailed', error: accessDenied })
  })

  test('onQuery, of the error of one task', async () => {
    const clock = new SimulatedClock()
    const query: QueryTaskStatuses = {
      maxTasksPerQuery: 10,
      query: asked => async () => E.right(asked.map(task => ({ ...task, status: E.left(accessDenied) }))),
    }
    const onQuery = (
      _: unknown,
      result: E.Either<object, ReadonlyArray<QueriedStatus<unknown, unknown>>>,
    ): void => {
      if (E.isRight(result)) for (const { status } of result.right) if (E.isLeft(status)) spoil(status.left)
    }
    const result = await clock.run(waitForBatch(tasks, query, { clock, onQuery })())
    expect(pendingTasks(result)[0]?.reason).toEqual({ _tag: 'QueryFailed', error: accessDenied })
  })

  test('onFinish', async () => {
    const onFinish = (task: FinishedTask): void => spoil(task.status, task.resourceIds, task)
    expect(await endsOf(asked => async () => answer(asked), { onFinish })).toEqual(ends)
  })
})
