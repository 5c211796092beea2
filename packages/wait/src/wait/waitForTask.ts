/**
 * @since 0.1.0
 */
import type { Json, TaskId } from '@task-outcome/core'
import type * as T from 'fp-ts/lib/Task.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import {
  type FinishedTask,
  type PendingReason,
  type PendingTask,
  finishedTasks,
  pendingFor,
  pendingTasks,
} from '../result/WaitResult.js'
import type { TaskRef } from '../result/TaskRef.js'
import { beginWait } from './beginWait.js'
import { initialStateWithOne } from './InitialState.js'
import type { WaitOptions } from './WaitOptions.js'

/**
 * Waits until a task has finished.
 *
 * Never rejects. Returns a `FinishedTask`, which has succeeded or failed; or a `PendingTask` with the reason why it is not known
 * how the task finished. You can wait for that again. Running it twice waits twice, which does not affect the task.
 *
 * An invalid task, which TypeScript rules out, returns a `PendingTask` with an empty id and the reason `Aborted`, whose `message`
 * says what was expected.
 *
 * @example
 * import { decodeTaskStatus, type AcceptedTask } from '@task-outcome/core'
 * import { waitForTask } from '@task-outcome/wait'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const wait = (task: AcceptedTask) => waitForTask(task, query, { timeoutMs: 60_000 })
 * // wait(task)() is a promise of a FinishedTask or a PendingTask
 *
 * @category waiting
 * @since 0.1.0
 */
export const waitForTask =
  <Output = Json, Data = Json>(
    task: TaskRef,
    query: QueryTaskStatus<Output, Data>,
    options: WaitOptions = {},
  ): T.Task<FinishedTask<Output, Data> | PendingTask> =>
  async () => {
    const finished = (): undefined => undefined
    const result = await beginWait<Output, Data>(initialStateWithOne(task), query, options, finished).result
    if (result._tag === 'InvalidInput') return result.pending[0] ?? noTask(result.reason)
    // eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- one task went in, so one came out
    return [...finishedTasks(result), ...pendingTasks(result)][0]!
  }

/** Only untyped input leads here: no `TaskId` is empty. */
const noTask = (reason: PendingReason): PendingTask =>
  pendingFor(reason)({ taskId: '' as TaskId, resourceIds: [], queries: 0 })
