/**
 * The tasks of one emulator, whichever API started them.
 *
 * @internal
 */
import type { ResourceId, TaskId } from '@task-outcome/core'
import { type EmulatedFailure, type EmulatedFailures, type EmulatedTask, reasonFor } from './EmulatedTask.js'

export interface TaskStoreOptions {
  readonly clock: () => number
  readonly taskDurationMs: number
  readonly rejections: EmulatedFailures
  readonly failures: EmulatedFailures
  readonly firstTaskId: bigint
}

export interface TaskStore {
  /** Every task, oldest first. */
  readonly started: ReadonlyArray<EmulatedTask>
  /** Returns the numeric id of the next task: that of the first, plus the number of tasks so far. */
  readonly nextId: () => TaskId
  /** Returns why the API must reject these resources, if so. */
  readonly rejectionOf: (
    action: string,
    resourceIds: ReadonlyArray<ResourceId>,
  ) => EmulatedFailure | undefined
  /** Starts all of the tasks, or none if an option throws. */
  readonly start: (tasks: ReadonlyArray<NewTask>) => ReadonlyArray<EmulatedTask>
  readonly stateOf: (task: EmulatedTask) => TaskState
}

type NewTask = Omit<EmulatedTask, 'endsAtMs' | 'failure'>

export type TaskState = 'succeeded' | 'failed' | 'inProgress'

export const createTaskStore = (options: TaskStoreOptions): TaskStore => {
  const started: EmulatedTask[] = []

  const begin = (task: NewTask): EmulatedTask => {
    const failure = reasonFor(options.failures, task.action, task.resourceIds)
    const endsAtMs = options.clock() + options.taskDurationMs
    return { ...task, endsAtMs, ...(failure === undefined ? {} : { failure }) }
  }

  return {
    started,
    nextId: () => String(options.firstTaskId + BigInt(started.length)) as TaskId,
    rejectionOf: (action, resourceIds) => reasonFor(options.rejections, action, resourceIds),
    start: tasks => {
      const begun = tasks.map(begin)
      started.push(...begun)
      return begun
    },
    stateOf: task => {
      if (options.clock() < task.endsAtMs) return 'inProgress'
      return task.failure === undefined ? 'succeeded' : 'failed'
    },
  }
}
