/**
 * Where a wait begins: what is known already, and the tasks that are to be followed.
 *
 * @internal
 */
import { type DistinctTask, type TaskToWaitFor, distinctTasks } from '../result/TaskToWaitFor.js'
import { type EndedTask, type WaitResult, openTasks } from '../result/WaitResult.js'

export interface Beginning<Output, Data> {
  readonly ended: ReadonlyArray<EndedTask<Output, Data>>
  readonly tasks: ReadonlyArray<DistinctTask>
}

export const beginningWith = (tasks: ReadonlyArray<TaskToWaitFor>): Beginning<never, never> => ({
  ended: [],
  tasks: distinctTasks(tasks),
})

/** A result may have been put together by hand: a task that has ended is not followed. */
export const beginningFrom = <Output, Data>(result: WaitResult<Output, Data>): Beginning<Output, Data> => {
  const { ended } = result
  const known = new Set(ended.map(({ taskId }) => taskId))
  return { ended, tasks: distinctTasks(openTasks(result).filter(({ taskId }) => !known.has(taskId))) }
}
