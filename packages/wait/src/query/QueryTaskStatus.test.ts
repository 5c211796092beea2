import type { QueryError, TaskId } from '@task-outcome/core'
import type { TransportReason } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { noSuchTask, simulateApi, statusOf } from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { task } from '../../test/waiting.js'
import { WaitResult, finishedTasks } from '../result/WaitResult.js'
import { waitForBatch } from '../wait/waitForBatch.js'
import { type QueryTaskStatus, failedQuery, isOverload } from './QueryTaskStatus.js'

const never = (): never => {
  throw new Error('no')
}
const hostile = new Proxy({}, { get: never, has: never, ownKeys: never, getPrototypeOf: never })

const misused = {
  _tag: 'DeliveryUnknown',
  operation: 'query',
  reason: { _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_QUERY_RESULT' },
  recovered: [],
}

const other = { taskId: '18' as TaskId, endsAtMs: 0, ending: 'Succeeded' } as const

/** The result for a task with that query, next to another task with a valid query. */
const waitWith = async (query: unknown) => {
  const clock = new SimulatedClock()
  const { query: sound } = simulateApi(clock, [other], { answerTo: () => ({ durationMs: 1 }) })
  const both = ((taskId: TaskId, signal: AbortSignal) =>
    taskId === other.taskId
      ? sound(taskId, signal)
      : (query as QueryTaskStatus)(taskId, signal)) as QueryTaskStatus
  const result = await clock.run(waitForBatch([task, other], both, { clock })())
  expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
  expect(finishedTasks(result)).toMatchObject([{ taskId: '18', status: { _tag: 'Succeeded' } }])
  return result._tag === 'SomePending' ? result.pending : []
}

describe('a query that does not return an Either of a QueryError or a TaskStatus leaves its task pending immediately', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 2],
    ['a string', '{"code":0,"data":{"status":2}}'],
    ['parsed JSON', { code: 0, data: { status: 2 } }],
    ['a status outside an Either', statusOf('Succeeded')],
    ['a Right of nothing', E.right(undefined)],
    ['a Right of parsed JSON', E.right({ code: 0, data: { status: 2 } })],
    ['another state', E.right({ ...statusOf('Succeeded'), _tag: 'Banana' })],
    ['a state without its fields', E.right({ _tag: 'Succeeded' })],
    ['a Left of nothing', E.left(undefined)],
    ['a Left of an empty object', E.left({})],
    ['another error', E.left({ _tag: 'x' })],
    ['an error of a submission', E.left({ ...noSuchTask, operation: undefined })],
    ['an Option', { _tag: 'Some', value: statusOf('Succeeded') }],
    ['an Either with a wrong tag', { _tag: 'right', right: statusOf('Succeeded') }],
    ['a Right of a Proxy that throws', E.right(hostile)],
    ['a Left of a Proxy that throws', E.left(hostile)],
    ['an extra that throws', E.right({ ...statusOf('Succeeded'), extra: hostile })],
  ])('%s', async (_, result) => {
    expect(await waitWith(() => () => result)).toMatchObject([
      { taskId: '17', queries: 1, reason: { _tag: 'QueryFailed', error: misused } },
    ])
  })

  test.each<[string, unknown]>([
    ['a promise instead of a Task', () => Promise.resolve(E.right(statusOf('Succeeded')))],
    ['an Either instead of a Task', () => E.right(statusOf('Succeeded'))],
    ['nothing instead of a Task', () => undefined],
  ])('%s', async (_, query) => {
    expect(await waitWith(query)).toMatchObject([{ queries: 1, reason: { error: misused } }])
  })

  test.each([undefined, null, 'query', {}])('a query that is %s', async query => {
    const clock = new SimulatedClock()
    expect(await clock.run(waitForBatch([task], query as never, { clock })())).toMatchObject({
      pending: [{ queries: 1, reason: { _tag: 'QueryFailed', error: misused } }],
    })
  })
})

describe('a query that throws counts as failed and is repeated', () => {
  test.each<[string, () => unknown]>([
    ['an error', never],
    [
      'a Proxy that throws',
      () => {
        throw hostile // eslint-disable-line @typescript-eslint/only-throw-error -- as untyped code may
      },
    ],
    ['when it is awaited', () => Promise.reject(new Error('no'))],
    [
      'from a getter `then`',
      () => ({
        get then() {
          return never()
        },
      }),
    ],
    ['from `then`', () => ({ then: never })],
  ])('%s', async (_, run) => {
    expect(await waitWith(() => run)).toMatchObject([
      { queries: 10, reason: { _tag: 'QueryFailed', error: { reason: { _tag: 'ClientFailed' } } } },
    ])
  })
})

test('a thenable is awaited like a promise', async () => {
  const clock = new SimulatedClock()
  const result = E.right(statusOf('Failed'))
  const query = (() => () => ({
    then: (resolve: (value: unknown) => void) => resolve(result),
  })) as unknown as QueryTaskStatus
  expect(await clock.run(waitForBatch([task], query, { clock })())).toMatchObject({
    finished: [{ taskId: '17', status: { _tag: 'Failed' } }],
  })
})

test('a query that is called wrongly is not repeated: it stays wrong', () => {
  const notSent = (reason: TransportReason): QueryError => ({
    _tag: 'NotSent',
    operation: 'query',
    reason,
    recovered: [],
  })
  expect(failedQuery(notSent({ _tag: 'Misused', message: 'a name is missing' })).askAgain).toBe('never')
  expect(failedQuery(notSent({ _tag: 'NetworkFailed', code: 'ECONNREFUSED' })).askAgain).toBe('always')
})

describe('a code of API 3.0 means what its first part says', () => {
  const rejected = (code: number | string): QueryError => ({
    _tag: 'QueryRejected',
    operation: 'query',
    code,
    meaning: '',
    advice: 'never',
    message: '',
    codeDesc: '',
    recovered: [],
  })

  test.each([
    [5000, 'whileNew', false],
    ['ResourceNotFound', 'whileNew', false],
    ['ResourceNotFound.TaskNotFound', 'whileNew', false],
    ['ResourceNotFoundError', 'never', false],
    ['5000', 'never', false],
    [4400, 'never', true],
    ['RequestLimitExceeded', 'never', true],
    ['RequestLimitExceeded.UinLimitExceeded', 'never', true],
    ['RequestLimitExceededToday', 'never', false],
    ['InvalidParameter.RequestLimitExceeded', 'never', false],
  ])('%s', (code, askAgain, overload) => {
    expect(failedQuery(rejected(code))).toMatchObject({ askAgain })
    expect(isOverload(rejected(code))).toBe(overload)
  })
})
