/**
 * What an app calls: submit a task, submit a batch, query the state of a task.
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
import type { TaskStatusCodecs } from '../decode/TaskStatusCodecs.js'
import {
  type QueryError,
  type SubmissionError,
  type TransportError,
  toQueryError,
} from '../error/TaskError.js'
import { clientFailed } from '../error/TransportReason.js'
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
  /** Submits a request about one resource. */
  readonly submit: (...request: Request) => TE.TaskEither<SubmissionError, AcceptedTask>
  /** The same, with a codec for the fields that the format does not name, or for an API that has the task id elsewhere. */
  readonly submitWith: <Extra = JsonRecord>(
    options: OrdinaryDecodeOptions<Extra>,
  ) => (...request: Request) => TE.TaskEither<SubmissionError, AcceptedTask<Extra>>
  /** Submits a request about many resources. */
  readonly submitBatch: (...request: Request) => TE.TaskEither<SubmissionError, BatchOutcome>
  /**
   * The same, with codecs for the fields that the format does not name, in the response and in its accepted entries, or with the
   * resources that the request names.
   */
  readonly submitBatchWith: <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
    options: BatchDecodeOptions<ResponseExtra, EntryExtra>,
  ) => (...request: Request) => TE.TaskEither<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>>
  /** Queries the state of a task. That changes nothing, so it is always safe to do it again. */
  readonly status: (...request: Request) => TE.TaskEither<QueryError, TaskStatus>
  /** The same, with codecs for the output and the data of the task. */
  readonly statusWith: <Output = Json, Data = Json>(
    codecs: TaskStatusCodecs<Output, Data>,
  ) => (...request: Request) => TE.TaskEither<QueryError, TaskStatus<Output, Data>>
}

/**
 * Creates a task client from a transport: one for an HTTP client's own requests, as `createFetchTaskClient` returns it, or one
 * for neutral requests, which any transport can send.
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
  // Without `pipe`: every response passes here, and its steps cost time beside the client's own work.
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
        // A transport that throws, or resolves to something else, may have sent all the same.
        return E.left(toFailure({ _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] }))
      }
    }
  const makeSubmit = <A>(decode: (response: HttpResponse) => E.Either<SubmissionError, A>) =>
    run<SubmissionError, A>(decode, error => error)
  const makeQuery = <A>(decode: (response: HttpResponse) => E.Either<QueryError, A>) =>
    run(decode, toQueryError)
  return {
    submit: makeSubmit(decodeOrdinaryResponse),
    submitWith: options => makeSubmit(decodeOrdinaryResponseWith(options)),
    submitBatch: makeSubmit(decodeBatchResponse),
    submitBatchWith: options => makeSubmit(decodeBatchResponseWith(options)),
    status: makeQuery(decodeStatusResponse),
    statusWith: codecs => makeQuery(decodeStatusResponseWith(codecs)),
  }
}
