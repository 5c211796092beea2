/**
 * The ends of tasks, in an order that never changes.
 *
 * @since 0.1.0
 */
import type { Database } from '../database/Database.js'
import { readTask } from '../record/readRow.js'
import type { TrackedTask } from '../record/TrackedTask.js'
import { isFeedNumbered, lockFeed, numberEnds, readFeed as readStatement } from '../sql/feed.js'

/**
 * An end in the feed.
 *
 * @category model
 * @since 0.1.0
 */
export interface FeedItem {
  /** Tells repeats: it is the same each time this end is delivered, to whatever subscriber. */
  readonly key: string
  /** Its place in the feed: the items after it have greater ones. */
  readonly cursor: string
  /**
   * The task as it is now: `Ended` or `GivenUp`. After `followAgain` it may be `Open`, and its next end is another item.
   */
  readonly task: TrackedTask
}

/** @internal */
export const readFeed = async (
  database: Database,
  cursor: string,
  limit: number,
): Promise<ReadonlyArray<FeedItem>> => {
  await numberAll(database)
  const rows = await database.query(readStatement, [cursor, limit])
  return rows.map(row => ({ key: String(row.key), cursor: String(row.cursor), task: readTask(row) }))
}

/** Gives places to the ends that have none yet. */
export const numberAll = async (database: Database): Promise<void> => {
  const [row] = await database.query(isFeedNumbered)
  if (row?.numbered !== true)
    await database.transaction(async query => {
      await query(lockFeed)
      await query(numberEnds)
    })
}
