/**
 * Task outcomes over axios.
 *
 * @since 0.1.0
 */
export {
  type AxiosClientOptions,
  type AxiosTaskClient,
  createAxiosTaskClient,
} from './createAxiosTaskClient.js'
export { type AxiosOptions, axiosTransport } from './axiosTransport.js'

// What most callers need to handle the results. Core has the rest.
export {
  type AcceptedTask,
  type BatchOutcome,
  type QueryError,
  type SubmissionError,
  type TaskError,
  type TaskStatus,
  createPromiseTaskClient,
  showTaskError,
  toError,
} from '@task-outcome/core'
