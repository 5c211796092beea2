/**
 * Typed outcomes of asynchronous task APIs: bodies and HTTP answers in, `Either`s out.
 *
 * @since 0.1.0
 */

// text → JSON document
export { Json, JsonRecord } from './json/Json.js'
/**
 * Paths into a JSON document, as JSON Pointers (RFC 6901): plain strings, which issues carry.
 *
 * @category model
 * @since 0.1.0
 */
export * as JsonPointer from './json/JsonPointer.js'
export {
  type JsonArray,
  type JsonMember,
  type JsonNumber,
  type JsonObject,
  type JsonValue,
  fromPlain,
  isJsonValue,
  jsonArray,
  jsonNumber,
  jsonObject,
  stringifyJson,
  toPlain,
} from './json/JsonValue.js'
export { maxDepth } from './json/maxDepth.js'
export { type JsonSyntaxIssue, type ParsedJson, parseJson } from './json/parseJson.js'
export { type TextPosition, textPosition } from './json/TextPosition.js'

// JSON document → wire value
export { TaskId, type TaskIdBrand } from './wire/TaskId.js'
export { ResourceId, type ResourceIdBrand } from './wire/ResourceId.js'
export { OrdinaryTaskResponse } from './wire/OrdinaryTaskResponse.js'
export { BatchTaskEntry, BatchTaskResponse } from './wire/BatchTaskResponse.js'
export {
  BatchTaskResponseFromText,
  JsonValueFromText,
  OrdinaryTaskResponseFromText,
} from './wire/fromText.js'
export {
  type ErrorCode,
  RetryAdvice,
  errorCodes,
  lookupErrorCode,
  parseModuleCode,
} from './wire/ErrorCode.js'
export type { Rejection } from './wire/Rejection.js'
export { RecoveredTask } from './wire/RecoveredTask.js'
export { recoverFromBody } from './decode/recovered.js'
export type { TaskIdPath } from './wire/TaskIdPath.js'
export { ShapeIssue } from './wire/ShapeIssue.js'

// wire value → outcome
export { AcceptedTask, acceptedTaskCodec } from './outcome/AcceptedTask.js'
export {
  AcceptedEntry,
  type AllAccepted,
  type AllRejected,
  BatchEntry,
  BatchOutcome,
  type PartlyAccepted,
  RejectedEntry,
  acceptedEntryCodec,
  batchOutcomeCodec,
  entries,
  toEithers,
  toThese,
} from './outcome/BatchOutcome.js'

export {
  type Failed,
  type InProgress,
  type TaskStatusFields,
  type Succeeded,
  TaskEnd,
  TaskStatus,
  taskEndCodec,
  taskStatusCodec,
} from './outcome/TaskStatus.js'

// what stands in the way of an outcome
export {
  type CodeMismatch,
  ContractIssue,
  type MissingEntries,
  type MissingTaskId,
  type FormatMismatch,
  type DuplicateMember,
  type ResourceMismatch,
  type StatusMismatch,
} from './error/ContractIssue.js'
export {
  Aborted,
  type ClientFailed,
  TransportReason,
  type Misused,
  type NetworkFailed,
  TimedOut,
  aborted,
  clientFailed,
  misused,
} from './error/TransportReason.js'
export { RequestSummary } from './error/RequestSummary.js'
export {
  type ContractViolation,
  type DeliveryUnknown,
  type HttpStatusError,
  type MalformedJson,
  type NotSent,
  type OfQuery,
  type Issue,
  QueryError,
  type QueryRejected,
  type TaskErrorBase,
  type Rejected,
  type ResponseTooLarge,
  type SentMoreThanOnce,
  type ShapeError,
  SubmissionError,
  TaskError,
  type TransportError,
} from './error/TaskError.js'
export { showTaskError, toError } from './error/showTaskError.js'

// what the codecs of other packages are made with, too
export { integer } from './codec/integer.js'
export { nonEmptyArray } from './codec/nonEmptyArray.js'
export { refine } from './codec/refine.js'

// all of it in one step
export type { NotAny } from './decode/body.js'
export type { BatchDecodeOptions } from './decode/BatchDecodeOptions.js'
export { decodeBatchTask, decodeBatchTaskWith } from './decode/decodeBatchTask.js'
export { decodeOrdinaryTask, decodeOrdinaryTaskWith } from './decode/decodeOrdinaryTask.js'
export { decodeTaskStatus, decodeTaskStatusWith } from './decode/decodeTaskStatus.js'
export {
  type HttpResponse,
  decodeBatchResponse,
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeOrdinaryResponseWith,
  decodeStatusResponse,
  decodeStatusResponseWith,
} from './decode/HttpResponse.js'
export type { OrdinaryDecodeOptions } from './decode/OrdinaryDecodeOptions.js'
export type { TaskStatusCodecs } from './decode/TaskStatusCodecs.js'

// for adapters
export type { OtherSend } from './client/Send.js'
export { type ResponseHead, responseHead } from './client/responseHead.js'
export type { BodyStream, BufferedResponse, ReadableByteStream } from './client/body.js'
export {
  type AbortSignalLike,
  type ExchangeContext,
  type ExchangeLimits,
  type ExchangedResponse,
  type OpenResponse,
  type Platform,
  type SendOptions,
  defaultMaxBodyBytes,
  exchange,
} from './client/exchange.js'
export { type RequestInfo, type RedactedRequest, redactRequest } from './client/RedactedRequest.js'
export { isFromElsewhere } from './client/isFromElsewhere.js'
export { isPlatformFetch, isStream } from './client/sendsOnce.js'
export { type InFlightRequest, type TaskClient, createTaskClient } from './client/TaskClient.js'
