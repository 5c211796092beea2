/**
 * The result of a job: what came of each requested resource, from its submission to the end of its task.
 *
 * @since 0.1.0
 */
import {
  type AcceptedEntry,
  type Failed,
  Json,
  type JsonRecord,
  JsonRecord as JsonRecordCodec,
  type ResourceId,
  type Succeeded,
} from '@task-outcome/core'
import { refine, struct, taskEndCodec } from '@task-outcome/core/codec'
import * as t from 'io-ts'
import { type PendingReason, pendingReasonCodec } from '../result/WaitResult.js'
import {
  type Rejection,
  type ResourceInDoubt,
  type ResourceNotSubmitted,
  type ResourceRejected,
  type SubmissionHistory,
  acceptedProps,
  historyProps,
  isConsistent,
  unacceptedResource,
} from '../submission/SubmissionResult.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The task of the resource has succeeded.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceSucceeded<Output = Json, Data = Json, Extra = JsonRecord> {
  readonly _tag: 'ResourceSucceeded'
  readonly resourceId: ResourceId
  /** The entry with the task id, from the response that accepted it. */
  readonly accepted: AcceptedEntry<Extra>
  /** Its earlier rejections, oldest first. */
  readonly rejections: ReadonlyArray<Rejection>
  readonly status: Succeeded<Output, Data>
  /** When the response arrived that told the end, in milliseconds since 1970. Absent if the clock has no date. */
  readonly endedAtMs?: number
}

/**
 * The task of the resource has failed.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceFailed<Output = Json, Data = Json, Extra = JsonRecord> {
  readonly _tag: 'ResourceFailed'
  readonly resourceId: ResourceId
  /** The entry with the task id, from the response that accepted it. */
  readonly accepted: AcceptedEntry<Extra>
  /** Its earlier rejections, oldest first. */
  readonly rejections: ReadonlyArray<Rejection>
  readonly status: Failed<Output, Data>
  /** When the response arrived that told the end, in milliseconds since 1970. Absent if the clock has no date. */
  readonly endedAtMs?: number
}

/**
 * A task was started for the resource. It is not known how it ended.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourcePending<Extra = JsonRecord> {
  readonly _tag: 'ResourcePending'
  readonly resourceId: ResourceId
  /** The entry with the task id, from the response that accepted it. */
  readonly accepted: AcceptedEntry<Extra>
  /** Its earlier rejections, oldest first. */
  readonly rejections: ReadonlyArray<Rejection>
  /** Why it is not known. */
  readonly reason: PendingReason
}

/**
 * What came of one resource:
 * - `ResourceSucceeded`, `ResourceFailed`: how its task ended;
 * - `ResourcePending`: its task was started, and may be running;
 * - `ResourceInDoubt`: a task may have been started: check the resource before you submit it again;
 * - `ResourceRejected`, `ResourceNotSubmitted`: no task was started.
 *
 * @category model
 * @since 0.1.0
 */
export type ResourceFate<Output = Json, Data = Json, Extra = JsonRecord> =
  | ResourceSucceeded<Output, Data, Extra>
  | ResourceFailed<Output, Data, Extra>
  | ResourcePending<Extra>
  | ResourceInDoubt
  | ResourceRejected
  | ResourceNotSubmitted

/**
 * What came of each requested resource: plain data that can be stored or sent. To continue, pass it to `resumeJob`.
 *
 * @category model
 * @since 0.1.0
 */
export interface JobResult<Output = Json, Data = Json, Extra = JsonRecord> extends SubmissionHistory<Extra> {
  readonly _tag: 'JobResult'
  /** One for each requested resource, in the order of the request. */
  readonly resources: ReadonlyArray<ResourceFate<Output, Data, Extra>>
}

/**
 * The progress of a job in numbers of resources. Their sum is the number of requested resources.
 *
 * @category model
 * @since 0.1.0
 */
export interface JobProgress {
  readonly succeeded: number
  readonly failed: number
  /** Their tasks were started, and are not known to have ended. */
  readonly pending: number
  readonly inDoubt: number
  readonly rejected: number
  /** Those being submitted count here until their response has arrived. */
  readonly notSubmitted: number
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * Counts the resources of a job by what came of them. If the input is not a job, which TypeScript rules out, each number is `NaN`.
 *
 * @example
 * import { type JobResult, jobProgressOf } from '@task-outcome/wait'
 *
 * const allSucceeded = (job: JobResult) =>
 *   job.resources.length > 0 && jobProgressOf(job).succeeded === job.resources.length
 *
 * @category destructors
 * @since 0.1.0
 */
export const jobProgressOf = (job: JobResult<unknown, unknown, unknown>): JobProgress => {
  const of = (tag: ResourceFate['_tag']): number => {
    try {
      return job.resources.filter(({ _tag }) => _tag === tag).length
    } catch {
      return NaN
    }
  }
  return {
    succeeded: of('ResourceSucceeded'),
    failed: of('ResourceFailed'),
    pending: of('ResourcePending'),
    inDoubt: of('ResourceInDoubt'),
    rejected: of('ResourceRejected'),
    notSubmitted: of('ResourceNotSubmitted'),
  }
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

interface JobCodecs<Output, OutputO, Data, DataO, Extra, ExtraO> {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
  readonly extra: t.Type<Extra, ExtraO>
}

/** @internal */
export const resourceFate = <Output, OutputO, Data, DataO, Extra, ExtraO>({
  extra,
  ...parts
}: JobCodecs<Output, OutputO, Data, DataO, Extra, ExtraO>): t.Type<
  ResourceFate<Output, Data, Extra>,
  ResourceFate<OutputO, DataO, ExtraO>
> => {
  const accepted = acceptedProps(extra)
  const end = taskEndCodec(parts)
  const ended = (tag: 'ResourceSucceeded' | 'ResourceFailed', status: 'Succeeded' | 'Failed') =>
    refine(
      tag,
      struct(tag, { _tag: t.literal(tag), ...accepted, status: end }, { endedAtMs: t.number }),
      resource => resource.status._tag === status,
    )
  return t.union(
    [
      ended('ResourceSucceeded', 'Succeeded'),
      ended('ResourceFailed', 'Failed'),
      t.type({ _tag: t.literal('ResourcePending'), ...accepted, reason: pendingReasonCodec }),
      unacceptedResource,
    ],
    'ResourceFate',
  ) as t.Type<unknown, unknown> as t.Type<
    ResourceFate<Output, Data, Extra>,
    ResourceFate<OutputO, DataO, ExtraO>
  >
}

/**
 * Creates the codec for the result of a job from codecs for the output and data of its tasks, and for the extra fields of its
 * accepted entries. It checks what `runJob` guarantees: each resource has one fate, with entries of that resource, and with no
 * task that its tag excludes.
 *
 * @example
 * import * as t from 'io-ts'
 * import { Json, JsonRecord } from '@task-outcome/core'
 * import { jobResultCodec } from '@task-outcome/wait'
 *
 * const ImageJob = jobResultCodec({ output: Json, data: t.type({ imageId: t.string }), extra: JsonRecord })
 *
 * @category codecs
 * @since 0.1.0
 */
export const jobResultCodec = <Output, OutputO, Data, DataO, Extra, ExtraO>(codecs: {
  readonly output: t.Type<Output, OutputO>
  readonly data: t.Type<Data, DataO>
  readonly extra: t.Type<Extra, ExtraO>
}): t.Type<JobResult<Output, Data, Extra>, JobResult<OutputO, DataO, ExtraO>> =>
  refine(
    'JobResult',
    t.type({
      _tag: t.literal('JobResult'),
      resources: t.readonlyArray(resourceFate(codecs)),
      ...historyProps(codecs.extra),
    }),
    isConsistent,
  )

/**
 * The codec for the result of a job. Use it to store or send one.
 *
 * @category codecs
 * @since 0.1.0
 */
export const JobResult: t.Type<JobResult> = jobResultCodec({
  output: Json,
  data: Json,
  extra: JsonRecordCodec,
})
