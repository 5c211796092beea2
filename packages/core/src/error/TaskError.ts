/**
 * Every error of a submission or a query: one union of plain data, discriminated by `_tag`. The errors of a query for the
 * state of a task also have `operation: 'query'`.
 *
 * @since 0.1.0
 */
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { nonEmptyArray } from '../codec/nonEmptyArray.js'
import { refine } from '../codec/refine.js'
import { struct } from '../codec/struct.js'
import { AcceptedTask } from '../outcome/AcceptedTask.js'
import { BatchEntry, BatchOutcome } from '../outcome/BatchOutcome.js'
import { unpolluted } from '../json/unpolluted.js'
import { RecoveredTask } from '../wire/RecoveredTask.js'
import { type Rejection, rejectionProps } from '../wire/Rejection.js'
import { ShapeIssue } from '../wire/ShapeIssue.js'
import { TaskId } from '../wire/TaskId.js'
import { ContractIssue } from './ContractIssue.js'
import { TransportReason } from './TransportReason.js'
import { RequestSummary } from './RequestSummary.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The properties of every error.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskErrorBase {
  /** Every task id that could be read, with its resource id and code if these could be read. These tasks may be running. */
  readonly recovered: ReadonlyArray<RecoveredTask>
  /** The request, if a client sent one. */
  readonly request?: RequestSummary
}

/**
 * The request was not sent: nothing was started, and it is safe to send it again. PROTOCOL.md, section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface NotSent extends TaskErrorBase {
  readonly _tag: 'NotSent'
  /** Why it was not sent. */
  readonly reason: TransportReason
}

/**
 * The request may have arrived: a task may be running, and its id is unknown. Never send it again on your own; look
 * at the resource first. PROTOCOL.md, section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface DeliveryUnknown extends TaskErrorBase {
  readonly _tag: 'DeliveryUnknown'
  /** Why the exchange ended early, or that it sent more than once. */
  readonly reason: TransportReason | SentMoreThanOnce
}

/**
 * The HTTP client, an interceptor or a function around `fetch` sent the request more than once in one exchange, and an earlier
 * send may have started a task. The last response does not describe all sends: several tasks may be running.
 * PROTOCOL.md, section 6, "An exchange with more than one request".
 *
 * @category model
 * @since 0.1.0
 */
export interface SentMoreThanOnce {
  readonly _tag: 'SentMoreThanOnce'
  /**
   * The result of the last response alone. An `HttpStatusError` occurs only for a status that means that the request was not
   * applied: 401 or 407. `recovered` has the ids of all responses.
   */
  readonly lastResult: AcceptedTask | BatchOutcome | Rejected | HttpStatusError
}

/**
 * The response is larger than the client was told to read. The request has arrived.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResponseTooLarge extends TaskErrorBase {
  readonly _tag: 'ResponseTooLarge'
  /** The limit, in bytes. */
  readonly maxBodyBytes: number
  readonly httpStatus: number
}

/**
 * The HTTP status is not 2xx, and the body is no response of the API. PROTOCOL.md, section 3, row 17.
 *
 * @category model
 * @since 0.1.0
 */
export interface HttpStatusError extends TaskErrorBase {
  readonly _tag: 'HttpStatusError'
  readonly httpStatus: number
  /** The first KiB of the body, decoded as text. */
  readonly bodyStart: string
  /** The origin that a redirect points to. The redirect was not followed. */
  readonly redirectOrigin?: string
  /** The delay of the `Retry-After` header, in milliseconds: wait that long before you send again. RFC 9110, section 10.2.3. */
  readonly retryAfterMs?: number
}

/**
 * The body is not JSON in UTF-8. PROTOCOL.md, section 3, row 12.
 *
 * @category model
 * @since 0.1.0
 */
export interface MalformedJson extends TaskErrorBase {
  readonly _tag: 'MalformedJson'
  /** The line of the first issue, from 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  /** From 0, in UTF-16 code units. */
  readonly offset: number
  /** What JSON requires there, for people to read. */
  readonly expected: string
  /** What the body has there, for people to read. */
  readonly found: string
  /** Two lines: the text around the issue, and a caret below it. */
  readonly excerpt: string
}

/**
 * An issue of any kind: an error lists the issues of other kinds in `alsoFound`.
 *
 * @category model
 * @since 0.1.0
 */
export type Issue = ShapeIssue | ContractIssue | ({ readonly _tag: 'Rejection' } & Rejection)

/**
 * The response has fields of other types than the format says. PROTOCOL.md, section 3, row 11.
 *
 * @category model
 * @since 0.1.0
 */
export interface ShapeError extends TaskErrorBase {
  readonly _tag: 'ShapeError'
  /** Every issue of this kind that was found. */
  readonly issues: ReadonlyNonEmptyArray<ShapeIssue>
  /** The issues of other kinds. */
  readonly alsoFound: ReadonlyArray<Issue>
}

/**
 * The response contradicts itself, or the format that was asked for. PROTOCOL.md, section 3, rows 3, 8–10, 13, 14, 16.
 *
 * @category model
 * @since 0.1.0
 */
export interface ContractViolation extends TaskErrorBase {
  readonly _tag: 'ContractViolation'
  /** Every issue of this kind that was found. */
  readonly issues: ReadonlyNonEmptyArray<ContractIssue>
  /** The issues of other kinds. */
  readonly alsoFound: ReadonlyArray<Issue>
  /** Every entry of a batch that could be read, in the order of the body. */
  readonly entries: ReadonlyArray<BatchEntry>
}

/**
 * The API refused the request as a whole. PROTOCOL.md, section 3, rows 2, 7 and 15.
 *
 * @category model
 * @since 0.1.0
 */
export interface Rejected extends TaskErrorBase, Rejection {
  readonly _tag: 'Rejected'
  /** The task id, if the rejection contains one. This task may be running. */
  readonly taskId?: TaskId
  /** The HTTP status, if it is not 2xx. */
  readonly httpStatus?: number
  /** The delay of the `Retry-After` header, in milliseconds: wait that long before you send again. RFC 9110, section 10.2.3. */
  readonly retryAfterMs?: number
}

/**
 * What an exchange can end in when it brings no response.
 *
 * @category model
 * @since 0.1.0
 */
export type TransportError = NotSent | DeliveryUnknown | ResponseTooLarge

/**
 * Every error of a submission.
 *
 * @category model
 * @since 0.1.0
 */
export type SubmissionError =
  TransportError | HttpStatusError | MalformedJson | ShapeError | ContractViolation | Rejected

/**
 * The property of every error of a query for the state of a task. Such an error says nothing about the task, and it is always
 * safe to query again. PROTOCOL.md, section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface OfQuery {
  readonly operation: 'query'
}

/**
 * The API refused the query. PROTOCOL.md, section 4: "`code` not 0 means that the *query* failed and says nothing about the
 * task."
 *
 * @category model
 * @since 0.1.0
 */
export interface QueryRejected extends OfQuery, TaskErrorBase, Rejection {
  readonly _tag: 'QueryRejected'
  /** The HTTP status, if it is not 2xx. */
  readonly httpStatus?: number
  /** The delay of the `Retry-After` header, in milliseconds: wait that long before you send again. RFC 9110, section 10.2.3. */
  readonly retryAfterMs?: number
}

/**
 * Every error of a query for the state of a task.
 *
 * @category model
 * @since 0.1.0
 */
export type QueryError = QueryRejected | (OfQuery & Exclude<SubmissionError, Rejected>)

/**
 * Every error of a submission or a query.
 *
 * @category model
 * @since 0.1.0
 */
export type TaskError = SubmissionError | QueryError

/**
 * Converts an error to one of a query.
 *
 * @internal
 */
export const toQueryError = (error: SubmissionError): QueryError => {
  if (error._tag !== 'Rejected') return { ...error, operation: 'query' }
  // Named one by one: spreading an object takes longer than decoding the response.
  const { code, meaning, advice, message, codeDesc, recovered } = error
  const query: { -readonly [Name in keyof QueryRejected]?: QueryRejected[Name] } = {
    _tag: 'QueryRejected',
    code,
    meaning,
    advice,
    message,
  }
  const moduleCode = unpolluted(error, 'moduleCode')
  if (moduleCode !== undefined) query.moduleCode = moduleCode
  query.codeDesc = codeDesc
  query.recovered = recovered
  const httpStatus = unpolluted(error, 'httpStatus')
  if (httpStatus !== undefined) query.httpStatus = httpStatus
  const retryAfterMs = unpolluted(error, 'retryAfterMs')
  if (retryAfterMs !== undefined) query.retryAfterMs = retryAfterMs
  query.operation = 'query'
  return query as QueryRejected
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

const errorCodec = <Tag extends TaskError['_tag'], Required extends t.Props, Optional extends t.Props>(
  tag: Tag,
  required: Required,
  optional: Optional,
) =>
  struct(
    tag,
    { _tag: t.literal(tag), recovered: t.readonlyArray(RecoveredTask), ...required },
    { request: RequestSummary, ...optional },
  )

const OfQuery: t.Type<OfQuery> = t.type({ operation: t.literal('query') })

const Issue: t.Type<Issue> = t.union(
  [
    ShapeIssue,
    ContractIssue,
    struct(
      'Rejection',
      { _tag: t.literal('Rejection'), ...rejectionProps.required },
      rejectionProps.optional,
    ),
  ],
  'Issue',
)

const rejectedProps = { ...rejectionProps.optional, httpStatus: integer, retryAfterMs: t.number }

const Rejected: t.Type<Rejected> = errorCodec('Rejected', rejectionProps.required, {
  ...rejectedProps,
  taskId: TaskId,
})

const HttpStatusError: t.Type<HttpStatusError> = errorCodec(
  'HttpStatusError',
  { httpStatus: integer, bodyStart: t.string },
  { redirectOrigin: t.string, retryAfterMs: t.number },
)

const SentMoreThanOnce: t.Type<SentMoreThanOnce> = t.type({
  _tag: t.literal('SentMoreThanOnce'),
  lastResult: t.union([AcceptedTask, BatchOutcome, Rejected, HttpStatusError]),
})

/** The errors that submissions and queries share. */
const CommonError = t.union([
  errorCodec('NotSent', { reason: TransportReason }, {}),
  errorCodec('DeliveryUnknown', { reason: t.union([TransportReason, SentMoreThanOnce]) }, {}),
  errorCodec('ResponseTooLarge', { maxBodyBytes: integer, httpStatus: integer }, {}),
  HttpStatusError,
  errorCodec(
    'MalformedJson',
    {
      line: integer,
      column: integer,
      offset: integer,
      expected: t.string,
      found: t.string,
      excerpt: t.string,
    },
    {},
  ),
  errorCodec('ShapeError', { issues: nonEmptyArray(ShapeIssue), alsoFound: t.readonlyArray(Issue) }, {}),
  errorCodec(
    'ContractViolation',
    {
      issues: nonEmptyArray(ContractIssue),
      alsoFound: t.readonlyArray(Issue),
      entries: t.readonlyArray(BatchEntry),
    },
    {},
  ),
])

/**
 * The codec of the errors of a submission, to store or forward them.
 *
 * @category codecs
 * @since 0.1.0
 */
export const SubmissionError: t.Type<SubmissionError> = refine(
  'SubmissionError',
  t.union([CommonError, Rejected]),
  error => !('operation' in error),
)

/**
 * The codec of the errors of a query, to store or forward them.
 *
 * @category codecs
 * @since 0.1.0
 */
export const QueryError: t.Type<QueryError> = t.intersection(
  [OfQuery, t.union([CommonError, errorCodec('QueryRejected', rejectionProps.required, rejectedProps)])],
  'QueryError',
)

/**
 * The codec of all errors.
 *
 * @example
 * import { TaskError } from '@task-outcome/core'
 *
 * const restored = (text: string) => TaskError.decode(JSON.parse(text))
 *
 * @category codecs
 * @since 0.1.0
 */
export const TaskError: t.Type<TaskError> = t.union([SubmissionError, QueryError], 'TaskError')
