/**
 * What the result of a submission means for its record.
 *
 * @internal
 */
import { type BatchOutcome, type SubmissionError, recoverFromBody } from '@task-outcome/core'
import { clientFailed } from '@task-outcome/core/adapter'
import { acceptedEntries, reconcile } from '@task-outcome/wait'
import * as E from 'fp-ts/lib/Either.js'
import { readablePart, storable } from '../record/storable.js'
import type { TaskIdentity } from '../record/TrackedTask.js'
import { SubmitResult } from './Submission.js'

export interface Judged {
  readonly state: 'Accepted' | 'Rejected' | 'NotSent' | 'InDoubt'
  readonly result: SubmitResult
  /** The tasks to follow. */
  readonly tasks: ReadonlyArray<TaskIdentity>
}

/**
 * Runs a submission of the caller, whatever it does, and returns its result as it can be stored. What it throws, and a result that
 * can't be stored, leave open what was started; ids in the latter are kept.
 */
export const runSubmit = async (submit: () => Promise<unknown>): Promise<SubmitResult> => {
  let result: unknown
  try {
    result = await submit()
  } catch (thrown) {
    return E.left({ _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] })
  }
  return storable(SubmitResult, result)?.value ?? E.left(unreadable(result))
}

/** The result of a submission that was not sent, because the time for sending it is over. */
export const sentTooLate = (timeoutMs: number): SubmitResult =>
  E.left({ _tag: 'NotSent', reason: { _tag: 'TimedOut', timeoutMs }, recovered: [] })

const unreadable = (result: unknown): SubmissionError => {
  const reason = { _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_SUBMIT_RESULT' } as const
  try {
    const recovered = recoverFromBody(JSON.stringify(readablePart(result)))
    return { _tag: 'DeliveryUnknown', reason, recovered }
  } catch {
    return { _tag: 'DeliveryUnknown', reason, recovered: [] }
  }
}

export const judge = (resourceIds: ReadonlyArray<string>, result: SubmitResult): Judged => {
  if (E.isLeft(result)) return { state: stateOfError(result.left), result, tasks: [] }
  const outcome = result.right
  if (outcome._tag === 'AcceptedTask') {
    const identity = { taskId: outcome.taskId, resourceIds: resourceIds as TaskIdentity['resourceIds'] }
    return { state: 'Accepted', result, tasks: [identity] }
  }
  return { ...judgeBatch(resourceIds, outcome), result }
}

/** Accepted entries of resources that were not requested are tasks, too. */
const judgeBatch = (resourceIds: ReadonlyArray<string>, outcome: BatchOutcome): Omit<Judged, 'result'> => {
  const known = reconcile(resourceIds.length > 0 ? resourceIds : resourcesOf(outcome), E.right(outcome))
  const unrequested = known.unrequested.filter(entry => entry._tag === 'AcceptedEntry')
  const tasks = [...acceptedEntries(known), ...unrequested].map(({ taskId, resourceId }) => ({
    taskId,
    resourceIds: [resourceId],
  }))
  const isOpen = known.recovered.length > 0 || known.resources.some(({ _tag }) => _tag === 'ResourceInDoubt')
  return { state: isOpen ? 'InDoubt' : tasks.length > 0 ? 'Accepted' : 'Rejected', tasks }
}

const resourcesOf = (outcome: BatchOutcome): ReadonlyArray<string> => [
  ...(outcome._tag === 'AllRejected' ? [] : outcome.accepted.map(({ resourceId }) => resourceId)),
  ...(outcome._tag === 'AllAccepted' ? [] : outcome.rejected.map(({ resourceId }) => resourceId)),
]

/** An error means the same for each resource, and for a submission without any. */
const stateOfError = (error: SubmissionError): Judged['state'] => {
  const [resource] = reconcile([''], E.left(error)).resources
  switch (resource?._tag) {
    case 'ResourceRejected':
      return 'Rejected'
    case 'ResourceNotSubmitted':
      return 'NotSent'
    default:
      return 'InDoubt'
  }
}
