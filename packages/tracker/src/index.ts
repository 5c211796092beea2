/**
 * Tracks submissions and their tasks in PostgreSQL: submitted once, followed by many workers, delivered at least once.
 *
 * @since 0.1.0
 */

// databases
export type { Database, Row, RunQuery, StoreFailed } from './database/Database.js'
export { type PostgresClient, type PostgresPool, fromPool } from './database/fromPool.js'
export {
  type FolderInUse,
  type PGliteClass,
  type PGliteDatabase,
  type PGliteTransaction,
  openFolder,
} from './database/openFolder.js'

// the tracker
export {
  type InDoubtPage,
  type SchemaTooNew,
  type StartError,
  type Tracker,
  type TrackerOptions,
  openTracker,
} from './start/openTracker.js'
export type { DurabilityOff, EncodingNotUtf8, ServerTooOld } from './start/checkServer.js'

// submissions
export type {
  InvalidSubmission,
  KeyTaken,
  NotStored,
  ResultNotStored,
  SubmissionToTrack,
  TrackError,
} from './submission/track.js'
export {
  type Accepted,
  type InDoubt,
  type Intended,
  type NotSentSubmission,
  type RejectedSubmission,
  type Sent,
  type SentBase,
  type Settled,
  type SettledTask,
  Settlement,
  Submission,
  type SubmissionBase,
  SubmitResult,
} from './submission/Submission.js'
export type { FindOut, InvalidSettlement, NotInDoubt } from './submission/settle.js'

// following
export type { QueriesOfActions, Worker } from './follow/startWorker.js'
export type { AroundQuery, WorkerQuery } from './follow/AroundQuery.js'
export type { WorkerOptions } from './follow/WorkerOptions.js'
export type { InvalidOption } from './option/InvalidOption.js'

// ends
export type { FeedItem } from './feed/readFeed.js'
export type { OnEnd, OnEndFailed, SubscribeOptions, Subscription } from './feed/subscribe.js'

// records
export {
  type EndedTask,
  type GivenUpTask,
  type OpenTask,
  TrackedTask,
  type TrackedTaskBase,
} from './record/TrackedTask.js'
export type { Filter, InvalidFilter } from './record/Filter.js'
export type { Counts, Subscriber } from './record/counts.js'
export { StoredRecord } from './record/exportLines.js'
