/**
 * How many records there are.
 *
 * @since 0.1.0
 */
import type { Database } from '../database/Database.js'
import type { Submission } from '../submission/Submission.js'
import { listSubscribers } from '../sql/feed.js'
import { countAll } from '../sql/records.js'
import { searchable } from './searchable.js'
import type { TrackedTask } from './TrackedTask.js'

/**
 * The number of records in each state.
 *
 * @category model
 * @since 0.1.0
 */
export interface Counts {
  readonly submissions: Readonly<Record<Submission['_tag'], number>>
  readonly tasks: Readonly<Record<TrackedTask['_tag'], number>>
}

/**
 * A subscriber, and what is waiting for it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Subscriber {
  readonly name: string
  /** The place in the feed up to which it has received all ends. */
  readonly cursor: string
  /** How many ends it has not received. */
  readonly waiting: number
  /** How long ago the oldest of them happened, in milliseconds; absent if there is none. */
  readonly behindMs?: number
}

/** @internal */
export const readCounts = async (database: Database, account?: string): Promise<Counts> => {
  const submissions = {
    Intended: 0,
    Sent: 0,
    Accepted: 0,
    Rejected: 0,
    NotSent: 0,
    InDoubt: 0,
    Settled: 0,
  }
  const tasks = { Open: 0, Ended: 0, GivenUp: 0 }
  for (const { kind, state, number } of await database.query(countAll, [
    account === undefined ? null : searchable(account),
  ]))
    Object.assign(kind === 'tasks' ? tasks : submissions, { [String(state)]: Number(number) })
  return { submissions, tasks }
}

/** @internal */
export const readSubscribers = async (database: Database): Promise<ReadonlyArray<Subscriber>> =>
  (await database.query(listSubscribers)).map(row => {
    const subscriber = { name: String(row.name), cursor: String(row.cursor), waiting: Number(row.waiting) }
    return row.behind_ms === null ? subscriber : { ...subscriber, behindMs: Number(row.behind_ms) }
  })
