/**
 * @since 0.1.0
 */
import type { Json, TaskId } from '@task-outcome/core'
import type * as T from 'fp-ts/lib/Task.js'
import type { Query } from '../query/Query.js'
import { type EndedTask, type OpenReason, type OpenTask, openFor, openTasks } from '../result/WaitResult.js'
import type { TaskToWaitFor } from '../result/TaskToWaitFor.js'
import { beginWait } from './beginWait.js'
import { beginningWithOne } from './Beginning.js'
import type { WaitOptions } from './WaitOptions.js'

/**
 * Waits until a task has ended.
 *
 * It never rejects. It gives an `EndedTask`, which has succeeded or failed; or an `OpenTask` with the reason why it is not
 * known how the task ended: it can be waited for again. Running it twice waits twice, which changes nothing for the task.
 *
 * Something that is no task, which TypeScript rules out, gives an `OpenTask` with an empty id and the reason `Aborted`, whose
 * `message` says what was expected.
 *
 * @example
 * import { decodeTaskStatus, type AcceptedTask } from '@task-outcome/core'
 * import { waitForTask } from '@task-outcome/wait'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const wait = (task: AcceptedTask) => waitForTask(task, query, { timeoutMs: 60_000 })
 * // wait(task)() is a promise of an EndedTask or an OpenTask
 *
 * @category waiting
 * @since 0.1.0
 */
export const waitForTask =
  <Output = Json, Data = Json>(
    task: TaskToWaitFor,
    query: Query<Output, Data>,
    options: WaitOptions = {},
  ): T.Task<EndedTask<Output, Data> | OpenTask> =>
  async () => {
    const ended = (): undefined => undefined
    const result = await beginWait<Output, Data>(beginningWithOne(task), query, options, ended).result
    if (result._tag === 'InvalidInput') return result.open[0] ?? noTask(result.reason)
    // eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- one task went in, so one came out
    return [...result.ended, ...openTasks(result)][0]!
  }

/** No value of the types has an empty id, and none leads here. */
const noTask = (reason: OpenReason): OpenTask =>
  openFor(reason)({ taskId: '' as TaskId, resourceIds: [], queries: 0 })
