/**
 * One request of an exchange and its state. A client, or something inside it, can send more than once.
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
  neverLeft: boolean
  /** The part of its response that has arrived. */
  received: Received | undefined
  /** Its response, once the body was read completely. */
  response: HttpResponse | undefined
  /** Why it failed. */
  failure: TransportReason | undefined
}

export const newSend = (): Send => ({
  neverLeft: false,
  received: undefined,
  response: undefined,
  failure: undefined,
})

export const mayHaveArrived = ({ neverLeft }: Send): boolean => !neverLeft

/**
 * Returns the sends that may have arrived, except the one that the response belongs to. That one is recognized by its body,
 * because the rest of the response may be a copy.
 */
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

/** Recovers the ids of all responses, complete or partial. */
export const recoveredFrom = (sends: ReadonlyArray<Send>): ReadonlyArray<RecoveredTask> =>
  distinctTasks(sends.flatMap(readableIds))

/** Ignores errors: the client owns the chunks and may have changed them since. */
const readableIds = ({ response, received }: Send): ReadonlyArray<RecoveredTask> => {
  try {
    if (response !== undefined) return recoverFromBody(response.body)
    return received === undefined ? [] : recoverFromBody(bytesOf(received))
  } catch {
    return []
  }
}
