/**
 * The building blocks of adapters for other HTTP clients, and of decoders for other formats.
 *
 * @since 0.1.0
 */

// transports
export { type AdapterCall, defineAdapter } from './client/defineAdapter.js'
export {
  type ExchangeContext,
  type ExchangeLimits,
  type OpenResponse,
  type Platform,
  type SendOptions,
  defaultMaxBodyBytes,
} from './client/exchange.js'
export type { AbortSignalLike } from './client/AbortSignalLike.js'
export type { BodyStream, BufferedResponse, ReadableByteStream } from './client/body.js'
export { type ResponseHead, responseHead } from './client/responseHead.js'
export {
  type RedactedRequest,
  type RequestInfo,
  redactRequest,
  withSecretsOf,
} from './client/RedactedRequest.js'
export { isFromElsewhere } from './client/isFromElsewhere.js'
export type { NotAny } from './decode/body.js'
export { bodyOfValue } from './decode/bodyOfValue.js'
export { type ClientEnd, type UnseenSend, isCopyOf, unseenSend } from './client/unseenSend.js'
export { isPlatformFetch, isStream } from './client/sendsOnce.js'
export type { OtherSend } from './decode/HttpResponse.js'

// task clients
export type { PromiseTaskClient } from './client/PromiseTaskClient.js'
export type { ExchangeSummary, TaskClientOptions } from './client/onOutcome.js'

// decoders
export {
  decodeBatchResponseWith,
  decodeOrdinaryResponseWith,
  decodeStatusResponseWith,
} from './decode/decodeResponse.js'
export type { TaskStatusCodecs } from './decode/TaskStatusCodecs.js'
export {
  type ResponseFormat,
  type SubmissionFormat,
  createQueryDecoder,
  createSubmissionDecoder,
} from './decode/ResponseFormat.js'
export type { DecodeReport } from './decode/toResult.js'

// parts of errors
export {
  Aborted,
  type ClientFailed,
  type Misused,
  type NetworkFailed,
  TimedOut,
  TransportReason,
  aborted,
  clientFailed,
  misused,
} from './error/TransportReason.js'
export { RequestSummary } from './error/RequestSummary.js'
export type { OfQuery, SentMoreThanOnce, TaskErrorBase } from './error/TaskError.js'
