/**
 * What every adapter gives, whatever its HTTP client.
 *
 * @since 0.1.0
 */
import * as TE from 'fp-ts/lib/TaskEither.js'
import { flow } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'
import type { BatchExtraCodecs } from '../decode/BatchExtraCodecs.js'
import {
  type HttpAnswer,
  decodeBatchAnswer,
  decodeBatchAnswerWith,
  decodeOrdinaryAnswer,
  decodeOrdinaryAnswerWith,
} from '../decode/HttpAnswer.js'
import type { TaskError } from '../error/TaskError.js'
import type { JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { BatchOutcome } from '../outcome/BatchOutcome.js'

/**
 * Submits to a task API and says what became of it. `Request` is what the HTTP client takes: the arguments of its own
 * request function.
 *
 * Each method returns a `TaskEither`: nothing is sent before it is run, it never rejects, and running it twice submits
 * twice, which starts two tasks.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskClient<Request extends ReadonlyArray<unknown>> {
  /** Submits a request about one resource. */
  readonly submit: (...request: Request) => TE.TaskEither<TaskError, AcceptedTask>
  /** The same, with a codec for the fields of the answer that the format does not name. */
  readonly submitWith: <Extra>(
    extra: t.Decoder<unknown, Extra>,
  ) => (...request: Request) => TE.TaskEither<TaskError, AcceptedTask<Extra>>
  /** Submits a request about many resources. */
  readonly submitBatch: (...request: Request) => TE.TaskEither<TaskError, BatchOutcome>
  /** The same, with codecs for the fields that the format does not name, of the answer and of its accepted entries. */
  readonly submitBatchWith: <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
    extras: BatchExtraCodecs<ResponseExtra, EntryExtra>,
  ) => (...request: Request) => TE.TaskEither<TaskError, BatchOutcome<ResponseExtra, EntryExtra>>
}

/**
 * A task client from a function that sends one request and hands over the untouched answer. This is all that an adapter
 * for another HTTP client has to bring. The function must not throw and its task must not reject.
 *
 * @example
 * import { createTaskClient, type HttpAnswer, type TaskError } from '@task-outcome/core'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const canned = createTaskClient((path: string) =>
 *   TE.right<TaskError, HttpAnswer>({ status: 200, body: `{"code":0,"requestId":"17","path":"${path}"}` }),
 * )
 * canned.submit('/v2/index.php')() // a promise of right: taskId '17'
 *
 * @category constructors
 * @since 0.1.0
 */
export const createTaskClient = <Request extends ReadonlyArray<unknown>>(
  exchange: (...request: Request) => TE.TaskEither<TaskError, HttpAnswer>,
): TaskClient<Request> => ({
  submit: flow(exchange, TE.chainEitherK(decodeOrdinaryAnswer)),
  submitWith: extra => flow(exchange, TE.chainEitherK(decodeOrdinaryAnswerWith(extra))),
  submitBatch: flow(exchange, TE.chainEitherK(decodeBatchAnswer)),
  submitBatchWith: extras => flow(exchange, TE.chainEitherK(decodeBatchAnswerWith(extras))),
})
