/**
 * Typed outcomes of asynchronous task APIs: bodies and HTTP responses in, `Either`s out.
 *
 * @since 0.1.0
 */

// a body → an outcome
export { decodeOrdinaryTask, decodeOrdinaryTaskWith } from './decode/decodeOrdinaryTask.js'
export { decodeBatchTask, decodeBatchTaskWith } from './decode/decodeBatchTask.js'
export { decodeTaskStatus, decodeTaskStatusWith } from './decode/decodeTaskStatus.js'
export { recoverFromBody } from './decode/recovered.js'
export type { OrdinaryDecodeOptions } from './decode/OrdinaryDecodeOptions.js'
export type { BatchDecodeOptions } from './decode/BatchDecodeOptions.js'

// an HTTP response → an outcome
export type { HttpResponse } from './decode/HttpResponse.js'
export { decodeBatchResponse, decodeOrdinaryResponse, decodeStatusResponse } from './decode/decodeResponse.js'

// a request → an outcome
export type { HttpRequest, Transport } from './client/Transport.js'
export { createPromiseTaskClient } from './client/PromiseTaskClient.js'
export { type TaskClient, createTaskClient } from './client/TaskClient.js'

// outcomes
export { match } from './outcome/match.js'
export { TaskId } from './wire/TaskId.js'
export { ResourceId } from './wire/ResourceId.js'
export { AcceptedTask } from './outcome/AcceptedTask.js'
export {
  AcceptedEntry,
  type AllAccepted,
  type AllRejected,
  BatchEntry,
  BatchOutcome,
  type PartlyAccepted,
  RejectedEntry,
  acceptedOf,
  entries,
  rejectedOf,
  toEithers,
  toThese,
} from './outcome/BatchOutcome.js'
export { type Failed, type InProgress, type Succeeded, TaskEnd, TaskStatus } from './outcome/TaskStatus.js'

// errors
export {
  type ContractViolation,
  type DeliveryUnknown,
  type HttpStatusError,
  type MalformedJson,
  type NotSent,
  QueryError,
  type QueryRejected,
  type Rejected,
  type ResponseTooLarge,
  type ShapeError,
  SubmissionError,
  TaskError,
  type TransportError,
} from './error/TaskError.js'
export { canSendAgain } from './error/canSendAgain.js'
export { getOrThrow } from './error/getOrThrow.js'
export { showTaskError, toError } from './error/showTaskError.js'
export { RecoveredTask } from './wire/RecoveredTask.js'
export { lookupErrorCode } from './wire/ErrorCode.js'
export { Json, JsonRecord } from './json/Json.js'
