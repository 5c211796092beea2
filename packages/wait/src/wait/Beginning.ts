/**
 * Where a wait begins: what is known already, and the tasks that are to be followed.
 *
 * @internal
 */
import { type TaskId, clientFailed } from '@task-outcome/core'
import * as t from 'io-ts'
import { describe } from '../result/describe.js'
import { type DistinctTask, type ReadTasks, readTask, readTasks } from '../result/TaskToWaitFor.js'
import {
  type EndedTask,
  type InvalidInput,
  endedTask,
  invalidInput,
  waitResult,
} from '../result/WaitResult.js'

export interface Beginning<Output, Data> {
  readonly _tag: 'Beginning'
  readonly ended: ReadonlyArray<EndedTask<Output, Data>>
  readonly tasks: ReadonlyArray<DistinctTask>
}

export type Start<Output, Data> = Beginning<Output, Data> | InvalidInput<Output, Data>

/** From a list of tasks, or the outcome of a batch. */
export const beginningWith = (tasks: unknown): Start<never, never> => startOf(readTasks(tasks))

/** From one task. */
export const beginningWithOne = (task: unknown): Start<never, never> => startOf(readTask(task))

const startOf = ({ tasks, fault }: ReadTasks): Start<never, never> =>
  fault === undefined ? { _tag: 'Beginning', ended: [], tasks } : invalidInput(fault, [], tasks)

/**
 * From a result, which may have been put together by hand, or stored by a version of this package that is not known here. A
 * task that is both open and ended has ended.
 */
export const beginningFrom = <Output, Data>(result: unknown): Start<Output, Data> => {
  if (isInvalidInput<Output, Data>(result)) return result
  const read: ReadResult<Output, Data> = { ended: new Map(), open: [] }
  const fault = faultIn(read, result)
  const { tasks, fault: taskFault } = readTasks(read.open)
  const ended = [...read.ended.values()]
  const open = tasks.filter(({ taskId }) => !read.ended.has(taskId))
  const firstFault = fault ?? (taskFault === undefined ? undefined : `open: ${taskFault}`)
  return firstFault === undefined
    ? { _tag: 'Beginning', ended, tasks: open }
    : invalidInput(firstFault, ended, open)
}

interface ReadResult<Output, Data> {
  readonly ended: Map<TaskId, EndedTask<Output, Data>>
  readonly open: unknown[]
}

const faultIn = <Output, Data>(read: ReadResult<Output, Data>, result: unknown): string | undefined => {
  try {
    return readResult(read, result)
  } catch (thrown) {
    return `expected plain data, but reading it threw ${clientFailed(thrown).name}`
  }
}

/** Reads all that can be read; gives the first fault. */
const readResult = <Output, Data>(read: ReadResult<Output, Data>, result: unknown): string | undefined => {
  if (typeof result !== 'object' || result === null) return `expected a WaitResult, found ${describe(result)}`
  const { _tag, ended, open } = result as Readonly<Record<string, unknown>>
  if (Array.isArray(open)) for (const item of open) read.open.push(item)
  const fault = Array.isArray(ended)
    ? readEnded(read, ended)
    : `ended: expected an array, found ${describe(ended)}`
  switch (_tag) {
    case 'AllEnded':
      return fault ?? (read.open.length > 0 ? 'open: expected no open tasks in AllEnded' : undefined)
    case 'SomeOpen':
      return (
        fault ??
        (read.open.length > 0 ? undefined : 'open: expected an array with at least one task in SomeOpen')
      )
    default:
      return `expected a WaitResult, found ${describe(result)}`
  }
}

/** What is no ended task, or stands twice, may be open all the same. */
const readEnded = <Output, Data>(
  { ended, open }: ReadResult<Output, Data>,
  items: ReadonlyArray<unknown>,
): string | undefined => {
  let fault: string | undefined
  const repeated = new Set<TaskId>()
  for (const [index, item] of items.entries()) {
    if (!isEndedTask<Output, Data>(item)) {
      fault ??= `ended: item ${index}: expected an EndedTask, found ${describe(item)}`
      open.push(item)
    } else if (ended.has(item.taskId) || repeated.has(item.taskId)) {
      fault ??= `ended: item ${index}: duplicate task`
      repeated.add(item.taskId)
    } else ended.set(item.taskId, item)
  }
  for (const taskId of repeated) {
    open.push(ended.get(taskId))
    ended.delete(taskId)
  }
  return fault
}

const anything = { output: t.unknown, data: t.unknown }
const AnyEndedTask = endedTask(anything)
const AnyResult = waitResult(anything)

const isEndedTask = <Output, Data>(item: unknown): item is EndedTask<Output, Data> => AnyEndedTask.is(item)

const isInvalidInput = <Output, Data>(result: unknown): result is InvalidInput<Output, Data> => {
  try {
    return (result as { readonly _tag: unknown })._tag === 'InvalidInput' && AnyResult.is(result)
  } catch {
    return false
  }
}
