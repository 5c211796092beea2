/**
 * Combines the results of all requests that an exchange has sent.
 *
 * Source: PROTOCOL.md, section 6, "An exchange with more than one request".
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import type { HttpStatusError, Rejected, SentMoreThanOnce, SubmissionError } from '../error/TaskError.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { BatchOutcome } from '../outcome/BatchOutcome.js'
import { type RecoveredTask, distinctTasks } from '../wire/RecoveredTask.js'
import { property } from '../error/thrown.js'
import type { HttpResponse, OtherSend } from './HttpResponse.js'
import { described } from './described.js'
import { recoverFromBody } from './recovered.js'

/** Decodes a response without the codecs of the caller. */
export type DecodeAlone = (response: HttpResponse) => E.Either<SubmissionError, AcceptedTask | BatchOutcome>

/** Combines the results of all sends of a submission, and lets the transport describe an error. */
export const forAllSends = <Outcome>(
  response: HttpResponse,
  alone: E.Either<SubmissionError, Outcome>,
  decodeAlone: DecodeAlone,
  recover = recoverFromBody,
): E.Either<SubmissionError, Outcome> =>
  described(response, acrossSends(response, alone, decodeAlone, recover))

/**
 * Returns the outcome of the last response, or `DeliveryUnknown` if another send may have started a task. Errors get the ids of
 * all responses.
 *
 * @param outcome - the result of the last response, with the codecs of the caller applied
 */
const acrossSends = <A>(
  response: HttpResponse,
  outcome: E.Either<SubmissionError, A>,
  decodeAlone: DecodeAlone,
  recover: typeof recoverFromBody,
): E.Either<SubmissionError, A> => {
  const otherSends = property(response, 'otherSends') as HttpResponse['otherSends']
  if (otherSends === undefined) return outcome
  const ownIds = E.isRight(outcome) ? recover(response.body) : outcome.left.recovered
  const idsOf = (send: OtherSend): ReadonlyArray<RecoveredTask> =>
    send._tag === 'Unanswered' ? send.recovered : recover(send.response.body)
  const recovered = distinctTasks([...otherSends.flatMap(idsOf), ...ownIds])
  const lastResult = claimOf(decodeAlone(response))
  if (lastResult !== undefined && !otherSends.every(startsNothingBeside(lastResult, decodeAlone, idsOf))) {
    const isClaim = E.isRight(outcome) || isRefusal(outcome.left)
    if (isClaim)
      return E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'SentMoreThanOnce', lastResult }, recovered })
  }
  return E.isRight(outcome) ? outcome : E.left({ ...outcome.left, recovered })
}

/** Returns a result that claims what was started. All other errors leave that open. */
const claimOf = (
  decoded: E.Either<SubmissionError, AcceptedTask | BatchOutcome>,
): SentMoreThanOnce['lastResult'] | undefined => {
  if (E.isRight(decoded)) return decoded.right
  return isRefusal(decoded.left) ? decoded.left : undefined
}

const startsNothingBeside =
  (
    lastResult: SentMoreThanOnce['lastResult'],
    decodeAlone: DecodeAlone,
    idsOf: (send: OtherSend) => ReadonlyArray<RecoveredTask>,
  ) =>
  (send: OtherSend): boolean => {
    if (send._tag === 'Unanswered') return false
    const decoded = decodeAlone(send.response)
    const ids = idsOf(send)
    const hasRefused = E.isRight(decoded) ? decoded.right._tag === 'AllRejected' : isRefusal(decoded.left)
    if (hasRefused) return ids.length === 0
    // The same task, reported again.
    return (
      E.isRight(decoded) &&
      lastResult._tag === 'AcceptedTask' &&
      ids.every(({ taskId }) => taskId === lastResult.taskId)
    )
  }

/** "a rejected request started nothing" */
const isRefusal = (error: SubmissionError): error is Rejected | HttpStatusError =>
  error._tag === 'Rejected' || (error._tag === 'HttpStatusError' && notApplied.has(error.httpStatus))

/** RFC 9110, sections 15.5.2 and 15.5.8: a request without valid credentials "has not been applied". */
const notApplied: ReadonlySet<number> = /* @__PURE__ */ new Set([401, 407])
