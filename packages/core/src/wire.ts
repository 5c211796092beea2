/**
 * The two formats and the state of a task on the wire, field by field.
 *
 * @since 0.1.0
 */
export { OrdinaryTaskResponse } from './wire/OrdinaryTaskResponse.js'
export { BatchTaskEntry, BatchTaskResponse } from './wire/BatchTaskResponse.js'
export type { TaskStatusFields } from './outcome/TaskStatus.js'
export {
  BatchTaskResponseFromText,
  JsonValueFromText,
  OrdinaryTaskResponseFromText,
} from './wire/fromText.js'
export { TaskId, type TaskIdBrand } from './wire/TaskId.js'
export { ResourceId, type ResourceIdBrand } from './wire/ResourceId.js'
export { type TaskIdPath, taskIdNames } from './wire/TaskIdPath.js'
export { type IdField, readId } from './wire/fields.js'
export {
  type ErrorCode,
  RetryAdvice,
  errorCodes,
  lookupErrorCode,
  parseModuleCode,
} from './wire/ErrorCode.js'
export { replayedCode } from './wire/replayedCode.js'
export type { Rejection } from './wire/Rejection.js'

// issues
export { ShapeIssue, describeFound, shapeIssue } from './wire/ShapeIssue.js'
export {
  type CodeMismatch,
  ContractIssue,
  type DuplicateMember,
  type FormatMismatch,
  type MissingEntries,
  type MissingTaskId,
  type ResourceMismatch,
  type StatusMismatch,
} from './error/ContractIssue.js'
export type { Issue } from './error/TaskError.js'
