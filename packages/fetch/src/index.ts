/**
 * Task outcomes over `fetch`.
 *
 * @since 0.1.0
 */
export {
  type FetchClientOptions,
  type FetchTaskClient,
  createFetchTaskClient,
} from './createFetchTaskClient.js'
export { type FetchOptions, fetchTransport } from './fetchTransport.js'
export type { FetchLike, FetchResponse } from './FetchLike.js'

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
