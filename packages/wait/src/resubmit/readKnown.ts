/**
 * Reads what is known before the first round, from an outcome or an earlier resubmission.
 *
 * @internal
 */
import { type BatchEntry, RecoveredTask, type ResourceId } from '@task-outcome/core'
import { clientFailed } from '@task-outcome/core/adapter'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as t from 'io-ts'
import { count } from '../result/count.js'
import { describe } from '../result/describe.js'
import { isOutcomeTag, readEntries, readItems } from './readEntries.js'
import { type ResourceOutcome, batchEntry, entriesOf, resourceOutcome } from './Resubmission.js'
import { type ResubmissionState, doubtRejections, tasksOf } from './rounds.js'

export interface Known<Extra> {
  /** Everything that could be read; without resources if none could be. */
  readonly all: ResubmissionState<Extra>
  /** The first thing that could not be read; absent if everything could be. */
  readonly issue?: string
}

/** Reads a caller's input, which can be anything in untyped code. */
export const readKnown = <Extra>(from: unknown): Known<Extra> => {
  try {
    return readObject(from)
  } catch (thrown) {
    const issue = `expected plain data, but reading it threw ${clientFailed(thrown).name}`
    return {
      all: settle({ resources: [], unrequested: [], recovered: [], rounds: 0, extra: undefined }),
      issue,
    }
  }
}

const readObject = <Extra>(from: unknown): Known<Extra> => {
  const object = typeof from === 'object' && from !== null ? (from as Readonly<Record<string, unknown>>) : {}
  const { _tag, rounds } = object
  const resources = readItems('resources', object.resources, isResource<Extra>)
  const unrequested = readItems('unrequested', object.unrequested, isEntry<Extra>)
  const recovered = readItems('recovered', object.recovered, RecoveredTask.is)
  const entries = readEntries<Extra>(object)
  const all = settle<Extra>({
    resources: [...resources.items, ...entries.items.map(resourceOf)],
    unrequested: unrequested.items,
    recovered: recovered.items,
    rounds: count.is(rounds) ? rounds : 0,
    extra: object.extra,
  })
  const issue =
    _tag === 'Resubmission'
      ? (resources.issue ?? unrequested.issue ?? recovered.issue ?? issueOfNone(resources.items))
      : isOutcomeTag(_tag)
        ? entries.issue
        : `expected a BatchOutcome or a Resubmission, found ${describe(from)}`
  return issue === undefined ? { all } : { all, issue }
}

const issueOfNone = (resources: ReadonlyArray<unknown>): string | undefined =>
  resources.length > 0 ? undefined : 'resources: expected at least one resource, found none'

const AnyResource = resourceOutcome(t.unknown)
const isResource = <Extra>(item: unknown): item is ResourceOutcome<Extra> => AnyResource.is(item)

const AnyEntry = batchEntry(t.unknown)
const isEntry = <Extra>(item: unknown): item is BatchEntry<Extra> => AnyEntry.is(item)

const resourceOf = <Extra>(entry: BatchEntry<Extra>): ResourceOutcome<Extra> => {
  const { resourceId } = entry
  return entry._tag === 'AcceptedEntry'
    ? { _tag: 'ResourceAccepted', resourceId, accepted: entry, rejections: [] }
    : { _tag: 'ResourceRejected', resourceId, rejections: [entry] }
}

/** What was read. A resource may occur more than once. */
interface Unsettled<Extra> extends Omit<ResubmissionState<Extra>, '_tag' | 'resources'> {
  readonly resources: ReadonlyArray<ResourceOutcome<Extra>>
  /** The extra fields of an outcome. */
  readonly extra: unknown
}

/**
 * Merges the outcomes of each resource into one. A resource that is accepted or in doubt anywhere is never rejected. Task ids
 * that don't fit into it go to `recovered`.
 */
const settle = <Extra>({
  resources,
  unrequested,
  recovered,
  rounds,
  extra,
}: Unsettled<Extra>): ResubmissionState<Extra> => {
  const byId = new Map<ResourceId, ResourceOutcome<Extra>>()
  const others: RecoveredTask[] = []
  for (const resource of resources) {
    const known = byId.get(resource.resourceId)
    byId.set(resource.resourceId, known === undefined ? resource : combine(known, resource, others))
    others.push(...tasksOf(resource).filter(task => namesAnother(task, resource.resourceId)))
  }
  const settled = [...byId.values()]
  const rest = { _tag: 'Resubmission', rounds, unrequested, recovered: [...recovered, ...others] } as const
  // Only untyped input has no resources.
  return isNonEmpty(settled)
    ? doubtRejections(
        { ...rest, resources: settled },
        { entries: [...resources.flatMap(entriesOf), ...unrequested], extra },
      )
    : { ...rest, resources: [] as never }
}

const namesAnother = (task: RecoveredTask, resourceId: ResourceId): boolean =>
  task.resourceId !== undefined && task.resourceId !== resourceId

/** Merges two outcomes of a resource: accepted wins over in doubt, and in doubt over rejected. */
const combine = <Extra>(
  one: ResourceOutcome<Extra>,
  other: ResourceOutcome<Extra>,
  others: RecoveredTask[],
): ResourceOutcome<Extra> => {
  if (one._tag !== 'ResourceAccepted') {
    if (other._tag === 'ResourceAccepted') return combine(other, one, others)
    const rejections = RNEA.concat(other.rejections)(one.rejections)
    const { resourceId } = one
    return one._tag === 'ResourceRejected' && other._tag === 'ResourceRejected'
      ? { ...one, rejections }
      : { _tag: 'ResourceInDoubt', resourceId, rejections, recovered: [...tasksOf(one), ...tasksOf(other)] }
  }
  others.push(...tasksOf(other).filter(({ taskId }) => taskId !== one.accepted.taskId))
  return { ...one, rejections: [...one.rejections, ...other.rejections] }
}
