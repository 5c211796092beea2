/**
 * An HTTP response → the outcome of a submission, or the state of a task.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { partition } from 'fp-ts/lib/ReadonlyArray.js'
import type { ContractIssue } from '../error/ContractIssue.js'
import {
  type ContractViolation,
  type HttpStatusError,
  type Issue,
  type QueryError,
  type SubmissionError,
  type TaskError,
  toQueryError,
} from '../error/TaskError.js'
import type { Json, JsonRecord } from '../json/Json.js'
import { unpolluted } from '../json/unpolluted.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import { type BatchEntry, type BatchOutcome, entries } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import type { TaskIdPath } from '../wire/TaskIdPath.js'
import { property } from '../error/thrown.js'
import { type DecodeAlone, acrossSends } from './acrossSends.js'
import { type NotAny, ifReadable } from './body.js'
import type { BatchDecodeOptions } from './BatchDecodeOptions.js'
import { showStart } from '../json/utf8.js'
import { decodeBatchTask, decodeBatchTaskFor } from './decodeBatchTask.js'
import { decodeOrdinaryTaskAt } from './decodeOrdinaryTask.js'
import { readStatusBody } from './decodeTaskStatus.js'
import { decodeTaskExtra, decodeBatchExtras, withOutputAndData } from './extra.js'
import type { OrdinaryDecodeOptions } from './OrdinaryDecodeOptions.js'
import type { HttpResponse } from './HttpResponse.js'
import { decoderWith, readBatchOptions, readOrdinaryOptions, readStatusCodecs } from './readOptions.js'
import { recoverFromBody } from './recovered.js'
import type { TaskStatusCodecs } from './TaskStatusCodecs.js'

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
 * import { decodeStatusResponseWith } from '@task-outcome/core'
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
 * import { decodeOrdinaryResponseWith } from '@task-outcome/core'
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
 * import { decodeBatchResponseWith } from '@task-outcome/core'
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

/** Returns the body safely: untyped callers can pass anything as a response. */
const bodyOf = (response: HttpResponse): unknown => property(response, 'body')

/** Combines the results of all sends of a submission. */
const forAllSends = <Outcome>(
  response: HttpResponse,
  alone: E.Either<SubmissionError, Outcome>,
  decodeAlone: DecodeAlone,
): E.Either<SubmissionError, Outcome> => described(response, acrossSends(response, alone, decodeAlone))

const ofQuery = <Outcome>(
  response: HttpResponse,
  result: E.Either<SubmissionError, Outcome>,
): E.Either<QueryError, Outcome> =>
  described(response, E.isRight(result) ? result : E.left(toQueryError(result.left)))

/** Lets the transport add the request to an error and mask its secrets. */
const described = <Failure extends TaskError, Outcome>(
  response: HttpResponse,
  result: E.Either<Failure, Outcome>,
): E.Either<Failure, Outcome> => {
  if (E.isRight(result)) return result
  const describeError = property(response, 'describeError') as HttpResponse['describeError']
  return describeError === undefined ? result : E.left(describeError(result.left))
}

/** Combines the result of the body with the HTTP status. */
const underStatus = <Outcome>(
  response: HttpResponse,
  body: string | Uint8Array,
  decoded: E.Either<SubmissionError, Outcome>,
  entriesOf: (outcome: Outcome) => ReadonlyArray<BatchEntry>,
  isApiResponse = hasAcceptedTask,
): E.Either<SubmissionError, Outcome> => {
  const { status } = response
  if (status >= 200 && status < 300) return withRetryAfter(response, decoded)
  // Row 16: "the body has an accepted task, or row 6 applies to it".
  if (E.isRight(decoded))
    return E.left({
      _tag: 'ContractViolation',
      issues: [statusMismatch(status)],
      alsoFound: [],
      entries: entriesOf(decoded.right),
      recovered: recoverFromBody(body),
    })
  const error = decoded.left
  switch (error._tag) {
    case 'Rejected': // Row 15.
      return withRetryAfter(response, E.left({ ...error, httpStatus: status }))
    case 'ContractViolation': // Row 16 again: "with the status and the entries".
      if (isApiResponse(error) || isOfOtherResources(error))
        return E.left({ ...error, issues: [statusMismatch(status), ...error.issues] })
      return E.left(httpStatusError(response, body, error))
    case 'ShapeError':
      if (isApiResponse(error)) {
        const { left: others, right: contractIssues } = partition(isContractIssue)(error.alsoFound)
        return E.left({
          _tag: 'ContractViolation',
          issues: [statusMismatch(status), ...contractIssues],
          alsoFound: [...error.issues, ...others],
          entries: [],
          recovered: error.recovered,
        })
      }
      return E.left(httpStatusError(response, body, error))
    default: // Row 17.
      return E.left(httpStatusError(response, body, error))
  }
}

const noEntries = (): ReadonlyArray<BatchEntry> => []

const hasAcceptedTask = ({ recovered }: SubmissionError): boolean =>
  recovered.some(task => unpolluted(task, 'code') === 0)

/** Whether the body matches one of the rows 4 to 6, but has other resources than the request. */
const isOfOtherResources = ({ issues }: ContractViolation): boolean =>
  issues.every(({ _tag }) => _tag === 'ResourceMismatch')

const statusMismatch = (httpStatus: number): ContractIssue => ({
  _tag: 'StatusMismatch',
  httpStatus,
})

const isContractIssue = (issue: Issue): issue is ContractIssue =>
  issue._tag !== 'ShapeIssue' && issue._tag !== 'Rejection'

const withRetryAfter = <Outcome>(
  response: HttpResponse,
  decoded: E.Either<SubmissionError, Outcome>,
): E.Either<SubmissionError, Outcome> => {
  if (E.isRight(decoded) || decoded.left._tag !== 'Rejected') return decoded
  return E.left({ ...decoded.left, ...present('retryAfterMs', response) })
}

/** Returns an object with a member of the response if it is present, or else an empty one. */
const present = <Name extends 'retryAfterMs' | 'redirectOrigin'>(
  name: Name,
  response: HttpResponse,
): Pick<HttpResponse, Name> => {
  const value = unpolluted(response, name)
  return (value === undefined ? {} : { [name]: value }) as Pick<HttpResponse, Name>
}

/** Row 17: "status, first KiB of the body". */
const httpStatusError = (
  response: HttpResponse,
  body: string | Uint8Array,
  { recovered }: SubmissionError,
): HttpStatusError => ({
  _tag: 'HttpStatusError',
  httpStatus: response.status,
  bodyStart: showStart(body, 1024),
  ...present('redirectOrigin', response),
  ...present('retryAfterMs', response),
  recovered,
})
