/**
 * @since 0.1.0
 */
import type { Json } from '@task-outcome/core'
import type { Query } from '../query/Query.js'
import type { EndedTask, WaitResult } from '../result/WaitResult.js'
import type { TasksToWaitFor } from '../result/TaskToWaitFor.js'
import { type Start, beginningFrom, beginningWith } from './Beginning.js'
import { beginWait } from './beginWait.js'
import { Mailbox } from './Mailbox.js'
import type { Wait } from './startWait.js'
import type { WaitOptions, WaitSoFar } from './WaitOptions.js'

/**
 * What happens in a wait: tasks end, and last the wait itself is over.
 *
 * @category model
 * @since 0.1.0
 */
export type WaitEvent<Output = Json, Data = Json> =
  | {
      readonly _tag: 'TaskEnded'
      readonly task: EndedTask<Output, Data>
      readonly soFar: WaitSoFar<Output, Data>
    }
  | { readonly _tag: 'WaitOver'; readonly result: WaitResult<Output, Data> }

/**
 * Waits as `waitForBatch` does, or as `resume` does if it is given a result, and tells of each task as it ends, and last of
 * the result. The wait begins when the first event is asked for, and each loop is a wait of its own. Who leaves the loop
 * ends the wait. It never throws.
 *
 * @example
 * import { decodeTaskStatus, type BatchOutcome } from '@task-outcome/core'
 * import { watchBatch } from '@task-outcome/wait'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const query = () => TE.fromEither(decodeTaskStatus('{"code":0,"data":{"status":0}}'))
 *
 * const tell = async (outcome: BatchOutcome) => {
 *   for await (const event of watchBatch(outcome, query)) {
 *     if (event._tag === 'TaskEnded') console.log(event.task.taskId, event.task.status._tag)
 *     else console.log('over:', event.result._tag)
 *   }
 * }
 *
 * @category waiting
 * @since 0.1.0
 */
export const watchBatch = <Output = Json, Data = Json>(
  from: TasksToWaitFor | WaitResult<Output, Data>,
  query: Query<Output, Data>,
  options: WaitOptions & { readonly onEnd?: never } = {},
): AsyncIterable<WaitEvent<Output, Data>> => ({
  [Symbol.asyncIterator]: () => {
    type Event = WaitEvent<Output, Data>
    const events = new Mailbox<Event>()
    let wait: Wait<Output, Data> | undefined
    const begin = (): Wait<Output, Data> => {
      const begun = beginWait(startFrom<Output, Data>(from), query, options, (task, soFar) =>
        events.put({ _tag: 'TaskEnded', task, soFar }),
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
        wait?.abort(new Error('Nobody listens any more'))
        return { done: true, value: undefined }
      },
    }
  },
})

const startFrom = <Output, Data>(from: unknown): Start<Output, Data> =>
  isResult(from) ? beginningFrom(from) : beginningWith(from)

/** Untyped callers may give anything, a proxy that throws among them. */
const isResult = (from: unknown): boolean => {
  try {
    return typeof from === 'object' && from !== null && 'ended' in from
  } catch {
    return false
  }
}
