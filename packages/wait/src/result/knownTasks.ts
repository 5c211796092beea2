/**
 * Which tasks are known, by id and resource. Tasks with the same id are different if each has resources and they share none: all
 * resources of one request can share its id, and end one by one.
 *
 * @since 0.1.0
 */
import type { ResourceId, TaskId } from '@task-outcome/core'

/**
 * The resources of each task id. None: the task as a whole.
 *
 * @internal
 */
export type KnownTasks = Map<TaskId, Set<ResourceId>>

/**
 * A task, by its id and the resources that it works on, as far as they are known.
 *
 * @category model
 * @since 0.1.0
 */
export interface NamedTask {
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
}

/**
 * Adds a task. Returns whether it is new: `false` if it is the same as a known one, or as a part of it.
 *
 * @internal
 */
export const addTask = (known: KnownTasks, { taskId, resourceIds }: NamedTask): boolean => {
  const resources = known.get(taskId)
  if (resources === undefined) {
    known.set(taskId, new Set(resourceIds))
    return true
  }
  if (resources.size === 0 || resourceIds.length === 0 || resourceIds.some(id => resources.has(id)))
    return false
  for (const id of resourceIds) resources.add(id)
  return true
}

/** @internal */
export const areDistinct = (tasks: ReadonlyArray<NamedTask>): boolean => {
  const known: KnownTasks = new Map()
  return tasks.every(task => addTask(known, task))
}

/**
 * Returns what is not known of a task: the task, the task with fewer resources, or nothing.
 *
 * @internal
 */
export const unknownPart = <A extends NamedTask>(known: KnownTasks, task: A): ReadonlyArray<A> => {
  const resources = known.get(task.taskId)
  if (resources === undefined) return [task]
  if (resources.size === 0) return []
  const resourceIds = task.resourceIds.filter(id => !resources.has(id))
  return resourceIds.length === 0 ? [] : [{ ...task, resourceIds }]
}

/**
 * Removes repeated tasks: what an earlier task of the array has already. Tasks with the same id are different if each has resources
 * and they share none, since all resources of one request can share its id, and end one by one. A task that shares some of its
 * resources stays with the others.
 *
 * @example
 * import type { ResourceId, TaskId } from '@task-outcome/core'
 * import { distinctTasks } from '@task-outcome/wait/query'
 *
 * const task = { taskId: '17' as TaskId, resourceIds: ['ins-1' as ResourceId] }
 * distinctTasks([task, task]).length // 1
 *
 * @category combinators
 * @since 0.1.0
 */
export const distinctTasks = <A extends NamedTask>(tasks: ReadonlyArray<A>): ReadonlyArray<A> => {
  const known: KnownTasks = new Map()
  return tasks.flatMap(task => unknownPart(known, task).filter(part => addTask(known, part)))
}
