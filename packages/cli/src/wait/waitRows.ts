/**
 * The result of a wait → rows.
 *
 * @internal
 */
import { showTaskError } from '@task-outcome/core'
import {
  type FinishedTask,
  type PendingTask,
  type WaitResult,
  finishedTasks,
  pendingTasks,
} from '@task-outcome/wait'
import { describeOutput } from '../read/decodeBody.js'
import type { Row } from '../read/Row.js'

/** A row for each resource of each task, or one for a task without a resource. What is pending comes first. */
export const waitRows = (result: WaitResult): ReadonlyArray<Row> => [
  ...pendingTasks(result).flatMap(pendingRows),
  ...finishedTasks(result).flatMap(finishedRows),
]

export const finishedRows = ({ taskId, resourceIds, status }: FinishedTask): ReadonlyArray<Row> =>
  resourcesOf(resourceIds).map(resource => ({
    source: '',
    state: status._tag === 'Succeeded' ? 'succeeded' : 'failed',
    resource,
    task: taskId,
    code: undefined,
    reason: status._tag === 'Failed' ? describeOutput(status) : '',
    message: status.message,
    again: status._tag === 'Failed' ? 'unknown' : 'no',
  }))

const pendingRows = ({ taskId, resourceIds, reason }: PendingTask): ReadonlyArray<Row> =>
  resourcesOf(resourceIds).map(resource => ({
    source: '',
    // After a query that can't succeed, nothing is known of the task.
    state: reason._tag === 'QueryFailed' ? 'in-doubt' : 'in-progress',
    resource,
    task: taskId,
    code: undefined,
    reason: reasonOf(reason),
    message: '',
    again: 'look-first',
  }))

const reasonOf = (reason: PendingTask['reason']): string => {
  switch (reason._tag) {
    case 'Waiting':
      return ''
    case 'TimedOut':
      return 'timed out'
    case 'Aborted':
      return reason.message
    case 'PolicyGaveUp':
      return 'gave up after the maximum number of queries'
    case 'QueryFailed':
      return showTaskError(reason.error)
  }
}

const resourcesOf = (ids: ReadonlyArray<string>): ReadonlyArray<string | undefined> =>
  ids.length === 0 ? [undefined] : ids
