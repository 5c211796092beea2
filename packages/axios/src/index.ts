/**
 * Task outcomes over axios.
 *
 * @since 0.1.0
 */
export { type AxiosTaskClient, createAxiosTaskClient } from './createAxiosTaskClient.js'
export { type AxiosOptions, axiosTransport } from './axiosTransport.js'

// What a caller needs at hand to read the results; all else is in core.
export {
  type AcceptedTask,
  type BatchOutcome,
  type QueryError,
  type SubmissionError,
  type TaskError,
  type TaskStatus,
  showTaskError,
  toError,
} from '@task-outcome/core'
