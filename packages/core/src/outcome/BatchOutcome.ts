/**
 * The outcome of a batch submission for every resource.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as N from 'fp-ts/lib/number.js'
import * as Ord from 'fp-ts/lib/Ord.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as These from 'fp-ts/lib/These.js'
import * as t from 'io-ts'
import { hasNone } from '../codec/hasNone.js'
import { integer } from '../codec/integer.js'
import { nonEmptyArray } from '../codec/nonEmptyArray.js'
import { refine } from '../codec/refine.js'
import { struct } from '../codec/struct.js'
import { JsonRecord } from '../json/Json.js'
import { type Rejection, rejectionProps } from '../wire/Rejection.js'
import { ResourceId } from '../wire/ResourceId.js'
import { TaskId } from '../wire/TaskId.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A resource for which a task was started.
 *
 * @category model
 * @since 0.1.0
 */
export interface AcceptedEntry<Extra = JsonRecord> {
  readonly _tag: 'AcceptedEntry'
  /** The index among all entries of the body, accepted and rejected, from 0. */
  readonly position: number
  readonly resourceId: ResourceId
  /** The id with every digit that the API wrote. Store it as text. */
  readonly taskId: TaskId
  /** `''` if the entry has none. */
  readonly message: string
  /** `''` if the entry has none. */
  readonly codeDesc: string
  /** The extra fields, which the format does not define: plain JSON, or the result of the caller's codec. */
  readonly extra: Extra
}

/**
 * A resource that the API rejected: its entry has a code other than 0. Nothing was started for it, and it is safe to submit it
 * again, without the others, except in three cases, in which a task may be running: the entry has a `taskId`; its extra fields,
 * or those of the response, hold the id of a task; or the code is 4500, which can be the response to a retry. PROTOCOL.md,
 * section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface RejectedEntry extends Rejection {
  readonly _tag: 'RejectedEntry'
  /** The index among all entries of the body, accepted and rejected, from 0. */
  readonly position: number
  readonly resourceId: ResourceId
  /** The id in the entry although the resource was rejected. This task may be running. */
  readonly taskId?: TaskId
  /** The extra fields. */
  readonly extra: JsonRecord
}

/**
 * The outcome for one resource.
 *
 * @category model
 * @since 0.1.0
 */
export type BatchEntry<Extra = JsonRecord> = AcceptedEntry<Extra> | RejectedEntry

/**
 * A task was started for every resource. PROTOCOL.md, section 3, row 4.
 *
 * @category model
 * @since 0.1.0
 */
export interface AllAccepted<ResponseExtra = JsonRecord, EntryExtra = JsonRecord> {
  readonly _tag: 'AllAccepted'
  /** In the order of the body. These tasks may be running: never submit them again. */
  readonly accepted: RNEA.ReadonlyNonEmptyArray<AcceptedEntry<EntryExtra>>
  /** Of the response as a whole; `''` if it has none. */
  readonly message: string
  /** Of the response as a whole; `''` if it has none. */
  readonly codeDesc: string
  /** The extra fields of the response. */
  readonly extra: ResponseExtra
}

/**
 * The API accepted some resources and rejected others. PROTOCOL.md, section 3, row 5.
 *
 * @category model
 * @since 0.1.0
 */
export interface PartlyAccepted<ResponseExtra = JsonRecord, EntryExtra = JsonRecord> {
  readonly _tag: 'PartlyAccepted'
  /** In the order of the body. These tasks may be running: never submit them again. */
  readonly accepted: RNEA.ReadonlyNonEmptyArray<AcceptedEntry<EntryExtra>>
  /** In the order of the body. See `RejectedEntry` for what was started for these. */
  readonly rejected: RNEA.ReadonlyNonEmptyArray<RejectedEntry>
  /** Of the response as a whole; `''` if it has none. */
  readonly message: string
  /** Of the response as a whole; `''` if it has none. */
  readonly codeDesc: string
  /** The extra fields of the response. */
  readonly extra: ResponseExtra
}

/**
 * The API rejected every resource. PROTOCOL.md, section 3, row 6. `extra` is always plain JSON: the codec of the
 * caller applies only to responses with accepted tasks.
 *
 * @category model
 * @since 0.1.0
 */
export interface AllRejected {
  readonly _tag: 'AllRejected'
  /** In the order of the body. See `RejectedEntry` for what was started for these. */
  readonly rejected: RNEA.ReadonlyNonEmptyArray<RejectedEntry>
  /** Of the response as a whole; `''` if it has none. */
  readonly message: string
  /** Of the response as a whole; `''` if it has none. */
  readonly codeDesc: string
  /** The extra fields of the response. */
  readonly extra: JsonRecord
}

/**
 * The API accepted or rejected every resource of the batch.
 *
 * @category model
 * @since 0.1.0
 */
export type BatchOutcome<ResponseExtra = JsonRecord, EntryExtra = JsonRecord> =
  AllAccepted<ResponseExtra, EntryExtra> | PartlyAccepted<ResponseExtra, EntryExtra> | AllRejected

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * Returns every entry, accepted and rejected, in the order of the body.
 *
 * @example
 * import { decodeBatchTask, entries } from '@task-outcome/core'
 *
 * const result = decodeBatchTask('{"code":5400,"detail":{"b":{"code":5000},"a":{"code":0,"requestId":"1"}}}')
 * if (result._tag === 'Right') entries(result.right).map(({ resourceId }) => resourceId) // ['b', 'a']
 *
 * @category destructors
 * @since 0.1.0
 */
export const entries = <ResponseExtra, EntryExtra>(
  outcome: BatchOutcome<ResponseExtra, EntryExtra>,
): RNEA.ReadonlyNonEmptyArray<BatchEntry<EntryExtra>> => {
  switch (outcome._tag) {
    case 'AllAccepted':
      return outcome.accepted
    case 'AllRejected':
      return outcome.rejected
    case 'PartlyAccepted':
      return pipe(
        outcome.accepted,
        RNEA.concatW(outcome.rejected),
        RNEA.sort<BatchEntry<EntryExtra>>(byPosition),
      )
  }
}

const byPosition: Ord.Ord<BatchEntry<unknown>> = Ord.contramap(
  (entry: BatchEntry<unknown>) => entry.position,
)(N.Ord)

/**
 * Returns the accepted entries in the order of the body, also if there are none.
 *
 * @example
 * import { acceptedOf, decodeBatchTask } from '@task-outcome/core'
 *
 * const result = decodeBatchTask('{"code":5400,"detail":{"b":{"code":5000},"a":{"code":0,"requestId":"1"}}}')
 * if (result._tag === 'Right') acceptedOf(result.right).map(({ taskId }) => taskId) // ['1']
 *
 * @category destructors
 * @since 0.1.0
 */
export const acceptedOf = <ResponseExtra, EntryExtra>(
  outcome: BatchOutcome<ResponseExtra, EntryExtra>,
): ReadonlyArray<AcceptedEntry<EntryExtra>> => (outcome._tag === 'AllRejected' ? [] : outcome.accepted)

/**
 * Returns the rejected entries in the order of the body, also if there are none.
 *
 * @example
 * import { decodeBatchTask, rejectedOf } from '@task-outcome/core'
 *
 * const result = decodeBatchTask('{"code":5400,"detail":{"b":{"code":5000},"a":{"code":0,"requestId":"1"}}}')
 * if (result._tag === 'Right') rejectedOf(result.right).map(({ resourceId }) => resourceId) // ['b']
 *
 * @category destructors
 * @since 0.1.0
 */
export const rejectedOf = (outcome: BatchOutcome<unknown, unknown>): ReadonlyArray<RejectedEntry> =>
  outcome._tag === 'AllAccepted' ? [] : outcome.rejected

/**
 * Returns an `Either` for each resource, in the order of the body.
 *
 * @example
 * import { type BatchOutcome, toEithers } from '@task-outcome/core'
 * import { either as E } from 'fp-ts'
 *
 * const lines = (outcome: BatchOutcome) =>
 *   toEithers(outcome).map(
 *     E.match(
 *       rejected => `${rejected.resourceId}: ${rejected.message}`,
 *       accepted => `${accepted.resourceId}: task ${accepted.taskId}`,
 *     ),
 *   )
 *
 * @category destructors
 * @since 0.1.0
 */
export const toEithers = <ResponseExtra, EntryExtra>(
  outcome: BatchOutcome<ResponseExtra, EntryExtra>,
): RNEA.ReadonlyNonEmptyArray<E.Either<RejectedEntry, AcceptedEntry<EntryExtra>>> =>
  RNEA.map((entry: BatchEntry<EntryExtra>): E.Either<RejectedEntry, AcceptedEntry<EntryExtra>> =>
    entry._tag === 'AcceptedEntry' ? E.right(entry) : E.left(entry),
  )(entries(outcome))

/**
 * Converts the outcome to a `These` of fp-ts, with the rejected entries on the left and the accepted ones on the right.
 *
 * A fold lists the cases in the order rejected, accepted, both. Call it within `pipe`, which tells it the types of the entries. If
 * the cases return different types, use `These.matchW`, or {@link match} without `toThese`.
 *
 * @example
 * import { decodeBatchTask, toThese } from '@task-outcome/core'
 * import { either as E, function as F, these as T } from 'fp-ts'
 *
 * F.pipe(
 *   decodeBatchTask('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}'),
 *   E.map(toThese),
 *   E.map(
 *     T.match(
 *       rejected => `nothing started: ${rejected[0].meaning}`,
 *       accepted => `started ${accepted.length}`,
 *       (rejected, accepted) => `started ${accepted.length}, rejected ${rejected.length}`,
 *     ),
 *   ),
 * ) // right('started 1')
 *
 * @category destructors
 * @since 0.1.0
 */
export const toThese = <ResponseExtra, EntryExtra>(
  outcome: BatchOutcome<ResponseExtra, EntryExtra>,
): These.These<
  RNEA.ReadonlyNonEmptyArray<RejectedEntry>,
  RNEA.ReadonlyNonEmptyArray<AcceptedEntry<EntryExtra>>
> => {
  switch (outcome._tag) {
    case 'AllAccepted':
      return These.right(outcome.accepted)
    case 'PartlyAccepted':
      return These.both(outcome.rejected, outcome.accepted)
    case 'AllRejected':
      return These.left(outcome.rejected)
  }
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

/**
 * Creates the codec of an accepted entry from a codec of its extra fields.
 *
 * @example
 * import * as t from 'io-ts'
 * import { acceptedEntryCodec } from '@task-outcome/core/codec'
 *
 * const StartedServer = acceptedEntryCodec(t.type({ dealId: t.string }))
 *
 * @category codecs
 * @since 0.1.0
 */
export const acceptedEntryCodec = <Extra, Output>(
  extra: t.Type<Extra, Output>,
): t.Type<AcceptedEntry<Extra>, AcceptedEntry<Output>> =>
  t.type(
    {
      _tag: t.literal('AcceptedEntry'),
      position: integer,
      resourceId: ResourceId,
      taskId: TaskId,
      message: t.string,
      codeDesc: t.string,
      extra,
    },
    `AcceptedEntry<${extra.name}>`,
  )

/**
 * The codec of an accepted entry, to store or forward it.
 *
 * @category codecs
 * @since 0.1.0
 */
export const AcceptedEntry: t.Type<AcceptedEntry> = acceptedEntryCodec(JsonRecord)

/**
 * The codec of a rejected entry, to store or forward it.
 *
 * @category codecs
 * @since 0.1.0
 */
export const RejectedEntry: t.Type<RejectedEntry> = struct(
  'RejectedEntry',
  {
    _tag: t.literal('RejectedEntry'),
    position: integer,
    resourceId: ResourceId,
    extra: JsonRecord,
    ...rejectionProps.required,
  },
  { taskId: TaskId, ...rejectionProps.optional },
)

/**
 * The codec of the outcome for one resource.
 *
 * @category codecs
 * @since 0.1.0
 */
export const BatchEntry: t.Type<BatchEntry> = t.union([AcceptedEntry, RejectedEntry], 'BatchEntry')

const isConsistent = (outcome: BatchOutcome<unknown, unknown>): boolean => {
  const all = entries(outcome)
  return (
    (outcome._tag !== 'AllAccepted' || hasNone(outcome, 'rejected')) &&
    (outcome._tag !== 'AllRejected' || hasNone(outcome, 'accepted')) &&
    all.every((entry, index) => entry.position === index) &&
    new Set(all.map(entry => entry.resourceId)).size === all.length &&
    (outcome._tag !== 'PartlyAccepted' || (isAscending(outcome.accepted) && isAscending(outcome.rejected)))
  )
}

const isAscending = (some: ReadonlyArray<{ readonly position: number }>): boolean => {
  let last = -1
  return some.every(({ position }) => {
    const ascends = position > last
    last = position
    return ascends
  })
}

/**
 * Creates the codec of an outcome from codecs of its extra fields. It checks what decoding a body guarantees: no entries that the
 * tag excludes, no duplicate resource, and every position once, in ascending order among the accepted and among the rejected entries.
 *
 * @example
 * import * as t from 'io-ts'
 * import { JsonRecord } from '@task-outcome/core'
 * import { batchOutcomeCodec } from '@task-outcome/core/codec'
 *
 * // Each accepted entry has a `dealId`; the response itself may have any extra fields.
 * const StartedServers = batchOutcomeCodec({ response: JsonRecord, entry: t.type({ dealId: t.string }) })
 *
 * @category codecs
 * @since 0.1.0
 */
export const batchOutcomeCodec = <ResponseExtra, ResponseOutput, EntryExtra, EntryOutput>(extras: {
  readonly response: t.Type<ResponseExtra, ResponseOutput>
  readonly entry: t.Type<EntryExtra, EntryOutput>
}): t.Type<BatchOutcome<ResponseExtra, EntryExtra>, BatchOutcome<ResponseOutput, EntryOutput>> => {
  const accepted = nonEmptyArray(acceptedEntryCodec(extras.entry))
  const rejected = nonEmptyArray(RejectedEntry)
  const texts = { message: t.string, codeDesc: t.string }
  return refine(
    'BatchOutcome',
    t.union([
      t.type({ _tag: t.literal('AllAccepted'), accepted, ...texts, extra: extras.response }, 'AllAccepted'),
      t.type(
        { _tag: t.literal('PartlyAccepted'), accepted, rejected, ...texts, extra: extras.response },
        'PartlyAccepted',
      ),
      t.type({ _tag: t.literal('AllRejected'), rejected, ...texts, extra: JsonRecord }, 'AllRejected'),
    ]),
    isConsistent,
  )
}

/**
 * The codec of an outcome, to store or forward it.
 *
 * @category codecs
 * @since 0.1.0
 */
export const BatchOutcome: t.Type<BatchOutcome> = batchOutcomeCodec({
  response: JsonRecord,
  entry: JsonRecord,
})
