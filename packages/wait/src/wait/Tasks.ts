/**
 * The tasks of a wait, and where each of them is.
 *
 * `Tasks` is linear: a function that takes one consumes it, and only the one it returns may be used from then on. Both share
 * the map and the array, which are changed in place: to copy them for each query would take quadratic time.
 *
 * @internal
 */
import type { TaskId } from '@task-outcome/core'
import { type RetryStatus, defaultRetryStatus } from 'retry-ts'
import type { FailedQuery } from '../query/QueryTaskStatus.js'
import type { DistinctTask } from '../result/TaskRef.js'
import type { WaitProgress } from '../result/WaitProgress.js'
import {
  type FinishedTask,
  type PendingReason,
  type PendingTask,
  type WaitResult,
  pendingFor,
  resultOf,
} from '../result/WaitResult.js'
import type { InitialState } from './InitialState.js'

export interface Tasks<Output, Data> {
  /** Every task to wait for, in the order given. A task has one entry, so it is in exactly one place. */
  readonly byId: Map<TaskId, TrackedTask>
  /** In the order in which their ends were noticed; first those that had finished before the wait. */
  readonly finished: Array<FinishedTask<Output, Data>>
  /** How many tasks there are, those that had finished before the wait included. */
  readonly total: number
  readonly succeeded: number
  /** The queries sent so far, those before this wait included. */
  readonly queries: number
  /** How many tasks are `UnderWay`. */
  readonly underWay: number
  /** How many tasks are neither `GivenUp` nor `Ended`. */
  readonly pursued: number
  /** For how many finished tasks `onFinish` has not settled. */
  readonly telling: number
}

/** An immutable record: a task that moves gets another. */
export interface TrackedTask extends DistinctTask {
  /** How often the polling policy was applied, and its last delay. */
  readonly polling: RetryStatus
  /** The same for the failure policy, since the last response. */
  readonly failing: RetryStatus
  readonly place: Place
}

export type Place =
  /** No delay was asked for yet. */
  | { readonly _tag: 'New' }
  /** A policy decides when to query: the failure policy after a query that failed. */
  | { readonly _tag: 'Deciding'; readonly failure: FailedQuery | undefined }
  | { readonly _tag: 'Scheduled' }
  | { readonly _tag: 'UnderWay'; readonly query: number; readonly startedAtMs: number }
  /** Not queried again in this wait. `endedBefore` is the number of tasks that had finished by then. */
  | { readonly _tag: 'GivenUp'; readonly reason: PendingReason; readonly endedBefore: number }
  /** At this index of `finished`. If its `onFinish` failed, the task counts as pending. */
  | { readonly _tag: 'Ended'; readonly index: number; readonly onFinish: 'running' | 'done' | 'failed' }

export const tasksOf = <Output, Data>({
  finished,
  tasks,
}: InitialState<Output, Data>): Tasks<Output, Data> => ({
  byId: new Map(
    tasks.map(({ taskId, resourceIds, queries }) => [
      taskId,
      {
        taskId,
        resourceIds,
        queries,
        polling: defaultRetryStatus,
        failing: defaultRetryStatus,
        place: { _tag: 'New' },
      },
    ]),
  ),
  finished: [...finished],
  total: finished.length + tasks.length,
  succeeded: finished.filter(({ status }) => status._tag === 'Succeeded').length,
  queries: [...finished, ...tasks].reduce((sum, { queries }) => sum + queries, 0),
  underWay: 0,
  pursued: tasks.length,
  telling: 0,
})

/**
 * Replaces the record `from` of a task by `to`. The records made for each query are written out field by field, here and below:
 * spreading them took more time than everything else in `step`.
 */
const move = <Output, Data>(
  tasks: Tasks<Output, Data>,
  from: TrackedTask,
  to: TrackedTask,
  { succeeded, queries }: Pick<Tasks<Output, Data>, 'succeeded' | 'queries'> = tasks,
): Tasks<Output, Data> => {
  const { byId, finished, total, underWay, pursued, telling } = tasks
  byId.set(to.taskId, to)
  return {
    byId,
    finished,
    total,
    succeeded,
    queries,
    underWay: underWay + isUnderWay(to) - isUnderWay(from),
    pursued: pursued + isPursued(to) - isPursued(from),
    telling: telling + isBeingTold(to) - isBeingTold(from),
  }
}

const isUnderWay = ({ place }: TrackedTask): number => (place._tag === 'UnderWay' ? 1 : 0)
const isPursued = ({ place }: TrackedTask): number =>
  place._tag === 'GivenUp' || place._tag === 'Ended' ? 0 : 1
const isBeingTold = ({ place }: TrackedTask): number =>
  place._tag === 'Ended' && place.onFinish === 'running' ? 1 : 0

/** Marks a task as waiting for a policy. After a response its failures count from zero again. */
export const awaitDecision = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  failure: FailedQuery | undefined,
): Tasks<Output, Data> => {
  const { taskId, resourceIds, queries, polling } = task
  const failing = failure === undefined ? defaultRetryStatus : task.failing
  const place = { _tag: 'Deciding', failure } as const
  return move(tasks, task, { taskId, resourceIds, queries, polling, failing, place })
}

/** Marks a task as scheduled, and returns its record as well: the schedule holds it. */
export const awaitTurn = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  { polling, failing }: Pick<TrackedTask, 'polling' | 'failing'>,
): readonly [TrackedTask, Tasks<Output, Data>] => {
  const { taskId, resourceIds, queries } = task
  const place = { _tag: 'Scheduled' } as const
  const scheduled = { taskId, resourceIds, queries, polling, failing, place }
  return [scheduled, move(tasks, task, scheduled)]
}

/** Marks a task as under way. The number of its query is `queries` of the returned tasks. */
export const startQuery = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  startedAtMs: number,
): Tasks<Output, Data> => {
  const { taskId, resourceIds, polling, failing } = task
  const query = tasks.queries + 1
  const place = { _tag: 'UnderWay', query, startedAtMs } as const
  const asked = { taskId, resourceIds, queries: task.queries + 1, polling, failing, place }
  return move(tasks, task, asked, { succeeded: tasks.succeeded, queries: query })
}

export const giveUp = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  reason: PendingReason,
): Tasks<Output, Data> =>
  move(tasks, task, { ...task, place: { _tag: 'GivenUp', reason, endedBefore: tasks.finished.length } })

/** Appends the task to `finished`. Its `onFinish` counts as running from now on. */
export const endTask = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  finished: FinishedTask<Output, Data>,
): Tasks<Output, Data> => {
  const place = { _tag: 'Ended', index: tasks.finished.length, onFinish: 'running' } as const
  tasks.finished.push(finished)
  const succeeded = tasks.succeeded + (finished.status._tag === 'Succeeded' ? 1 : 0)
  return move(tasks, task, { ...task, place }, { succeeded, queries: tasks.queries })
}

/** Records that `onFinish` has settled for this task. Returns `tasks` itself if it is not running. */
export const settle = <Output, Data>(
  tasks: Tasks<Output, Data>,
  taskId: TaskId,
  onFinish: 'done' | 'failed',
): Tasks<Output, Data> => {
  const task = tasks.byId.get(taskId)
  return task?.place._tag === 'Ended' && task.place.onFinish === 'running'
    ? move(tasks, task, { ...task, place: { ...task.place, onFinish } })
    : tasks
}

export const progressIn = ({
  total,
  finished,
  succeeded,
  queries,
}: Tasks<unknown, unknown>): WaitProgress => ({
  succeeded,
  failed: finished.length - succeeded,
  pending: total - finished.length,
  queries,
})

/**
 * Returns what was known when `endedThen` tasks had finished, by default what is known now. A task that had not been given up then
 * is pending for this reason. Takes time in proportion to the number of tasks.
 */
export const resultIn = <Output, Data>(
  { byId, finished }: Tasks<Output, Data>,
  reason: PendingReason,
  endedThen = Infinity,
): WaitResult<Output, Data> => {
  const pending: PendingTask[] = []
  for (const task of byId.values()) {
    const { place } = task
    if (place._tag === 'Ended' && place.index < endedThen && !isUntold(task)) continue
    const isGivenUp = place._tag === 'GivenUp' && place.endedBefore < endedThen
    pending.push(pendingFor(isGivenUp ? place.reason : reason)(task))
  }
  const told = finished.slice(0, endedThen).filter(({ taskId }) => !isUntold(byId.get(taskId)))
  return resultOf(told, pending)
}

/** Whether its `onFinish` failed: the caller may not know that it has finished. */
const isUntold = (task: TrackedTask | undefined): boolean =>
  task?.place._tag === 'Ended' && task.place.onFinish === 'failed'
