/**
 * The actions of API 3.0 that start tasks.
 *
 * @internal
 */
import type { ResourceId, TaskId } from '@task-outcome/core'
import { jsonArray } from '@task-outcome/core/json'
import type { TaskStore } from '../tasks/createTaskStore.js'
import type { EmulatedFailure } from '../tasks/EmulatedTask.js'
import type { EmulatedQuery, EmulatedResultCode, EmulatedSubmission } from './EmulatedService.js'
import type { FoundAction } from './findAction.js'
import { type Parameters, readIds, resourceIdsIn } from './parameters.js'
import { type Placed, type Refusal, isRefusal, literal, missingParameter, refusal } from './responseBodies.js'
import type { TaskIndex } from './TaskIndex.js'

/** Starts the tasks of a submission, and returns the members of the response. */
export const createSubmit =
  (store: TaskStore, index: TaskIndex) =>
  (
    { service, name: action, submission }: Extract<FoundAction, { _tag: 'Submit' }>,
    parameters: Parameters,
    requestId: string,
  ): ReadonlyArray<Placed> | Refusal => {
    const { task } = submission
    const isPerResource = task._tag === 'RequestIdPerResource'
    const resourceIds = isPerResource ? requiredIds(parameters, task.parameter) : resourceIdsIn(parameters)
    if (isRefusal(resourceIds)) return resourceIds
    const rejection = store.rejectionOf(action, resourceIds)
    if (rejection !== undefined) return rejectedMembers(submission, rejection)
    if (parameters.get('DryRun') === true)
      return refusal('DryRunOperation', 'The request would have succeeded, but the DryRun parameter is set')

    const number = store.nextId()
    const id = task._tag === 'Member' ? number : (requestId as TaskId)
    const resourcesOfTasks = isPerResource ? resourceIds.map(resourceId => [resourceId]) : [resourceIds]
    const started = store.start(
      resourcesOfTasks.map(ids => ({ id, service: service.service, action, resourceIds: ids })),
    )
    const known = index.knownTo(service, submission.query)
    for (const one of started) known.set(isPerResource ? (one.resourceIds[0] ?? '') : id, one)
    return acceptedMembers(submission, service.queries[submission.query], number)
  }

/** The vendor refuses a request as a whole if one of its resources can't be used. */
const requiredIds = (parameters: Parameters, name: string): ReadonlyArray<ResourceId> | Refusal => {
  const ids = readIds(parameters, name, name.endsWith('s') ? 'stringArray' : 'string')
  if (ids === undefined || (!isRefusal(ids) && ids.length === 0)) return missingParameter(name)
  return ids as ReadonlyArray<ResourceId> | Refusal
}

const acceptedMembers = (
  { task, idType, creates }: EmulatedSubmission,
  query: EmulatedQuery | undefined,
  number: TaskId,
): ReadonlyArray<Placed> => {
  const created: ReadonlyArray<Placed> =
    creates === undefined ? [] : [[[creates.member], jsonArray([`${creates.prefix}${number}`])]]
  if (task._tag !== 'Member') return created
  const type = idType ?? (query?.parameterType.startsWith('number') === true ? 'number' : 'string')
  return [
    ...(task.resultCode === undefined
      ? []
      : resultMembers(task.resultCode, task.resultCode.accepted[0] ?? '', '')),
    ...created,
    [task.path, type === 'number' ? literal(number) : number],
  ]
}

/** An action with a code of its own reports there what has no code of the API. */
const rejectedMembers = (
  { task }: EmulatedSubmission,
  rejection: EmulatedFailure,
): ReadonlyArray<Placed> | Refusal =>
  task._tag === 'Member' && task.resultCode !== undefined && rejection.codeDesc === undefined
    ? resultMembers(task.resultCode, String(rejection.code), rejection.message)
    : refusal(codeOf(rejection), rejection.message)

const resultMembers = (
  { path, message }: EmulatedResultCode,
  code: string,
  text: string,
): ReadonlyArray<Placed> => [[path, code], ...(message === undefined ? [] : [[message, text] as const])]

const codeOf = ({ code, codeDesc }: EmulatedFailure): string =>
  codeDesc ?? commonCodes.get(code) ?? 'FailedOperation'

/** The common codes of API 3.0 that mean what those of API 2.0 do. */
const commonCodes: ReadonlyMap<number, string> = new Map([
  [4000, 'InvalidParameter'],
  [4300, 'UnauthorizedOperation'],
  [4400, 'RequestLimitExceeded'],
  [5000, 'ResourceNotFound'],
  [5200, 'ResourceInsufficient'],
  [6000, 'InternalError'],
  [6100, 'UnsupportedOperation'],
  [6200, 'ServiceUnavailable'],
])
