/**
 * An HTTP answer → what became of the task or the batch.
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
  ofQuery,
} from '../error/TaskError.js'
import type { Json, JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import { type BatchEntry, type BatchOutcome, entries } from '../outcome/BatchOutcome.js'
import type { TaskStatus } from '../outcome/TaskStatus.js'
import type { TaskIdPath } from '../wire/TaskIdPath.js'
import { property } from '../error/thrown.js'
import { type NotAny, ifReadable } from './body.js'
import type { BatchDecodeOptions } from './BatchDecodeOptions.js'
import { showStart } from '../json/utf8.js'
import { decodeBatchTask, decodeBatchTaskFor } from './decodeBatchTask.js'
import { decodeOrdinaryTaskAt } from './decodeOrdinaryTask.js'
import { readStatusBody } from './decodeTaskStatus.js'
import { decodeTaskExtra, decodeBatchExtras, withOutputAndData } from './extra.js'
import type { OrdinaryDecodeOptions } from './OrdinaryDecodeOptions.js'
import { recoverFromBody } from './recovered.js'
import type { TaskStatusCodecs } from './TaskStatusCodecs.js'

/**
 * What a client has to hand over of an HTTP answer. The content type is not consulted.
 *
 * @category model
 * @since 0.1.0
 */
export interface HttpResponse<Body = string | Uint8Array> {
  /** The HTTP status; 0 where a browser hides it. */
  readonly status: number
  /** The body as it came, decompressed: its bytes, or its text if the client has only that. */
  readonly body: Body
  /** The origin that the `Location` header of a redirect points to. */
  readonly redirectOrigin?: string
  /** What the `Retry-After` header says, in milliseconds. */
  readonly retryAfterMs?: number
}

/**
 * Decodes an HTTP answer to an ordinary submission.
 *
 * Beside the results of `decodeOrdinaryTask`: a `Rejected` has the status where that is not 2xx; an accepted task under
 * such a status is a `ContractViolation`; any other body under it is an `HttpStatusError`.
 *
 * Source: PROTOCOL.md, section 3, rows 15–17.
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
  answer: HttpResponse<NotAny<Body>>,
): E.Either<SubmissionError, AcceptedTask> =>
  ifReadable(bodyOf(answer), body => decodeOrdinaryResponseAt('requestId', answer, body))

const decodeOrdinaryResponseAt = (
  taskIdAt: TaskIdPath | undefined,
  answer: HttpResponse,
  body: string | Uint8Array,
): E.Either<SubmissionError, AcceptedTask> =>
  underStatus(answer, body, decodeOrdinaryTaskAt(taskIdAt)(body), noEntries)

/**
 * Decodes an HTTP answer to a batch submission. See {@link decodeOrdinaryResponse}: rows 15–17 hold for batches, too.
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
  answer: HttpResponse<NotAny<Body>>,
): E.Either<SubmissionError, BatchOutcome> =>
  ifReadable(bodyOf(answer), body => underStatus(answer, body, decodeBatchTask(body), entries))

/**
 * Decodes an HTTP answer to a query for a task's state. See {@link decodeOrdinaryResponse}: rows 15–17 hold here, too, with
 * `QueryRejected` for `Rejected`; a state under a status that is not 2xx is a `ContractViolation`.
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
  answer: HttpResponse<NotAny<Body>>,
): E.Either<QueryError, TaskStatus> =>
  pipe(
    ifReadable(bodyOf(answer), body => decodeStatusResponseOf(answer, body)),
    E.mapLeft(ofQuery),
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
export const decodeStatusResponseWith =
  <Output = Json, Data = Json>(
    codecs: TaskStatusCodecs<Output, Data>,
  ): (<Body extends string | Uint8Array>(
    answer: HttpResponse<NotAny<Body>>,
  ) => E.Either<QueryError, TaskStatus<Output, Data>>) =>
  answer =>
    pipe(
      ifReadable(bodyOf(answer), body =>
        pipe(decodeStatusResponseOf(answer, body), E.chain(withOutputAndData(codecs, body))),
      ),
      E.mapLeft(ofQuery),
    )

const decodeStatusResponseOf = (
  answer: HttpResponse,
  body: string | Uint8Array,
): E.Either<SubmissionError, TaskStatus> =>
  // A query starts no task, so that none can have been accepted.
  underStatus(answer, body, readStatusBody(body), noEntries, () => false)

/**
 * {@link decodeOrdinaryResponse} with a codec for the fields that the format does not name, or with another place of the
 * task's id.
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
export const decodeOrdinaryResponseWith =
  <Extra = JsonRecord>({
    extra,
    taskIdAt,
  }: OrdinaryDecodeOptions<Extra>): (<Body extends string | Uint8Array>(
    answer: HttpResponse<NotAny<Body>>,
  ) => E.Either<SubmissionError, AcceptedTask<Extra>>) =>
  answer =>
    ifReadable(bodyOf(answer), body =>
      pipe(decodeOrdinaryResponseAt(taskIdAt, answer, body), E.chain(decodeTaskExtra(extra, body))),
    )

/**
 * {@link decodeBatchResponse} with codecs for the fields that the format does not name, or with the ids of the resources that
 * the request named.
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
  answer: HttpResponse<NotAny<Body>>,
) => E.Either<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>>) => {
  const decode = decodeBatchTaskFor(options.expected)
  return answer =>
    ifReadable(bodyOf(answer), body =>
      pipe(underStatus(answer, body, decode(body), entries), E.chain(decodeBatchExtras(options, body))),
    )
}

/** Untyped callers can give anything for an answer, too. */
const bodyOf = (answer: HttpResponse): unknown => property(answer, 'body')

/** What the body says, seen together with the status. */
const underStatus = <Outcome>(
  answer: HttpResponse,
  body: string | Uint8Array,
  decoded: E.Either<SubmissionError, Outcome>,
  entriesOf: (outcome: Outcome) => ReadonlyArray<BatchEntry>,
  isResponse = hasAcceptedTask,
): E.Either<SubmissionError, Outcome> => {
  const { status } = answer
  if (status >= 200 && status < 300) return withRetryAfter(answer, decoded)
  // Row 16: "body has an accepted task, or gives row 6".
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
      return withRetryAfter(answer, E.left({ ...error, httpStatus: status }))
    case 'ContractViolation': // Row 16 again: "with the status and the entries".
      if (isResponse(error) || isOfOtherResources(error))
        return E.left({ ...error, issues: [statusMismatch(status), ...error.issues] })
      return E.left(httpStatusError(answer, body, error))
    case 'ShapeError':
      if (isResponse(error)) {
        const { left: others, right: contractIssues } = partition(isContractIssue)(error.alsoFound)
        return E.left({
          _tag: 'ContractViolation',
          issues: [statusMismatch(status), ...contractIssues],
          alsoFound: [...error.issues, ...others],
          entries: [],
          recovered: error.recovered,
        })
      }
      return E.left(httpStatusError(answer, body, error))
    default: // Row 17.
      return E.left(httpStatusError(answer, body, error))
  }
}

const noEntries = (): ReadonlyArray<BatchEntry> => []

const hasAcceptedTask = ({ recovered }: SubmissionError): boolean => recovered.some(({ code }) => code === 0)

/** The body gives one of the rows 4 to 6, but for other resources than the request named. */
const isOfOtherResources = ({ issues }: ContractViolation): boolean =>
  issues.every(({ _tag }) => _tag === 'ResourceMismatch')

const statusMismatch = (httpStatus: number): ContractIssue => ({
  _tag: 'StatusMismatch',
  httpStatus,
})

const isContractIssue = (issue: Issue): issue is ContractIssue =>
  issue._tag !== 'ShapeIssue' && issue._tag !== 'Rejection'

const withRetryAfter = <Outcome>(
  { retryAfterMs }: HttpResponse,
  decoded: E.Either<SubmissionError, Outcome>,
): E.Either<SubmissionError, Outcome> =>
  retryAfterMs !== undefined && E.isLeft(decoded) && decoded.left._tag === 'Rejected'
    ? E.left({ ...decoded.left, retryAfterMs })
    : decoded

/** Row 17: "status, first KiB of the body". */
const httpStatusError = (
  answer: HttpResponse,
  body: string | Uint8Array,
  { recovered }: SubmissionError,
): HttpStatusError => ({
  _tag: 'HttpStatusError',
  httpStatus: answer.status,
  bodyStart: showStart(body, 1024),
  ...(answer.redirectOrigin === undefined ? {} : { redirectOrigin: answer.redirectOrigin }),
  ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  recovered,
})
