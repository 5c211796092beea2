/**
 * @since 0.1.0
 */
import type { Json } from '@task-outcome/core'
import type * as T from 'fp-ts/lib/Task.js'
import type { Query } from '../query/Query.js'
import type { WaitResult } from '../result/WaitResult.js'
import type { TaskToWaitFor } from '../result/TaskToWaitFor.js'
import { type Beginning, beginningFrom, beginningWith } from './Beginning.js'
import { startWait } from './startWait.js'
import { type BatchWaitOptions, settingsOf } from './WaitOptions.js'

/**
 * Waits until all tasks have ended: any number of them, each looked at when its policy says so, and all together no faster
 * than `perSecond` and `concurrency` allow.
 *
 * It never rejects. It gives `AllEnded`; or `SomeOpen`, with those that have ended and those that have not, each with the
 * reason. Running it twice waits twice.
 *
 * @example
 * import { decodeTaskStatus, type BatchOutcome } from '@task-outcome/core'
 * import { showProgress, waitForBatch } from '@task-outcome/wait'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const wait = (outcome: BatchOutcome) =>
 *   outcome._tag === 'AllRejected'
 *     ? undefined
 *     : waitForBatch(outcome.accepted, query, {
 *         onEnd: (task, { progress }) => console.log(task.taskId, task.status._tag, showProgress(progress)),
 *       })
 *
 * @category waiting
 * @since 0.1.0
 */
export const waitForBatch = <Output = Json, Data = Json>(
  accepted: ReadonlyArray<TaskToWaitFor>,
  query: Query<Output, Data>,
  options: BatchWaitOptions<NoInfer<Output>, NoInfer<Data>> = {},
): T.Task<WaitResult<Output, Data>> => waitFrom(() => beginningWith(accepted), query, options)

/**
 * Goes on where a wait has ended, or with what was stored while one was under way: what has ended is kept, the open tasks
 * are waited for. Each is looked at soon, as at the start of a wait.
 *
 * @example
 * import { decodeTaskStatus } from '@task-outcome/core'
 * import { WaitResult, resume } from '@task-outcome/wait'
 * import { either as E, taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const goOn = (stored: string) => E.map((result: WaitResult) => resume(result, query))(WaitResult.decode(JSON.parse(stored)))
 *
 * @category waiting
 * @since 0.1.0
 */
export const resume = <Output = Json, Data = Json>(
  result: WaitResult<Output, Data>,
  query: Query<Output, Data>,
  options: BatchWaitOptions<NoInfer<Output>, NoInfer<Data>> = {},
): T.Task<WaitResult<Output, Data>> => waitFrom(() => beginningFrom(result), query, options)

const waitFrom =
  <Output, Data>(
    begin: () => Beginning<Output, Data>,
    query: Query<Output, Data>,
    options: BatchWaitOptions<Output, Data>,
  ): T.Task<WaitResult<Output, Data>> =>
  () =>
    startWait(begin(), query, settingsOf(options), options.onEnd ?? (() => undefined)).result
