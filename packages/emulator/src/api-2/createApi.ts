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
import type { EmulatedFailure, EmulatedTask } from '../tasks/EmulatedTask.js'
import type { TaskStore } from '../tasks/createTaskStore.js'

export interface ApiOptions extends BodyFormat {
  readonly store: TaskStore
  readonly refuseReplays: boolean
}

export interface Api {
  readonly respond: (method: string, parameters: Parameters) => string
}

type Parameters = Readonly<Record<string, string>>

/** HEAD is GET without the body of the response. */
export const methods: ReadonlyArray<string> = ['GET', 'HEAD', 'POST']

export const createApi = (options: ApiOptions): Api => {
  const { store } = options
  const tasks = new Map<string, EmulatedTask>()
  const seenNonces = new Set<string>()

  const startTask = (action: string, resourceIds: ReadonlyArray<ResourceId>): TaskId => {
    const id = store.nextId()
    for (const task of store.start([{ id, action, resourceIds }])) tasks.set(id, task)
    return id
  }

  const submit = (action: OrdinaryAction, parameters: Parameters): string => {
    const resourceIds = action.resource === undefined ? [] : resourceIdsOf(parameters, action.resource)
    if (action.resource !== undefined && resourceIds.length === 0) return missing(options, action)
    const reason = store.rejectionOf(action.name, resourceIds)
    if (reason !== undefined) return refusalBody(options, reason)
    const id = startTask(action.name, resourceIds)
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
    const reason = store.rejectionOf(action.name, [resourceId])
    return reason === undefined
      ? { ...entry, code: 0, message: '', requestId: startTask(action.name, [resourceId]) }
      : { ...entry, ...reason }
  }

  const queryState = (action: StatusAction, parameters: Parameters): string => {
    const format: BodyFormat = action.codesAsText ? { ...options, codeFormat: 'string' } : options
    const id = action.parameters.map(name => parameters[name]).find(value => value !== undefined)
    if (id === undefined) return missing(format, action)
    const task = tasks.get(id)
    if (task === undefined)
      return refusalBody(format, {
        code: 5000,
        message: `there is no task ${id}`,
        codeDesc: 'ResourceNotFound',
      })
    return stateBody(format, store.stateOf(task), task.failure)
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
    if (!methods.includes(method))
      return refusalBody(options, {
        code: 4600,
        message: `${method} is not supported: use GET or POST`,
        codeDesc: 'Protocol',
      })
    if (isReplay(parameters))
      return refusalBody(options, {
        code: 4500,
        message: 'this Nonce was used before',
        codeDesc: 'ReplayAttack',
      })
    const name = parameters.Action
    if (name === undefined) return refusalBody(options, invalid('Action is missing'))
    const action = actionOf(name)
    if (action === undefined) return refusalBody(options, invalid(`there is no Action ${name}`))
    switch (action._tag) {
      case 'OrdinaryAction':
        return submit(action, parameters)
      case 'BatchAction':
        return submitBatch(action, parameters)
      case 'StatusAction':
        return queryState(action, parameters)
    }
  }

  return { respond }
}

const entry = { codeDesc: '', extra: {} }

const invalid = (message: string): EmulatedFailure => ({ code: 4000, message, codeDesc: 'InvalidParameter' })

const actionOf = (name: string): Action | undefined => actions.find(action => action.name === name)

const missing = (format: BodyFormat, action: Action): string =>
  refusalBody(format, invalid(`${parameterOf(action)} is missing`))

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
