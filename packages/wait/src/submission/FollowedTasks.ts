/**
 * The tasks that a job follows, and what is known about their ends.
 *
 * `FollowedTasks` is linear: a function that takes one changes it in place.
 *
 * @internal
 */
import type { AcceptedEntry, ResourceId, TaskId } from '@task-outcome/core'
import { type FinishedTask, type PendingReason, type WaitResult, pendingTasks } from '../result/WaitResult.js'

/** How a task ended, and when, as in `FinishedTask`. */
export interface Ended<Output, Data> extends Pick<FinishedTask<Output, Data>, 'status' | 'endedAtMs'> {
  readonly _tag: 'Ended'
}

type Fate<Output, Data> = Ended<Output, Data> | PendingReason

/** For each accepted entry, by its name, how its task ended, or why it is pending after its wait. */
export type TaskFates<Output, Data> = ReadonlyMap<EntryName, Fate<Output, Data>>

/** The task id and the resource of an entry: resources can share an id and end one by one. */
export type EntryName = string

export const nameOf = ({ taskId, resourceId }: Pick<AcceptedEntry, 'taskId' | 'resourceId'>): EntryName =>
  JSON.stringify([taskId, resourceId])

export interface FollowedTasks<Output, Data> {
  /** Whether each entry has a task of its own. If not, entries with the same task id share the task. */
  readonly taskPerResource: boolean
  readonly fates: Map<EntryName, Fate<Output, Data>>
  /** The entries of each task that is followed or has ended. */
  readonly entries: Map<TaskId | EntryName, [EntryName, ...EntryName[]]>
  /** How many waits are running. */
  waits: number
  /** How many resources have a task that succeeded. */
  succeeded: number
  failed: number
}

export const followedTasks = <Output, Data>(
  fates: TaskFates<Output, Data>,
  accepted: ReadonlyArray<AcceptedEntry<unknown>>,
  taskPerResource: boolean,
): FollowedTasks<Output, Data> => {
  const tasks: FollowedTasks<Output, Data> = {
    taskPerResource,
    fates: new Map(),
    entries: new Map(),
    waits: 0,
    succeeded: 0,
    failed: 0,
  }
  for (const entry of accepted) {
    const fate = fates.get(nameOf(entry))
    if (fate === undefined) continue
    addEntry(tasks, entry)
    noteFate(tasks, nameOf(entry), fate)
  }
  return tasks
}

/** Adds tasks, and returns those that a new wait must follow: none that another one follows, or that has ended. */
export const follow = <Entry extends AcceptedEntry<unknown>>(
  tasks: FollowedTasks<unknown, unknown>,
  accepted: ReadonlyArray<Entry>,
): ReadonlyArray<Entry> => {
  const isNew = accepted.map(entry => !tasks.entries.has(taskOf(tasks, entry)))
  for (const entry of accepted) addEntry(tasks, entry)
  const added = accepted.filter((_, index) => isNew[index])
  if (added.length > 0) tasks.waits++
  return added
}

const taskOf = (
  { taskPerResource }: FollowedTasks<unknown, unknown>,
  entry: Pick<AcceptedEntry, 'taskId' | 'resourceId'>,
): TaskId | EntryName => (taskPerResource ? nameOf(entry) : entry.taskId)

/** An entry of a known task has the fate of the others. */
const addEntry = (tasks: FollowedTasks<unknown, unknown>, entry: AcceptedEntry<unknown>): void => {
  const task = taskOf(tasks, entry)
  const others = tasks.entries.get(task)
  if (others === undefined) {
    tasks.entries.set(task, [nameOf(entry)])
    return
  }
  const fate = tasks.fates.get(others[0])
  others.push(nameOf(entry))
  if (fate !== undefined) noteFate(tasks, nameOf(entry), fate)
}

const noteFate = <Output, Data>(
  tasks: FollowedTasks<Output, Data>,
  name: EntryName,
  fate: Fate<Output, Data>,
): void => {
  countEnd(tasks, name, -1)
  tasks.fates.set(name, fate)
  countEnd(tasks, name, 1)
}

const countEnd = (tasks: FollowedTasks<unknown, unknown>, name: EntryName, change: number): void => {
  const fate = tasks.fates.get(name)
  if (fate?._tag !== 'Ended') return
  if (fate.status._tag === 'Succeeded') tasks.succeeded += change
  else tasks.failed += change
}

interface Followed {
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
}

/** The names of all entries of a task that a wait has followed. */
const entriesOf = (
  { taskPerResource, entries }: FollowedTasks<unknown, unknown>,
  { taskId, resourceIds }: Followed,
): ReadonlyArray<EntryName> => {
  const tasks = taskPerResource ? resourceIds.map(resourceId => nameOf({ taskId, resourceId })) : [taskId]
  return tasks.flatMap(task => entries.get(task) ?? [])
}

export const noteEnd = <Output, Data>(
  tasks: FollowedTasks<Output, Data>,
  task: FinishedTask<Output, Data>,
): void => {
  for (const name of entriesOf(tasks, task)) noteFate(tasks, name, endOf(task))
}

/** The end of a finished task, or of a resource whose task has finished. */
export const endOf = <Output, Data>({
  status,
  endedAtMs,
}: Pick<FinishedTask<Output, Data>, 'status' | 'endedAtMs'>): Ended<Output, Data> => ({
  _tag: 'Ended',
  status,
  ...(endedAtMs === undefined ? {} : { endedAtMs }),
})

/** Notes why tasks are pending after a wait, unless it was cut short with everything else. */
export const noteResult = <Output, Data>(
  tasks: FollowedTasks<Output, Data>,
  result: WaitResult<Output, Data>,
  isCutShort: boolean,
): void => {
  tasks.waits--
  for (const task of pendingTasks(result))
    if (!isCutShort || task.reason._tag === 'QueryFailed' || task.reason._tag === 'PolicyGaveUp')
      for (const name of entriesOf(tasks, task)) noteFate(tasks, name, task.reason)
}
