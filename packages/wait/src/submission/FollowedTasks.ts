/**
 * The tasks that a job follows, and what is known about their ends.
 *
 * `FollowedTasks` is linear: a function that takes one changes it in place.
 *
 * @internal
 */
import type { AcceptedEntry, TaskEnd, TaskId } from '@task-outcome/core'
import { type FinishedTask, type PendingReason, type WaitResult, pendingTasks } from '../result/WaitResult.js'

/** How each task ended, or why it is pending after its wait. */
export type TaskFates<Output, Data> = ReadonlyMap<TaskId, TaskEnd<Output, Data> | PendingReason>

export interface FollowedTasks<Output, Data> {
  readonly fates: Map<TaskId, TaskEnd<Output, Data> | PendingReason>
  /** For each task that is followed or has ended, how many resources it works on. */
  readonly resources: Map<TaskId, number>
  /** How many waits are running. */
  waits: number
  /** How many resources have a task that succeeded. */
  succeeded: number
  failed: number
}

export const followedTasks = <Output, Data>(
  fates: TaskFates<Output, Data>,
  accepted: ReadonlyArray<AcceptedEntry<unknown>>,
): FollowedTasks<Output, Data> => {
  const tasks = {
    fates: new Map(fates),
    resources: new Map<TaskId, number>(),
    waits: 0,
    succeeded: 0,
    failed: 0,
  }
  for (const { taskId } of accepted) if (fates.has(taskId)) addResource(tasks, taskId)
  return tasks
}

/** Adds tasks, and returns those that a new wait must follow: none that another one follows, or that has ended. */
export const follow = <Entry extends AcceptedEntry<unknown>>(
  tasks: FollowedTasks<unknown, unknown>,
  accepted: ReadonlyArray<Entry>,
): ReadonlyArray<Entry> => {
  const isNew = accepted.map(({ taskId }) => !tasks.resources.has(taskId))
  for (const { taskId } of accepted) addResource(tasks, taskId)
  const added = accepted.filter((_, index) => isNew[index])
  if (added.length > 0) tasks.waits++
  return added
}

const addResource = (tasks: FollowedTasks<unknown, unknown>, taskId: TaskId): void => {
  tasks.resources.set(taskId, (tasks.resources.get(taskId) ?? 0) + 1)
  countEnd(tasks, taskId, 1)
}

export const noteEnd = <Output, Data>(
  tasks: FollowedTasks<Output, Data>,
  { taskId, status }: FinishedTask<Output, Data>,
): void => {
  tasks.fates.set(taskId, status)
  countEnd(tasks, taskId, tasks.resources.get(taskId) ?? 0)
}

const countEnd = (tasks: FollowedTasks<unknown, unknown>, taskId: TaskId, resources: number): void => {
  const tag = tasks.fates.get(taskId)?._tag
  if (tag === 'Succeeded') tasks.succeeded += resources
  if (tag === 'Failed') tasks.failed += resources
}

/** Notes why tasks are pending after a wait, unless it was cut short with everything else. */
export const noteResult = <Output, Data>(
  tasks: FollowedTasks<Output, Data>,
  result: WaitResult<Output, Data>,
  isCutShort: boolean,
): void => {
  tasks.waits--
  for (const { taskId, reason } of pendingTasks(result))
    if (!isCutShort || reason._tag === 'QueryFailed' || reason._tag === 'PolicyGaveUp')
      tasks.fates.set(taskId, reason)
}
