/**
 * Merges the results of a round into what is known about each resource.
 *
 * @internal
 */
import type { BatchEntry, RecoveredTask, ResourceId, SubmissionError } from '@task-outcome/core'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { newTasks, tasksAnywhere, tasksInEntry } from '../result/mentionedTasks.js'
import type { ResourceOutcome, ResourceRejected, Resubmission } from './Resubmission.js'

/** What is known between two rounds. */
export type ResubmissionState<Extra> = Omit<Resubmission<Extra>, 'end'>

/** A response with an outcome. */
export interface BatchResponse<Extra> {
  readonly entries: ReadonlyArray<BatchEntry<Extra>>
  /** The extra fields of the response. */
  readonly extra: unknown
}

/**
 * Merges the entries of a response after the resources in `requested` were submitted. A requested resource without an entry is in
 * doubt. One that is both accepted and rejected is accepted.
 */
export const mergeResponse = <Extra>(
  all: ResubmissionState<Extra>,
  requested: ReadonlySet<ResourceId>,
  response: BatchResponse<Extra>,
): ResubmissionState<Extra> => {
  const { entries } = response
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
  const merged = {
    ...all,
    rounds: all.rounds + 1,
    resources: mapRejected(next)(all.resources),
    unrequested: [...all.unrequested, ...entries.filter(({ resourceId }) => !requested.has(resourceId))],
    recovered: [...all.recovered, ...recovered],
  }
  return doubtRejections(
    merged,
    response,
    [...requested].filter(resourceId => !byId.has(resourceId)),
  )
}

/** Merges an error after the resources in `requested` were submitted. */
export const mergeError = <Extra>(
  all: ResubmissionState<Extra>,
  requested: ReadonlySet<ResourceId>,
  error: SubmissionError,
): ResubmissionState<Extra> =>
  doubt(
    { ...all, rounds: all.rounds + 1, recovered: [...all.recovered, ...tasksInError(error)] },
    nothingStarted(error) ? new Set() : requested,
  )

/**
 * Marks as in doubt the rejected resources in `others`, and those whose rejection does not prove that nothing was started: it has
 * code 4500, or its entry holds the id of a task, or the response holds one that belongs to no resource. Keeps all these ids.
 */
export const doubtRejections = <Extra>(
  all: ResubmissionState<Extra>,
  { entries, extra }: BatchResponse<Extra>,
  others: ReadonlyArray<ResourceId> = [],
): ResubmissionState<Extra> => {
  const known = new Set([...all.resources, ...entries].map(({ resourceId }) => resourceId))
  const accepted = new Set(entries.map(entry => (entry._tag === 'AcceptedEntry' ? entry.taskId : undefined)))
  const inEntries = entries.map(entry => ({ entry, tasks: tasksInEntry(entry) }))
  const inExtra = tasksAnywhere(extra).filter(task => hasResource(task) || !accepted.has(task.taskId))
  const isOpen = inExtra.some(task => !hasResource(task) || !known.has(task.resourceId))
  const doubtful = inEntries.filter(
    ({ entry, tasks }) =>
      entry._tag === 'RejectedEntry' && (isOpen || entry.code === replayed || tasks.length > 0),
  )
  return doubt(
    withTasks(all, [...inEntries.flatMap(({ tasks }) => tasks), ...inExtra]),
    new Set([...others, ...doubtful.map(({ entry }) => entry.resourceId)]),
  )
}

/** Adds tasks to `recovered` that are not known yet: an entry of stored data was read before. */
const withTasks = <Extra>(
  all: ResubmissionState<Extra>,
  tasks: ReadonlyArray<RecoveredTask>,
): ResubmissionState<Extra> => {
  const { resources, recovered } = all
  const known = [...resources.flatMap(tasksOf), ...recovered]
  return { ...all, recovered: [...recovered, ...newTasks(known, tasks)] }
}

/** The tasks that are known for a resource. */
export const tasksOf = (resource: ResourceOutcome<unknown>): ReadonlyArray<RecoveredTask> => {
  switch (resource._tag) {
    case 'ResourceAccepted':
      return [taskOf(resource.accepted)]
    case 'ResourceInDoubt':
      return resource.recovered
    case 'ResourceRejected':
      return []
  }
}

/**
 * Marks as in doubt the rejected resources in `requested`, and rejected resources for which the id of a task is known, whatever
 * code it has. Moves ids in `recovered` to the resource that they name.
 */
const doubt = <Extra>(
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
    if (!requested.has(resourceId) && recovered.length === 0) return resource
    for (const task of recovered) moved.add(task)
    return { _tag: 'ResourceInDoubt', resourceId, rejections, recovered }
  }
  const resources = mapRejected(next)(all.resources)
  return { ...all, resources, recovered: all.recovered.filter(task => !moved.has(task)) }
}

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
 * it in doubt, whatever its reason. So does the id of a task, whatever code it has, and so does code 4500, which can be the
 * response to a retry by the client: "the first request most likely arrived (or the clock is off): the task stays in doubt".
 */
const nothingStarted = (error: SubmissionError): boolean =>
  (error._tag === 'NotSent' || (error._tag === 'Rejected' && error.code !== replayed)) &&
  tasksInError(error).length === 0

/** Every id in an error. A decoder has put the id of a rejection in `recovered`, too; data made by hand may not. */
const tasksInError = (error: SubmissionError): ReadonlyArray<RecoveredTask> => {
  const { recovered } = error
  if (error._tag !== 'Rejected' || error.taskId === undefined) return recovered
  const { taskId, code } = error
  return recovered.some(task => task.taskId === taskId) ? recovered : [...recovered, { taskId, code }]
}

const replayed = 4500

/** Returns whether nothing was started and a later submission can help. PROTOCOL.md, sections 5 and 6. */
export const canSubmitAgain = (error: SubmissionError): boolean => nothingStarted(error) && canPass(error)

/** Returns whether the error can be temporary. A wrong call stays wrong. */
const canPass = (error: SubmissionError): boolean => {
  if (error._tag === 'NotSent') return error.reason._tag !== 'Misused'
  return error._tag === 'Rejected' && (error.advice === 'later' || error.advice === 'resigned')
}
