/**
 * Reads a stored job, which can be anything in untyped code.
 *
 * @internal
 */
import * as t from 'io-ts'
import { attempt } from '../result/attempt.js'
import { describe } from '../result/describe.js'
import { type Ended, type EntryName, type TaskFates, endOf, nameOf } from '../submission/FollowedTasks.js'
import { nothingSubmitted } from '../submission/merge.js'
import { type ReadResult, readResult } from '../submission/readResult.js'
import type { ResourceOutcome } from '../submission/SubmissionResult.js'
import { type ResourceFate, resourceFate } from './JobResult.js'

export interface ReadJob<Output, Data, Extra> extends ReadResult<Extra> {
  /** How tasks have ended. */
  readonly fates: TaskFates<Output, Data>
}

/** Reads a caller's input: a job, or a submission whose tasks are not followed yet. */
export const readJob = <Output, Data, Extra>(from: unknown): ReadJob<Output, Data, Extra> =>
  attempt<ReadJob<Output, Data, Extra>>(
    () => readObject(from),
    issue => ({ known: nothingSubmitted([]), fates: new Map(), issue }),
  )

const readObject = <Output, Data, Extra>(from: unknown): ReadJob<Output, Data, Extra> => {
  const fates = new Map<EntryName, Ended<Output, Data>>()
  const object = typeof from === 'object' && from !== null ? (from as Readonly<Record<string, unknown>>) : {}
  const { _tag, resources } = object
  const isJob = _tag === 'JobResult'
  const read = readResult<Extra>({
    ...object,
    _tag: isJob ? 'SubmissionResult' : _tag,
    resources: Array.isArray(resources) ? resources.map(outcomeOf(fates)) : resources,
  })
  if (isJob || _tag === 'SubmissionResult') return { ...read, fates }
  return { ...read, fates, issue: `expected a JobResult, found ${describe(from)}` }
}

const AnyFate = resourceFate({ output: t.unknown, data: t.unknown, extra: t.unknown })
const isFate = <Output, Data, Extra>(item: unknown): item is ResourceFate<Output, Data, Extra> =>
  AnyFate.is(item)

/** Takes the end of a task from the fate of a resource. Leaves anything else as it is. */
const outcomeOf =
  <Output, Data>(fates: Map<EntryName, Ended<Output, Data>>) =>
  (item: unknown): unknown => {
    if (!isFate<Output, Data, unknown>(item) || !hasTask(item)) return item
    const { resourceId, accepted, rejections } = item
    if (item._tag !== 'ResourcePending') fates.set(nameOf(accepted), endOf(item))
    const outcome: ResourceOutcome<unknown> = { _tag: 'ResourceAccepted', resourceId, accepted, rejections }
    return outcome
  }

/** By its tag: any other resource can have a member `accepted` that no codec has read. */
const hasTask = <Output, Data, Extra>(
  fate: ResourceFate<Output, Data, Extra>,
): fate is Extract<typeof fate, { readonly accepted: unknown }> =>
  fate._tag === 'ResourceSucceeded' || fate._tag === 'ResourceFailed' || fate._tag === 'ResourcePending'
