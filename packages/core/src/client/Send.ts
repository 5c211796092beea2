/**
 * One request of an exchange, and what is known of it: a client, or something in it, can send more than once.
 *
 * @internal
 */
import type { HttpResponse } from '../decode/HttpResponse.js'
import type { TransportReason } from '../error/TransportReason.js'
import { property } from '../error/thrown.js'
import { type RecoveredTask, distinctTasks } from '../wire/RecoveredTask.js'
import { recoverFromBody } from '../decode/recovered.js'
import { type Received, bytesOf } from './body.js'

export interface Send {
  /** Whether its client was asked and has not said yet what came of it; it surely never left; or it may have arrived. */
  delivery: 'underWay' | 'neverLeft' | 'mayHaveArrived'
  /** What has come of its response. */
  received?: Received
  /** Its response, once it was read to the end. */
  answer?: HttpResponse
  /** Why it failed. */
  failure?: TransportReason
}

/**
 * What came of a request of the exchange beside the one whose response is the last: it was answered, or it may have arrived
 * though no whole response came; then with the ids in the part that did.
 *
 * @category model
 * @since 0.1.0
 */
export type OtherSend =
  | { readonly _tag: 'Answered'; readonly answer: HttpResponse }
  | { readonly _tag: 'Unanswered'; readonly recovered: ReadonlyArray<RecoveredTask> }

export const mayHaveArrived = ({ delivery }: Send): boolean => delivery !== 'neverLeft'

/** Returns the sends that may have arrived, except the one that the answer is of. Its body tells: the rest may be a copy. */
export const othersThan = (answer: HttpResponse, sends: ReadonlyArray<Send>): ReadonlyArray<OtherSend> => {
  const body = property(answer, 'body')
  const own = sends.filter(send => send.answer !== undefined && send.answer.body === body).pop()
  return sends
    .filter(send => mayHaveArrived(send) && send !== own)
    .map(send =>
      send.answer === undefined
        ? { _tag: 'Unanswered', recovered: recoveredFrom([send]) }
        : { _tag: 'Answered', answer: send.answer },
    )
}

/** The ids in all responses, or in the parts of them that have arrived. */
export const recoveredFrom = (sends: ReadonlyArray<Send>): ReadonlyArray<RecoveredTask> =>
  distinctTasks(sends.flatMap(readableIds))

/** Chunks belong to the client, which may have changed them since. */
const readableIds = ({ answer, received }: Send): ReadonlyArray<RecoveredTask> => {
  try {
    if (answer !== undefined) return recoverFromBody(answer.body)
    return received === undefined ? [] : recoverFromBody(bytesOf(received))
  } catch {
    return []
  }
}
