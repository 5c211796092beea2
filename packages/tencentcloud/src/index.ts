/**
 * Signed calls of Tencent Cloud API 2.0 and 3.0 that return typed task outcomes.
 *
 * @since 0.1.0
 */
export type {
  QueryAction,
  ResultCode,
  Service,
  StateDescription,
  SubmitAction,
  TaskNaming,
  V2QueryAction,
} from './actions/Service.js'

// requests
export type { Credentials, CredentialsSource } from './request/Credentials.js'
export { type RequestIssue, showRequestIssue } from './request/RequestIssue.js'
export type { V2Parameters, V2Value } from './request/V2Parameters.js'
export { type V2RequestOptions, signV2Request } from './request/signV2.js'
export type { V3Parameters, V3Sendable, V3Value } from './request/V3Parameters.js'
export { type V3RequestOptions, signV3Request } from './request/signV3.js'

// responses
export { decodeV2Status } from './response/decodeV2Status.js'
export { decodeV3Batch, decodeV3Submission } from './response/decodeV3Submission.js'
export { type QueriedTask, decodeV3Status, decodeV3Statuses } from './response/decodeV3Status.js'
export { type V3ErrorCode, lookupV3ErrorCode, v3ErrorCodes } from './response/errorCodes.js'

// calls
export {
  type TencentCloud,
  type TencentCloudOptions,
  createTencentCloud,
} from './client/createTencentCloud.js'
export type { CallOptions } from './client/CallOptions.js'
export type { Clock } from './client/Clock.js'
export type { CallSummary, OnOutcome } from './client/onOutcome.js'
export type { RandomBytes } from './client/random.js'
export type { ResendPolicy } from './client/ResendPolicy.js'
export type { V2Client, V2Options } from './client/V2Client.js'
export type {
  QueryActionOf,
  QueryOptions,
  QueryV3Tasks,
  SubmitActionOf,
  V3Client,
  V3Service,
} from './client/V3Client.js'
