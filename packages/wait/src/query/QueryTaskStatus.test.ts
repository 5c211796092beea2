import type { TaskId } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { noSuchTask, simulateApi, statusOf } from '../../test/SimulatedApi.js'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { task } from '../../test/waiting.js'
import { WaitResult } from '../result/WaitResult.js'
import { waitForBatch } from '../wait/waitForBatch.js'
import type { QueryTaskStatus } from './QueryTaskStatus.js'

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

/** What becomes of a task with that query, while another one is waited for that is asked about as it should be. */
const waitWith = async (query: unknown) => {
  const clock = new SimulatedClock()
  const { query: sound } = simulateApi(clock, [other], { answerTo: () => ({ durationMs: 1 }) })
  const both = ((taskId: TaskId, signal: AbortSignal) =>
    taskId === other.taskId
      ? sound(taskId, signal)
      : (query as QueryTaskStatus)(taskId, signal)) as QueryTaskStatus
  const result = await clock.run(waitForBatch([task, other], both, { clock })())
  expect(WaitResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
  expect(result.finished).toMatchObject([{ taskId: '18', status: { _tag: 'Succeeded' } }])
  return result._tag === 'SomePending' ? result.pending : []
}

describe('a query that gives no Either of a QueryError or a TaskStatus leaves its task pending and says so, at once', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 2],
    ['a string', '{"code":0,"data":{"status":2}}'],
    ['parsed JSON', { code: 0, data: { status: 2 } }],
    ['a status that is in no Either', statusOf('Succeeded')],
    ['nothing on the right', E.right(undefined)],
    ['parsed JSON on the right', E.right({ code: 0, data: { status: 2 } })],
    ['another state', E.right({ ...statusOf('Succeeded'), _tag: 'Banana' })],
    ['a state without what belongs to it', E.right({ _tag: 'Succeeded' })],
    ['nothing on the left', E.left(undefined)],
    ['an empty object on the left', E.left({})],
    ['another error', E.left({ _tag: 'x' })],
    ['an error of a submission', E.left({ ...noSuchTask, operation: undefined })],
    ['an Option', { _tag: 'Some', value: statusOf('Succeeded') }],
    ['an Either of the wrong tag', { _tag: 'right', right: statusOf('Succeeded') }],
    ['a Proxy that throws on the right', E.right(hostile)],
    ['a Proxy that throws on the left', E.left(hostile)],
    ['an extra that throws', E.right({ ...statusOf('Succeeded'), extra: hostile })],
  ])('%s', async (_, answer) => {
    expect(await waitWith(() => () => answer)).toMatchObject([
      { taskId: '17', queries: 1, reason: { _tag: 'QueryFailed', error: misused } },
    ])
  })

  test.each<[string, unknown]>([
    ['a promise in place of a Task', () => Promise.resolve(E.right(statusOf('Succeeded')))],
    ['an Either in place of a Task', () => E.right(statusOf('Succeeded'))],
    ['nothing in place of a Task', () => undefined],
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

describe('a query that throws has failed, and is asked again', () => {
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

test('a thenable of its own is awaited like a promise', async () => {
  const clock = new SimulatedClock()
  const answer = E.right(statusOf('Failed'))
  const query = (() => () => ({
    then: (resolve: (value: unknown) => void) => resolve(answer),
  })) as unknown as QueryTaskStatus
  expect(await clock.run(waitForBatch([task], query, { clock })())).toMatchObject({
    finished: [{ taskId: '17', status: { _tag: 'Failed' } }],
  })
})
