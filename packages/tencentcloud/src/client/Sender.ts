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
import { type AbortSignalLike, aborted, bodyOfValue, clientFailed, misused } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { lefts } from 'fp-ts/lib/ReadonlyArray.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type CredentialsSource, readCredentials } from '../request/Credentials.js'
import { type RequestIssue, issueAt, showRequestIssue } from '../request/RequestIssue.js'
import type { Sign } from '../request/Sign.js'
import type { Clock } from './Clock.js'
import { type CallName, type OnOutcome, type Seen, observeWith } from './onOutcome.js'
import type { ResendPolicy } from './ResendPolicy.js'
import { type Signed, sendSubmission } from './sendSubmission.js'
import { startStopwatch } from './Stopwatch.js'
import { within } from './within.js'

/** What a client signs and sends with. */
export interface SenderOptions {
  readonly transport: Transport
  readonly credentials: CredentialsSource
  /** How long it waits for a promise of credentials, in milliseconds. */
  readonly credentialsTimeoutMs: number
  readonly clock: Clock
  readonly resend: ResendPolicy | undefined
  readonly onOutcome: OnOutcome | undefined
}

/** A request to sign and send, and what its response means. */
export interface Call<Failure, A> {
  readonly sign: Sign
  readonly signal: AbortSignalLike | undefined
  readonly decode: (response: HttpResponse) => E.Either<Failure, A>
}

/** A submission, and what is sent if its delivery is unknown. */
interface SubmissionCall<A> extends Call<SubmissionError, A> {
  /** The same request, byte for byte; the request signed anew, with the same `ClientToken`; or nothing. */
  readonly sentAgain: 'sameRequest' | 'sameToken' | 'never'
  /** How long after it was signed the API recognizes what is sent again, at most. */
  readonly longestWindowMs?: number
}

/** Reads and writes a call, once for each run: the caller can change everything later. It may throw. */
type Prepare<Prepared> = () => E.Either<RequestIssue, Prepared>

export interface Sender {
  readonly submit: <A>(
    call: CallName,
    prepare: Prepare<SubmissionCall<A>>,
  ) => TE.TaskEither<SubmissionError, A>
  readonly query: <A>(call: CallName, prepare: Prepare<Call<QueryError, A>>) => TE.TaskEither<QueryError, A>
}

export const createSender = ({
  transport,
  credentials,
  credentialsTimeoutMs,
  clock,
  resend,
  onOutcome,
}: SenderOptions): Sender => {
  const observe = observeWith(onOutcome, clock)

  const sign = async ({
    sign,
    signal,
  }: Pick<Call<never, never>, 'sign' | 'signal'>): Promise<E.Either<NotSent, Signed>> => {
    if (!isTimeout(credentialsTimeoutMs))
      return E.left(
        refused(issueAt('expected a number greater than 0, in milliseconds', 'credentialsTimeoutMs')),
      )
    try {
      if (signal?.aborted === true) return E.left(notSent(aborted(signal.reason)))
      const given = typeof credentials === 'function' ? credentials() : credentials
      const arrived = isPromiseLike(given)
        ? await within(given, { clock, timeoutMs: credentialsTimeoutMs, signal })
        : E.right(given)
      if (E.isLeft(arrived)) return E.left(notSent(arrived.left))
      const stopwatch = startStopwatch(clock)
      return pipe(
        E.Do,
        E.bind('current', () => readCredentials(arrived.right)),
        E.bind('request', ({ current }) => sign(current, Math.floor(stopwatch.startedAtMs / 1000))),
        E.bimap(refused, ({ current: { secretId }, request }) => ({
          secretId,
          stopwatch,
          request: signal === undefined ? request : { ...request, signal },
        })),
      )
    } catch (thrown) {
      return E.left(notSent(clientFailed(thrown)))
    }
  }

  /** @param recover - finds the ids of tasks in what an untyped transport returns in place of a result */
  const send = async (
    { request }: Signed,
    seen: Seen,
    recover: (given: unknown) => DeliveryUnknown['recovered'],
  ): Promise<E.Either<TransportError, HttpResponse>> => {
    const sent = await sendOnce(request, recover)
    if (E.isLeft(sent)) {
      if (sent.left._tag !== 'NotSent') seen.sends++
      return sent
    }
    seen.response = sent.right
    seen.sends += 1 + (sent.right.otherSends?.length ?? 0)
    return sent
  }

  const sendOnce = async (
    request: HttpRequest,
    recover: (given: unknown) => DeliveryUnknown['recovered'],
  ): Promise<E.Either<TransportError, HttpResponse>> => {
    let given: unknown
    try {
      const run: unknown = transport(request)
      given = await (typeof run === 'function' ? (run as () => unknown)() : run)
      const sent = given as E.Either<TransportError, HttpResponse>
      if (typeof run !== 'function' || !(E.isLeft(sent) || 'right' in sent))
        throw new TypeError('a transport must return a TaskEither')
      // Reads the error of an untyped transport here, where what that throws is caught.
      return E.isLeft(sent)
        ? E.left({ ...sent.left, recovered: [...sent.left.recovered] })
        : E.right(sent.right)
    } catch (thrown) {
      return E.left({ ...deliveryUnknown(thrown), recovered: recover(given) })
    }
  }

  const submit =
    <A>(prepare: Prepare<SubmissionCall<A>>) =>
    async (seen: Seen): Promise<E.Either<SubmissionError, A>> => {
      const prepared = prepareSafely(prepare)
      if (E.isLeft(prepared)) return prepared
      const call = prepared.right
      const signed = await sign(call)
      if (E.isLeft(signed)) return signed
      const sendIt = (signed: Signed): ReturnType<typeof send> =>
        send(signed, seen, given => recoveredBy(call.decode, given))
      try {
        return await sendSubmission({
          signed: signed.right,
          first: await sendIt(signed.right),
          signAgain: async () => (call.sentAgain === 'sameToken' ? sign(call) : signed),
          send: sendIt,
          decode: call.decode,
          resend: call.sentAgain === 'never' ? undefined : resend,
          longestWindowMs: call.longestWindowMs ?? Infinity,
          clock,
          signal: call.signal,
        })
      } catch (thrown) {
        // The response of an untyped transport can throw when it is read.
        return E.left(deliveryUnknown(thrown))
      }
    }

  const query =
    <A>(prepare: Prepare<Call<QueryError, A>>) =>
    async (seen: Seen): Promise<E.Either<QueryError, A>> => {
      const prepared = prepareSafely(prepare)
      if (E.isLeft(prepared)) return E.left({ ...prepared.left, operation: 'query' })
      const signed = await sign(prepared.right)
      const sent = E.isLeft(signed) ? signed : await send(signed.right, seen, () => [])
      if (E.isLeft(sent)) return E.left({ ...sent.left, operation: 'query' })
      try {
        return prepared.right.decode(sent.right)
      } catch (thrown) {
        return E.left({ ...deliveryUnknown(thrown), operation: 'query' })
      }
    }

  return {
    submit: (call, prepare) => () => observe(call, submit(prepare)),
    query: (call, prepare) => () => observe(call, query(prepare)),
  }
}

const prepareSafely = <Prepared>(prepare: Prepare<Prepared>): E.Either<NotSent, Prepared> => {
  try {
    return pipe(prepare(), E.mapLeft(refused))
  } catch (thrown) {
    return E.left(notSent(clientFailed(thrown)))
  }
}

const isTimeout = (timeoutMs: unknown): boolean => typeof timeoutMs === 'number' && timeoutMs > 0

const isPromiseLike = <A>(value: A | PromiseLike<A>): value is PromiseLike<A> =>
  typeof (value as Partial<PromiseLike<A>> | null | undefined)?.then === 'function'

const refused = (issue: RequestIssue): NotSent => notSent(misused(showRequestIssue(issue)))

const notSent = (reason: NotSent['reason']): NotSent => ({ _tag: 'NotSent', reason, recovered: [] })

/** A transport that throws, or resolves to something else, may have sent the request. */
const deliveryUnknown = (thrown: unknown): DeliveryUnknown => ({
  _tag: 'DeliveryUnknown',
  reason: clientFailed(thrown),
  recovered: [],
})

/** A value of an untyped transport is no response, so decoding it tells only the ids in it. */
const recoveredBy = (
  decode: Call<SubmissionError, unknown>['decode'],
  given: unknown,
): DeliveryUnknown['recovered'] =>
  lefts([decode({ status: 200, body: bodyOfValue([given]) })]).flatMap(({ recovered }) => recovered)
