/**
 * The task client: submits tasks and batches, and queries the state of tasks.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { BatchDecodeOptions } from '../decode/BatchDecodeOptions.js'
import {
  decodeBatchResponse,
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeOrdinaryResponseWith,
  decodeStatusResponse,
  decodeStatusResponseWith,
} from '../decode/decodeResponse.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import type { OrdinaryDecodeOptions } from '../decode/OrdinaryDecodeOptions.js'
import {
  type ReadOptions,
  readBatchOptions,
  readOrdinaryOptions,
  readStatusCodecs,
} from '../decode/readOptions.js'
import type { TaskStatusCodecs } from '../decode/TaskStatusCodecs.js'
import {
  type QueryError,
  type SubmissionError,
  type TransportError,
  toQueryError,
} from '../error/TaskError.js'
import { clientFailed, misused } from '../error/TransportReason.js'
import type { Json, JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { BatchOutcome } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import type { Transport } from './Transport.js'

/**
 * Submits to a task API and queries the state of tasks. `Request` is what the HTTP client takes: the arguments of its own request
 * function.
 *
 * Each method returns a `TaskEither`: nothing is sent before it runs, it never rejects, and running it twice sends twice. Running
 * a submission twice starts two tasks.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskClient<Request extends ReadonlyArray<unknown>> {
  /** Submits a request for one resource. */
  readonly submit: (...request: Request) => TE.TaskEither<SubmissionError, AcceptedTask>
  /** Like `submit`, with a codec for the extra fields, or for an API with the task id in another place. */
  readonly submitWith: <Extra = JsonRecord>(
    options: OrdinaryDecodeOptions<Extra>,
  ) => (...request: Request) => TE.TaskEither<SubmissionError, AcceptedTask<Extra>>
  /** Submits a request for many resources. */
  readonly submitBatch: (...request: Request) => TE.TaskEither<SubmissionError, BatchOutcome>
  /**
   * Like `submitBatch`, with codecs for the extra fields of the response and of its accepted entries, or with the ids of the
   * requested resources.
   */
  readonly submitBatchWith: <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
    options: BatchDecodeOptions<ResponseExtra, EntryExtra>,
  ) => (...request: Request) => TE.TaskEither<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>>
  /** Queries the state of a task. A query changes nothing, so it is always safe to repeat. */
  readonly status: (...request: Request) => TE.TaskEither<QueryError, TaskStatus>
  /** Like `status`, with codecs for the output and the data of the task. */
  readonly statusWith: <Output = Json, Data = Json>(
    codecs: TaskStatusCodecs<Output, Data>,
  ) => (...request: Request) => TE.TaskEither<QueryError, TaskStatus<Output, Data>>
}

/**
 * Creates a task client from a transport. It takes the requests that the transport takes: those of an HTTP client, or neutral
 * ones.
 *
 * @example
 * import { type Transport, createTaskClient } from '@task-outcome/core'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const canned: Transport = () => TE.right({ status: 200, body: '{"code":0,"requestId":"17"}' })
 *
 * const tasks = createTaskClient(canned)
 * tasks.submit({ url: 'https://cvm.api.qcloud.com/v2/index.php' })() // a promise of right: taskId '17'
 *
 * @category constructors
 * @since 0.1.0
 */
export const createTaskClient = <Request extends ReadonlyArray<unknown>>(
  transport: Transport<Request>,
): TaskClient<Request> => {
  // Without `pipe`, for speed: every response passes here.
  const run =
    <Failure, A>(
      decode: (response: HttpResponse) => E.Either<Failure, A>,
      toFailure: (error: TransportError) => Failure,
    ) =>
    (...request: Request): TE.TaskEither<Failure, A> =>
    async () => {
      try {
        const sent = await transport(...request)()
        return E.isRight(sent) ? decode(sent.right) : E.left(toFailure(sent.left))
      } catch (thrown) {
        // A transport that throws, or resolves to something else, may have sent the request.
        return E.left(toFailure({ _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] }))
      }
    }
  const makeSubmit = <A>(decode: (response: HttpResponse) => E.Either<SubmissionError, A>) =>
    run<SubmissionError, A>(decode, error => error)
  const makeQuery = <A>(decode: (response: HttpResponse) => E.Either<QueryError, A>) =>
    run(decode, toQueryError)
  return {
    submit: makeSubmit(decodeOrdinaryResponse),
    submitWith: options =>
      ifValid(readOrdinaryOptions(options), error => error, makeSubmit(decodeOrdinaryResponseWith(options))),
    submitBatch: makeSubmit(decodeBatchResponse),
    submitBatchWith: options =>
      ifValid(readBatchOptions(options), error => error, makeSubmit(decodeBatchResponseWith(options))),
    status: makeQuery(decodeStatusResponse),
    statusWith: codecs =>
      ifValid(readStatusCodecs(codecs), toQueryError, makeQuery(decodeStatusResponseWith(codecs))),
  }
}

/** Returns a method of the client, or with invalid options one that sends nothing. */
const ifValid = <Request extends ReadonlyArray<unknown>, Failure, A>(
  options: ReadOptions<unknown>,
  toFailure: (error: TransportError) => Failure,
  send: (...request: Request) => TE.TaskEither<Failure, A>,
): ((...request: Request) => TE.TaskEither<Failure, A>) => {
  if (E.isRight(options)) return send
  const { expected, found } = options.left
  const reason = misused(`expected ${expected}, found ${found}`)
  return () => async () => E.left(toFailure({ _tag: 'NotSent', reason, recovered: [] }))
}
