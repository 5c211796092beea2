import { createAxiosTaskClient } from '@task-outcome/axios'
import type { QueryError, TaskStatus, TaskId } from '@task-outcome/core'
import { startEmulator } from '@task-outcome/emulator'
import { createFetchTaskClient } from '@task-outcome/fetch'
import axios from 'axios'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay } from 'retry-ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { acceptedEntries, finishedTasks, resubmitRejected, waitForBatch } from '../src/index.js'

const overFetch = createFetchTaskClient(fetch)
const overAxios = createAxiosTaskClient(axios.create())

const clients = {
  fetch: {
    submitBatch: (url: string) => overFetch.submitBatch(url),
    status: (url: string, signal: AbortSignal): TE.TaskEither<QueryError, TaskStatus> =>
      overFetch.status(url, { signal }),
  },
  axios: {
    submitBatch: (url: string) => overAxios.submitBatch({ url }),
    status: (url: string, signal: AbortSignal): TE.TaskEither<QueryError, TaskStatus> =>
      overAxios.status({ url, signal }),
  },
}

/** An emulator whose clock advances by 10 ms on each reading. */
const start = async (options: Parameters<typeof startEmulator>[0]) => {
  let now = 0
  const emulator = await startEmulator({ clock: () => (now += 10), ...options })
  onTestFinished(() => emulator.close())
  return emulator
}

const startInstances = (endpoint: string, ids: ReadonlyArray<string>): string =>
  ids.reduce(
    (url, id, index) => `${url}&instanceIds.${String(index)}=${id}`,
    `${endpoint}?Action=StartInstances`,
  )

const quickly = { pollPolicy: constantDelay(5), maxQueriesPerSecond: 1000 }

describe.each(Object.entries(clients))('with %s', (_, { submitBatch, status }) => {
  test('rejected resources of a batch are submitted again, and all tasks are waited for', async () => {
    let busy = true
    const emulator = await start({
      taskDurationMs: 500,
      rejections: resourceId => {
        if (resourceId === 'gone') return { code: 5000, message: 'no such instance' }
        return resourceId === 'busy' && busy ? { code: 5100, message: 'busy' } : undefined
      },
      failures: { broken: { code: 7, message: 'the disk is full' } },
    })
    const outcome = await submitBatch(startInstances(emulator.endpoint, ['fine', 'busy', 'broken', 'gone']))()
    if (E.isLeft(outcome)) throw new Error('not submitted')
    busy = false
    const all = await resubmitRejected(
      outcome.right,
      ids => submitBatch(startInstances(emulator.endpoint, ids)),
      { policy: constantDelay(5) },
    )()
    expect(all).toMatchObject({
      end: { _tag: 'Settled' },
      rounds: 1,
      resources: [
        { resourceId: 'fine', _tag: 'ResourceAccepted', rejections: [] },
        { resourceId: 'busy', _tag: 'ResourceAccepted', rejections: [{ code: 5100 }] },
        { resourceId: 'broken', _tag: 'ResourceAccepted', rejections: [] },
        { resourceId: 'gone', _tag: 'ResourceRejected', rejections: [{ code: 5000 }] },
      ],
    })
    const query = (taskId: TaskId, signal: AbortSignal) =>
      status(`${emulator.endpoint}?Action=DescribeVpcTaskResult&taskId=${taskId}`, signal)
    const result = await waitForBatch(acceptedEntries(all), query, quickly)()
    expect(result._tag).toBe('AllFinished')
    const endings = Object.fromEntries(
      finishedTasks(result).map(task => [String(task.resourceIds[0]), task.status]),
    )
    expect(endings).toMatchObject({
      fine: { _tag: 'Succeeded' },
      busy: { _tag: 'Succeeded' },
      broken: { _tag: 'Failed', output: { code: 7, message: 'the disk is full' } },
    })
  })

  test('no fault on the way changes how a task is reported to have finished', async () => {
    const emulator = await start({ taskDurationMs: 300 })
    const ids = Array.from({ length: 12 }, (_entry, index) => `ins-${String(index)}`)
    const outcome = await submitBatch(startInstances(emulator.endpoint, ids))()
    if (E.isLeft(outcome) || outcome.right._tag !== 'AllAccepted') throw new Error('not submitted')
    const faults = [
      { status: 502, body: '<html>Bad Gateway</html>' },
      { body: '{"code":0,"data":{"status":1}}', fault: { _tag: 'Close', at: 'withinBody' } },
      { body: '{"code":4400,"message":"too many requests"}' },
      { body: '{"code":0,"data":{"status":7}}' },
    ] as const
    let asked = 0
    const query = (taskId: TaskId, signal: AbortSignal) => {
      const fault = asked++ % 2 === 0 ? faults[(asked >> 1) % faults.length] : undefined
      const url =
        fault === undefined
          ? `${emulator.endpoint}?Action=CheckTaskStatus&flowId=${taskId}`
          : emulator.serve(fault)
      return status(url, signal)
    }
    const options = { ...quickly, failurePolicy: constantDelay(1) }
    const result = await waitForBatch(outcome.right.accepted, query, options)()
    expect(result).toMatchObject({ _tag: 'AllFinished' })
    expect(finishedTasks(result).map(task => task.status._tag)).toEqual(ids.map(() => 'Succeeded'))
  })
})
