/**
 * The tracker.
 *
 * @since 0.1.0
 */
import { type Clock, systemClock } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Database, type StoreFailed, attempt } from '../database/Database.js'
import { type FeedItem, readFeed } from '../feed/readFeed.js'
import { type OnEnd, type SubscribeOptions, type Subscription, subscribe } from '../feed/subscribe.js'
import { type QueriesOfActions, type Worker, startWorker } from '../follow/startWorker.js'
import type { WorkerOptions } from '../follow/WorkerOptions.js'
import {
  type InvalidOption,
  invalidOption,
  nameIssue,
  numberIssue,
  objectIssue,
} from '../option/InvalidOption.js'
import { type Counts, type Subscriber, readCounts, readSubscribers } from '../record/counts.js'
import { exportLines } from '../record/exportLines.js'
import { type Filter, type InvalidFilter, readFilter } from '../record/Filter.js'
import { isId } from '../record/isId.js'
import { readSubmission, readTask } from '../record/readRow.js'
import { searchable } from '../record/searchable.js'
import type { TrackedTask } from '../record/TrackedTask.js'
import { unsubscribe } from '../sql/feed.js'
import { followAgain } from '../sql/followed.js'
import { deleteLocked, findSubmissions, findTasks, lockDeletable } from '../sql/records.js'
import { setRate } from '../sql/submissions.js'
import {
  type FindOut,
  type InvalidSettlement,
  type NotInDoubt,
  inDoubt,
  settle,
} from '../submission/settle.js'
import type { InDoubt, Settlement, Submission } from '../submission/Submission.js'
import { type SubmissionToTrack, type TrackError, track } from '../submission/track.js'
import { type DurabilityOff, type EncodingNotUtf8, type ServerTooOld, checkServer } from './checkServer.js'
import { migrate } from './migrate.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Tracks submissions and their tasks in a database. Any number of processes can use the same one.
 *
 * @category model
 * @since 0.1.0
 */
export interface Tracker {
  /**
   * Submits, and returns the record. Stores the intent before anything else, `Sent` before the request is sent, and then what the
   * response says; the accepted tasks are followed from then on. A key that is known returns its record, and nothing is sent.
   * A record that is `Intended`, because its process died before it sent anything, is sent.
   *
   * If the process dies while the record is `Sent`, the submission is in doubt: see `inDoubt`.
   */
  readonly track: (submission: SubmissionToTrack) => TE.TaskEither<TrackError, Submission>
  /**
   * Starts a worker, which queries the open tasks of an account. Several workers, in any processes, share the tasks and the rate
   * of the account. A worker only claims tasks of the actions in `queries`.
   */
  readonly follow: (
    account: string,
    queries: QueriesOfActions,
    options?: WorkerOptions,
  ) => E.Either<InvalidOption, Worker>
  /**
   * Delivers the end of each task to `onEnd`, in the order of the feed and at least once. The place in the feed is stored under
   * the name. Of several processes with the same name one delivers at a time.
   */
  readonly subscribe: (
    name: string,
    onEnd: OnEnd,
    options?: SubscribeOptions,
  ) => E.Either<InvalidOption, Subscription>
  /**
   * Removes a subscriber and its place in the feed, and ends its subscriptions in all processes. Until then, `deleteBefore` keeps what
   * it has not received.
   */
  readonly unsubscribe: (name: string) => TE.TaskEither<StoreFailed, void>
  /** Returns the submissions in doubt, of one account or of all, with ids after `after`, oldest first, at most `limit` (100). */
  readonly inDoubt: (page?: InDoubtPage) => TE.TaskEither<StoreFailed | InvalidFilter, ReadonlyArray<InDoubt>>
  /** Stores what was found out about a submission in doubt. Tasks that were found are followed. */
  readonly settle: (
    submissionId: string,
    settlement: Settlement,
  ) => TE.TaskEither<StoreFailed | NotInDoubt | InvalidSettlement, Submission>
  /**
   * Settles each submission in doubt for which `findOut` returns a settlement, and returns how many were settled. One for which it
   * throws, rejects or returns `undefined` stays in doubt.
   */
  readonly settleAll: (findOut: FindOut) => TE.TaskEither<StoreFailed, number>
  /**
   * Sets how many queries may start in any second for an account, in all processes together: from 0.001 to 1,000,000. Above 1 it is
   * rounded down to an integer.
   */
  readonly setRate: (
    account: string,
    queriesPerSecond: number,
  ) => TE.TaskEither<StoreFailed | InvalidOption, void>
  /** Returns the submissions that meet the conditions, oldest first. */
  readonly submissions: (
    filter?: Filter<Submission['_tag']>,
  ) => TE.TaskEither<StoreFailed | InvalidFilter, ReadonlyArray<Submission>>
  /** Returns the tasks that meet the conditions, oldest first. */
  readonly tasks: (
    filter?: Filter<TrackedTask['_tag']>,
  ) => TE.TaskEither<StoreFailed | InvalidFilter, ReadonlyArray<TrackedTask>>
  /** Follows tasks again that were given up, by the ids of their records. Returns the ids of those that were. */
  readonly followAgain: (ids: ReadonlyArray<string>) => TE.TaskEither<StoreFailed, ReadonlyArray<string>>
  /** Counts records by state, of one account or of all. */
  readonly counts: (account?: string) => TE.TaskEither<StoreFailed, Counts>
  /** Returns every subscriber, and how much is waiting for it. */
  readonly subscribers: TE.TaskEither<StoreFailed, ReadonlyArray<Subscriber>>
  /**
   * Returns the ends after a place in the feed, at most `limit` (100): `'0'` is the start, then the `cursor` of the last item. The
   * order never changes, and no end appears before a place that was read.
   */
  readonly feed: (
    cursor: string,
    limit?: number,
  ) => TE.TaskEither<StoreFailed | InvalidFilter, ReadonlyArray<FeedItem>>
  /**
   * Deletes submissions, with their tasks, that were over at that time (milliseconds since 1970): answered or settled before it, all
   * tasks ended before it, and all ends received by all subscribers. Returns how many. Their keys can be submitted again.
   */
  readonly deleteBefore: (timeMs: number) => TE.TaskEither<StoreFailed | InvalidFilter, number>
  /**
   * Exports records as lines of JSON, without line ends: first the submissions, then the tasks. `StoredRecord` is the codec of a line.
   * Stops after the first `Left`.
   */
  readonly exportLines: (account?: string) => AsyncIterable<E.Either<StoreFailed, string>>
}

/**
 * Which submissions in doubt to read.
 *
 * @category model
 * @since 0.1.0
 */
export type InDoubtPage = Pick<Filter<never>, 'account' | 'after' | 'limit'>

/**
 * The options of a tracker.
 *
 * @category model
 * @since 0.1.0
 */
export interface TrackerOptions {
  /** Whether to start although the server may forget what it has committed if the power fails. Default: `false`. */
  readonly allowDataLoss?: boolean
  /**
   * After how long without a response a submission is in doubt, in milliseconds: more than twice the time limit of your client. If
   * storing `Sent` takes more than half of it, the submission is not sent. Default: 120,000.
   */
  readonly responseWithinMs?: number
  /** When an accepted task is queried first, in milliseconds. Default: 250. */
  readonly firstQueryAfterMs?: number
  /** The rate of the queries of this tracker's workers, for accounts for which `setRate` was never called. Default: 10. */
  readonly queriesPerSecond?: number
  /** Default: `systemClock` of `@task-outcome/wait`. Times in records are those of the database. */
  readonly clock?: Clock
}

/**
 * The schema was written by a newer version of this package.
 *
 * @category model
 * @since 0.1.0
 */
export interface SchemaTooNew {
  readonly _tag: 'SchemaTooNew'
  readonly found: number
}

/**
 * Why a tracker did not start.
 *
 * @category model
 * @since 0.1.0
 */
export type StartError =
  StoreFailed | InvalidOption | DurabilityOff | ServerTooOld | EncodingNotUtf8 | SchemaTooNew

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Opens a tracker: checks the server, and creates or migrates the schema `task_outcome`. Never throws: every result is an `Either`.
 *
 * @example
 * import { fromPool, openTracker } from '@task-outcome/tracker'
 * import pg from 'pg'
 *
 * const start = () => openTracker(fromPool(new pg.Pool({ connectionString: process.env.DATABASE_URL })))()
 *
 * @category constructors
 * @since 0.1.0
 */
export const openTracker =
  (database: Database, options: TrackerOptions = {}): TE.TaskEither<StartError, Tracker> =>
  async () => {
    const optionsIssue = objectIssue('options', options)
    if (optionsIssue !== undefined) return E.left(invalidOption(optionsIssue))
    const {
      allowDataLoss = false,
      responseWithinMs = 120_000,
      firstQueryAfterMs = 250,
      queriesPerSecond = 10,
      clock = systemClock,
    } = options
    const issue =
      numberIssue('responseWithinMs', responseWithinMs, 1, 86_400_000) ??
      numberIssue('firstQueryAfterMs', firstQueryAfterMs, 0, 86_400_000) ??
      rateIssue(queriesPerSecond)
    if (issue !== undefined) return E.left(invalidOption(issue))
    const started = await attempt(async () => {
      const unfit = await checkServer(database, allowDataLoss)
      if (unfit !== undefined) return unfit
      const found = await migrate(database)
      return found === undefined ? undefined : ({ _tag: 'SchemaTooNew', found } as const)
    })()
    if (E.isLeft(started)) return started
    if (started.right !== undefined) return E.left(started.right)
    return E.right(trackerOf(database, { clock, responseWithinMs, firstQueryAfterMs, queriesPerSecond }))
  }

const trackerOf = (
  database: Database,
  settings: Required<Omit<TrackerOptions, 'allowDataLoss'>>,
): Tracker => {
  const settleOne = settle(database, settings.firstQueryAfterMs)
  return {
    track: track({ database, ...settings }),
    follow: (account, queries, options) =>
      startWorker(database, settings.queriesPerSecond, account, queries, options),
    subscribe: (name, onEnd, options) => subscribe(database, name, onEnd, options),
    unsubscribe: name =>
      TE.map(() => undefined)(attempt(() => database.query(unsubscribe, [searchable(name)]))),
    inDoubt: (page = {}) => checked(readPage(page), inDoubt(database)),
    settle: settleOne,
    settleAll: findOut => settleAll(inDoubt(database), settleOne, findOut),
    setRate: (account, queriesPerSecond) =>
      checked(checkRate(account, queriesPerSecond), () =>
        TE.map(() => undefined)(attempt(() => database.query(setRate, [account, queriesPerSecond]))),
      ),
    submissions: (filter = {}) =>
      checked(readFilter(filter), ({ names, values }) =>
        attempt(async () => (await database.query(findSubmissions(names), values)).map(readSubmission)),
      ),
    tasks: (filter = {}) =>
      checked(readFilter(filter), ({ names, values }) =>
        attempt(async () => (await database.query(findTasks(names), values)).map(readTask)),
      ),
    followAgain: ids =>
      attempt(async () =>
        (await database.query(followAgain, [JSON.stringify(ids.filter(isId))])).map(({ task }) =>
          String(task),
        ),
      ),
    counts: account => attempt(() => readCounts(database, account)),
    subscribers: attempt(() => readSubscribers(database)),
    feed: (cursor, limit = 100) =>
      checked(readFilter({ after: cursor, limit }), () => attempt(() => readFeed(database, cursor, limit))),
    deleteBefore: timeMs =>
      checked(readFilter({ untilMs: (timeMs as number | undefined) ?? NaN }), ({ values }) =>
        attempt(() => deleteAllBefore(database, values[0])),
      ),
    exportLines: account => exportLines(database, account),
  }
}

const rateIssue = (perSecond: number): string | undefined =>
  numberIssue('queriesPerSecond', perSecond, 0.001, 1_000_000)

const checkRate = (account: string, perSecond: number): E.Either<InvalidOption, unknown> => {
  const issue = nameIssue('account', account) ?? rateIssue(perSecond)
  return issue === undefined ? E.right(perSecond) : E.left(invalidOption(issue))
}

/** Reads the conditions of `inDoubt` as the parameters of its statement. Others are ignored. */
const readPage = (page: InDoubtPage): E.Either<InvalidFilter, ReadonlyArray<unknown>> =>
  pipe(
    readFilter(page),
    E.map(({ names, values }) => {
      const account = names.indexOf('account')
      return [account < 0 ? null : values[account], ...values.slice(-2)]
    }),
  )

/** Goes on unless what was read is an error. */
const checked = <I, R, L, A>(
  read: E.Either<I, R>,
  run: (read: R) => TE.TaskEither<L, A>,
): TE.TaskEither<L | I, A> => pipe(TE.fromEither(read), TE.chainW(run))

/** In parts, so that no transaction is long. */
const deleteAllBefore = async (database: Database, untilMs: unknown): Promise<number> => {
  let deleted = 0
  for (;;) {
    const [found, rows] = await database.transaction(async query => {
      const locked = await query(lockDeletable, [untilMs, deletedAtOnce])
      const ids = JSON.stringify(locked.map(({ id }) => id))
      return [locked, await query(deleteLocked, [untilMs, ids])]
    })
    deleted += rows.length
    if (found.length === 0) return deleted
  }
}

const deletedAtOnce = 1000

const settleAll =
  (
    read: ReturnType<typeof inDoubt>,
    settleOne: Tracker['settle'],
    findOut: FindOut,
  ): TE.TaskEither<StoreFailed, number> =>
  async () => {
    let settled = 0
    let after = '0'
    for (;;) {
      const page = await read([null, after, 100])()
      if (E.isLeft(page)) return page
      for (const submission of page.right) {
        after = submission.id
        const settlement = await askOrDoubt(findOut, submission)
        if (settlement === undefined) continue
        const result = await settleOne(submission.id, settlement)()
        if (E.isRight(result)) settled++
        else if (result.left._tag === 'StoreFailed') return E.left(result.left)
      }
      if (page.right.length === 0) return E.right(settled)
    }
  }

const askOrDoubt = async (findOut: FindOut, submission: InDoubt): Promise<Settlement | undefined> => {
  try {
    return await findOut(submission)
  } catch {
    return undefined
  }
}
