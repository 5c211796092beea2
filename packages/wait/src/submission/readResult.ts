/**
 * Reads a stored result of a submission, which can be anything in untyped code.
 *
 * @internal
 */
import { RecoveredTask, type BatchEntry, type ResourceId } from '@task-outcome/core'
import * as t from 'io-ts'
import { attempt } from '../result/attempt.js'
import { count } from '../result/count.js'
import { describe } from '../result/describe.js'
import {
  type Known,
  doubt,
  doubtRejections,
  mayHaveStarted,
  nothingSubmitted,
  rejectionsOf,
  taskOf,
  tasksInError,
  tasksOf,
  withTasks,
} from './merge.js'
import { readItems } from './readEntries.js'
import {
  type AnyResource,
  type DoubtReason,
  failedSubmissionCodec,
  type ResourceOutcome,
  entriesOf,
  historyProps,
  resourceOutcome,
} from './SubmissionResult.js'

export interface ReadResult<Extra> {
  /** Everything that could be read. */
  readonly known: Known<Extra>
  /** The first thing that could not be read; absent if everything could be. */
  readonly issue?: string
}

/** Reads a caller's input. */
export const readResult = <Extra>(from: unknown): ReadResult<Extra> =>
  attempt<ReadResult<Extra>>(
    () => readObject(from),
    issue => ({ known: nothingSubmitted([]), issue }),
  )

const readObject = <Extra>(from: unknown): ReadResult<Extra> => {
  const object = typeof from === 'object' && from !== null ? (from as Readonly<Record<string, unknown>>) : {}
  const { _tag, submissions } = object
  const resources = readItems('resources', object.resources, isResource<Extra>)
  const failures = readItems('failures', object.failures, failedSubmissionCodec.is)
  const unrequested = readItems('unrequested', object.unrequested, isEntry<Extra>)
  const recovered = readItems('recovered', object.recovered, RecoveredTask.is)
  const known = settle<Extra>({
    _tag: 'SubmissionResult',
    resources: resources.items,
    submissions: count.is(submissions) ? submissions : 0,
    failures: failures.items,
    unrequested: unrequested.items,
    recovered: recovered.items,
  })
  const issue =
    _tag === 'SubmissionResult'
      ? (resources.issue ??
        failures.issue ??
        unrequested.issue ??
        recovered.issue ??
        (object.resources === undefined ? 'resources: expected an array, found undefined' : undefined))
      : `expected a SubmissionResult, found ${describe(from)}`
  return issue === undefined ? { known } : { known, issue }
}

const AnyOutcome = resourceOutcome(t.unknown)
const isResource = <Extra>(item: unknown): item is ResourceOutcome<Extra> => AnyOutcome.is(item)

const AnyEntries = historyProps(t.unknown).unrequested
const isEntry = <Extra>(item: unknown): item is BatchEntry<Extra> => AnyEntries.is([item])

/**
 * Merges the outcomes of each resource into one: what was read may have a resource more than once. A resource that is accepted or
 * in doubt anywhere is not rejected. Task ids that don't fit into it go to `recovered`.
 */
const settle = <Extra>(read: Known<Extra>): Known<Extra> => {
  const byId = new Map<ResourceId, ResourceOutcome<Extra>>()
  const others: RecoveredTask[] = []
  for (const resource of read.resources) {
    const known = byId.get(resource.resourceId)
    byId.set(resource.resourceId, known === undefined ? resource : combine(known, resource, others))
    others.push(...tasksOf(resource).filter(task => namesAnother(task, resource.resourceId)))
    others.push(...strayTasks(resource))
  }
  const settled = {
    ...read,
    resources: [...byId.values()],
    recovered: [...read.recovered, ...others],
  }
  const failed = failedIn(settled)
  const entries = [...read.resources.flatMap(entriesOf), ...read.unrequested]
  return doubtRejections(
    doubt(withTasks(settled, failed.tasks), failed.reasons),
    { entries, extra: undefined },
    new Map(),
  )
}

/** What the errors in stored data say: they win over a resource that calls itself rejected, or not submitted. */
const failedIn = ({ resources, failures }: Known<unknown>) => {
  const errors = [
    ...failures,
    ...resources.flatMap(resource =>
      rejectionsOf(resource).flatMap(error =>
        error._tag === 'Rejected' ? [{ resourceIds: [resource.resourceId], error }] : [],
      ),
    ),
  ].filter(({ error }) => mayHaveStarted(error))
  const reason: DoubtReason = { _tag: 'SubmissionFailed' }
  return {
    tasks: errors.flatMap(({ error }) => tasksInError(error)),
    reasons: new Map(errors.flatMap(({ resourceIds }) => resourceIds.map(id => [id, reason] as const))),
  }
}

/** The tasks in members that the tag of a resource does not have. They put the resource in doubt. */
const strayTasks = (resource: AnyResource): ReadonlyArray<RecoveredTask> => {
  const { _tag, resourceId, recovered } = resource
  const accepted = entriesOf(resource).flatMap(entry =>
    entry._tag === 'AcceptedEntry' ? [taskOf(entry)] : [],
  )
  const tasks = [
    ...(_tag === 'ResourceAccepted' ? [] : accepted),
    ...(_tag === 'ResourceInDoubt' || !Array.isArray(recovered) ? [] : recovered.filter(RecoveredTask.is)),
  ]
  return tasks.map(task => ({ ...task, resourceId }))
}

const namesAnother = (task: RecoveredTask, resourceId: ResourceId): boolean =>
  task.resourceId !== undefined && task.resourceId !== resourceId

/** Merges two outcomes of a resource: accepted wins over in doubt, that over rejected, and that over not submitted. */
const combine = <Extra>(
  one: ResourceOutcome<Extra>,
  other: ResourceOutcome<Extra>,
  others: RecoveredTask[],
): ResourceOutcome<Extra> => {
  const [winner, loser] = certainty[one._tag] >= certainty[other._tag] ? [one, other] : [other, one]
  const rejections = [...rejectionsOf(one), ...rejectionsOf(other)]
  switch (winner._tag) {
    case 'ResourceAccepted':
      others.push(...tasksOf(loser).filter(({ taskId }) => taskId !== winner.accepted.taskId))
      return { ...winner, rejections }
    case 'ResourceInDoubt':
      return { ...winner, rejections, recovered: [...tasksOf(one), ...tasksOf(other)] }
    case 'ResourceRejected':
      return { ...winner, rejections: rejections as never } // not empty, as those of the winner are not
    case 'ResourceNotSubmitted':
      return winner
  }
}

const certainty = { ResourceAccepted: 3, ResourceInDoubt: 2, ResourceRejected: 1, ResourceNotSubmitted: 0 }
