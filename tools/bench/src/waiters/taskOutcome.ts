import { type QueryError, type TaskId, type TaskStatus, decodeTaskStatus } from '@task-outcome/core'
import {
  type QueryTaskStatus,
  type WaitOptions,
  defaultPollPolicy,
  finishedTasks,
  pendingTasks,
  resumeWait,
  waitForBatch,
} from '@task-outcome/wait'
import type * as E from 'fp-ts/lib/Either.js'
import { quotaPerSecond } from '../Scenario.js'
import type { Answer, SimulatedApi } from '../SimulatedApi.js'
import type { Waiter } from './Waiter.js'

/** One wait for all tasks. The jitter is of `Math.random`, which is its default. */
const options = { maxQueriesPerSecond: quotaPerSecond, concurrency: 10 }

const answers: Record<Answer, E.Either<QueryError, TaskStatus>> = {
  Succeeded: decodeTaskStatus('{"code":0,"data":{"status":0}}'),
  InProgress: decodeTaskStatus('{"code":0,"data":{"status":2}}'),
  TooMany: decodeTaskStatus('{"code":4400,"message":"quota exceeded"}'),
}

const queryOf =
  (api: SimulatedApi): QueryTaskStatus =>
  taskId =>
  async () =>
    answers[await api.ask(taskId)]

const waitWith =
  (polling: WaitOptions, queriesBefore = 0): Waiter['wait'] =>
  async (api, tasks, noticed) => {
    const byId = new Map(tasks.map(task => [task.taskId, task]))
    const taskOf = (taskId: TaskId) => {
      const task = byId.get(taskId)
      if (task === undefined) throw new Error(`unexpected query of task ${taskId}`)
      return task
    }
    const refs = tasks.map(({ taskId }) => ({ taskId, queries: queriesBefore }))
    await waitForBatch(refs, queryOf(api), {
      ...options,
      ...polling,
      onFinish: ({ taskId }) => noticed(taskOf(taskId)),
    })()
  }

/** The ways in which it can decide when to query. */
export const pollings = (
  earlierDurationsMs: ReadonlyArray<number>,
): ReadonlyArray<Pick<Waiter, 'name' | 'wait'>> => [
  { name: 'ours: learning (default)', wait: waitWith({}) },
  { name: 'ours: learning, 100 earlier durations', wait: waitWith({ earlierDurationsMs }) },
  // A wait for tasks that were queried before does not learn.
  { name: 'ours: without learning', wait: waitWith({}, 1) },
  { name: 'ours: `defaultPollPolicy`, full jitter', wait: waitWith({ pollPolicy: defaultPollPolicy }) },
]

export const taskOutcome: Waiter = {
  name: '@task-outcome/wait',
  setUp:
    'one `waitForBatch` for all tasks, with `maxQueriesPerSecond: 50`, the rate that the API allows, and `concurrency: 10`; ' +
    'everything else has its default: delays that grow from 0.2 s to 6 s with the age of the tasks, and then follow the durations of those that have ended.',

  wait: waitWith({}),

  waitAtMost: async (limitMs, api, tasks) => {
    const result = await waitForBatch(tasks, queryOf(api), { ...options, timeoutMs: limitMs })()
    const resumed = await resumeWait(result, queryOf(api), options)()
    return {
      ended: finishedTasks(result).length,
      open: pendingTasks(result).length,
      form:
        `one value, \`${result._tag}\`: every task by its id, either finished or pending with a reason; ` +
        `\`resumeWait\` continues from it until all ${finishedTasks(resumed).length.toLocaleString('en-US')} have finished`,
    }
  },
}
