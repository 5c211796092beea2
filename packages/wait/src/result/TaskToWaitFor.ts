/**
 * @since 0.1.0
 */
import type { ResourceId, TaskId } from '@task-outcome/core'

/**
 * A task to wait for: an `AcceptedTask`, an accepted entry of a batch, a recovered task, or one that a wait has left open.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskToWaitFor {
  readonly taskId: TaskId
  /** The resource that it works on, where one is known. */
  readonly resourceId?: ResourceId
  /** The resources that it works on, where several have one task. */
  readonly resourceIds?: ReadonlyArray<ResourceId>
  /** How many queries were sent for it before. */
  readonly queries?: number
}

/** @internal */
export interface DistinctTask {
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
  readonly queries: number
}

/**
 * Several resources can have one task: it is one task to wait for.
 *
 * @internal
 */
export const distinctTasks = (tasks: ReadonlyArray<TaskToWaitFor>): ReadonlyArray<DistinctTask> => {
  const byId = new Map<TaskId, { readonly resourceIds: Set<ResourceId>; queries: number }>()
  for (const { taskId, resourceId, resourceIds = [], queries = 0 } of tasks) {
    const known = byId.get(taskId) ?? { resourceIds: new Set(), queries: 0 }
    byId.set(taskId, known)
    if (resourceId !== undefined) known.resourceIds.add(resourceId)
    for (const id of resourceIds) known.resourceIds.add(id)
    known.queries = Math.max(known.queries, queries)
  }
  return Array.from(byId, ([taskId, { resourceIds, queries }]) => ({
    taskId,
    resourceIds: [...resourceIds],
    queries,
  }))
}
