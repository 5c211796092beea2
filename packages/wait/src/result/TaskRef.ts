/**
 * @since 0.1.0
 */
import { type BatchOutcome, ResourceId, TaskId } from '@task-outcome/core'
import { clientFailed } from '@task-outcome/core/adapter'
import { count } from './count.js'
import { describe } from './describe.js'

/**
 * A task to wait for: an `AcceptedTask`, an accepted entry of a batch, a recovered task, or a task that a wait has left pending.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskRef {
  readonly taskId: TaskId
  /** The resource that it works on, if known. */
  readonly resourceId?: ResourceId
  /** The resources that it works on, if several share the task. */
  readonly resourceIds?: ReadonlyArray<ResourceId>
  /** How many queries were already sent for it. */
  readonly queries?: number
}

/** @internal */
export interface DistinctTask {
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
  readonly queries: number
}

/**
 * Tasks to wait for: an array, or the outcome of a batch, which means its accepted entries. An empty array and an `AllRejected`
 * have none, so the result is `NothingToWaitFor`.
 *
 * @category model
 * @since 0.1.0
 */
export type TaskRefs = ReadonlyArray<TaskRef> | BatchOutcome<unknown, unknown>

/** @internal */
export interface ReadTasks {
  /** Every task that could be read. */
  readonly tasks: ReadonlyArray<DistinctTask>
  /** The first thing that could not be read; absent if everything could be. */
  readonly issue?: string
}

/**
 * Reads tasks from a caller's input, which can be anything in untyped code. If several resources share a task, it is read once.
 *
 * @internal
 */
export const readTasks = (from: unknown): ReadTasks => {
  const found: TasksById = new Map()
  return withTasks(found, () => {
    const tasks = possibleTasks(from)
    return tasks === undefined
      ? `expected an array of tasks or a BatchOutcome, found ${describe(from)}`
      : addTasks(found, tasks)
  })
}

/**
 * Reads one task.
 *
 * @internal
 */
export const readTask = (from: unknown): ReadTasks => {
  const found: TasksById = new Map()
  return withTasks(found, () => addTask(found, from))
}

const withTasks = (found: TasksById, read: () => string | undefined): ReadTasks => {
  const issue = attempt(read)
  const tasks = Array.from(found, ([taskId, { resourceIds, queries }]) => ({
    taskId,
    resourceIds: [...resourceIds],
    queries,
  }))
  return issue === undefined ? { tasks } : { tasks, issue }
}

/** Catches what getters and proxies throw. */
const attempt = (read: () => string | undefined): string | undefined => {
  try {
    return read()
  } catch (thrown) {
    return `expected plain data, but reading it threw ${clientFailed(thrown).name}`
  }
}

const possibleTasks = (from: unknown): ReadonlyArray<unknown> | undefined => {
  if (Array.isArray(from)) return from as unknown[]
  if (typeof from !== 'object' || from === null) return undefined
  const { _tag, accepted } = from as Readonly<Record<string, unknown>>
  const isOutcome = _tag === 'AllAccepted' || _tag === 'PartlyAccepted' || _tag === 'AllRejected'
  return isOutcome && Array.isArray(accepted) && accepted.length > 0 ? (accepted as unknown[]) : undefined
}

type TasksById = Map<TaskId, { readonly resourceIds: Set<ResourceId>; queries: number }>

/** Adds every task that can be read, and returns the first issue. */
const addTasks = (found: TasksById, tasks: ReadonlyArray<unknown>): string | undefined => {
  let issue: string | undefined
  for (const [index, task] of tasks.entries()) {
    const itemIssue = addTask(found, task)
    if (itemIssue !== undefined) issue ??= `item ${index}: ${itemIssue}`
  }
  return issue
}

/** Treats `null` as absent, as in rows of a database. */
const addTask = (found: TasksById, task: unknown): string | undefined => {
  if (typeof task !== 'object' || task === null)
    return `expected an object with a taskId, found ${describe(task)}`
  const { taskId, resourceId, resourceIds, queries } = task as Readonly<Record<string, unknown>>
  if (taskId === undefined) return `expected an object with a taskId, found ${describe(task)}`
  if (!TaskId.is(taskId)) return `expected a taskId that is a non-empty string, found ${describeId(taskId)}`
  const known = found.get(taskId) ?? { resourceIds: new Set(), queries: 0 }
  found.set(taskId, known)
  known.queries = Math.max(known.queries, count.is(queries) ? queries : 0)
  if (!isNothing(resourceId) && !ResourceId.is(resourceId))
    return `expected a resourceId that is a string, found ${describe(resourceId)}`
  if (!isNothing(resourceIds) && !isArrayOfIds(resourceIds))
    return `expected resourceIds that are an array of strings, found ${describe(resourceIds)}`
  if (!isNothing(resourceId)) known.resourceIds.add(resourceId)
  if (!isNothing(resourceIds)) for (const id of resourceIds) known.resourceIds.add(id)
  return undefined
}

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined

const isArrayOfIds = (value: unknown): value is ReadonlyArray<ResourceId> =>
  Array.isArray(value) && value.every(ResourceId.is)

const describeId = (taskId: unknown): string => (taskId === '' ? 'an empty string' : describe(taskId))
