/**
 * Submits resources, and waits for their tasks to finish.
 *
 * @since 0.1.0
 */

// timing
export { type Pace, type PaceOptions, type PaceRate, type Turn, createPace } from './pace/createPace.js'
export { type Clock, systemClock } from './clock/Clock.js'
export {
  defaultFailurePolicy,
  defaultPollPolicy,
  defaultResubmitPolicy,
  fullJitter,
} from './pace/policies.js'

// waiting
export type { QueryTaskStatus } from './query/QueryTaskStatus.js'
export type { QueriedStatus, QueriedTask, QueryTaskStatuses } from './query/QueryTaskStatuses.js'
export { TaskRef, type TaskRefs } from './result/TaskRef.js'
export type { BatchWaitOptions, QueryReport, WaitOptions, WaitSnapshot } from './wait/WaitOptions.js'
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
export { waitResultOf } from './result/waitResultOf.js'
export { type WaitProgress, progressOf, showProgress } from './result/WaitProgress.js'

// submitting
export { type SubmitBatch, resumeSubmission, submitAll } from './submission/submitAll.js'
export type { SubmissionProgress, SubmitAllOptions, SubmitOptions } from './submission/SubmitOptions.js'
export { reconcile } from './submission/reconcile.js'
export {
  type DoubtReason,
  type FailedSubmission,
  type Rejection,
  type ResourceAccepted,
  type ResourceInDoubt,
  type ResourceNotSubmitted,
  type ResourceOutcome,
  type ResourceRejected,
  type StopReason,
  type SubmissionHistory,
  SubmissionResult,
  acceptedEntries,
  possibleTasks,
  submissionResultCodec,
} from './submission/SubmissionResult.js'

// jobs
export { type JobOptions, resumeJob, runJob } from './job/runJob.js'
export {
  type JobProgress,
  JobResult,
  type ResourceFailed,
  type ResourceFate,
  type ResourcePending,
  type ResourceSucceeded,
  jobProgressOf,
  jobResultCodec,
} from './job/JobResult.js'
