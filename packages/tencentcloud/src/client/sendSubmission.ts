/**
 * Sends a submission, and sends it again if its delivery is unknown and the API makes that safe.
 *
 * @internal
 */
import type { HttpResponse, SubmissionError, TransportError } from '@task-outcome/core'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from './Clock.js'
import { type ResendPolicy, nextResend } from './ResendPolicy.js'
import { pause } from './within.js'

export interface Submission<A> {
  /** The result of the first send. */
  readonly first: E.Either<TransportError, HttpResponse>
  /** Sends it again. Does not reject. */
  readonly sendAgain: () => Promise<E.Either<TransportError, HttpResponse>>
  readonly decode: (response: HttpResponse) => E.Either<SubmissionError, A>
  /** Absent: it is never sent again. */
  readonly resend: ResendPolicy | undefined
  /** Limits the window of the policy. */
  readonly longestWindowMs: number
  readonly signedAtMs: number
  readonly clock: Clock
  readonly signal: AbortSignalLike | undefined
}

export const sendSubmission = async <A>(submission: Submission<A>): Promise<E.Either<SubmissionError, A>> => {
  const { clock, decode, longestWindowMs, resend, sendAgain, signal, signedAtMs } = submission
  let { result, again } = concludeFirst(submission.first, decode)
  for (let resends = 0; resend !== undefined && again !== undefined && E.isLeft(result); resends++) {
    try {
      const elapsedMs = clock.now() - signedAtMs
      const delayMs = nextResend(resend, resends, elapsedMs, again.atLeastMs)
      if (delayMs === undefined || elapsedMs + delayMs > longestWindowMs) break
      await pause({ clock, timeoutMs: delayMs, signal })
      if (signal?.aborted === true) break
    } catch {
      break // the clock or the signal is broken
    }
    ;({ result, again } = concludeNext(result.left, await sendAgain(), decode))
  }
  return result
}

/** The result of all sends so far. */
interface Conclusion<A> {
  readonly result: E.Either<SubmissionError, A>
  /** Whether sending it again may help, and the delay that the API asks for. */
  readonly again: { readonly atLeastMs: number } | undefined
}

const concludeFirst = <A>(
  sent: E.Either<TransportError, HttpResponse>,
  decode: Submission<A>['decode'],
): Conclusion<A> =>
  E.isLeft(sent)
    ? { result: sent, again: sent.left._tag === 'DeliveryUnknown' ? againAfter(sent.left) : undefined }
    : { result: decode(sent.right), again: undefined }

/** @param before - the result of the sends before: one may have arrived */
const concludeNext = <A>(
  before: SubmissionError,
  sent: E.Either<TransportError, HttpResponse>,
  decode: Submission<A>['decode'],
): Conclusion<A> => {
  if (E.isLeft(sent)) {
    // That this one was not sent does not mean that none was.
    return { result: sent.left._tag === 'NotSent' ? E.left(before) : sent, again: againAfter(sent.left) }
  }
  const response = sent.right
  const alone = decode(response)
  // Accepted, it is the first to arrive, or the API has recognized its token.
  if (E.isRight(alone)) return { result: alone, again: undefined }
  // Anything else does not say what became of the sends before.
  const { otherSends = [] } = response
  return {
    result: decode({ ...response, otherSends: [...otherSends, { _tag: 'Unanswered', recovered: [] }] }),
    again: againAfter(alone.left),
  }
}

/** Whether another send may bring a clearer result. Never if there is a task id: its task has started. */
const againAfter = (error: SubmissionError): Conclusion<never>['again'] => {
  if (error.recovered.length > 0) return undefined
  switch (error._tag) {
    case 'NotSent':
    case 'DeliveryUnknown':
      return error.reason._tag === 'Aborted' || error.reason._tag === 'SentMoreThanOnce' ? undefined : atOnce
    case 'Rejected':
      return error.advice === 'later' ? { atLeastMs: error.retryAfterMs ?? 0 } : undefined
    case 'HttpStatusError': // of a gateway
      return error.httpStatus >= 500 ? { atLeastMs: error.retryAfterMs ?? 0 } : undefined
    default:
      return undefined
  }
}

const atOnce = { atLeastMs: 0 }
