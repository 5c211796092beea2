/**
 * Merges the results of a round into what is known about each resource.
 *
 * @internal
 */
import type { BatchEntry, RecoveredTask, ResourceId, SubmissionError } from '@task-outcome/core'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { ResourceOutcome, ResourceRejected, Resubmission } from './Resubmission.js'

/** What is known between two rounds. */
export type ResubmissionState<Extra> = Omit<Resubmission<Extra>, 'end'>

/**
 * Merges the entries of a response after the resources in `requested` were submitted. A requested resource without an entry is in
 * doubt. One that is both accepted and rejected is accepted.
 */
export const mergeEntries = <Extra>(
  all: ResubmissionState<Extra>,
  requested: ReadonlySet<ResourceId>,
  entries: ReadonlyArray<BatchEntry<Extra>>,
): ResubmissionState<Extra> => {
  const byId = grouped(entries)
  const recovered: RecoveredTask[] = []
  const next = (resource: ResourceRejected): ResourceOutcome<Extra> => {
    const { resourceId } = resource
    const own = requested.has(resourceId) ? (byId.get(resourceId) ?? []) : []
    const [accepted, ...others] = own.filter(entry => entry._tag === 'AcceptedEntry')
    const rejections = RNEA.concat(own.filter(entry => entry._tag === 'RejectedEntry'))(resource.rejections)
    if (accepted === undefined) return { ...resource, rejections }
    recovered.push(...others.filter(({ taskId }) => taskId !== accepted.taskId).map(taskOf))
    return { _tag: 'ResourceAccepted', resourceId, accepted, rejections }
  }
  return doubt(
    {
      ...all,
      rounds: all.rounds + 1,
      resources: mapRejected(next)(all.resources),
      unrequested: [...all.unrequested, ...entries.filter(({ resourceId }) => !requested.has(resourceId))],
      recovered: [...all.recovered, ...recovered],
    },
    new Set([...requested].filter(resourceId => !byId.has(resourceId))),
  )
}

/** Merges an error after the resources in `requested` were submitted. */
export const mergeError = <Extra>(
  all: ResubmissionState<Extra>,
  requested: ReadonlySet<ResourceId>,
  error: SubmissionError,
): ResubmissionState<Extra> =>
  doubt(
    { ...all, rounds: all.rounds + 1, recovered: [...all.recovered, ...error.recovered] },
    nothingStarted(error) ? new Set() : requested,
  )

/**
 * Marks as in doubt the rejected resources in `requested`, and rejected resources for which a known task may be running. Moves ids
 * in `recovered` to the resource that they name.
 */
export const doubt = <Extra>(
  all: ResubmissionState<Extra>,
  requested: ReadonlySet<ResourceId>,
): ResubmissionState<Extra> => {
  const unrequested = all.unrequested.flatMap(entry =>
    entry._tag === 'AcceptedEntry' ? [taskOf(entry)] : [],
  )
  const byId = grouped([...unrequested, ...all.recovered.filter(hasResource)])
  const moved = new Set<RecoveredTask>()
  const next = (resource: ResourceRejected): ResourceOutcome<Extra> => {
    const { resourceId, rejections } = resource
    const recovered = byId.get(resourceId) ?? []
    if (!requested.has(resourceId) && !recovered.some(mayRun)) return resource
    for (const task of recovered) moved.add(task)
    return { _tag: 'ResourceInDoubt', resourceId, rejections, recovered }
  }
  const resources = mapRejected(next)(all.resources)
  return { ...all, resources, recovered: all.recovered.filter(task => !moved.has(task)) }
}

/** Returns whether the task may be running: no code says that it was rejected. */
const mayRun = ({ code }: RecoveredTask): boolean => code === undefined || code === 0

interface OfResource {
  readonly resourceId: ResourceId
}

const hasResource = (task: RecoveredTask): task is RecoveredTask & OfResource => task.resourceId !== undefined

const grouped = <A extends OfResource>(
  items: ReadonlyArray<A>,
): ReadonlyMap<ResourceId, ReadonlyArray<A>> => {
  const byId = new Map<ResourceId, A[]>()
  for (const item of items) {
    const known = byId.get(item.resourceId)
    if (known === undefined) byId.set(item.resourceId, [item])
    else known.push(item)
  }
  return byId
}

/** Converts an accepted entry to a recovered task. */
export const taskOf = ({
  taskId,
  resourceId,
}: Pick<Required<RecoveredTask>, 'taskId' | 'resourceId'>): RecoveredTask & OfResource => ({
  taskId,
  resourceId,
  code: 0,
})

const mapRejected = <Extra>(
  next: (resource: ResourceRejected) => ResourceOutcome<Extra>,
): ((
  resources: RNEA.ReadonlyNonEmptyArray<ResourceOutcome<Extra>>,
) => RNEA.ReadonlyNonEmptyArray<ResourceOutcome<Extra>>) =>
  RNEA.map(resource => (resource._tag === 'ResourceRejected' ? next(resource) : resource))

/**
 * Returns whether certainly nothing was started: the request was not sent, or it was rejected as a whole. Any other error leaves
 * it in doubt, whatever its reason. So do ids of tasks that may be running, and code 4500, which can be the response to a retry by
 * the client: "the first request most likely arrived (or the clock is off): the task stays in doubt".
 */
const nothingStarted = (error: SubmissionError): boolean =>
  (error._tag === 'NotSent' || (error._tag === 'Rejected' && error.code !== replayed)) &&
  !error.recovered.some(mayRun)

const replayed = 4500

/** Returns whether nothing was started and a later submission can help. PROTOCOL.md, sections 5 and 6. */
export const canSubmitAgain = (error: SubmissionError): boolean => nothingStarted(error) && canPass(error)

/** Returns whether the error can be temporary. A wrong call stays wrong. */
const canPass = (error: SubmissionError): boolean => {
  if (error._tag === 'NotSent') return error.reason._tag !== 'Misused'
  return error._tag === 'Rejected' && (error.advice === 'later' || error.advice === 'resigned')
}
