/**
 * What results do not say themselves.
 *
 * @since 0.1.0
 */
import type { PageRow } from './PageData.js'

/**
 * What is known of a task besides its result.
 *
 * @category model
 * @since 0.1.0
 */
export interface TaskTimes {
  /** When it was submitted or accepted, in milliseconds since 1970. */
  readonly submittedAtMs?: number | undefined
  /** When it ended, in milliseconds since 1970. */
  readonly endedAtMs?: number | undefined
}

/**
 * The options of all functions that make the data of a page.
 *
 * @category model
 * @since 0.1.0
 */
export interface PageOptions {
  /** The heading of the page, such as `StartInstances of 27 November`. Default: what the data is of. */
  readonly title?: string | undefined
  /**
   * Returns the times of a task, as far as they are known. They replace those of the result: the ends of tasks that a wait or a job
   * has followed.
   */
  readonly timesOf?: ((taskId: string) => TaskTimes | undefined) | undefined
}

/** Adds the times of the tasks to rows. @internal */
export const withTimes = (
  rows: ReadonlyArray<PageRow>,
  timesOf: PageOptions['timesOf'],
): ReadonlyArray<PageRow> =>
  timesOf === undefined
    ? rows
    : rows.map(row => {
        const times = row.task === undefined ? undefined : timesOf(row.task)
        const { submittedAtMs = row.submittedAtMs, endedAtMs = row.endedAtMs } = times ?? {}
        return {
          ...row,
          ...(submittedAtMs === undefined ? {} : { submittedAtMs }),
          ...(endedAtMs === undefined ? {} : { endedAtMs }),
        }
      })
