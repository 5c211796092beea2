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
  readClientOptions,
  readOrdinaryOptions,
  readStatusCodecs,
} from '../decode/readOptions.js'
import type { TaskStatusCodecs } from '../decode/TaskStatusCodecs.js'
import {
  type QueryError,
  type SubmissionError,
  type TaskError,
  type TransportError,
  toQueryError,
} from '../error/TaskError.js'
import { clientFailed, misused } from '../error/TransportReason.js'
import type { Json, JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { BatchOutcome } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import type { ShapeIssue } from '../wire/ShapeIssue.js'
import {
  type ExchangeSummary,
  type Measured,
  type MeasuredTask,
  type TaskClientOptions,
  reportOutcome,
} from './onOutcome.js'
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
 * @param options - `onOutcome` is called with every result, for logs and metrics
 *
 * @category constructors
 * @since 0.1.0
 */
export const createTaskClient = <Request extends ReadonlyArray<unknown>>(
  transport: Transport<Request>,
  options: TaskClientOptions = {},
): TaskClient<Request> => {
  const read = readClientOptions(options)
  const onOutcome = E.isRight(read) ? read.right.onOutcome : undefined
  /** The transport, or one that sends nothing if the options are invalid. */
  const ifValid = (options: ReadOptions<unknown>): Transport<Request> => {
    const invalid = [read, options].find(E.isLeft)
    return invalid === undefined ? transport : refusing(invalid.left)
  }
  // Without `pipe`, for speed: every response passes here.
  const run = <Failure extends TaskError, A extends Outcome>(
    operation: ExchangeSummary['operation'],
    decode: (response: HttpResponse) => E.Either<Failure, A>,
    toFailure: (error: TransportError) => Failure,
    options: ReadOptions<unknown>,
  ) => {
    const via = ifValid(options)
    return (...request: Request): TE.TaskEither<Failure, A> =>
      async () => {
        let response: HttpResponse | undefined
        let measured: Measured = {}
        let result: E.Either<Failure, A>
        try {
          const task: MeasuredTask<E.Either<TransportError, HttpResponse>> = via(...request)
          const sent = await (onOutcome === undefined
            ? task()
            : task(known => {
                measured = known
              }))
          if (E.isLeft(sent)) {
            result = E.left(toFailure(sent.left))
          } else {
            response = sent.right
            result = decode(response)
          }
        } catch (thrown) {
          // A transport that throws, or resolves to something else, may have sent the request.
          result = E.left(toFailure({ _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] }))
        }
        if (onOutcome !== undefined) reportOutcome(onOutcome, result, response, { operation, ...measured })
        return result
      }
  }
  const submission = <A extends AcceptedTask<unknown>>(
    decode: (response: HttpResponse) => E.Either<SubmissionError, A>,
    options: ReadOptions<unknown> = valid,
  ) => run<SubmissionError, A>('submission', decode, error => error, options)
  const batchSubmission = <A extends BatchOutcome<unknown, unknown>>(
    decode: (response: HttpResponse) => E.Either<SubmissionError, A>,
    options: ReadOptions<unknown> = valid,
  ) => run<SubmissionError, A>('batchSubmission', decode, error => error, options)
  const query = <A extends TaskStatus<unknown, unknown>>(
    decode: (response: HttpResponse) => E.Either<QueryError, A>,
    options: ReadOptions<unknown> = valid,
  ) => run('query', decode, toQueryError, options)
  return {
    submit: submission(decodeOrdinaryResponse),
    submitWith: options => submission(decodeOrdinaryResponseWith(options), readOrdinaryOptions(options)),
    submitBatch: batchSubmission(decodeBatchResponse),
    submitBatchWith: options => batchSubmission(decodeBatchResponseWith(options), readBatchOptions(options)),
    status: query(decodeStatusResponse),
    statusWith: codecs => query(decodeStatusResponseWith(codecs), readStatusCodecs(codecs)),
  }
}

type Outcome = AcceptedTask<unknown> | BatchOutcome<unknown, unknown> | TaskStatus<unknown, unknown>

const valid = E.right(undefined)

/** A transport that sends nothing, because options are invalid. */
const refusing =
  ({ expected, found }: ShapeIssue) =>
  (): MeasuredTask<E.Either<TransportError, never>> =>
  async onEnd => {
    onEnd?.({ sends: 0 })
    const reason = misused(`expected ${expected}, found ${found}`)
    return E.left({ _tag: 'NotSent', reason, recovered: [] })
  }
