/**
 * What became of every resource of a batch, over all its submissions.
 *
 * @since 0.1.0
 */
import {
  type AcceptedEntry,
  type BatchEntry,
  type JsonRecord,
  JsonRecord as JsonRecordCodec,
  RecoveredTask,
  RejectedEntry,
  ResourceId,
  SubmissionError,
} from '@task-outcome/core'
import { Aborted, TimedOut } from '@task-outcome/core/adapter'
import { acceptedEntryCodec, nonEmptyArray, refine } from '@task-outcome/core/codec'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { count } from '../result/count.js'
import type { TaskRef } from '../result/TaskRef.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A task was started for the resource, at the first submission or a later one.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceAccepted<Extra = JsonRecord> {
  readonly _tag: 'ResourceAccepted'
  readonly resourceId: ResourceId
  /** The entry with the task id, from the response that accepted it. */
  readonly accepted: AcceptedEntry<Extra>
  /** How it was rejected before, oldest first. */
  readonly rejections: ReadonlyArray<RejectedEntry>
}

/**
 * No task was started for the resource: every submission that the API has answered was rejected.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceRejected {
  readonly _tag: 'ResourceRejected'
  readonly resourceId: ResourceId
  /** Oldest first. */
  readonly rejections: ReadonlyNonEmptyArray<RejectedEntry>
}

/**
 * A submission for the resource was sent, and there is no sound answer about it: a task may be running. Look at the resource
 * before you submit it again. PROTOCOL.md, section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceInDoubt {
  readonly _tag: 'ResourceInDoubt'
  readonly resourceId: ResourceId
  /** How it was rejected before, oldest first. */
  readonly rejections: ReadonlyNonEmptyArray<RejectedEntry>
  /** The task ids that could be read for it all the same. */
  readonly recovered: ReadonlyArray<RecoveredTask>
}

/**
 * What became of one resource.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceOutcome<Extra = JsonRecord> = ResourceAccepted<Extra> | ResourceRejected | ResourceInDoubt

/**
 * Why nothing more is submitted:
 * - `Waiting`: more may be; so in what is written down between two rounds;
 * - `Settled`: no resource is left of which a later submission could be accepted;
 * - `PolicyGaveUp`: the policy said that it is enough;
 * - `TimedOut`, `Aborted`: the time was over; or the caller's signal was aborted, something of the caller's threw, an option
 *   makes no sense, or there was no outcome to begin with;
 * - `SubmissionFailed`: a submission finished in an error that makes another one unsafe or useless. The resources that were in
 *   it are in doubt, unless the error says that nothing was started.
 *
 * @category model
 * @since 0.1.0
 */
export type StopReason =
  | { readonly _tag: 'Waiting' }
  | { readonly _tag: 'Settled' }
  | { readonly _tag: 'PolicyGaveUp' }
  | TimedOut
  | Aborted
  | { readonly _tag: 'SubmissionFailed'; readonly error: SubmissionError }

/**
 * What became of every resource of a batch: plain data, to store or to send on.
 *
 * @category model
 * @since 0.1.0
 */
export interface Resubmission<Extra = JsonRecord> {
  readonly _tag: 'Resubmission'
  /** One for each resource of the first outcome, in its order. */
  readonly resources: ReadonlyNonEmptyArray<ResourceOutcome<Extra>>
  readonly end: StopReason
  /** How many submissions were made, the first not counted. */
  readonly rounds: number
  /** What the API answered about resources that it was not asked about: a task may be running there. */
  readonly unrequested: ReadonlyArray<BatchEntry<Extra>>
  /**
   * The other task ids: those in answers that were errors, which could not be told to belong to one of the resources; and a
   * second task of a resource that has been accepted.
   */
  readonly recovered: ReadonlyArray<RecoveredTask>
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * The accepted entries, to be waited for. What is no resubmission, which TypeScript rules out, comes back as it is, in an array
 * that `waitForBatch` refuses.
 *
 * @example
 * import { type QueryTaskStatus, type Resubmission, acceptedEntries, waitForBatch } from '@task-outcome/wait'
 *
 * const waitForAccepted = (resubmission: Resubmission, query: QueryTaskStatus) =>
 *   waitForBatch(acceptedEntries(resubmission), query, { timeoutMs: 60_000 })
 *
 * @category destructors
 * @since 0.1.0
 */
export const acceptedEntries = <Extra>(
  resubmission: Resubmission<Extra>,
): ReadonlyArray<AcceptedEntry<Extra>> =>
  readOrKeep(resubmission, ({ resources }) =>
    resources.flatMap(resource => (resource._tag === 'ResourceAccepted' ? [resource.accepted] : [])),
  )

/**
 * Every task that may be running, wherever its id is: of accepted resources, of those in doubt, and what belongs to none.
 * What is no resubmission comes back as by `acceptedEntries`.
 *
 * @example
 * import { type QueryTaskStatus, type Resubmission, possibleTasks, waitForBatch } from '@task-outcome/wait'
 *
 * // Waits for the tasks of resources in doubt as well, as far as their ids are known.
 * const waitForAll = (resubmission: Resubmission, query: QueryTaskStatus) =>
 *   waitForBatch(possibleTasks(resubmission), query, { timeoutMs: 60_000 })
 *
 * @category destructors
 * @since 0.1.0
 */
export const possibleTasks = (resubmission: Resubmission<unknown>): ReadonlyArray<TaskRef> =>
  readOrKeep<Resubmission<unknown>, TaskRef>(resubmission, ({ resources, unrequested, recovered }) => [
    ...resources.flatMap(resource => (resource._tag === 'ResourceAccepted' ? [resource.accepted] : [])),
    ...resources.flatMap(resource => (resource._tag === 'ResourceInDoubt' ? resource.recovered : [])),
    ...unrequested.flatMap(entry => (entry._tag === 'AcceptedEntry' ? [entry] : [])),
    ...recovered,
  ])

/** An empty array would claim that there is nothing to wait for. */
const readOrKeep = <From, A>(from: From, read: (from: From) => ReadonlyArray<A>): ReadonlyArray<A> => {
  try {
    return read(from)
  } catch {
    return [from as never]
  }
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

const StopReason: t.Type<StopReason> = t.union(
  [
    t.type({ _tag: t.literal('Waiting') }),
    t.type({ _tag: t.literal('Settled') }),
    t.type({ _tag: t.literal('PolicyGaveUp') }),
    TimedOut,
    Aborted,
    t.type({ _tag: t.literal('SubmissionFailed'), error: SubmissionError }),
  ],
  'StopReason',
)

const rejections = nonEmptyArray(RejectedEntry)

/** @internal */
export const batchEntry = <Extra, Output>(
  extra: t.Type<Extra, Output>,
): t.Type<BatchEntry<Extra>, BatchEntry<Output>> =>
  t.union([acceptedEntryCodec(extra), RejectedEntry], 'BatchEntry')

/** @internal */
export const resourceOutcome = <Extra, Output>(
  extra: t.Type<Extra, Output>,
): t.Type<ResourceOutcome<Extra>, ResourceOutcome<Output>> =>
  t.union(
    [
      t.type({
        _tag: t.literal('ResourceAccepted'),
        resourceId: ResourceId,
        accepted: acceptedEntryCodec(extra),
        rejections: t.readonlyArray(RejectedEntry),
      }),
      t.type({ _tag: t.literal('ResourceRejected'), resourceId: ResourceId, rejections }),
      t.type({
        _tag: t.literal('ResourceInDoubt'),
        resourceId: ResourceId,
        rejections,
        recovered: t.readonlyArray(RecoveredTask),
      }),
    ],
    'ResourceOutcome',
  )

/**
 * The codec of a resubmission whose entries' extra fields have a codec of their own. It holds the resubmission to what
 * `resubmitRejected` guarantees: each resource has one outcome, made of entries of this resource.
 *
 * @example
 * import * as t from 'io-ts'
 * import { resubmissionCodec } from '@task-outcome/wait'
 *
 * const ResubmittedServers = resubmissionCodec(t.type({ dealId: t.string }))
 *
 * @category codecs
 * @since 0.1.0
 */
export const resubmissionCodec = <Extra, Output>(
  extra: t.Type<Extra, Output>,
): t.Type<Resubmission<Extra>, Resubmission<Output>> =>
  refine(
    'Resubmission',
    t.type({
      _tag: t.literal('Resubmission'),
      resources: nonEmptyArray(resourceOutcome(extra)),
      end: StopReason,
      rounds: count,
      unrequested: t.readonlyArray(batchEntry(extra)),
      recovered: t.readonlyArray(RecoveredTask),
    }),
    hasEachResourceOnce,
  )

const hasEachResourceOnce = ({ resources }: Resubmission<unknown>): boolean =>
  new Set(resources.map(({ resourceId }) => resourceId)).size === resources.length &&
  resources.every(resource => {
    const { resourceId, rejections } = resource
    const own = resource._tag === 'ResourceAccepted' ? [resource.accepted, ...rejections] : rejections
    return own.every(entry => entry.resourceId === resourceId)
  })

/**
 * The codec of a resubmission, to store it or to send it on.
 *
 * @category codecs
 * @since 0.1.0
 */
export const Resubmission: t.Type<Resubmission> = resubmissionCodec(JsonRecordCodec)
