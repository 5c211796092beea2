/**
 * Where a wait begins: what is known already, and the tasks that are to be followed.
 *
 * @internal
 */
import { type TaskId } from '@task-outcome/core'
import { hasNone } from '@task-outcome/core/codec'
import * as t from 'io-ts'
import { issueFrom } from '../result/attempt.js'
import { describe } from '../result/describe.js'
import { type KnownTasks, addTask, unknownPart } from '../result/knownTasks.js'
import { type DistinctTask, type ReadTasks, readTask, readTasks } from '../result/TaskRef.js'
import {
  type FinishedTask,
  type InvalidInput,
  type NothingToWaitFor,
  invalidInput,
  isFinishedTask,
  nothingToWaitFor,
  readAllRejected,
  waitResultCodec,
} from '../result/WaitResult.js'

export interface InitialState<Output, Data> {
  readonly _tag: 'InitialState'
  readonly finished: ReadonlyArray<FinishedTask<Output, Data>>
  readonly tasks: ReadonlyArray<DistinctTask>
}

export type Start<Output, Data> = InitialState<Output, Data> | NothingToWaitFor | InvalidInput<Output, Data>

/** From a list of tasks, or the outcome of a batch. */
export const initialStateWith =
  (tasks: unknown) =>
  (taskPerResource: boolean): Start<never, never> =>
    readAllRejected(tasks) ?? startOf(readTasks(tasks, taskPerResource))

/** From one task. */
export const initialStateWithOne =
  (task: unknown) =>
  (taskPerResource: boolean): Start<never, never> =>
    startOf(readTask(task, taskPerResource))

const startOf = ({ tasks, issue }: ReadTasks): Start<never, never> =>
  issue !== undefined
    ? invalidInput(issue, [], tasks)
    : tasks.length === 0
      ? nothingToWaitFor
      : { _tag: 'InitialState', finished: [], tasks }

/**
 * From a result, which may have been put together by hand, or stored by a version of this package that is not known here. A
 * task that is both pending and finished has finished.
 */
export const initialStateFrom =
  <Output, Data>(result: unknown) =>
  (taskPerResource: boolean): Start<Output, Data> => {
    if (isOver<Output, Data>(result)) return result
    const read: ReadResult<Output, Data> = { finished: [], known: new Map(), pending: [] }
    const issue = issueFrom(() => readResult(read, result))
    if (issue !== undefined) read.pending.push(result) // for the tasks in it
    const { tasks, issue: taskIssue } = readTasks(read.pending, taskPerResource)
    const { finished } = read
    const pending = tasks.flatMap(task => unknownPart(read.known, task))
    const firstIssue = issue ?? (taskIssue === undefined ? undefined : `pending: ${taskIssue}`)
    return firstIssue === undefined
      ? { _tag: 'InitialState', finished, tasks: pending }
      : invalidInput(firstIssue, finished, pending)
  }

interface ReadResult<Output, Data> {
  readonly finished: Array<FinishedTask<Output, Data>>
  /** The tasks in `finished`. */
  readonly known: KnownTasks
  readonly pending: unknown[]
}

/** Reads all that can be read; gives the first issue. */
const readResult = <Output, Data>(read: ReadResult<Output, Data>, result: unknown): string | undefined => {
  if (typeof result !== 'object' || result === null) return `expected a WaitResult, found ${describe(result)}`
  const { _tag, finished, pending } = result as Readonly<Record<string, unknown>>
  if (Array.isArray(pending)) for (const item of pending) read.pending.push(item)
  const issue = Array.isArray(finished)
    ? readEnded(read, finished)
    : `finished: expected an array, found ${describe(finished)}`
  switch (_tag) {
    case 'AllFinished':
      if (issue !== undefined) return issue
      if (!hasNone(result, 'pending')) return 'pending: expected no pending tasks in AllFinished'
      return read.finished.length > 0
        ? undefined
        : 'finished: expected an array with at least one task in AllFinished'
    case 'SomePending':
      return (
        issue ??
        (read.pending.length > 0
          ? undefined
          : 'pending: expected an array with at least one task in SomePending')
      )
    default:
      return `expected a WaitResult, found ${describe(result)}`
  }
}

/** What is no finished task, or is a duplicate, may be pending all the same. */
const readEnded = <Output, Data>(
  { finished, known, pending }: ReadResult<Output, Data>,
  items: ReadonlyArray<unknown>,
): string | undefined => {
  let issue: string | undefined
  const repeated = new Set<TaskId>()
  const ended: Array<FinishedTask<Output, Data>> = []
  for (const [index, item] of items.entries()) {
    if (!isFinishedTask<Output, Data>(item)) {
      issue ??= `finished: item ${index}: expected a FinishedTask, found ${describe(item)}`
      pending.push(item)
      continue
    }
    ended.push(item)
    if (addTask(known, item)) continue
    issue ??= `finished: item ${index}: duplicate task`
    repeated.add(item.taskId)
  }
  for (const task of ended) (repeated.has(task.taskId) ? pending : finished).push(task)
  for (const taskId of repeated) known.delete(taskId)
  return issue
}

const anything = { output: t.unknown, data: t.unknown }
const AnyResult = waitResultCodec(anything)

/** Whether a result has no wait to continue. */
const isOver = <Output, Data>(result: unknown): result is NothingToWaitFor | InvalidInput<Output, Data> => {
  try {
    const { _tag } = result as { readonly _tag: unknown }
    return (_tag === 'InvalidInput' || _tag === 'NothingToWaitFor') && AnyResult.is(result)
  } catch {
    return false
  }
}
