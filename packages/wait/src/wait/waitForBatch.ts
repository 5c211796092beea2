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
 * Waits until all tasks have finished: any number of them, each looked at when its policy says so, and all together no faster
 * than `maxQueriesPerSecond` and `concurrency` allow.
 *
 * It never rejects. It gives `AllFinished`; or `SomePending`, with those that have finished and those that have not, each with the
 * reason; or `InvalidInput`, if `tasks` is neither, which TypeScript rules out. Running it twice waits twice.
 *
 * @param tasks - a list of tasks; or the outcome of a batch, of which the accepted ones are waited for: none of an
 * `AllRejected`
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
 * Goes on where a wait has finished, or with what was stored while one was under way: what has finished is kept, the pending tasks
 * are waited for. Each is looked at soon, as at the start of a wait.
 *
 * Decode what was stored, as below. Without that, another `result` gives `InvalidInput`: never `AllFinished`.
 *
 * @example
 * import { decodeTaskStatus } from '@task-outcome/core'
 * import { WaitResult, resumeWait } from '@task-outcome/wait'
 * import { either as E, taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const goOn = (stored: string) => E.map((result: WaitResult) => resumeWait(result, query))(WaitResult.decode(JSON.parse(stored)))
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
