/**
 * Everything that can stand in the way of a task outcome: one union of plain data, told apart by `_tag`. What failed, a
 * submission or a query for the state of a task, is told apart by `operation`.
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
 * What every error carries, whatever its kind.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskErrorBase {
  /** Each task id that could be read, with its resource id and code where these could be: these tasks may be running. */
  readonly recovered: ReadonlyArray<RecoveredTask>
  /** The request that led here, where a client sent one. */
  readonly request?: RequestSummary
}

/**
 * The request surely never left: nothing was started, and it is safe to send it again. PROTOCOL.md, section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface NotSent extends TaskErrorBase {
  readonly _tag: 'NotSent'
  /** What kept it from being sent. */
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
  /** What cut the exchange short, or that it sent more than once. */
  readonly reason: TransportReason | SentMoreThanOnce
}

/**
 * The request was sent more than once in one exchange, by the HTTP client, an interceptor or a function around `fetch`, and
 * an earlier send may have started a task. So the last response does not speak for all: several tasks may be running.
 * PROTOCOL.md, section 6, "An exchange in which something was sent more than once".
 *
 * @category model
 * @since 0.1.0
 */
export interface SentMoreThanOnce {
  readonly _tag: 'SentMoreThanOnce'
  /**
   * What the last response alone would have meant; an `HttpStatusError` only of a status that says that the request was not
   * applied, 401 or 407. The ids of all responses are in `recovered`.
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
  /** The first KiB of the body, as text. */
  readonly bodyStart: string
  /** The origin that a redirect points to. It was not followed. */
  readonly redirectOrigin?: string
  /** How long to wait before sending again, in milliseconds, as the response's `Retry-After` says. RFC 9110, section 10.2.3. */
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
  /** Of the first issue, from 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  /** From 0, in UTF-16 code units. */
  readonly offset: number
  /** What JSON would have had there, for people to read. */
  readonly expected: string
  /** What is there, for people to read. */
  readonly found: string
  /** Two lines: the text around the issue, and a caret below it. */
  readonly excerpt: string
}

/**
 * Something beside the issue that gives an error its kind.
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
  /** Every issue of this kind. */
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
  /** Every issue of this kind. */
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
  /** The id in the response although it is a refusal. */
  readonly taskId?: TaskId
  /** Where it is not 2xx. */
  readonly httpStatus?: number
  /** How long to wait before sending again, in milliseconds, as the response's `Retry-After` says. RFC 9110, section 10.2.3. */
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
 * What a submission can end in.
 *
 * @category model
 * @since 0.1.0
 */
export type SubmissionError =
  TransportError | HttpStatusError | MalformedJson | ShapeError | ContractViolation | Rejected

/**
 * What every error of a query for the state of a task carries. It says nothing about the task, and asking again is always
 * safe. PROTOCOL.md, section 6.
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
  /** Where it is not 2xx. */
  readonly httpStatus?: number
  /** How long to wait before sending again, in milliseconds, as the response's `Retry-After` says. RFC 9110, section 10.2.3. */
  readonly retryAfterMs?: number
}

/**
 * What a query for the state of a task can end in.
 *
 * @category model
 * @since 0.1.0
 */
export type QueryError = QueryRejected | (OfQuery & Exclude<SubmissionError, Rejected>)

/**
 * What a submission or a query can end in.
 *
 * @category model
 * @since 0.1.0
 */
export type TaskError = SubmissionError | QueryError

/**
 * The error as one of a query.
 *
 * @internal
 */
export const toQueryError = (error: SubmissionError): QueryError => {
  if (error._tag !== 'Rejected') return { ...error, operation: 'query' }
  const { taskId: _, ...rejection } = error
  return { ...rejection, _tag: 'QueryRejected', operation: 'query' }
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

const Issue: t.Type<Issue> = t.union([
  ShapeIssue,
  ContractIssue,
  struct('Rejection', { _tag: t.literal('Rejection'), ...rejectionProps.required }, rejectionProps.optional),
])

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

/** The errors that a submission and a query have in common. */
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
 * The codec of a submission's errors, to store them or to send them on.
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
 * The codec of a query's errors, to store them or to send them on.
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
