/**
 * A task client whose methods return promises, for callers without fp-ts.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { BatchDecodeOptions } from '../decode/BatchDecodeOptions.js'
import type { OrdinaryDecodeOptions } from '../decode/OrdinaryDecodeOptions.js'
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
import type { TaskClient } from './TaskClient.js'

/**
 * Submits to a task API and queries the state of tasks. Each call sends the request at once, and returns a promise that never
 * rejects: of `{ _tag: 'Right', right }` with the outcome, or of `{ _tag: 'Left', left }` with the error. Each call of a
 * submission starts a task.
 *
 * @category model
 * @since 0.1.0
 */
export interface PromiseTaskClient<Request extends ReadonlyArray<unknown>> {
  /** Submits a request for one resource. */
  readonly submit: (...request: Request) => Promise<E.Either<SubmissionError, AcceptedTask>>
  /** Like `submit`, with a codec for the extra fields, or for an API with the task id in another place. */
  readonly submitWith: <Extra = JsonRecord>(
    options: OrdinaryDecodeOptions<Extra>,
    ...request: Request
  ) => Promise<E.Either<SubmissionError, AcceptedTask<Extra>>>
  /** Submits a request for many resources. */
  readonly submitBatch: (...request: Request) => Promise<E.Either<SubmissionError, BatchOutcome>>
  /**
   * Like `submitBatch`, with codecs for the extra fields of the response and of its accepted entries, or with the ids of the
   * requested resources.
   */
  readonly submitBatchWith: <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
    options: BatchDecodeOptions<ResponseExtra, EntryExtra>,
    ...request: Request
  ) => Promise<E.Either<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>>>
  /** Queries the state of a task. A query changes nothing, so it is always safe to repeat. */
  readonly status: (...request: Request) => Promise<E.Either<QueryError, TaskStatus>>
  /** Like `status`, with codecs for the output and the data of the task. */
  readonly statusWith: <Output = Json, Data = Json>(
    codecs: TaskStatusCodecs<Output, Data>,
    ...request: Request
  ) => Promise<E.Either<QueryError, TaskStatus<Output, Data>>>
}

/**
 * Creates a client of promises from any task client. Its methods take the same requests, and the options of a method whose name
 * ends in `With` as the first argument. Unlike a `TaskEither`, a call is all that it takes to send.
 *
 * @example
 * import { createPromiseTaskClient } from '@task-outcome/core'
 * import { createFetchTaskClient } from '@task-outcome/fetch'
 *
 * const tasks = createPromiseTaskClient(createFetchTaskClient(fetch, { timeoutMs: 10_000 }))
 *
 * const createImage = async (url: string) => {
 *   const result = await tasks.submit(url, { method: 'POST' })
 *   return result._tag === 'Right' ? result.right.taskId : result.left._tag
 * }
 *
 * @category constructors
 * @since 0.1.0
 */
export const createPromiseTaskClient = <Request extends ReadonlyArray<unknown>>(
  client: TaskClient<Request>,
): PromiseTaskClient<Request> => ({
  submit: (...request) => submission(() => client.submit(...request)),
  submitWith: (options, ...request) => submission(() => client.submitWith(options)(...request)),
  submitBatch: (...request) => submission(() => client.submitBatch(...request)),
  submitBatchWith: (options, ...request) => submission(() => client.submitBatchWith(options)(...request)),
  status: (...request) => query(() => client.status(...request)),
  statusWith: (codecs, ...request) => query(() => client.statusWith(codecs)(...request)),
})

/**
 * Runs a task at once. If the client returns no task, it is not a task client, and nothing was sent. A task that rejects may have
 * sent its request.
 */
const run =
  <Failure>(toFailure: (error: TransportError) => Failure) =>
  async <A>(makeTask: () => TE.TaskEither<Failure, A>): Promise<E.Either<Failure, A>> => {
    let task: TE.TaskEither<Failure, A> | undefined
    try {
      task = makeTask()
      return await task()
    } catch (thrown) {
      const error: TransportError =
        task === undefined
          ? { _tag: 'NotSent', reason: misused('expected a task client'), recovered: [] }
          : { _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] }
      return E.left(toFailure(error))
    }
  }

const submission = run<SubmissionError>(error => error)
const query = run(toQueryError)
