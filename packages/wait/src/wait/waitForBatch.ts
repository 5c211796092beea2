/**
 * @since 0.1.0
 */
import type { Json } from '@task-outcome/core'
import type * as T from 'fp-ts/lib/Task.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import type { WaitResult } from '../result/WaitResult.js'
import type { TaskRefs } from '../result/TaskRef.js'
import { beginWait } from './beginWait.js'
import { initialStateFrom, initialStateWith } from './InitialState.js'
import type { BatchWaitOptions } from './WaitOptions.js'

/**
 * Waits until all tasks have finished. Queries each task when its policy says so, within the limits `maxQueriesPerSecond` and
 * `concurrency` for all of them together.
 *
 * Never rejects. Returns `AllFinished`; or `SomePending`, with the finished tasks and the pending ones, each with its reason; or
 * `NothingToWaitFor` if there are no tasks; or `InvalidInput` if `tasks` is invalid, which TypeScript rules out. Running it twice
 * waits twice.
 *
 * @param tasks - an array of tasks; or the outcome of a batch, whose accepted entries are waited for (an `AllRejected` has none)
 *
 * @example
 * import { decodeTaskStatus, type BatchOutcome } from '@task-outcome/core'
 * import { showProgress, waitForBatch } from '@task-outcome/wait'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const wait = (outcome: BatchOutcome) =>
 *   waitForBatch(outcome, query, {
 *     onFinish: (task, { progress }) => console.log(task.taskId, task.status._tag, showProgress(progress)),
 *   })
 *
 * @category waiting
 * @since 0.1.0
 */
export const waitForBatch =
  <Output = Json, Data = Json>(
    tasks: TaskRefs,
    query: QueryTaskStatus<Output, Data>,
    options: BatchWaitOptions<NoInfer<Output>, NoInfer<Data>> = {},
  ): T.Task<WaitResult<Output, Data>> =>
  () =>
    beginWait<Output, Data>(initialStateWith(tasks), query, options).result

/**
 * Continues from the result of a wait, or from a stored snapshot of one. Keeps the finished tasks and waits for the pending ones;
 * each is queried soon, as at the start of a wait.
 *
 * Decode a stored result, as below. An invalid `result` returns `InvalidInput`, never `AllFinished`. A `NothingToWaitFor` is
 * returned unchanged.
 *
 * @example
 * import { decodeTaskStatus } from '@task-outcome/core'
 * import { WaitResult, resumeWait } from '@task-outcome/wait'
 * import { either as E, taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const continueFrom = (stored: string) => E.map((result: WaitResult) => resumeWait(result, query))(WaitResult.decode(JSON.parse(stored)))
 *
 * @category waiting
 * @since 0.1.0
 */
export const resumeWait =
  <Output = Json, Data = Json>(
    result: WaitResult<Output, Data>,
    query: QueryTaskStatus<Output, Data>,
    options: BatchWaitOptions<NoInfer<Output>, NoInfer<Data>> = {},
  ): T.Task<WaitResult<Output, Data>> =>
  () =>
    beginWait<Output, Data>(initialStateFrom(result), query, options).result
