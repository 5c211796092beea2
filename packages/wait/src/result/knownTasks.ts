/**
 * Which tasks are known, by id and resource. Tasks with the same id are different if each has resources and they share none: all
 * resources of one request can share its id, and end one by one.
 *
 * @internal
 */
import type { ResourceId, TaskId } from '@task-outcome/core'

/** The resources of each task id. None: the task as a whole. */
export type KnownTasks = Map<TaskId, Set<ResourceId>>

export interface NamedTask {
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
}

/** Adds a task. Returns whether it is new: `false` if it is the same as a known one, or as a part of it. */
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

export const areDistinct = (tasks: ReadonlyArray<NamedTask>): boolean => {
  const known: KnownTasks = new Map()
  return tasks.every(task => addTask(known, task))
}

/** Returns what is not known of a task: the task, the task with fewer resources, or nothing. */
export const unknownPart = <A extends NamedTask>(known: KnownTasks, task: A): ReadonlyArray<A> => {
  const resources = known.get(task.taskId)
  if (resources === undefined) return [task]
  if (resources.size === 0) return []
  const resourceIds = task.resourceIds.filter(id => !resources.has(id))
  return resourceIds.length === 0 ? [] : [{ ...task, resourceIds }]
}
