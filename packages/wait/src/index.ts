/**
 * From accepted to finished: waits for tasks, and submits again what was rejected.
 *
 * @since 0.1.0
 */

// when
export { type Clock, systemClock } from './clock/Clock.js'
export { defaultFailurePolicy, defaultPolicy, defaultResubmitPolicy, fullJitter } from './pace/Pace.js'

// waiting
export type { Query } from './query/Query.js'
export type { TaskToWaitFor, TasksToWaitFor } from './result/TaskToWaitFor.js'
export type { BatchWaitOptions, WaitOptions, WaitSoFar } from './wait/WaitOptions.js'
export { waitForTask } from './wait/waitForTask.js'
export { resume, waitForBatch } from './wait/waitForBatch.js'
export { type WaitEvent, watchBatch } from './wait/watchBatch.js'

// what is known then
export {
  type AllEnded,
  EndedTask,
  type InvalidInput,
  type OpenReason,
  OpenTask,
  type SomeOpen,
  WaitResult,
  allOpen,
  endedTask,
  openTasks,
  waitResult,
} from './result/WaitResult.js'
export { type WaitProgress, progressOf, showProgress } from './result/WaitProgress.js'

// putting right what was rejected
export { type ResubmitOptions, type Submit, resubmitRejected } from './resubmit/resubmitRejected.js'
export {
  type ResourceAccepted,
  type ResourceInDoubt,
  type ResourceOutcome,
  type ResourceRejected,
  Resubmission,
  type ResubmissionEnd,
  acceptedIn,
  resubmission,
  tasksIn,
} from './resubmit/Resubmission.js'
