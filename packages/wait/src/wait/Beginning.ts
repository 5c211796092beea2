/**
 * @since 0.1.0
 */
import type { ResourceId, TaskId } from '@task-outcome/core'
import type { EndedTask, WaitResult } from '../result/WaitResult.js'

/**
 * A task to wait for: an `AcceptedTask`, an accepted entry of a batch, a recovered task, or one that a wait has left open.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskToWaitFor {
  readonly taskId: TaskId
  readonly resourceId?: ResourceId
  readonly resourceIds?: ReadonlyArray<ResourceId>
  /** How many queries were sent for it before. */
  readonly queries?: number
}

/** @internal */
export interface TaskToFollow {
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
  readonly queries: number
}

/**
 * Where a wait begins: what is known already, and the tasks that are to be followed.
 *
 * @internal
 */
export interface Beginning<Output, Data> {
  readonly ended: ReadonlyArray<EndedTask<Output, Data>>
  readonly tasks: ReadonlyArray<TaskToFollow>
}

/**
 * Several resources can have one task: it is followed once.
 *
 * @internal
 */
export const beginningWith = (tasks: ReadonlyArray<TaskToWaitFor>): Beginning<never, never> => {
  const byId = new Map<TaskId, TaskToFollow>()
  for (const { taskId, resourceId, resourceIds = [], queries = 0 } of tasks) {
    const before = byId.get(taskId) ?? { taskId, resourceIds: [], queries: 0 }
    const added = resourceId === undefined ? resourceIds : [resourceId, ...resourceIds]
    byId.set(taskId, {
      taskId,
      resourceIds: [...new Set([...before.resourceIds, ...added])],
      queries: Math.max(before.queries, queries),
    })
  }
  return { ended: [], tasks: [...byId.values()] }
}

/** @internal */
export const beginningFrom = <Output, Data>(result: WaitResult<Output, Data>): Beginning<Output, Data> => {
  const { ended } = result
  if (result._tag === 'AllEnded') return { ended, tasks: [] }
  const known = new Set(ended.map(({ taskId }) => taskId))
  return { ended, tasks: beginningWith(result.open.filter(({ taskId }) => !known.has(taskId))).tasks }
}
