/**
 * A server on a loopback port that emulates a task API, and injects faults on demand.
 *
 * @since 0.1.0
 */

export { startEmulator } from './server/startEmulator.js'
export type { Emulator } from './server/Emulator.js'
export type { EmulatorOptions } from './server/EmulatorOptions.js'

// API 2.0
export {
  type Action,
  type BatchAction,
  type OrdinaryAction,
  type ResourceParameter,
  type StatusAction,
  actions,
} from './api-2/Action.js'
export type { CodeFormat, IdFormat } from './api-2/responseBodies.js'

// API 3.0
export type {
  EmulatedQuery,
  EmulatedResultCode,
  EmulatedService,
  EmulatedSubmission,
} from './api-3/EmulatedService.js'
export { services } from './api-3/services.js'

// both
export type { EmulatorCredential } from './signature/EmulatorCredential.js'
export type { EmulatedFailure, EmulatedFailures, EmulatedTask } from './tasks/EmulatedTask.js'

// responses and requests
export type { StubResponse } from './server/StubResponse.js'
export type { RecordedRequest } from './server/RecordedRequest.js'

// faults
export type { Chaos } from './server/Chaos.js'
export type {
  Chunked,
  Close,
  Compressed,
  CompressionBomb,
  ContentEncoding,
  Drip,
  DuplicateContentLength,
  EndlessBody,
  Fault,
  GatewayPage,
  Informational,
  LoginPage,
  NoContent,
  InvalidHttp,
  FaultPoint,
  RedirectElsewhere,
  RedirectLoop,
  Reset,
  ServiceUnavailable,
  Stall,
  TooManyRequests,
  TrailingBytes,
  WrongCharset,
  WrongContentLength,
} from './faults/Fault.js'
