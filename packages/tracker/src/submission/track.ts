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
import { maxLength, searchable, taskRows } from '../record/searchable.js'
import { readSubmission } from '../record/readRow.js'
import { answer, intend, send } from '../sql/submissions.js'
import { submissionByKey } from '../sql/records.js'
import { judge, runSubmit } from './judge.js'
import type { Submission, SubmitResult } from './Submission.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What to submit. The texts have 1 to 500 characters, without NUL and halves of surrogate pairs.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmissionToTrack {
  /** The account whose rate limit the queries of the tasks count against. */
  readonly account: string
  /** Names the submission in its account: the same key is submitted once, however often it is passed. */
  readonly key: string
  /** The action, by which workers know how to query its tasks. */
  readonly action: string
  /** The resources that the request names, if it names any. */
  readonly resourceIds?: ReadonlyArray<string>
  /**
   * Sends the request: what the `submit` and `submitBatch` of a task client return. It is run once at most, and its client must not
   * send again by itself.
   */
  readonly submit: TE.TaskEither<SubmissionError, AcceptedTask | BatchOutcome>
}

/**
 * A property of a submission is invalid. Nothing was stored or sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidSubmission {
  readonly _tag: 'InvalidSubmission'
  readonly issue: string
}

/**
 * The key belongs to a submission of another action or of other resources. Nothing was sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface KeyTaken {
  readonly _tag: 'KeyTaken'
  readonly submission: Submission
}

/**
 * The database failed before anything was sent: nothing was started. Pass the same key to try again: if the database has stored
 * nevertheless that it would be sent, the submission is in doubt, and is not sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface NotStored {
  readonly _tag: 'NotStored'
  readonly reason: StoreFailed
}

/**
 * The database failed after the submission was sent. Its record will be in doubt; only this error has the result.
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
 * Why `track` has no record to return.
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
  readonly queriesPerSecond: number
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
    const { database } = settings
    const { account, key, action, resourceIds = [], submit } = submission

    const read = attempt(async () => {
      const [row] = await database.query(submissionByKey, [account, key])
      if (row === undefined) throw new Error('the submission was deleted meanwhile')
      return readSubmission(row)
    })

    const intended = await attempt(() =>
      database.query(intend, [account, key, action, JSON.stringify(resourceIds), settings.queriesPerSecond]),
    )()
    if (E.isLeft(intended)) return notStored(intended.left)
    const known = await read()
    if (E.isLeft(known)) return notStored(known.left)
    if (known.right.action !== action || !areEqual(known.right.resourceIds, resourceIds))
      return E.left({ _tag: 'KeyTaken', submission: known.right })
    if (known.right._tag !== 'Intended') return known

    const { id } = known.right
    const sent = await attempt(() => database.query(send, [id, settings.responseWithinMs]))()
    if (E.isLeft(sent)) return notStored(sent.left)
    // Another process was faster: it sends.
    if (sent.right.length === 0) return E.mapLeft(toNotStored)(await read())

    const result = await runSubmit(submit)
    const judged = judge(resourceIds, result)
    const values = [
      id,
      judged.state,
      JSON.stringify(result),
      taskRows(judged.tasks),
      settings.firstQueryAfterMs,
    ]
    const stored = await persist(
      settings.clock,
      attempt(() => database.query(answer, values)),
    )
    const record = E.isLeft(stored) ? stored : await read()
    return E.isLeft(record)
      ? E.left({ _tag: 'ResultNotStored', submissionId: id, result, reason: record.left })
      : record
  }

const toNotStored = (reason: StoreFailed): NotStored => ({ _tag: 'NotStored', reason })

const notStored = (reason: StoreFailed): E.Either<NotStored, never> => E.left(toNotStored(reason))

/** Tries for about half a minute: the ids of tasks are only here. The statement stores a result once, so it can be repeated. */
const persist = async <A>(
  clock: Clock,
  store: TE.TaskEither<StoreFailed, A>,
): Promise<E.Either<StoreFailed, A>> => {
  let stored = await store()
  for (let delayMs = 100; E.isLeft(stored) && delayMs <= 12_800; delayMs *= 2) {
    await new Promise<void>(resolve => clock.after(delayMs, resolve))
    stored = await store()
  }
  return stored
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
    for (const [name, text] of texts)
      if (!isText(text))
        return `${name} must be a text of 1 to ${maxLength} characters, without NUL and halves of surrogate pairs`
    return typeof submit === 'function' ? undefined : 'submit must be a function'
  } catch {
    return 'the submission must be an object of plain data'
  }
}

const isText = (text: unknown): boolean =>
  typeof text === 'string' && text !== '' && searchable(text) === text
