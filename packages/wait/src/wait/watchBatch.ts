/**
 * @since 0.1.0
 */
import type { Json } from '@task-outcome/core'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import type { FinishedTask, WaitResult } from '../result/WaitResult.js'
import type { TaskRefs } from '../result/TaskRef.js'
import { type Start, initialStateFrom, initialStateWith } from './InitialState.js'
import { beginWait } from './beginWait.js'
import { AsyncQueue } from './AsyncQueue.js'
import type { Wait } from './startWait.js'
import type { WaitOptions, WaitSnapshot } from './WaitOptions.js'

/**
 * An event of a wait: a task has finished, or, as the last event, the wait is over.
 *
 * @category model
 * @since 0.1.0
 */
export type WaitEvent<Output = Json, Data = Json> =
  | {
      readonly _tag: 'TaskFinished'
      readonly task: FinishedTask<Output, Data>
      readonly soFar: WaitSnapshot<Output, Data>
    }
  | { readonly _tag: 'WaitOver'; readonly result: WaitResult<Output, Data> }

/**
 * Waits as `waitForBatch` does, or as `resumeWait` does for a result, and yields an event for each finished task, then the
 * result. The wait begins when the first event is requested; each loop is a separate wait. Leaving the loop ends the wait. Never
 * throws.
 *
 * @example
 * import { decodeTaskStatus, type BatchOutcome } from '@task-outcome/core'
 * import { watchBatch } from '@task-outcome/wait'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const report = async (outcome: BatchOutcome) => {
 *   for await (const event of watchBatch(outcome, query)) {
 *     if (event._tag === 'TaskFinished') console.log(event.task.taskId, event.task.status._tag)
 *     else console.log('over:', event.result._tag)
 *   }
 * }
 *
 * @category waiting
 * @since 0.1.0
 */
export const watchBatch = <Output = Json, Data = Json>(
  from: TaskRefs | WaitResult<Output, Data>,
  query: QueryTaskStatus<Output, Data>,
  options: WaitOptions & { readonly onFinish?: never } = {},
): AsyncIterable<WaitEvent<Output, Data>> => ({
  [Symbol.asyncIterator]: () => {
    type Event = WaitEvent<Output, Data>
    const events = new AsyncQueue<Event>()
    let wait: Wait<Output, Data> | undefined
    const begin = (): Wait<Output, Data> => {
      const begun = beginWait(startFrom<Output, Data>(from), query, options, (task, soFar) =>
        events.put({ _tag: 'TaskFinished', task, soFar }),
      )
      void begun.result.then(result => {
        events.put({ _tag: 'WaitOver', result })
        events.close()
      })
      return begun
    }
    return {
      next: () => {
        wait ??= events.isClosed ? undefined : begin()
        return events.take()
      },
      return: async (): Promise<IteratorReturnResult<undefined>> => {
        events.closeAtOnce()
        wait?.abort(new Error('The iteration was stopped'))
        return { done: true, value: undefined }
      },
    }
  },
})

const startFrom = <Output, Data>(from: unknown): Start<Output, Data> =>
  isResult(from) ? initialStateFrom(from) : initialStateWith(from)

/** Untyped callers may pass anything, even a proxy that throws. */
const isResult = (from: unknown): boolean => {
  try {
    return typeof from === 'object' && from !== null && ('finished' in from || isNothing(from))
  } catch {
    return false
  }
}

const isNothing = (from: object): boolean => '_tag' in from && from._tag === 'NothingToWaitFor'
