/**
 * @since 0.1.0
 */
import { finishedTasks, pendingTasks, type WaitResult } from './WaitResult.js'

/**
 * The progress of a wait in numbers.
 *
 * @category model
 * @since 0.1.0
 */
export interface WaitProgress {
  readonly succeeded: number
  readonly failed: number
  /** Tasks that have not finished as far as is known. */
  readonly pending: number
  /** Queries sent so far. */
  readonly queries: number
}

/**
 * Counts the tasks and queries of a result. No task has failed and none is pending in a `NothingToWaitFor` either, so look at the
 * tag, too. If the input is not a result, which TypeScript rules out, each number is `NaN`.
 *
 * @example
 * import { type WaitResult, progressOf } from '@task-outcome/wait'
 *
 * const allSucceeded = (result: WaitResult) => result._tag === 'AllFinished' && progressOf(result).failed === 0
 *
 * @category destructors
 * @since 0.1.0
 */
export const progressOf = (result: WaitResult<unknown, unknown>): WaitProgress => {
  try {
    const progress = countIn(result)
    return Number.isNaN(progress.queries) ? unknown : progress
  } catch {
    return unknown
  }
}

const countIn = (result: WaitResult<unknown, unknown>): WaitProgress => {
  const finished = finishedTasks(result)
  const pending = pendingTasks(result)
  const succeeded = finished.filter(({ status }) => status._tag === 'Succeeded').length
  return {
    succeeded,
    failed: finished.length - succeeded,
    pending: pending.length,
    queries: [...finished, ...pending].reduce((sum, { queries }) => sum + queries, 0),
  }
}

const unknown: WaitProgress = { succeeded: NaN, failed: NaN, pending: NaN, queries: NaN }

/**
 * Formats progress as text.
 *
 * @example
 * import { showProgress } from '@task-outcome/wait'
 *
 * showProgress({ succeeded: 7, failed: 1, pending: 2, queries: 31 }) // '7 succeeded, 1 failed, 2 pending, 31 queries'
 *
 * @category destructors
 * @since 0.1.0
 */
export const showProgress = ({ succeeded, failed, pending, queries }: WaitProgress): string =>
  `${succeeded} succeeded, ${failed} failed, ${pending} pending, ${queries} ${queries === 1 ? 'query' : 'queries'}`
