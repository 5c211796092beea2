/**
 * One request of an exchange, and what is known of it: a client, or something in it, can send more than once.
 *
 * @internal
 */
import type { HttpResponse, OtherSend } from '../decode/HttpResponse.js'
import type { TransportReason } from '../error/TransportReason.js'
import { property } from '../error/thrown.js'
import { type RecoveredTask, distinctTasks } from '../wire/RecoveredTask.js'
import { recoverFromBody } from '../decode/recovered.js'
import { type Received, bytesOf } from './body.js'

export interface Send {
  /** Whether it was certainly not sent. Until that is known, it may have arrived. */
  neverLeft?: boolean
  /** What has come of its response. */
  received?: Received
  /** Its response, once it was read to the end. */
  response?: HttpResponse
  /** Why it failed. */
  failure?: TransportReason
}

export const mayHaveArrived = ({ neverLeft = false }: Send): boolean => !neverLeft

/** Returns the sends that may have arrived, except the one that the response is of. Its body tells: the rest may be a copy. */
export const othersThan = (response: HttpResponse, sends: ReadonlyArray<Send>): ReadonlyArray<OtherSend> => {
  const body = property(response, 'body')
  const own = sends.filter(send => send.response !== undefined && send.response.body === body).pop()
  return sends
    .filter(send => mayHaveArrived(send) && send !== own)
    .map(send =>
      send.response === undefined
        ? { _tag: 'Unanswered', recovered: recoveredFrom([send]) }
        : { _tag: 'Answered', response: send.response },
    )
}

/** The ids in all responses, or in the parts of them that have arrived. */
export const recoveredFrom = (sends: ReadonlyArray<Send>): ReadonlyArray<RecoveredTask> =>
  distinctTasks(sends.flatMap(readableIds))

/** Chunks belong to the client, which may have changed them since. */
const readableIds = ({ response, received }: Send): ReadonlyArray<RecoveredTask> => {
  try {
    if (response !== undefined) return recoverFromBody(response.body)
    return received === undefined ? [] : recoverFromBody(bytesOf(received))
  } catch {
    return []
  }
}
