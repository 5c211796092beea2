/**
 * An HTTP response → the outcome of a submission, or the state of a task.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { QueryError, SubmissionError } from '../error/TaskError.js'
import type { Json, JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import { type BatchOutcome, entries } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import type { TaskIdPath } from '../wire/TaskIdPath.js'
import { forAllSends } from './acrossSends.js'
import { type NotAny, ifReadable } from './body.js'
import type { BatchDecodeOptions } from './BatchDecodeOptions.js'
import { bodyOf, ofQuery } from './described.js'
import { decodeBatchTask, decodeBatchTaskFor } from './decodeBatchTask.js'
import { decodeOrdinaryTaskAt } from './decodeOrdinaryTask.js'
import { readStatusBody } from './decodeTaskStatus.js'
import { decodeTaskExtra, decodeBatchExtras, withOutputAndData } from './extra.js'
import type { OrdinaryDecodeOptions } from './OrdinaryDecodeOptions.js'
import type { HttpResponse } from './HttpResponse.js'
import { decoderWith, readBatchOptions, readOrdinaryOptions, readStatusCodecs } from './readOptions.js'
import type { TaskStatusCodecs } from './TaskStatusCodecs.js'
import { noEntries, underStatus } from './underStatus.js'

/**
 * Decodes the HTTP response to an ordinary submission.
 *
 * Differs from `decodeOrdinaryTask` if the status is not 2xx: a `Rejected` has the status, an accepted task becomes a
 * `ContractViolation`, and any other body an `HttpStatusError`. If the transport sent other requests in the same exchange, the
 * result takes all of them into account.
 *
 * Source: PROTOCOL.md, section 3, rows 15–17, and section 6.
 *
 * @example
 * import { decodeOrdinaryResponse } from '@task-outcome/core'
 *
 * decodeOrdinaryResponse({ status: 502, body: '<html>Bad Gateway</html>' }) // left: HttpStatusError
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeOrdinaryResponse = <Body extends string | Uint8Array>(
  response: HttpResponse<NotAny<Body>>,
): E.Either<SubmissionError, AcceptedTask> => forAllSends(response, defaultAlone(response), defaultAlone)

const ordinaryAlone =
  (taskIdAt: TaskIdPath | undefined) =>
  (response: HttpResponse): E.Either<SubmissionError, AcceptedTask> =>
    ifReadable(bodyOf(response), body => ordinaryUnderStatus(taskIdAt, response, body))

const defaultAlone = ordinaryAlone('requestId')

const ordinaryUnderStatus = (
  taskIdAt: TaskIdPath | undefined,
  response: HttpResponse,
  body: string | Uint8Array,
): E.Either<SubmissionError, AcceptedTask> =>
  underStatus(response, body, decodeOrdinaryTaskAt(taskIdAt)(body), noEntries)

/**
 * Decodes the HTTP response to a batch submission. Rows 15–17 apply as in {@link decodeOrdinaryResponse}.
 *
 * @example
 * import { decodeBatchResponse } from '@task-outcome/core'
 *
 * decodeBatchResponse({ status: 200, body: '{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}' })
 * // right: AllAccepted
 *
 * decodeBatchResponse({ status: 500, body: '{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}' })
 * // left: ContractViolation, with the entry
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeBatchResponse = <Body extends string | Uint8Array>(
  response: HttpResponse<NotAny<Body>>,
): E.Either<SubmissionError, BatchOutcome> => forAllSends(response, batchAlone(response), batchAlone)

const batchAlone = (response: HttpResponse): E.Either<SubmissionError, BatchOutcome> =>
  ifReadable(bodyOf(response), body => underStatus(response, body, decodeBatchTask(body), entries))

/**
 * Decodes the HTTP response to a query for the state of a task. Rows 15–17 apply as in {@link decodeOrdinaryResponse}, with
 * `QueryRejected` instead of `Rejected`. A state with a status that is not 2xx is a `ContractViolation`. Other requests of the
 * same exchange don't matter, because a query starts nothing.
 *
 * @example
 * import { decodeStatusResponse } from '@task-outcome/core'
 *
 * decodeStatusResponse({ status: 200, body: '{"code":0,"data":{"status":2}}' }) // right: InProgress
 * decodeStatusResponse({ status: 200, body: '{"code":4400,"message":"too fast"}' }) // left: QueryRejected
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeStatusResponse = <Body extends string | Uint8Array>(
  response: HttpResponse<NotAny<Body>>,
): E.Either<QueryError, TaskStatus> =>
  ofQuery(
    response,
    ifReadable(bodyOf(response), body => statusUnderStatus(response, body)),
  )

/**
 * {@link decodeStatusResponse} with codecs for the output and the data of the task.
 *
 * @example
 * import * as t from 'io-ts'
 * import { decodeStatusResponseWith } from '@task-outcome/core/adapter'
 *
 * const decodeImage = decodeStatusResponseWith({ data: t.type({ imageId: t.string }) })
 *
 * decodeImage({ status: 200, body: '{"code":0,"data":{"status":0,"data":{"imageId":"img-1"}}}' })
 * // right: Succeeded, with data: { imageId: 'img-1' }
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeStatusResponseWith = <Output = Json, Data = Json>(
  codecs: TaskStatusCodecs<Output, Data>,
): (<Body extends string | Uint8Array>(
  response: HttpResponse<NotAny<Body>>,
) => E.Either<QueryError, TaskStatus<Output, Data>>) => {
  const decode = decoderWith(
    readStatusCodecs(codecs),
    valid => (body, response: HttpResponse) =>
      pipe(statusUnderStatus(response, body), E.chain(withOutputAndData(valid, body))),
  )
  return response =>
    ofQuery(
      response,
      ifReadable(bodyOf(response), body => decode(body, response)),
    )
}

const statusUnderStatus = (
  response: HttpResponse,
  body: string | Uint8Array,
): E.Either<SubmissionError, TaskStatus> =>
  // A query starts no task, so none can have been accepted.
  underStatus(response, body, readStatusBody(body), noEntries, () => false)

/**
 * {@link decodeOrdinaryResponse} with a codec for the extra fields, or with another place of the task id.
 *
 * @example
 * import { decodeOrdinaryResponseWith } from '@task-outcome/core/adapter'
 *
 * const decodeFlow = decodeOrdinaryResponseWith({ taskIdAt: 'data.flowId' })
 *
 * decodeFlow({ status: 200, body: '{"code":0,"data":{"flowId":17}}' }) // right: AcceptedTask, taskId '17'
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeOrdinaryResponseWith = <Extra = JsonRecord>(
  options: OrdinaryDecodeOptions<Extra>,
): (<Body extends string | Uint8Array>(
  response: HttpResponse<NotAny<Body>>,
) => E.Either<SubmissionError, AcceptedTask<Extra>>) => {
  const read = readOrdinaryOptions(options)
  const decode = decoderWith(
    read,
    ({ extra, taskIdAt }) =>
      (body, response: HttpResponse) =>
        pipe(ordinaryUnderStatus(taskIdAt, response, body), E.chain(decodeTaskExtra(extra, body))),
  )
  const decodeAlone = E.isRight(read) ? ordinaryAlone(read.right.taskIdAt) : defaultAlone
  return response =>
    forAllSends(
      response,
      ifReadable(bodyOf(response), body => decode(body, response)),
      decodeAlone,
    )
}

/**
 * {@link decodeBatchResponse} with codecs for the extra fields, or with the ids of the requested resources.
 *
 * @example
 * import * as t from 'io-ts'
 * import { decodeBatchResponseWith } from '@task-outcome/core/adapter'
 *
 * const decodeStarted = decodeBatchResponseWith({ entry: t.type({ dealId: t.string }) })
 *
 * decodeStarted({
 *   status: 200,
 *   body: '{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17","dealId":"d-1"}}}',
 * }) // right: AllAccepted, with extra: { dealId: 'd-1' } in its entry
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeBatchResponseWith = <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
  options: BatchDecodeOptions<ResponseExtra, EntryExtra>,
): (<Body extends string | Uint8Array>(
  response: HttpResponse<NotAny<Body>>,
) => E.Either<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>>) => {
  const decode = decoderWith(readBatchOptions(options), valid => {
    const decodeBatch = decodeBatchTaskFor(valid.expected)
    return (body, response: HttpResponse) =>
      pipe(underStatus(response, body, decodeBatch(body), entries), E.chain(decodeBatchExtras(valid, body)))
  })
  return response =>
    forAllSends(
      response,
      ifReadable(bodyOf(response), body => decode(body, response)),
      batchAlone,
    )
}
