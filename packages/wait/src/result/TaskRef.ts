/**
 * @since 0.1.0
 */
import { type BatchOutcome, ResourceId, TaskId } from '@task-outcome/core'
import * as t from 'io-ts'
import { issueFrom } from './attempt.js'
import { count } from './count.js'
import { describe } from './describe.js'
import { tasksWithin } from './tasksWithin.js'

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

/**
 * The codec for a task to wait for. Use it to store or send one.
 *
 * @category codecs
 * @since 0.1.0
 */
export const TaskRef: t.Type<TaskRef> = t.intersection(
  [
    t.type({ taskId: TaskId }),
    t.partial({ resourceId: ResourceId, resourceIds: t.readonlyArray(ResourceId), queries: count }),
  ],
  'TaskRef',
) as t.Type<unknown> as t.Type<TaskRef>

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
 * Reads tasks from a caller's input, which can be anything in untyped code. If several resources share a task, it is read once;
 * with `taskPerResource`, once for each of them.
 *
 * @internal
 */
export const readTasks = (from: unknown, taskPerResource = false): ReadTasks =>
  readInto(nothingFound(taskPerResource), found => {
    const tasks = possibleTasks(from)
    if (tasks !== undefined) return addTasks(found, tasks)
    addItem(found, from)
    return `expected an array of tasks or a BatchOutcome, found ${describe(from)}`
  })

/**
 * Reads one task.
 *
 * @internal
 */
export const readTask = (from: unknown, taskPerResource: boolean): ReadTasks => {
  const read = readInto(nothingFound(taskPerResource), found => addItem(found, from))
  return read.tasks.length > 1 && read.issue === undefined
    ? {
        ...readTask(from, false),
        issue: `expected a task of one resource, found ${read.tasks.length} resources, each with a task of its own`,
      }
    : read
}

const readInto = (found: Found, read: (found: Found) => string | undefined): ReadTasks => {
  const issue = issueFrom(() => read(found))
  const tasks = [...found.byKey.values()]
  const distinct = found.taskPerResource ? withoutVague(tasks) : tasks
  return issue === undefined ? { tasks: distinct } : { tasks: distinct, issue }
}

/** Drops a task without a resource if its resources are known from others. */
const withoutVague = (tasks: ReadonlyArray<DistinctTask>): ReadonlyArray<DistinctTask> => {
  const known = new Set(tasks.filter(({ resourceIds }) => resourceIds.length > 0).map(({ taskId }) => taskId))
  return tasks.filter(({ taskId, resourceIds }) => resourceIds.length > 0 || !known.has(taskId))
}

const possibleTasks = (from: unknown): ReadonlyArray<unknown> | undefined => {
  if (Array.isArray(from)) return from as unknown[]
  if (typeof from !== 'object' || from === null) return undefined
  const { _tag, accepted } = from as Readonly<Record<string, unknown>>
  const isOutcome = _tag === 'AllAccepted' || _tag === 'PartlyAccepted' || _tag === 'AllRejected'
  return isOutcome && Array.isArray(accepted) && accepted.length > 0 ? (accepted as unknown[]) : undefined
}

interface Found {
  readonly byKey: Map<string, FoundTask>
  /** The resources of tasks that were found more than once. Most are not, and a set takes much memory. */
  readonly resources: Map<FoundTask, Set<ResourceId>>
  readonly taskPerResource: boolean
}

interface FoundTask extends DistinctTask {
  readonly resourceIds: ResourceId[]
  queries: number
}

const nothingFound = (taskPerResource: boolean): Found => ({
  byKey: new Map(),
  resources: new Map(),
  taskPerResource,
})

/** Adds every task that can be read, and returns the first issue. */
const addTasks = (found: Found, tasks: ReadonlyArray<unknown>): string | undefined => {
  let issue: string | undefined
  for (const [index, task] of tasks.entries()) {
    const itemIssue = addItem(found, task)
    if (itemIssue !== undefined) issue ??= `item ${index}: ${itemIssue}`
  }
  return issue
}

/** Adds a task. Of anything else, adds the tasks in it, and returns the issue. */
const addItem = (found: Found, item: unknown): string | undefined => {
  const issue = issueFrom(() => addTask(found, item))
  if (issue !== undefined) for (const task of tasksWithin(item)) issueFrom(() => addTask(found, task))
  return issue
}

/** Treats `null` as absent, as in rows of a database. */
const addTask = (found: Found, task: unknown): string | undefined => {
  if (typeof task !== 'object' || task === null)
    return `expected an object with a taskId, found ${describe(task)}`
  const { taskId, resourceId, resourceIds, queries } = task as Readonly<Record<string, unknown>>
  if (taskId === undefined) return `expected an object with a taskId, found ${describe(task)}`
  if (!TaskId.is(taskId)) return `expected a taskId that is a non-empty string, found ${describeId(taskId)}`
  const ids: ResourceId[] = []
  const issue = readResources(ids, resourceId, resourceIds)
  const asked = count.is(queries) ? queries : 0
  if (found.taskPerResource && ids.length > 0)
    for (const id of ids) note(found, JSON.stringify([taskId, id]), taskId, [id], asked)
  else note(found, taskId, taskId, ids, asked)
  return issue
}

const note = (
  { byKey, resources }: Found,
  key: string,
  taskId: TaskId,
  ids: ReadonlyArray<ResourceId>,
  queries: number,
): void => {
  const known = byKey.get(key)
  if (known === undefined) {
    byKey.set(key, { taskId, resourceIds: ids.length > 1 ? [...new Set(ids)] : [...ids], queries })
    return
  }
  known.queries = Math.max(known.queries, queries)
  const among = resources.get(known) ?? new Set(known.resourceIds)
  resources.set(known, among)
  for (const id of ids) {
    if (among.has(id)) continue
    among.add(id)
    known.resourceIds.push(id)
  }
}

/** Adds every id that can be read to `ids`, and returns the first issue. */
const readResources = (ids: ResourceId[], resourceId: unknown, resourceIds: unknown): string | undefined => {
  if (!isNothing(resourceId) && !ResourceId.is(resourceId))
    return `expected a resourceId that is a string, found ${describe(resourceId)}`
  if (!isNothing(resourceIds) && !isArrayOfIds(resourceIds))
    return `expected resourceIds that are an array of strings, found ${describe(resourceIds)}`
  if (!isNothing(resourceId)) ids.push(resourceId)
  if (!isNothing(resourceIds)) for (const id of resourceIds) ids.push(id)
  return undefined
}

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined

const isArrayOfIds = (value: unknown): value is ReadonlyArray<ResourceId> =>
  Array.isArray(value) && value.every(ResourceId.is)

const describeId = (taskId: unknown): string => (taskId === '' ? 'an empty string' : describe(taskId))
