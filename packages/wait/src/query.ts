/**
 * The parts of a wait, for packages that follow tasks in another way, such as from a database: queries in one form, what a failed
 * query means, and the delays of policies.
 *
 * @since 0.1.0
 */
export { type Answers, type Asking, type TaskQuery, askingWith } from './query/TaskQuery.js'
export { type FailedQuery, isOverload } from './query/QueryTaskStatus.js'
export { type NextDelay, nextDelays } from './pace/policies.js'
