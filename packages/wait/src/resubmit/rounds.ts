/**
 * What each round says about each resource.
 *
 * @internal
 */
import {
  type BatchEntry,
  type BatchOutcome,
  type RecoveredTask,
  type ResourceId,
  type SubmissionError,
  entries,
} from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { ResourceOutcome, ResourceRejected, Resubmission } from './Resubmission.js'

/** What is known between two rounds. */
export type Unended<Extra> = Omit<Resubmission<Extra>, 'end'>

/** What is known before the first round: from an outcome, or from rounds that were made before. */
export const beginWith = <Extra>(
  from: BatchOutcome<unknown, Extra> | Resubmission<Extra>,
): Unended<Extra> => {
  if (from._tag !== 'Resubmission') return beginWithOutcome(from)
  const { end: _, ...all } = from
  return all
}

const beginWithOutcome = <Extra>(outcome: BatchOutcome<unknown, Extra>): Unended<Extra> => ({
  _tag: 'Resubmission',
  resources: RNEA.map((entry: BatchEntry<Extra>): ResourceOutcome<Extra> => {
    const { resourceId } = entry
    return entry._tag === 'AcceptedEntry'
      ? { _tag: 'ResourceAccepted', resourceId, accepted: entry, rejections: [] }
      : { _tag: 'ResourceRejected', resourceId, rejections: [entry] }
  })(entries(outcome)),
  rounds: 0,
  unasked: [],
  recovered: [],
})

/** The next state of things, after the resources in `asked` were submitted. */
export const merge = <Extra>(
  all: Unended<Extra>,
  asked: ReadonlySet<ResourceId>,
  answer: E.Either<SubmissionError, BatchOutcome<unknown, Extra>>,
): Unended<Extra> => {
  const next = { ...all, rounds: all.rounds + 1 }
  if (E.isRight(answer)) return mergeEntries(next, asked, entries(answer.right))
  const { recovered } = answer.left
  return nothingStarted(answer.left)
    ? { ...next, recovered: [...all.recovered, ...recovered] }
    : mergeDoubt(next, asked, recovered)
}

const mergeEntries = <Extra>(
  all: Unended<Extra>,
  asked: ReadonlySet<ResourceId>,
  answered: ReadonlyArray<BatchEntry<Extra>>,
): Unended<Extra> => {
  const byId = new Map(answered.map(entry => [entry.resourceId, entry]))
  const next = (resource: ResourceRejected): ResourceOutcome<Extra> => {
    const { resourceId, rejections } = resource
    const entry = byId.get(resourceId)
    if (entry === undefined) return asked.has(resourceId) ? inDoubt(resource, []) : resource
    if (entry._tag === 'RejectedEntry')
      return asked.has(resourceId) ? { ...resource, rejections: RA.append(entry)(rejections) } : resource
    // Nobody asked, and yet a task was started: it must not be started a second time.
    if (!asked.has(resourceId)) return inDoubt(resource, [{ taskId: entry.taskId, resourceId, code: 0 }])
    return { _tag: 'ResourceAccepted', resourceId, accepted: entry, rejections }
  }
  return {
    ...all,
    resources: mapRejected(next)(all.resources),
    unasked: [...all.unasked, ...answered.filter(({ resourceId }) => !asked.has(resourceId))],
  }
}

const mergeDoubt = <Extra>(
  all: Unended<Extra>,
  asked: ReadonlySet<ResourceId>,
  recovered: ReadonlyArray<RecoveredTask>,
): Unended<Extra> => {
  const others: RecoveredTask[] = []
  const byId = new Map([...asked].map(resourceId => [resourceId, [] as RecoveredTask[]]))
  for (const task of recovered)
    ((task.resourceId === undefined ? undefined : byId.get(task.resourceId)) ?? others).push(task)
  const next = (resource: ResourceRejected): ResourceOutcome<Extra> => {
    const found = byId.get(resource.resourceId)
    return found === undefined ? resource : inDoubt(resource, found)
  }
  return { ...all, resources: mapRejected(next)(all.resources), recovered: [...all.recovered, ...others] }
}

const mapRejected = <Extra>(
  next: (resource: ResourceRejected) => ResourceOutcome<Extra>,
): ((
  resources: RNEA.ReadonlyNonEmptyArray<ResourceOutcome<Extra>>,
) => RNEA.ReadonlyNonEmptyArray<ResourceOutcome<Extra>>) =>
  RNEA.map(resource => (resource._tag === 'ResourceRejected' ? next(resource) : resource))

const inDoubt = (
  { resourceId, rejections }: ResourceRejected,
  recovered: ReadonlyArray<RecoveredTask>,
): ResourceOutcome<never> => ({ _tag: 'ResourceInDoubt', resourceId, rejections, recovered })

/**
 * Nothing was started, for sure: the request never left, or it was refused as a whole. But 4500 can be the answer to a
 * re-send that a client has made on its own: "the first most likely arrived (or the clock is off): the task stays in doubt".
 */
const nothingStarted = (error: SubmissionError): boolean =>
  error._tag === 'NotSent' ||
  (error._tag === 'Rejected' &&
    error.code !== replayed &&
    error.recovered.every(({ code }) => code !== undefined && code !== 0))

const replayed = 4500

/** Nothing was started, and a later submission can help. PROTOCOL.md, sections 5 and 6. */
export const canSubmitAgain = (error: SubmissionError): boolean =>
  nothingStarted(error) &&
  (error._tag !== 'Rejected' || error.advice === 'later' || error.advice === 'signedAnew')
