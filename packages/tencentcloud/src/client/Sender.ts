/**
 * Signs and sends requests: each run of a `TaskEither` anew.
 *
 * @internal
 */
import type {
  DeliveryUnknown,
  HttpRequest,
  HttpResponse,
  NotSent,
  QueryError,
  SubmissionError,
  Transport,
  TransportError,
} from '@task-outcome/core'
import { type AbortSignalLike, clientFailed, misused } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { Credentials } from '../request/Credentials.js'
import { type RequestIssue, showRequestIssue } from '../request/RequestIssue.js'
import type { Clock } from './Clock.js'
import type { ResendPolicy } from './ResendPolicy.js'
import { sendSubmission } from './sendSubmission.js'

/** What a client signs and sends with. */
export interface SenderOptions {
  readonly transport: Transport
  readonly credentials: CredentialsSource
  readonly clock: Clock
  readonly resend: ResendPolicy | undefined
}

/**
 * Credentials, or a function that returns the current ones. It is called for each request.
 *
 * @category model
 * @since 0.1.0
 */
export type CredentialsSource = Credentials | (() => Credentials | PromiseLike<Credentials>)

/** Signs a request with the current credentials and the current time, in seconds since 1970. */
export type Sign = (credentials: Credentials, timestamp: number) => E.Either<RequestIssue, HttpRequest>

/**
 * What is sent if a delivery is unknown: the same request, byte for byte; the request signed anew, whose `ClientToken` stays
 * the same; nothing.
 */
export type SentAgain = 'sameRequest' | 'sameToken' | 'never'

export interface Sender {
  /** @param prepare - is called once for each run, and makes what stays the same when a submission is sent again */
  readonly submit: <A>(
    prepare: () => Sign,
    decode: (response: HttpResponse) => E.Either<SubmissionError, A>,
    sentAgain: SentAgain,
    signal: AbortSignalLike | undefined,
  ) => TE.TaskEither<SubmissionError, A>
  readonly query: <A>(
    prepare: () => Sign,
    decode: (response: HttpResponse) => E.Either<QueryError, A>,
    signal: AbortSignalLike | undefined,
  ) => TE.TaskEither<QueryError, A>
}

export const createSender = ({ transport, credentials, clock, resend }: SenderOptions): Sender => {
  const sign = async (
    prepared: Sign,
    signal: AbortSignalLike | undefined,
  ): Promise<E.Either<NotSent, Signed>> => {
    try {
      const current = typeof credentials === 'function' ? await credentials() : credentials
      const signedAtMs = clock.now()
      const signed = prepared(current, Math.floor(signedAtMs / 1000))
      if (E.isLeft(signed)) return E.left(notSent(misused(showRequestIssue(signed.left))))
      return E.right({
        signedAtMs,
        request: signal === undefined ? signed.right : { ...signed.right, signal },
      })
    } catch (thrown) {
      return E.left(notSent(clientFailed(thrown)))
    }
  }

  const send = async ({ request }: Signed): Promise<E.Either<TransportError, HttpResponse>> => {
    try {
      const sent = await transport(request)()
      return E.isLeft(sent) ? E.left(sent.left) : E.right(sent.right)
    } catch (thrown) {
      return E.left(deliveryUnknown(thrown))
    }
  }

  return {
    submit: (prepare, decode, sentAgain, signal) => async () => {
      try {
        const prepared = prepare()
        const signed = await sign(prepared, signal)
        if (E.isLeft(signed)) return signed
        const signAgain = async () => (sentAgain === 'sameToken' ? sign(prepared, signal) : signed)
        return await sendSubmission({
          first: await send(signed.right),
          sendAgain: async () => {
            const again = await signAgain()
            return E.isLeft(again) ? again : send(again.right)
          },
          decode,
          resend: sentAgain === 'never' ? undefined : resend,
          signedAtMs: signed.right.signedAtMs,
          clock,
          signal,
        })
      } catch (thrown) {
        return E.left(deliveryUnknown(thrown))
      }
    },
    query: (prepare, decode, signal) => async () => {
      try {
        const signed = await sign(prepare(), signal)
        const sent = E.isLeft(signed) ? signed : await send(signed.right)
        return E.isRight(sent) ? decode(sent.right) : E.left({ ...sent.left, operation: 'query' })
      } catch (thrown) {
        return E.left({ ...deliveryUnknown(thrown), operation: 'query' })
      }
    },
  }
}

interface Signed {
  readonly request: HttpRequest
  readonly signedAtMs: number
}

/** Whatever the functions of the caller threw, nothing was sent. */
const notSent = (reason: NotSent['reason']): NotSent => ({ _tag: 'NotSent', reason, recovered: [] })

/** A transport that throws, or resolves to something else, may have sent the request. */
const deliveryUnknown = (thrown: unknown): DeliveryUnknown => ({
  _tag: 'DeliveryUnknown',
  reason: clientFailed(thrown),
  recovered: [],
})
