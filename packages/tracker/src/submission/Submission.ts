/**
 * A submission as it is stored.
 *
 * @since 0.1.0
 */
import { AcceptedTask, BatchOutcome, ResourceId, SubmissionError, TaskId } from '@task-outcome/core'
import type * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What every submission has. Times are those of the database, in milliseconds since 1970.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmissionBase {
  /** Grows with each submission. */
  readonly id: string
  readonly account: string
  /** The caller's key: unique in the account. */
  readonly key: string
  readonly action: string
  /** The resources that were requested; none if the action names none. */
  readonly resourceIds: ReadonlyArray<ResourceId>
  readonly intendedAtMs: number
  /** Where in a trace it was made, as in the header of W3C Trace Context, if its caller passed that. */
  readonly traceparent?: string
}

/**
 * What every submission has that may have been sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface SentBase extends SubmissionBase {
  /** Stored before the first byte was sent. */
  readonly sentAtMs: number
}

/**
 * The result of a submission, as its client returned it.
 *
 * @category model
 * @since 0.1.0
 */
export type SubmitResult = E.Either<SubmissionError, AcceptedTask | BatchOutcome>

/**
 * The intent is stored, and nothing was sent. If its process has ended, the next `track` with its key sends it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Intended extends SubmissionBase {
  readonly _tag: 'Intended'
}

/**
 * It may have been sent, and its response is not overdue.
 *
 * @category model
 * @since 0.1.0
 */
export interface Sent extends SentBase {
  readonly _tag: 'Sent'
}

/**
 * At least one task was started, and for each resource it is known whether one was. Some resources may have been rejected: the
 * result says which.
 *
 * @category model
 * @since 0.1.0
 */
export interface Accepted extends SentBase {
  readonly _tag: 'Accepted'
  readonly answeredAtMs: number
  readonly result: SubmitResult
}

/**
 * The API rejected it: no task was started.
 *
 * @category model
 * @since 0.1.0
 */
export interface RejectedSubmission extends SentBase {
  readonly _tag: 'Rejected'
  readonly answeredAtMs: number
  readonly result: SubmitResult
}

/**
 * The client did not send it: no task was started.
 *
 * @category model
 * @since 0.1.0
 */
export interface NotSentSubmission extends SentBase {
  readonly _tag: 'NotSent'
  readonly answeredAtMs: number
  readonly result: SubmitResult
}

/**
 * A task may be running that is not known. Either its response is overdue, as after a crash, and there is no `result`; or the
 * result leaves it open. Tasks that the result accepts are followed all the same.
 *
 * @category model
 * @since 0.1.0
 */
export interface InDoubt extends SentBase {
  readonly _tag: 'InDoubt'
  readonly answeredAtMs?: number
  readonly result?: SubmitResult
}

/**
 * It was in doubt, and a person or a function found out what happened. `result` is there if a response was stored, before or
 * after.
 *
 * @category model
 * @since 0.1.0
 */
export interface Settled extends SentBase {
  readonly _tag: 'Settled'
  readonly answeredAtMs?: number
  readonly result?: SubmitResult
  readonly settledAtMs: number
  readonly settlement: Settlement
}

/**
 * What became of a submission, and what is known of it.
 *
 * @category model
 * @since 0.1.0
 */
export type Submission =
  Intended | Sent | Accepted | RejectedSubmission | NotSentSubmission | InDoubt | Settled

/**
 * What was found out about a submission in doubt: tasks that it started, which are followed from then on; or that it started
 * nothing besides the tasks that are known.
 *
 * @category model
 * @since 0.1.0
 */
export type Settlement =
  | {
      readonly _tag: 'Started'
      readonly tasks: ReadonlyArray<SettledTask>
      /** Who found out, and how: kept as it is. */
      readonly note: string
    }
  | { readonly _tag: 'NotStarted'; readonly note: string }

/**
 * A task that was found for a submission in doubt.
 *
 * @category model
 * @since 0.1.0
 */
export interface SettledTask {
  readonly taskId: TaskId
  readonly resourceIds: ReadonlyArray<ResourceId>
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

/**
 * The codec of the result of a submission.
 *
 * @category codecs
 * @since 0.1.0
 */
export const SubmitResult: t.Type<SubmitResult> = t.union(
  [
    t.type({ _tag: t.literal('Right'), right: t.union([AcceptedTask, BatchOutcome]) }),
    t.type({ _tag: t.literal('Left'), left: SubmissionError }),
  ],
  'SubmitResult',
)

/**
 * The codec of a settlement.
 *
 * @category codecs
 * @since 0.1.0
 */
export const Settlement: t.Type<Settlement> = t.union(
  [
    t.type({
      _tag: t.literal('Started'),
      tasks: t.readonlyArray(t.type({ taskId: TaskId, resourceIds: t.readonlyArray(ResourceId) })),
      note: t.string,
    }),
    t.type({ _tag: t.literal('NotStarted'), note: t.string }),
  ],
  'Settlement',
)

const base = {
  id: t.string,
  account: t.string,
  key: t.string,
  action: t.string,
  resourceIds: t.readonlyArray(ResourceId),
  intendedAtMs: t.number,
}

const sent = { ...base, sentAtMs: t.number }

const answered = { ...sent, answeredAtMs: t.number, result: SubmitResult }

const maybeAnswered = t.partial({ answeredAtMs: t.number, result: SubmitResult })

/**
 * The codec of a submission, to send it or to read an export.
 *
 * @category codecs
 * @since 0.1.0
 */
export const Submission: t.Type<Submission> = t.intersection(
  [
    t.union([
      t.type({ _tag: t.literal('Intended'), ...base }),
      t.type({ _tag: t.literal('Sent'), ...sent }),
      t.type({ _tag: t.literal('Accepted'), ...answered }),
      t.type({ _tag: t.literal('Rejected'), ...answered }),
      t.type({ _tag: t.literal('NotSent'), ...answered }),
      t.intersection([t.type({ _tag: t.literal('InDoubt'), ...sent }), maybeAnswered]),
      t.intersection([
        t.type({ _tag: t.literal('Settled'), ...sent, settledAtMs: t.number, settlement: Settlement }),
        maybeAnswered,
      ]),
    ]),
    t.partial({ traceparent: t.string }),
  ],
  'Submission',
)
