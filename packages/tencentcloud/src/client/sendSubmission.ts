/**
 * Sends a submission, and sends it again if its delivery is unknown and the API makes that safe.
 *
 * @internal
 */
import type { HttpResponse, SubmissionError, TransportError } from '@task-outcome/core'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from './Clock.js'
import { pause } from './pause.js'
import { type ResendPolicy, nextResend } from './ResendPolicy.js'

export interface Submission<A> {
  /** Sends it, the first time or again. Does not reject. */
  readonly send: () => Promise<E.Either<TransportError, HttpResponse>>
  readonly decode: (response: HttpResponse) => E.Either<SubmissionError, A>
  /** Absent: it is never sent again. */
  readonly resend: ResendPolicy | undefined
  readonly clock: Clock
  readonly signal: AbortSignalLike | undefined
}

/** The result of a send, for all sends so far. */
interface Conclusion<A> {
  readonly result: E.Either<SubmissionError, A>
  /** Whether sending it again may help, and the delay that the API asks for. */
  readonly again: { readonly atLeastMs: number } | undefined
}

export const sendSubmission = async <A>(
  submission: Submission<A>,
  signedAtMs: number,
): Promise<E.Either<SubmissionError, A>> => {
  const { clock, resend, send, signal } = submission
  let conclusion = conclude(submission, undefined, await send())
  for (let resends = 0; resend !== undefined && conclusion.again !== undefined; resends++) {
    try {
      const delayMs = nextResend(resend, resends, clock.now() - signedAtMs, conclusion.again.atLeastMs)
      if (delayMs === undefined) break
      if (signal?.aborted !== true) await pause(clock, delayMs, signal)
      if (signal?.aborted === true) break
    } catch {
      break // the clock is broken
    }
    conclusion = conclude(submission, conclusion.result, await send())
  }
  return conclusion.result
}

const conclude = <A>(
  { decode }: Submission<A>,
  before: E.Either<SubmissionError, A> | undefined,
  sent: E.Either<TransportError, HttpResponse>,
): Conclusion<A> => {
  const unknown = before !== undefined && E.isLeft(before) ? before.left : undefined
  if (E.isLeft(sent)) {
    const error = sent.left
    if (unknown === undefined)
      return { result: sent, again: mayBeUnanswered(error) ? { atLeastMs: 0 } : undefined }
    // That this one was not sent does not say that none was.
    if (error._tag === 'NotSent') return { result: E.left(unknown), again: isAborted(error) ? undefined : { atLeastMs: 0 } }
    return { result: sent, again: mayBeUnanswered(error) ? { atLeastMs: 0 } : undefined }
  }
  const response = sent.right
  const alone = decode(response)
  if (unknown === undefined || E.isRight(alone)) return { result: alone, again: undefined }
  // The last response is no acceptance, so it does not say what became of the sends before.
  const { otherSends = [] } = response
  return {
    result: decode({ ...response, otherSends: [...otherSends, { _tag: 'Unanswered', recovered: [] }] }),
    again: againAfter(alone.left),
  }
}

/** Whether nothing is known of what became of it. If a part of the response has a task id, the task has started. */
const mayBeUnanswered = (error: TransportError): boolean =>
  error._tag === 'DeliveryUnknown' && error.recovered.length === 0 && !isAborted(error)

const isAborted = (error: TransportError): boolean =>
  error._tag !== 'ResponseTooLarge' && error.reason._tag === 'Aborted'

/** Whether a later response may be another one: the API, or a gateway in front of it, is overloaded. */
const againAfter = (error: SubmissionError): Conclusion<never>['again'] => {
  switch (error._tag) {
    case 'Rejected':
      return error.advice === 'later' ? { atLeastMs: error.retryAfterMs ?? 0 } : undefined
    case 'HttpStatusError':
      return error.httpStatus >= 500 && error.recovered.length === 0
        ? { atLeastMs: error.retryAfterMs ?? 0 }
        : undefined
    default:
      return undefined
  }
}
