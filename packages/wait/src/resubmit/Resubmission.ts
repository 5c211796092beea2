/**
 * The outcome of each resource of a batch, over all its submissions.
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
import { acceptedEntryCodec, hasNone, nonEmptyArray, refine } from '@task-outcome/core/codec'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { count } from '../result/count.js'
import { readOrKeep } from '../result/readOrKeep.js'
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
  /** Its earlier rejections, oldest first. */
  readonly rejections: ReadonlyArray<RejectedEntry>
}

/**
 * No task was started for the resource: the API rejected every submission, and no response to them leaves that open.
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
 * A task may be running for the resource: a submission for it has no valid response, or was rejected in a way that does not
 * prove that nothing was started, with code 4500 or with the id of a task in the response. Check the resource before you submit
 * it again. PROTOCOL.md, section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceInDoubt {
  readonly _tag: 'ResourceInDoubt'
  readonly resourceId: ResourceId
  /** Its rejections, oldest first. */
  readonly rejections: ReadonlyNonEmptyArray<RejectedEntry>
  /** The task ids that could be read for it. */
  readonly recovered: ReadonlyArray<RecoveredTask>
}

/**
 * The outcome of one resource.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceOutcome<Extra = JsonRecord> = ResourceAccepted<Extra> | ResourceRejected | ResourceInDoubt

/**
 * Why nothing more is submitted:
 * - `Waiting`: another round may follow; appears only in what `onRound` gets;
 * - `Settled`: no resource is left that a later submission can help;
 * - `PolicyGaveUp`: the policy gave up;
 * - `TimedOut`: the timeout has passed;
 * - `Aborted`: the signal was aborted, a callback or a policy threw, or an option or the input is invalid;
 * - `SubmissionFailed`: a submission failed with an error that makes another one unsafe or useless. Its resources are in doubt,
 *   unless the error says that nothing was started.
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
 * The outcome of each resource of a batch: plain data that can be stored or sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface Resubmission<Extra = JsonRecord> {
  readonly _tag: 'Resubmission'
  /** One for each resource of the first outcome, in its order. */
  readonly resources: ReadonlyNonEmptyArray<ResourceOutcome<Extra>>
  readonly end: StopReason
  /** How many submissions were made after the first. */
  readonly rounds: number
  /** Entries for resources that were not in the request: a task may be running for them. */
  readonly unrequested: ReadonlyArray<BatchEntry<Extra>>
  /**
   * The other task ids: those in responses that belong to no known resource, and second tasks of accepted resources.
   */
  readonly recovered: ReadonlyArray<RecoveredTask>
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * Returns the accepted entries, to wait for. If the input is not a resubmission, which TypeScript rules out, returns it in an
 * array that `waitForBatch` rejects.
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
 * Returns every task that may be running: those of accepted resources, of resources in doubt, and of no known resource. Returns
 * an input that is not a resubmission as `acceptedEntries` does.
 *
 * @example
 * import { type QueryTaskStatus, type Resubmission, possibleTasks, waitForBatch } from '@task-outcome/wait'
 *
 * // Also waits for the tasks of resources in doubt, if their ids are known.
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
 * Creates the codec for a resubmission from a codec for the extra fields of its entries. It checks what `resubmitRejected`
 * guarantees: each resource has one outcome, with entries of that resource, and with no task that its tag excludes.
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
    isConsistent,
  )

const isConsistent = ({ resources }: Resubmission<unknown>): boolean =>
  new Set(resources.map(({ resourceId }) => resourceId)).size === resources.length &&
  resources.every(
    resource =>
      entriesOf(resource).every(entry => entry.resourceId === resource.resourceId) &&
      (resource._tag === 'ResourceAccepted' || hasNone(resource, 'accepted')) &&
      (resource._tag === 'ResourceInDoubt' || hasNone(resource, 'recovered')),
  )

/** @internal */
export const entriesOf = <Extra>(resource: ResourceOutcome<Extra>): ReadonlyArray<BatchEntry<Extra>> =>
  resource._tag === 'ResourceAccepted' ? [resource.accepted, ...resource.rejections] : resource.rejections

/**
 * The codec for a resubmission. Use it to store or send one.
 *
 * @category codecs
 * @since 0.1.0
 */
export const Resubmission: t.Type<Resubmission> = resubmissionCodec(JsonRecordCodec)
