/**
 * The parts of a wait, for packages that follow tasks in another way, such as from a database: queries in one form, what a failed
 * query means, and the delays of policies.
 *
 * @since 0.1.0
 */

// queries
export { type Answers, type Asking, type TaskQuery, askingWith, queriedTask } from './query/TaskQuery.js'

// failed queries
export {
  type FailedQuery,
  canBeOfOneTask,
  failedQuery,
  failedWith,
  isOverload,
  misused as invalidAnswer,
} from './query/QueryTaskStatus.js'

// tasks
export { type NamedTask, distinctTasks } from './result/knownTasks.js'

// policies
export { type NextDelay, checkedPolicy, nextDelays } from './pace/policies.js'

// callbacks
export { ignoreErrors } from './clock/ignoreErrors.js'
