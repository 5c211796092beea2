/**
 * What every adapter gives, whatever its HTTP client.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { BatchDecodeOptions } from '../decode/BatchDecodeOptions.js'
import {
  type HttpResponse,
  decodeBatchResponse,
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeOrdinaryResponseWith,
  decodeStatusResponse,
  decodeStatusResponseWith,
} from '../decode/HttpResponse.js'
import type { OrdinaryDecodeOptions } from '../decode/OrdinaryDecodeOptions.js'
import type { TaskStatusCodecs } from '../decode/TaskStatusCodecs.js'
import {
  type QueryError,
  type SubmissionError,
  type TaskError,
  type TransportError,
  ofQuery,
} from '../error/TaskError.js'
import { clientFailed } from '../error/TransportReason.js'
import type { Json, JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { BatchOutcome } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import { type DecodeAlone, acrossSends } from './acrossSends.js'
import type { ExchangedResponse } from './exchange.js'
import { maskSecrets } from './maskSecrets.js'
import type { RedactedRequest } from './RedactedRequest.js'
import { withholdText } from './withholdText.js'

/**
 * Submits to a task API and says what became of it, and asks how tasks are getting on. `Request` is what the HTTP client
 * takes: the arguments of its own request function.
 *
 * Each method returns a `TaskEither`: nothing is sent before it is run, it never rejects, and running it twice sends
 * twice: of a submission that starts two tasks.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskClient<Request extends ReadonlyArray<unknown>> {
  /** Submits a request about one resource. */
  readonly submit: (...request: Request) => TE.TaskEither<SubmissionError, AcceptedTask>
  /**
   * The same, with a codec for the fields of the answer that the format does not name, or for an API that has the task's
   * id elsewhere in its answer.
   */
  readonly submitWith: <Extra = JsonRecord>(
    reading: OrdinaryDecodeOptions<Extra>,
  ) => (...request: Request) => TE.TaskEither<SubmissionError, AcceptedTask<Extra>>
  /** Submits a request about many resources. */
  readonly submitBatch: (...request: Request) => TE.TaskEither<SubmissionError, BatchOutcome>
  /** The same, with codecs for the fields that the format does not name, of the answer and of its accepted entries. */
  readonly submitBatchWith: <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
    extras: BatchDecodeOptions<ResponseExtra, EntryExtra>,
  ) => (...request: Request) => TE.TaskEither<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>>
  /** Asks for the state of a task. It changes nothing, so it is always safe to ask again. */
  readonly status: (...request: Request) => TE.TaskEither<QueryError, TaskStatus>
  /** The same, with codecs for the output and the data of the task. */
  readonly statusWith: <Output = Json, Data = Json>(
    codecs: TaskStatusCodecs<Output, Data>,
  ) => (...request: Request) => TE.TaskEither<QueryError, TaskStatus<Output, Data>>
}

/**
 * A request that is being carried out: what will have come of it, and how to tell of it in an error.
 *
 * @category model
 * @since 0.1.0
 */
export interface InFlightRequest {
  /** The answer, or what stood in its way: what `exchange` gives. */
  readonly answer: Promise<E.Either<TransportError, ExchangedResponse>>
  /** Called only if there is an error to tell of. */
  readonly describe: () => RedactedRequest
}

/**
 * A task client from a function that carries out one request and hands over the untouched answer: all that an adapter
 * for another HTTP client has to bring. The function sends, so it is called each time that a task is run; if it throws or
 * the promise rejects, which `exchange` never makes it do, the error is `DeliveryUnknown`. Every error has the summary of its
 * request, with the request's secrets masked. If a submission was sent more than once, its error also has the ids of all
 * responses.
 *
 * @example
 * import { createTaskClient, redactRequest } from '@task-outcome/core'
 * import { either as E } from 'fp-ts'
 *
 * const canned = createTaskClient((url: string) => ({
 *   answer: Promise.resolve(E.right({ status: 200, body: '{"code":0,"requestId":"17"}' })),
 *   describe: () => redactRequest({ method: 'GET', url, headers: [], body: undefined }),
 * }))
 * canned.submit('https://cvm.api.qcloud.com/v2/index.php')() // a promise of right: taskId '17'
 *
 * @category constructors
 * @since 0.1.0
 */
export const createTaskClient = <Request extends ReadonlyArray<unknown>>(
  send: (...request: Request) => InFlightRequest,
): TaskClient<Request> => {
  const run =
    <Failure extends TaskError, A>(
      toOutcome: (answer: E.Either<TransportError, ExchangedResponse>) => E.Either<Failure, A>,
    ) =>
    (...request: Request): TE.TaskEither<Failure, A> =>
    async () => {
      let pending: InFlightRequest | undefined
      let outcome: E.Either<Failure, A>
      try {
        pending = send(...request)
        outcome = toOutcome(await pending.answer)
      } catch (thrown) {
        outcome = toOutcome(E.left({ _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] }))
      }
      if (E.isRight(outcome)) return outcome
      return E.left(describeError(pending?.describe, outcome.left))
    }
  // Without `pipe`: every answer passes here, and beside a client's own work its steps are felt.
  const makeSubmit = <A>(
    decode: (answer: HttpResponse) => E.Either<SubmissionError, A>,
    decodeAlone: DecodeAlone,
  ) =>
    run<SubmissionError, A>(answer =>
      E.isRight(answer) ? acrossSends(answer.right, decode(answer.right), decodeAlone) : answer,
    )
  // PROTOCOL.md, section 6: "Asking for a task's status changes nothing", so the last response speaks for itself.
  const makeQuery = <A>(decode: (answer: HttpResponse) => E.Either<QueryError, A>) =>
    run(answer => (E.isRight(answer) ? decode(answer.right) : E.left(ofQuery(answer.left))))
  return {
    submit: makeSubmit(decodeOrdinaryResponse, decodeOrdinaryResponse),
    submitWith: reading => {
      const { extra: _, ...alone } = reading
      return makeSubmit(decodeOrdinaryResponseWith(reading), decodeOrdinaryResponseWith(alone))
    },
    submitBatch: makeSubmit(decodeBatchResponse, decodeBatchResponse),
    submitBatchWith: extras => makeSubmit(decodeBatchResponseWith(extras), decodeBatchResponse),
    status: makeQuery(decodeStatusResponse),
    statusWith: codecs => makeQuery(decodeStatusResponseWith(codecs)),
  }
}

const describeError = <Failure extends TaskError>(
  describe: (() => RedactedRequest) | undefined,
  error: Failure,
): Failure => {
  if (describe === undefined) return error
  try {
    const { summary, secrets, isOpaque = false } = describe()
    const masked = maskSecrets(secrets, { ...error, request: summary })
    return isOpaque ? withholdText(masked) : masked
  } catch {
    return withholdText(error) // nothing is known of its secrets
  }
}
