/**
 * What was requested and what came of it: the outcome of each resource, over all its submissions.
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
  type Rejected,
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
 * How the API rejected a resource: in an entry of the response, or together with the whole request.
 *
 * @category model
 * @since 0.1.0
 */
export type Rejection = RejectedEntry | Rejected

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
  readonly rejections: ReadonlyArray<Rejection>
}

/**
 * No task was started for the resource: the API rejected every submission that arrived, and no response leaves that open.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceRejected {
  readonly _tag: 'ResourceRejected'
  readonly resourceId: ResourceId
  /** Oldest first. */
  readonly rejections: ReadonlyNonEmptyArray<Rejection>
}

/**
 * A task may be running for the resource. Check the resource before you submit it again. PROTOCOL.md, section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceInDoubt {
  readonly _tag: 'ResourceInDoubt'
  readonly resourceId: ResourceId
  readonly reason: DoubtReason
  /** Its rejections, oldest first. */
  readonly rejections: ReadonlyArray<Rejection>
  /** The task ids that could be read for it. */
  readonly recovered: ReadonlyArray<RecoveredTask>
}

/**
 * No task was started for the resource, and the API has not rejected it: it was not submitted, or no submission of it was sent
 * (`NotSent`).
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceNotSubmitted {
  readonly _tag: 'ResourceNotSubmitted'
  readonly resourceId: ResourceId
}

/**
 * What put a resource in doubt first:
 * - `NoResponseYet`: its submission had begun when the snapshot was made. If the process has ended since, the response is lost;
 * - `MissingInResponse`: the response has no entry for it;
 * - `SubmissionFailed`: its submission ended in an error that leaves open whether a task was started; it is in `failures`;
 * - `TaskFound`: it was not accepted, but a response has the id of a task that may be its own;
 * - `Replayed`: it was rejected with code 4500, which can be the response to a retry.
 *
 * @category model
 * @since 0.1.0
 */
export type DoubtReason =
  | { readonly _tag: 'NoResponseYet' }
  | { readonly _tag: 'MissingInResponse' }
  | { readonly _tag: 'SubmissionFailed' }
  | { readonly _tag: 'TaskFound' }
  | { readonly _tag: 'Replayed' }

/**
 * The outcome of one resource.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceOutcome<Extra = JsonRecord> =
  ResourceAccepted<Extra> | ResourceRejected | ResourceInDoubt | ResourceNotSubmitted

/**
 * Why nothing more is submitted:
 * - `Waiting`: more may be submitted; appears only in snapshots and after `reconcile`;
 * - `Settled`: no resource is left that another submission can help;
 * - `NothingToSubmit`: no resource was requested. This is no success;
 * - `PolicyGaveUp`: the policy gave up;
 * - `TimedOut`: the timeout has passed, or would pass before the next submission;
 * - `Aborted`: the signal was aborted, a callback or a policy threw, or an option or the input is invalid;
 * - `SubmissionFailed`: a submission failed with an error after which others would fail, too: see `isFatal`.
 *
 * @category model
 * @since 0.1.0
 */
export type StopReason =
  | { readonly _tag: 'Waiting' }
  | { readonly _tag: 'Settled' }
  | { readonly _tag: 'NothingToSubmit' }
  | { readonly _tag: 'PolicyGaveUp' }
  | TimedOut
  | Aborted
  | { readonly _tag: 'SubmissionFailed'; readonly error: SubmissionError }

/**
 * A submission that has no valid response, or was rejected as a whole.
 *
 * @category model
 * @since 0.1.0
 */
export interface FailedSubmission {
  readonly resourceIds: ReadonlyNonEmptyArray<ResourceId>
  readonly error: SubmissionError
}

/**
 * What was requested and what came of it: plain data that can be stored or sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmissionResult<Extra = JsonRecord> extends SubmissionHistory<Extra> {
  readonly _tag: 'SubmissionResult'
  /** One for each requested resource, in the order of the request. */
  readonly resources: ReadonlyArray<ResourceOutcome<Extra>>
}

/**
 * What the result of a submission and that of a job have in common.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmissionHistory<Extra = JsonRecord> {
  readonly end: StopReason
  /** How many submissions were made. In a snapshot this includes those without a response yet. */
  readonly submissions: number
  /** The submissions that failed as a whole, oldest first. */
  readonly failures: ReadonlyArray<FailedSubmission>
  /** Entries of resources that the submission did not name: a task may be running for them. */
  readonly unrequested: ReadonlyArray<BatchEntry<Extra>>
  /** The other task ids: those in responses that belong to no known resource, and second tasks of accepted resources. */
  readonly recovered: ReadonlyArray<RecoveredTask>
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * Returns the accepted entries, to wait for. If the input is not a result, which TypeScript rules out, returns it in an array
 * that `waitForBatch` rejects.
 *
 * @example
 * import { type QueryTaskStatus, type SubmissionResult, acceptedEntries, waitForBatch } from '@task-outcome/wait'
 *
 * const waitForAccepted = (result: SubmissionResult, query: QueryTaskStatus) =>
 *   waitForBatch(acceptedEntries(result), query, { timeoutMs: 60_000 })
 *
 * @category destructors
 * @since 0.1.0
 */
export const acceptedEntries = <Extra>(
  result: SubmissionResult<Extra>,
): ReadonlyArray<AcceptedEntry<Extra>> =>
  readOrKeep(result, ({ resources }) =>
    resources.flatMap(resource => (resource._tag === 'ResourceAccepted' ? [resource.accepted] : [])),
  )

/**
 * Returns every task that may be running: those of accepted resources, of resources in doubt, and of no known resource. Takes
 * the result of a submission or of a job. Returns an input that is neither as `acceptedEntries` does.
 *
 * @example
 * import { type QueryTaskStatus, type SubmissionResult, possibleTasks, waitForBatch } from '@task-outcome/wait'
 *
 * // Also waits for the tasks of resources in doubt, if their ids are known.
 * const waitForAll = (result: SubmissionResult, query: QueryTaskStatus) =>
 *   waitForBatch(possibleTasks(result), query, { timeoutMs: 60_000 })
 *
 * @category destructors
 * @since 0.1.0
 */
export const possibleTasks = (
  result: SubmissionHistory<unknown> & {
    readonly resources: ReadonlyArray<{ readonly _tag: string; readonly resourceId: ResourceId }>
  },
): ReadonlyArray<TaskRef> =>
  readOrKeep<typeof result, TaskRef>(result, ({ resources, unrequested, recovered }) => [
    ...(resources as ReadonlyArray<AnyResource>).flatMap(({ accepted }) => accepted ?? []),
    ...(resources as ReadonlyArray<Partial<ResourceInDoubt>>).flatMap(resource => resource.recovered ?? []),
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
    t.type({ _tag: t.literal('NothingToSubmit') }),
    t.type({ _tag: t.literal('PolicyGaveUp') }),
    TimedOut,
    Aborted,
    t.type({ _tag: t.literal('SubmissionFailed'), error: SubmissionError }),
  ],
  'StopReason',
)

/** @internal */
export const failedSubmissionCodec: t.Type<FailedSubmission> = t.type(
  { resourceIds: nonEmptyArray(ResourceId), error: SubmissionError },
  'FailedSubmission',
)

const Rejected = refine(
  'Rejected',
  SubmissionError,
  error => error._tag === 'Rejected',
) as t.Type<unknown> as t.Type<Rejected>

const Rejection: t.Type<Rejection> = t.union([RejectedEntry, Rejected], 'Rejection')

const DoubtReason: t.Type<DoubtReason> = t.type(
  {
    _tag: t.keyof({
      NoResponseYet: null,
      MissingInResponse: null,
      SubmissionFailed: null,
      TaskFound: null,
      Replayed: null,
    }),
  },
  'DoubtReason',
)

const batchEntry = <Extra, Output>(
  extra: t.Type<Extra, Output>,
): t.Type<BatchEntry<Extra>, BatchEntry<Output>> =>
  t.union([acceptedEntryCodec(extra), RejectedEntry], 'BatchEntry')

/** @internal */
export const unacceptedResource: t.Type<Exclude<ResourceOutcome, ResourceAccepted>> = t.union(
  [
    t.type({
      _tag: t.literal('ResourceRejected'),
      resourceId: ResourceId,
      rejections: nonEmptyArray(Rejection),
    }),
    t.type({
      _tag: t.literal('ResourceInDoubt'),
      resourceId: ResourceId,
      reason: DoubtReason,
      rejections: t.readonlyArray(Rejection),
      recovered: t.readonlyArray(RecoveredTask),
    }),
    t.type({ _tag: t.literal('ResourceNotSubmitted'), resourceId: ResourceId }),
  ],
  'ResourceOutcome',
)

/**
 * The properties that the outcomes of all accepted resources have.
 *
 * @internal
 */
export const acceptedProps = <Extra, Output>(extra: t.Type<Extra, Output>) => ({
  resourceId: ResourceId,
  accepted: acceptedEntryCodec(extra),
  rejections: t.readonlyArray(Rejection),
})

/** @internal */
export const resourceOutcome = <Extra, Output>(
  extra: t.Type<Extra, Output>,
): t.Type<ResourceOutcome<Extra>, ResourceOutcome<Output>> =>
  t.union(
    [t.type({ _tag: t.literal('ResourceAccepted'), ...acceptedProps(extra) }), unacceptedResource],
    'ResourceOutcome',
  )

/**
 * The properties of a `SubmissionHistory`.
 *
 * @internal
 */
export const historyProps = <Extra, Output>(extra: t.Type<Extra, Output>) => ({
  end: StopReason,
  submissions: count,
  failures: t.readonlyArray(failedSubmissionCodec),
  unrequested: t.readonlyArray(batchEntry(extra)),
  recovered: t.readonlyArray(RecoveredTask),
})

/**
 * Creates the codec for the result of a submission from a codec for the extra fields of its entries. It checks what `submitAll`
 * guarantees: each resource has one outcome, with entries of that resource, and with no task that its tag excludes.
 *
 * @example
 * import * as t from 'io-ts'
 * import { submissionResultCodec } from '@task-outcome/wait'
 *
 * const SubmittedServers = submissionResultCodec(t.type({ dealId: t.string }))
 *
 * @category codecs
 * @since 0.1.0
 */
export const submissionResultCodec = <Extra, Output>(
  extra: t.Type<Extra, Output>,
): t.Type<SubmissionResult<Extra>, SubmissionResult<Output>> =>
  refine(
    'SubmissionResult',
    t.type({
      _tag: t.literal('SubmissionResult'),
      resources: t.readonlyArray(resourceOutcome(extra)),
      ...historyProps(extra),
    }),
    isConsistent,
  )

/**
 * A resource, whatever its tag is.
 *
 * @internal
 */
export interface AnyResource {
  readonly _tag: string
  readonly resourceId: ResourceId
  readonly accepted?: AcceptedEntry<unknown>
  readonly recovered?: unknown
  readonly rejections?: unknown
}

/** @internal */
export const isConsistent = ({
  resources,
  end,
}: {
  readonly resources: ReadonlyArray<AnyResource>
  readonly end: StopReason
}): boolean =>
  (resources.length === 0 ? end._tag !== 'Settled' : end._tag !== 'NothingToSubmit') &&
  new Set(resources.map(({ resourceId }) => resourceId)).size === resources.length &&
  resources.every(
    resource =>
      entriesOf(resource).every(entry => entry.resourceId === resource.resourceId) &&
      (!withoutTask.has(resource._tag) || hasNone(resource, 'accepted')) &&
      (resource._tag === 'ResourceInDoubt' || hasNone(resource, 'recovered')) &&
      (resource._tag !== 'ResourceNotSubmitted' || hasNone(resource, 'rejections')),
  )

const withoutTask = new Set(['ResourceRejected', 'ResourceInDoubt', 'ResourceNotSubmitted'])

/**
 * The entries of a resource. Members that its tag does not have can be anything: no codec has read them.
 *
 * @internal
 */
export const entriesOf = ({ accepted, rejections }: AnyResource): ReadonlyArray<BatchEntry<unknown>> =>
  [accepted, ...(Array.isArray(rejections) ? (rejections as unknown[]) : [])].filter(isEntry)

const AnyEntry = batchEntry(t.unknown)
const isEntry = (item: unknown): item is BatchEntry<unknown> => AnyEntry.is(item)

/**
 * The codec for the result of a submission. Use it to store or send one.
 *
 * @category codecs
 * @since 0.1.0
 */
export const SubmissionResult: t.Type<SubmissionResult> = submissionResultCodec(JsonRecordCodec)
