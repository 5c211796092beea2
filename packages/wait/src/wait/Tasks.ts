/**
 * The tasks of a wait, and where each of them is.
 *
 * `Tasks` is linear: a function that takes one consumes it, and only the one it returns may be used from then on. Both share
 * the arrays, which are changed in place: to copy them for each query would take quadratic time.
 *
 * @internal
 */
import { misused } from '@task-outcome/core/adapter'
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
  /** Every task to wait for, in the order given, at its key. A task has one entry, so it is in exactly one place. */
  readonly byKey: Array<TrackedTask>
  /** In the order in which their ends were noticed; first those that had finished before the wait. */
  readonly finished: Array<FinishedTask<Output, Data>>
  /** How many tasks there are, those that had finished before the wait included. */
  readonly total: number
  readonly succeeded: number
  /** The queries sent so far, those before this wait included. One of ten tasks counts ten times. */
  readonly queries: number
  /** How many tasks are neither `GivenUp` nor `Ended`. */
  readonly pursued: number
  /** For how many finished tasks `onFinish` has not settled. */
  readonly telling: number
}

/** The position of a task in the input. Its id does not suffice: resources can share one and end one by one. */
export type TaskKey = number

/**
 * A task, which is changed in place as it moves: a new record for each move would be garbage of the old generation, which costs
 * more to collect than all else in `step`.
 */
export interface TrackedTask extends DistinctTask {
  readonly key: TaskKey
  queries: number
  /** How often the polling policy was applied, and its last delay. */
  polling: RetryStatus
  /** The same for the failure policy, since the last response. */
  failing: RetryStatus
  /** The most tasks of a query for this one, itself included: see `halve` in `step`. */
  mostTogether: number
  place: Place
}

export type Place =
  /** No delay was asked for yet. */
  | { readonly _tag: 'New' }
  /** A policy decides when to query: the failure policy after a query that failed. */
  | { readonly _tag: 'Deciding'; readonly failure: FailedQuery | undefined }
  | { readonly _tag: 'Scheduled' }
  /** Part of a query, until something is done about its result. */
  | { readonly _tag: 'UnderWay' }
  /** Not queried again in this wait. `endedBefore` is the number of tasks that had finished by then. */
  | { readonly _tag: 'GivenUp'; readonly reason: PendingReason; readonly endedBefore: number }
  /** At this index of `finished`. If its `onFinish` failed, the task counts as pending. */
  | { readonly _tag: 'Ended'; readonly index: number; readonly onFinish: 'running' | 'done' | 'failed' }

/**
 * @param taskPerResource - whether a query needs the resource of a task. Then a task without one is in no query: it would make the
 * query fail for the others.
 */
export const tasksOf = <Output, Data>(
  { finished, tasks }: InitialState<Output, Data>,
  taskPerResource: boolean,
): Tasks<Output, Data> => ({
  byKey: tasks.map(({ taskId, resourceIds, queries }, key) => ({
    key,
    taskId,
    resourceIds,
    queries,
    polling: defaultRetryStatus,
    failing: defaultRetryStatus,
    mostTogether: Infinity,
    place: taskPerResource && resourceIds.length === 0 ? isWithoutResource : isNew,
  })),
  finished: [...finished],
  total: finished.length + tasks.length,
  succeeded: finished.filter(({ status }) => status._tag === 'Succeeded').length,
  queries: queriesIn(finished) + queriesIn(tasks),
  pursued: taskPerResource ? tasks.filter(({ resourceIds }) => resourceIds.length > 0).length : tasks.length,
  telling: 0,
})

const queriesIn = (some: ReadonlyArray<{ readonly queries: number }>): number =>
  some.reduce((sum, { queries }) => sum + queries, 0)

const isNew = { _tag: 'New' } as const
const isWithoutResource: Place = {
  _tag: 'GivenUp',
  reason: {
    _tag: 'QueryFailed',
    error: {
      _tag: 'NotSent',
      operation: 'query',
      reason: misused('the task has no resourceId, which a query with taskPerResource requires'),
      recovered: [],
    },
  },
  endedBefore: 0,
}
const isDeciding: Place = { _tag: 'Deciding', failure: undefined }
const isScheduled = { _tag: 'Scheduled' } as const
const isUnderWay = { _tag: 'UnderWay' } as const

/** Moves a task to another place, and counts. Written out field by field: spreading takes longer than all else in `step`. */
const move = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  place: Place,
  { succeeded, queries }: Pick<Tasks<Output, Data>, 'succeeded' | 'queries'> = tasks,
): Tasks<Output, Data> => {
  const { byKey, finished, total } = tasks
  const pursued = tasks.pursued - isPursued(task)
  const telling = tasks.telling - isBeingTold(task)
  task.place = place
  return {
    byKey,
    finished,
    total,
    succeeded,
    queries,
    pursued: pursued + isPursued(task),
    telling: telling + isBeingTold(task),
  }
}

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
  if (failure !== undefined) return move(tasks, task, { _tag: 'Deciding', failure })
  task.failing = defaultRetryStatus
  task.mostTogether = Infinity
  return move(tasks, task, isDeciding)
}

/** Marks a task as scheduled. */
export const awaitTurn = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  { polling, failing, mostTogether }: Pick<TrackedTask, 'polling' | 'failing' | 'mostTogether'>,
): Tasks<Output, Data> => {
  task.polling = polling
  task.failing = failing
  task.mostTogether = mostTogether
  return move(tasks, task, isScheduled)
}

/** Marks a task as part of a query that is under way. */
export const startQuery = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
): Tasks<Output, Data> => {
  task.queries++
  return move(tasks, task, isUnderWay, { succeeded: tasks.succeeded, queries: tasks.queries + 1 })
}

export const giveUp = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  reason: PendingReason,
): Tasks<Output, Data> => move(tasks, task, { _tag: 'GivenUp', reason, endedBefore: tasks.finished.length })

/** Appends the task to `finished`. Its `onFinish` counts as running from now on. */
export const endTask = <Output, Data>(
  tasks: Tasks<Output, Data>,
  task: TrackedTask,
  finished: FinishedTask<Output, Data>,
): Tasks<Output, Data> => {
  const place = { _tag: 'Ended', index: tasks.finished.length, onFinish: 'running' } as const
  tasks.finished.push(finished)
  const succeeded = tasks.succeeded + (finished.status._tag === 'Succeeded' ? 1 : 0)
  return move(tasks, task, place, { succeeded, queries: tasks.queries })
}

/** Records that `onFinish` has settled for this task. Returns `tasks` itself if it is not running. */
export const settle = <Output, Data>(
  tasks: Tasks<Output, Data>,
  key: TaskKey,
  onFinish: 'done' | 'failed',
): Tasks<Output, Data> => {
  const task = tasks.byKey[key]
  return task?.place._tag === 'Ended' && task.place.onFinish === 'running'
    ? move(tasks, task, { ...task.place, onFinish })
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
  { byKey, finished }: Tasks<Output, Data>,
  reason: PendingReason,
  endedThen = Infinity,
): WaitResult<Output, Data> => {
  const pending: PendingTask[] = []
  const untold = new Set<number>()
  for (const task of byKey) {
    const { place } = task
    // If its `onFinish` failed, the caller may not know that it has finished.
    if (place._tag === 'Ended' && place.onFinish === 'failed') untold.add(place.index)
    else if (place._tag === 'Ended' && place.index < endedThen) continue
    const isGivenUp = place._tag === 'GivenUp' && place.endedBefore < endedThen
    pending.push(pendingFor(isGivenUp ? place.reason : reason)(task))
  }
  const told = finished.slice(0, endedThen).filter((_, index) => !untold.has(index))
  return resultOf(told, pending)
}
