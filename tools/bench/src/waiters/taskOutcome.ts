import { type QueryError, type TaskId, type TaskStatus, decodeTaskStatus } from '@task-outcome/core'
import {
  type QueryTaskStatus,
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
  () =>
  async () =>
    answers[await api.ask()]

export const taskOutcome: Waiter = {
  name: '@task-outcome/wait',
  setUp:
    'one `waitForBatch` for all tasks, with `maxQueriesPerSecond: 50`, the rate that the API allows, and `concurrency: 10`; ' +
    'everything else has its default: the first query after up to 0.25 s, then a delay that grows by up to half each time, at most 10 s.',

  wait: async (api, tasks, noticed) => {
    const byId = new Map(tasks.map(task => [task.taskId, task]))
    const taskOf = (taskId: TaskId) => {
      const task = byId.get(taskId)
      if (task === undefined) throw new Error(`unexpected query of task ${taskId}`)
      return task
    }
    await waitForBatch(tasks, queryOf(api), {
      ...options,
      onFinish: ({ taskId }) => noticed(taskOf(taskId)),
    })()
  },

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
