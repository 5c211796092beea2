/**
 * Sends a submission, and sends it again if its delivery is unknown and the API makes that safe.
 *
 * @internal
 */
import type { HttpRequest, HttpResponse, NotSent, SubmissionError, TransportError } from '@task-outcome/core'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from './Clock.js'
import { type ResendPolicy, defaultWindowMs, nextResend } from './ResendPolicy.js'
import type { Stopwatch } from './Stopwatch.js'
import { pause } from './within.js'

export interface Submission<A> {
  /** The request that was sent first. */
  readonly signed: Signed
  /** The result of the first send. */
  readonly first: E.Either<TransportError, HttpResponse>
  /** Returns the request to send again. Does not reject. */
  readonly signAgain: () => Promise<E.Either<NotSent, Signed>>
  /** Does not reject. */
  readonly send: (signed: Signed) => Promise<E.Either<TransportError, HttpResponse>>
  readonly decode: (response: HttpResponse) => E.Either<SubmissionError, A>
  /** Absent: it is never sent again. */
  readonly resend: ResendPolicy | undefined
  /** Limits the window of the policy. */
  readonly longestWindowMs: number
  readonly clock: Clock
  readonly signal: AbortSignalLike | undefined
}

/** A signed request. */
export interface Signed {
  readonly request: HttpRequest
  /** Of the credentials that it was signed with. */
  readonly secretId: string
  /** Runs since it was signed. */
  readonly stopwatch: Stopwatch
}

export const sendSubmission = async <A>(submission: Submission<A>): Promise<E.Either<SubmissionError, A>> => {
  const { decode } = submission
  let { result, again } = concludeFirst(submission.first, decode)
  for (let resends = 0; again !== undefined && E.isLeft(result); resends++) {
    const sent = await sendAgain(submission, resends, again.atLeastMs)
    if (sent === undefined) break
    ;({ result, again } = concludeNext(result.left, sent, decode))
  }
  return result
}

/** Waits, and sends it again. Returns `undefined` if that can start a second task, or if the clock or the signal is broken. */
const sendAgain = async (
  { clock, longestWindowMs, resend, send, signAgain, signal, signed: first }: Submission<unknown>,
  resends: number,
  atLeastMs: number,
): Promise<E.Either<TransportError, HttpResponse> | undefined> => {
  if (resend === undefined) return undefined
  const { elapsedMs } = first.stopwatch
  try {
    const windowMs = Math.min(resend.windowMs ?? defaultWindowMs, longestWindowMs)
    const delayMs = nextResend({ ...resend, windowMs }, resends, elapsedMs(), atLeastMs)
    if (delayMs === undefined) return undefined
    await pause({ clock, timeoutMs: delayMs, signal })
    if (signal?.aborted === true) return undefined
    const signed = await signAgain()
    if (E.isLeft(signed)) return signed
    // Another account does not know the token.
    if (signed.right.secretId !== first.secretId) return undefined
    // The delay and the credentials can have taken any time.
    return elapsedMs() <= windowMs ? await send(signed.right) : undefined
  } catch {
    return undefined
  }
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
