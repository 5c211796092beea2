/**
 * Merges the result of a submission into what is known about each resource.
 *
 * @internal
 */
import type { BatchEntry, RecoveredTask, ResourceId, SubmissionError } from '@task-outcome/core'
import { replayedCode } from '@task-outcome/core/wire'
import type * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import { type OtherFields, newTasks, tasksInEntry, tasksInResponse } from '../result/mentionedTasks.js'
import type {
  DoubtReason,
  Rejection,
  ResourceAccepted,
  ResourceInDoubt,
  ResourceNotSubmitted,
  ResourceOutcome,
  ResourceRejected,
  SubmissionResult,
} from './SubmissionResult.js'

/** What is known between two submissions. */
export type Known<Extra> = Omit<SubmissionResult<Extra>, 'end'>

/** A response with an outcome. */
export interface BatchResponse<Extra> extends OtherFields {
  readonly entries: ReadonlyArray<BatchEntry<Extra>>
}

/** What is known before the first submission. */
export const nothingSubmitted = (resourceIds: ReadonlyArray<ResourceId>): Known<never> => ({
  _tag: 'SubmissionResult',
  resources: resourceIds.map(resourceId => ({ _tag: 'ResourceNotSubmitted', resourceId })),
  submissions: 0,
  failures: [],
  unrequested: [],
  recovered: [],
})

/** Merges the result of one submission of these resources. */
export const merge = <Extra>(
  known: Known<Extra>,
  resourceIds: ReadonlyArray<ResourceId>,
  result: E.Either<SubmissionError, BatchResponse<Extra>>,
): Known<Extra> => {
  const counted = { ...known, submissions: known.submissions + 1 }
  return result._tag === 'Right'
    ? mergeResponse(counted, new Set(resourceIds), result.right)
    : mergeError(counted, resourceIds, result.left)
}

/** A requested resource without an entry is in doubt. One that is both accepted and rejected is accepted. */
const mergeResponse = <Extra>(
  known: Known<Extra>,
  requested: ReadonlySet<ResourceId>,
  response: BatchResponse<Extra>,
): Known<Extra> => {
  const { entries } = response
  const byId = grouped(entries)
  const recovered: RecoveredTask[] = []
  const next = (resource: Unaccepted): ResourceOutcome<Extra> => {
    const { resourceId } = resource
    const own = requested.has(resourceId) ? byId.get(resourceId) : undefined
    if (own === undefined) return resource
    const rejected = withRejections(
      resource,
      own.filter(entry => entry._tag === 'RejectedEntry'),
    )
    const [accepted, ...others] = own.filter(entry => entry._tag === 'AcceptedEntry')
    if (accepted === undefined) return rejected
    const tasks = [...others.map(taskOf), ...tasksOf(resource)]
    recovered.push(...tasks.filter(({ taskId }) => taskId !== accepted.taskId))
    return { _tag: 'ResourceAccepted', resourceId, accepted, rejections: rejectionsOf(rejected) }
  }
  const merged = {
    ...known,
    resources: mapUnaccepted(next)(known.resources),
    unrequested: [...known.unrequested, ...entries.filter(({ resourceId }) => !requested.has(resourceId))],
    recovered: [...known.recovered, ...recovered],
  }
  const missing = [...requested].filter(resourceId => !byId.has(resourceId))
  return doubtRejections(merged, response, new Map(missing.map(because('MissingInResponse'))))
}

const mergeError = <Extra>(
  known: Known<Extra>,
  resourceIds: ReadonlyArray<ResourceId>,
  error: SubmissionError,
): Known<Extra> => {
  const started = mayHaveStarted(error)
  const requested = new Set(started || error._tag !== 'Rejected' ? [] : resourceIds)
  const failure = isNonEmpty(resourceIds) ? [{ resourceIds, error }] : []
  return doubt(
    {
      ...known,
      resources: mapUnaccepted<Extra>(resource =>
        requested.has(resource.resourceId) ? withRejections(resource, [error as Rejection]) : resource,
      )(known.resources),
      failures: [...known.failures, ...failure],
      recovered: [...known.recovered, ...tasksInError(error)],
    },
    new Map(started ? resourceIds.map(because('SubmissionFailed')) : []),
  )
}

const because =
  (_tag: DoubtReason['_tag']) =>
  (resourceId: ResourceId): readonly [ResourceId, DoubtReason] => [resourceId, { _tag }]

/**
 * Marks as in doubt the resources in `reasons`, and those whose rejection does not prove that nothing was started: it has code
 * 4500, or its entry holds the id of a task, or the response holds one that belongs to no resource. Keeps all these ids.
 */
export const doubtRejections = <Extra>(
  known: Known<Extra>,
  { entries, ...fields }: BatchResponse<unknown>,
  reasons: ReadonlyMap<ResourceId, DoubtReason>,
): Known<Extra> => {
  const accepted = new Set(entries.map(entry => (entry._tag === 'AcceptedEntry' ? entry.taskId : undefined)))
  const inEntries = entries.map(entry => ({ entry, tasks: tasksInEntry(entry) }))
  const inFields = tasksInResponse(fields).filter(task => hasResource(task) || !accepted.has(task.taskId))
  const isOpen = inFields.some(isOfNone([known.resources, entries]))
  const doubtful = inEntries.flatMap(({ entry, tasks }) => {
    if (entry._tag === 'AcceptedEntry') return []
    if (isOpen || tasks.length > 0) return [because('TaskFound')(entry.resourceId)]
    return entry.code === replayedCode ? [because('Replayed')(entry.resourceId)] : []
  })
  return doubt(
    withTasks(known, [...inEntries.flatMap(({ tasks }) => tasks), ...inFields]),
    new Map([...reasons, ...doubtful]),
  )
}

/** Whether a task belongs to none of the resources. Few responses have such tasks. */
const isOfNone =
  (lists: ReadonlyArray<ReadonlyArray<OfResource>>) =>
  (task: RecoveredTask): boolean =>
    !lists.some(list => list.some(({ resourceId }) => resourceId === task.resourceId))

/** Adds tasks to `recovered` that are not known yet: an entry of stored data was read before. */
export const withTasks = <Extra>(known: Known<Extra>, tasks: ReadonlyArray<RecoveredTask>): Known<Extra> => {
  if (tasks.length === 0) return known
  const { resources, recovered } = known
  const all = [...resources.flatMap(tasksOf), ...recovered]
  return { ...known, recovered: [...recovered, ...newTasks(all, tasks)] }
}

/** The tasks that are known for a resource. */
export const tasksOf = (resource: ResourceOutcome<unknown>): ReadonlyArray<RecoveredTask> => {
  switch (resource._tag) {
    case 'ResourceAccepted':
      return [taskOf(resource.accepted)]
    case 'ResourceInDoubt':
      return resource.recovered
    default:
      return []
  }
}

/** The rejections of a resource, oldest first. */
export const rejectionsOf = (resource: ResourceOutcome<unknown>): ReadonlyArray<Rejection> =>
  resource._tag === 'ResourceNotSubmitted' ? [] : resource.rejections

/**
 * Marks as in doubt the resources in `reasons` that are not accepted, and those for which the id of a task is known, whatever
 * code it has. Moves ids in `recovered` to the resource in doubt that they name.
 */
export const doubt = <Extra>(
  known: Known<Extra>,
  reasons: ReadonlyMap<ResourceId, DoubtReason>,
): Known<Extra> => {
  const unrequested = known.unrequested.flatMap(entry =>
    entry._tag === 'AcceptedEntry' ? [taskOf(entry)] : [],
  )
  const byId = grouped([...unrequested, ...known.recovered.filter(hasResource)])
  if (reasons.size === 0 && byId.size === 0) return known
  const moved = new Set<RecoveredTask>()
  const next = (resource: Unaccepted): ResourceOutcome<Extra> => {
    const { resourceId } = resource
    const found = byId.get(resourceId) ?? []
    const reason = reasons.get(resourceId)
    if (reason === undefined && found.length === 0) return resource
    for (const task of found) moved.add(task)
    return {
      _tag: 'ResourceInDoubt',
      resourceId,
      reason: resource._tag === 'ResourceInDoubt' ? resource.reason : (reason ?? { _tag: 'TaskFound' }),
      rejections: rejectionsOf(resource),
      recovered: [...tasksOf(resource), ...newTasks(tasksOf(resource), found)],
    }
  }
  const resources = mapUnaccepted(next)(known.resources)
  return { ...known, resources, recovered: known.recovered.filter(task => !moved.has(task)) }
}

/**
 * Marks as in doubt the resources that are being submitted, for a snapshot: if the process ends now, their responses are lost.
 */
export const doubtInFlight = <Extra>(
  known: Known<Extra>,
  resourceIds: ReadonlyArray<ResourceId>,
): Known<Extra> =>
  resourceIds.length === 0 ? known : doubt(known, new Map(resourceIds.map(because('NoResponseYet'))))

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

type Unaccepted = ResourceNotSubmitted | ResourceRejected | ResourceInDoubt

const mapUnaccepted =
  <Extra>(next: (resource: Unaccepted) => ResourceOutcome<Extra>) =>
  (resources: ReadonlyArray<ResourceOutcome<Extra>>): ReadonlyArray<ResourceOutcome<Extra>> =>
    resources.map(resource => (isAccepted(resource) ? resource : next(resource)))

const isAccepted = <Extra>(resource: ResourceOutcome<Extra>): resource is ResourceAccepted<Extra> =>
  resource._tag === 'ResourceAccepted'

/** Appends rejections; a resource in doubt stays in doubt. */
const withRejections = (resource: Unaccepted, more: ReadonlyArray<Rejection>): Unaccepted => {
  const rejections = [...rejectionsOf(resource), ...more]
  const { resourceId } = resource
  if (resource._tag === 'ResourceInDoubt') return { ...resource, rejections }
  return isNonEmpty(rejections) ? { _tag: 'ResourceRejected', resourceId, rejections } : resource
}

/**
 * Returns whether a task may have been started. Certainly none was if the request was not sent, or was rejected as a whole. Any
 * other error leaves it in doubt, whatever its reason. So does the id of a task, whatever code it has, and so does code 4500,
 * which can be the response to a retry by the client: "the first request most likely arrived (or the clock is off): the task
 * stays in doubt".
 */
export const mayHaveStarted = (error: SubmissionError): boolean =>
  (error._tag !== 'NotSent' && (error._tag !== 'Rejected' || error.code === replayedCode)) ||
  tasksInError(error).length > 0

/** Every id in an error. A decoder has put the id of a rejection in `recovered`, too; data made by hand may not. */
export const tasksInError = (error: SubmissionError): ReadonlyArray<RecoveredTask> => {
  const { recovered } = error
  if (error._tag !== 'Rejected' || error.taskId === undefined) return recovered
  const { taskId, code } = error
  return recovered.some(task => task.taskId === taskId) ? recovered : [...recovered, { taskId, code }]
}

/** Returns whether the API has rejected the resource and another submission can help. PROTOCOL.md, section 5. */
export const canHelp = (rejection: Rejection): boolean => {
  const { advice } = rejection
  if (rejection._tag === 'Rejected') return advice === 'later' || advice === 'resigned'
  return advice === 'later' || advice === 'resigned' || advice === 'rejectedOnly'
}
