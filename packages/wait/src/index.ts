/**
 * Waits for accepted tasks to finish, and submits rejected resources again.
 *
 * @since 0.1.0
 */

// timing
export { type Clock, systemClock } from './clock/Clock.js'
export {
  defaultFailurePolicy,
  defaultPollPolicy,
  defaultResubmitPolicy,
  fullJitter,
} from './pace/policies.js'

// waiting
export type { QueryTaskStatus } from './query/QueryTaskStatus.js'
export type { TaskRef, TaskRefs } from './result/TaskRef.js'
export type { BatchWaitOptions, WaitOptions, WaitSnapshot } from './wait/WaitOptions.js'
export { waitForTask } from './wait/waitForTask.js'
export { resumeWait, waitForBatch } from './wait/waitForBatch.js'
export { type WaitEvent, watchBatch } from './wait/watchBatch.js'

// results
export {
  type AllFinished,
  FinishedTask,
  type InvalidInput,
  type NothingToWaitFor,
  type PendingReason,
  PendingTask,
  type SomePending,
  WaitResult,
  initialWaitResult,
  finishedTaskCodec,
  finishedTasks,
  pendingTasks,
  waitResultCodec,
} from './result/WaitResult.js'
export { type WaitProgress, progressOf, showProgress } from './result/WaitProgress.js'

// resubmitting
export { type ResubmitOptions, type SubmitBatch, resubmitRejected } from './resubmit/resubmitRejected.js'
export {
  type ResourceAccepted,
  type ResourceInDoubt,
  type ResourceOutcome,
  type ResourceRejected,
  Resubmission,
  type StopReason,
  acceptedEntries,
  resubmissionCodec,
  possibleTasks,
} from './resubmit/Resubmission.js'
