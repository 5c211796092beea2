/**
 * @since 0.1.0
 */
import { openTasks, type WaitResult } from './WaitResult.js'

/**
 * How far a wait has come, in numbers.
 *
 * @category model
 * @since 0.1.0
 */
export interface WaitProgress {
  readonly succeeded: number
  readonly failed: number
  /** Of these it is not known yet how they ended. */
  readonly open: number
  /** The queries that were sent so far. */
  readonly queries: number
}

/**
 * A result in numbers.
 *
 * @example
 * import { type WaitResult, progressOf } from '@task-outcome/wait'
 *
 * const allWentWell = (result: WaitResult) => {
 *   const { failed, open } = progressOf(result)
 *   return failed === 0 && open === 0
 * }
 *
 * @category destructors
 * @since 0.1.0
 */
export const progressOf = (result: WaitResult<unknown, unknown>): WaitProgress => {
  const open = openTasks(result)
  const succeeded = result.ended.filter(({ status }) => status._tag === 'Succeeded').length
  return {
    succeeded,
    failed: result.ended.length - succeeded,
    open: open.length,
    queries: [...result.ended, ...open].reduce((sum, { queries }) => sum + queries, 0),
  }
}

/**
 * Progress in a few words.
 *
 * @example
 * import { showProgress } from '@task-outcome/wait'
 *
 * showProgress({ succeeded: 7, failed: 1, open: 2, queries: 31 }) // '7 succeeded, 1 failed, 2 open, 31 queries'
 *
 * @category destructors
 * @since 0.1.0
 */
export const showProgress = ({ succeeded, failed, open, queries }: WaitProgress): string =>
  `${succeeded} succeeded, ${failed} failed, ${open} open, ${queries} ${queries === 1 ? 'query' : 'queries'}`
