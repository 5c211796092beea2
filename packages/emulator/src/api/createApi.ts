/**
 * The API without HTTP: takes parameters and returns a body.
 *
 * @internal
 */
import type { JsonRecord, ResourceId, TaskId } from '@task-outcome/core'
import type { BatchTaskEntry } from '@task-outcome/core/wire'
import { type Action, type BatchAction, type OrdinaryAction, type StatusAction, actions } from './Action.js'
import { type BodyFormat, acceptedBody, batchBody, refusalBody, stateBody } from './responseBodies.js'
import { resourceIdsOf } from './resourceIds.js'
import { type EmulatedFailures, type EmulatedTask, reasonFor } from './EmulatedTask.js'

export interface ApiOptions extends BodyFormat {
  readonly clock: () => number
  readonly taskDurationMs: number
  readonly rejections: EmulatedFailures
  readonly failures: EmulatedFailures
  readonly firstTaskId: bigint
  readonly refuseReplays: boolean
}

export interface Api {
  readonly respond: (method: string, parameters: Parameters) => string
  readonly tasks: ReadonlyArray<EmulatedTask>
}

type Parameters = Readonly<Record<string, string>>

export const createApi = (options: ApiOptions): Api => {
  const tasks = new Map<string, EmulatedTask>()
  const started: EmulatedTask[] = []
  const seenNonces = new Set<string>()

  const startTask = (action: string, resourceIds: ReadonlyArray<ResourceId>): EmulatedTask => {
    const id = String(options.firstTaskId + BigInt(started.length)) as TaskId
    const failure = reasonFor(options.failures, action, resourceIds)
    const endsAtMs = options.clock() + options.taskDurationMs
    const task = { id, action, resourceIds, endsAtMs, ...(failure === undefined ? {} : { failure }) }
    tasks.set(id, task)
    started.push(task)
    return task
  }

  const submit = (action: OrdinaryAction, parameters: Parameters): string => {
    const resourceIds = action.resource === undefined ? [] : resourceIdsOf(parameters, action.resource)
    if (action.resource !== undefined && resourceIds.length === 0) return missing(options, action)
    const reason = reasonFor(options.rejections, action.name, resourceIds)
    if (reason !== undefined) return refusalBody(options, reason)
    const { id } = startTask(action.name, resourceIds)
    return acceptedBody(options, action.idAt, id, created(action, id))
  }

  const submitBatch = (action: BatchAction, parameters: Parameters): string => {
    const resourceIds = resourceIdsOf(parameters, action.resource)
    if (resourceIds.length === 0) return missing(options, action)
    return batchBody(
      options,
      resourceIds.map(resourceId => [resourceId, submitEntry(action, resourceId)]),
    )
  }

  const submitEntry = (action: BatchAction, resourceId: ResourceId): BatchTaskEntry => {
    const reason = reasonFor(options.rejections, action.name, [resourceId])
    return reason === undefined
      ? { ...entry, code: 0, message: '', requestId: startTask(action.name, [resourceId]).id }
      : { ...entry, ...reason }
  }

  const queryState = (action: StatusAction, parameters: Parameters): string => {
    const format: BodyFormat = action.codesAsText ? { ...options, codeFormat: 'string' } : options
    const id = action.parameters.map(name => parameters[name]).find(value => value !== undefined)
    if (id === undefined) return missing(format, action)
    const task = tasks.get(id)
    if (task === undefined)
      return refusalBody(format, { code: 5000, message: `there is no task ${id}` }, 'ResourceNotFound')
    if (options.clock() < task.endsAtMs) return stateBody(format, 2, undefined)
    return stateBody(format, task.failure === undefined ? 0 : 1, task.failure)
  }

  /** "the API rejects a pair that it has already seen (4500)": PROTOCOL.md, section 6. */
  const isReplay = ({ Nonce, Timestamp }: Parameters): boolean => {
    if (!options.refuseReplays || Nonce === undefined || Timestamp === undefined) return false
    const pair = JSON.stringify([Nonce, Timestamp])
    const isSeen = seenNonces.has(pair)
    seenNonces.add(pair)
    return isSeen
  }

  const respond = (method: string, parameters: Parameters): string => {
    if (!['GET', 'HEAD', 'POST'].includes(method))
      return refusalBody(
        options,
        { code: 4600, message: `${method} is not supported: use GET or POST` },
        'Protocol',
      )
    if (isReplay(parameters))
      return refusalBody(options, { code: 4500, message: 'this Nonce was used before' }, 'ReplayAttack')
    const name = parameters.Action
    if (name === undefined) return refusalBody(options, { code: 4000, message: 'Action is missing' }, invalid)
    const action = actionOf(name)
    if (action === undefined)
      return refusalBody(options, { code: 4000, message: `there is no Action ${name}` }, invalid)
    switch (action._tag) {
      case 'OrdinaryAction':
        return submit(action, parameters)
      case 'BatchAction':
        return submitBatch(action, parameters)
      case 'StatusAction':
        return queryState(action, parameters)
    }
  }

  return { respond, tasks: started }
}

const entry = { codeDesc: '', extra: {} }

const invalid = 'InvalidParameter'

const actionOf = (name: string): Action | undefined => actions.find(action => action.name === name)

const missing = (format: BodyFormat, action: Action): string =>
  refusalBody(format, { code: 4000, message: `${parameterOf(action)} is missing` }, invalid)

const parameterOf = (action: Action): string => {
  if (action._tag === 'StatusAction') return action.parameters.join(' or ')
  return action.resource?.takes === 'many' ? `${action.resource.name}.0` : (action.resource?.name ?? 'Action')
}

/** The id of the created resource, if the documented responses contain it. */
const created = ({ creates }: OrdinaryAction, id: TaskId): JsonRecord => {
  if (creates === undefined) return {}
  switch (creates) {
    case 'loadBalancer':
      return { dealIds: [id], unLoadBalancerIds: { [id]: [`lb-${id}`] } }
    case 'listener':
      return { listenerIds: [`lbl-${id}`] }
  }
}
