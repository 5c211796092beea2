/**
 * Submits once, and stores what is known at each moment.
 *
 * @since 0.1.0
 */
import type { AcceptedTask, BatchOutcome, SubmissionError } from '@task-outcome/core'
import type { Clock } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type Database, type StoreFailed, attempt } from '../database/Database.js'
import { pauseFor } from '../clock/wakeUp.js'
import { nameIssue } from '../option/InvalidOption.js'
import { readSubmission } from '../record/readRow.js'
import { taskRows } from '../record/searchable.js'
import { submissionById, submissionByKey } from '../sql/records.js'
import { answer, intend, send } from '../sql/submissions.js'
import { type Judged, judge, runSubmit, sentTooLate } from './judge.js'
import { readTraceparent } from './traceparent.js'
import type { Submission, SubmitResult } from './Submission.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What to submit. Each string has 1 to 1,000 bytes in UTF-8, without NUL and unpaired surrogates.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmissionToTrack {
  /** The account whose rate limit the queries of the tasks count against. */
  readonly account: string
  /** Identifies the submission in its account: each key is submitted once, however often it is passed. */
  readonly key: string
  /** The name of the action: workers use it to choose the query of its tasks. */
  readonly action: string
  /** The resources that the request names, if it names any. */
  readonly resourceIds?: ReadonlyArray<string>
  /**
   * Sends the request: what the `submit` and `submitBatch` of a task client return. It runs at most once, so turn off the automatic
   * retries of the HTTP client.
   */
  readonly submit: TE.TaskEither<SubmissionError, AcceptedTask | BatchOutcome>
  /**
   * Where in a trace it is made, as in the header `traceparent` of W3C Trace Context. It is stored with the submission and its tasks,
   * so that queries and deliveries in other processes can link to it. As that standard says, an invalid one is ignored.
   */
  readonly traceparent?: string | undefined
}

/**
 * A property of a submission is invalid. Nothing was stored or sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidSubmission {
  readonly _tag: 'InvalidSubmission'
  /** Names the property, and says what it must be. */
  readonly issue: string
}

/**
 * The key belongs to a submission with another action or other resources. Nothing was sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface KeyTaken {
  readonly _tag: 'KeyTaken'
  readonly submission: Submission
}

/**
 * The database failed before anything was sent, so nothing was started. Call `track` again with the same key. If the database has
 * stored `Sent` although it reported an error, the submission is not sent, and it is in doubt when its response is overdue.
 *
 * @category model
 * @since 0.1.0
 */
export interface NotStored {
  readonly _tag: 'NotStored'
  readonly reason: StoreFailed
}

/**
 * The database failed after the submission was sent, or its record was deleted. Only this error has the result. The record, if there
 * is one, is in doubt when its response is overdue.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResultNotStored {
  readonly _tag: 'ResultNotStored'
  readonly submissionId: string
  readonly result: SubmitResult
  readonly reason: StoreFailed
}

/**
 * Why `track` returns no record.
 *
 * @category model
 * @since 0.1.0
 */
export type TrackError = InvalidSubmission | KeyTaken | NotStored | ResultNotStored

/** @internal */
export interface TrackSettings {
  readonly database: Database
  readonly clock: Clock
  readonly responseWithinMs: number
  readonly firstQueryAfterMs: number
}

// -------------------------------------------------------------------------------------
// tracking
// -------------------------------------------------------------------------------------

/** @internal */
export const track =
  (settings: TrackSettings) =>
  (submission: SubmissionToTrack): TE.TaskEither<TrackError, Submission> =>
  async () => {
    const issue = issueOf(submission)
    if (issue !== undefined) return E.left({ _tag: 'InvalidSubmission', issue })
    const { database, clock, responseWithinMs } = settings
    const { account, key, action, resourceIds = [], submit } = submission

    const read = attempt(async () => {
      const [row] = await database.query(submissionByKey, [account, key])
      if (row === undefined) throw new Error('the submission was deleted while it was being tracked')
      return readSubmission(row)
    })

    const intended = await attempt(() =>
      database.query(intend, [
        account,
        key,
        action,
        JSON.stringify(resourceIds),
        readTraceparent(submission),
      ]),
    )()
    if (E.isLeft(intended)) return notStored(intended.left)
    const known = await read()
    if (E.isLeft(known)) return notStored(known.left)
    if (known.right.action !== action || !areEqual(known.right.resourceIds, resourceIds))
      return E.left({ _tag: 'KeyTaken', submission: known.right })
    if (known.right._tag !== 'Intended') return known

    const { id } = known.right
    const beganAtMs = clock.now()
    const sent = await attempt(() => database.query(send, [id, responseWithinMs]))()
    if (E.isLeft(sent)) return notStored(sent.left)
    // Another process was faster: it sends.
    if (sent.right.length === 0) return E.mapLeft(toNotStored)(await read())

    // If storing `Sent` took long, the submission may be in doubt already, and somebody may have settled it.
    const sendWithinMs = responseWithinMs * shareForSending
    const result =
      clock.now() - beganAtMs <= sendWithinMs ? await runSubmit(submit) : sentTooLate(sendWithinMs)
    const stored = await persist(clock, storeResult(settings, id, judge(resourceIds, result)))
    return E.isLeft(stored)
      ? E.left({ _tag: 'ResultNotStored', submissionId: id, result, reason: stored.left })
      : stored.right === undefined
        ? E.left({ _tag: 'ResultNotStored', submissionId: id, result, reason: deleted })
        : E.right(stored.right)
  }

/** A submission is only sent in the first half of the time for its response, so that the rest is left for the request. */
const shareForSending = 0.5

const deleted: StoreFailed = {
  _tag: 'StoreFailed',
  message: 'the submission was deleted before its result was stored',
}

/**
 * Stores a result, and returns the record: `undefined` if it was deleted. The result is stored once, so this can be repeated. The
 * statement runs for each state in which a result can come, since one that waited for a settlement does not see its tasks.
 */
const storeResult = (
  { database, firstQueryAfterMs }: TrackSettings,
  id: string,
  { state, result, tasks }: Judged,
): TE.TaskEither<StoreFailed, Submission | undefined> =>
  attempt(async () => {
    for (const before of ['Sent', 'Settled']) {
      const values = [id, before, state, JSON.stringify(result), taskRows(tasks), firstQueryAfterMs]
      if ((await database.query(answer, values)).length > 0) break
    }
    const [row] = await database.query(submissionById, [id])
    return row && readSubmission(row)
  })

const toNotStored = (reason: StoreFailed): NotStored => ({ _tag: 'NotStored', reason })

const notStored = (reason: StoreFailed): E.Either<NotStored, never> => E.left(toNotStored(reason))

/**
 * Repeats a step of storing for about half a minute, or about a minute if the database does not respond: only this process knows
 * the ids of the tasks.
 */
const persist = async <A>(
  clock: Clock,
  store: TE.TaskEither<StoreFailed, A>,
): Promise<E.Either<StoreFailed, A>> => {
  const within = (): Promise<E.Either<StoreFailed, A>> =>
    new Promise(resolve => {
      const cancel = clock.after(storeWithinMs, () => resolve(E.left(noResponse)))
      void store().then(stored => {
        cancel()
        resolve(stored)
      })
    })
  let stored = await within()
  for (let delayMs = 100; E.isLeft(stored) && delayMs <= 12_800; delayMs *= 2) {
    await pauseFor(clock, delayMs)
    stored = await within()
  }
  return stored
}

/** A database that is frozen neither responds nor breaks the connection. */
const storeWithinMs = 5000

const noResponse: StoreFailed = {
  _tag: 'StoreFailed',
  code: 'ETIMEDOUT',
  message: `the database did not respond within ${storeWithinMs} ms`,
}

const areEqual = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index])

/** Returns the first issue, and `undefined` if there is none. Untyped callers may pass anything. */
const issueOf = (submission: unknown): string | undefined => {
  try {
    const { account, key, action, resourceIds, submit } = submission as Readonly<Record<string, unknown>>
    if (resourceIds !== undefined && !Array.isArray(resourceIds)) return 'resourceIds must be an array'
    const resources = (resourceIds ?? []) as ReadonlyArray<unknown>
    const texts = [
      ['account', account],
      ['key', key],
      ['action', action],
      ...resources.map((id, index) => [`resourceIds[${index}]`, id] as const),
    ] as const
    for (const [name, text] of texts) {
      const issue = nameIssue(name, text)
      if (issue !== undefined) return issue
    }
    return typeof submit === 'function' ? undefined : 'submit must be a function'
  } catch {
    return 'the submission must be an object whose properties can be read'
  }
}
