/**
 * API 3.0.
 *
 * @internal
 */
import type { EmulatorCredential } from '../signature/EmulatorCredential.js'
import type { Api3Request } from '../signature/verifyApi3.js'
import type { TaskStore } from '../tasks/createTaskStore.js'
import { createAuthentication } from './createAuthentication.js'
import { createQuery } from './createQuery.js'
import { createRequestIds } from './createRequestIds.js'
import { createSubmit } from './createSubmit.js'
import type { EmulatedService } from './EmulatedService.js'
import { type FoundAction, findAction } from './findAction.js'
import { type Parameters, parseParameters } from './parameters.js'
import { type Refusal, isRefusal, refusal, refusalBody, successBody } from './responseBodies.js'
import { createTaskIndex } from './TaskIndex.js'

export interface Api3Options {
  readonly store: TaskStore
  readonly credentials: ReadonlyArray<EmulatorCredential>
  readonly clock: () => number
  readonly services: ReadonlyArray<EmulatedService>
  /** Counts a request for an action, and returns whether it is one too many. */
  readonly isOverLimit: (action: string) => boolean
}

export interface Api3 {
  readonly respond: (request: Api3Request) => string
}

export const createApi3 = ({ store, services, isOverLimit, ...security }: Api3Options): Api3 => {
  const authenticate = createAuthentication(security)
  const nextRequestId = createRequestIds(store.nextId())
  const index = createTaskIndex()
  const submit = createSubmit(store, index)
  const query = createQuery(store, index)
  /** The responses to accepted submissions with a `ClientToken`. */
  const remembered = new Map<string, { readonly body: string; readonly untilMs: number }>()

  const perform = (found: FoundAction, parameters: Parameters, requestId: string): string | Refusal => {
    const members = found._tag === 'Submit' ? submit(found, parameters, requestId) : query(found, parameters)
    return isRefusal(members) ? members : successBody(members, requestId)
  }

  /** The same `ClientToken` starts no second task, and gets the same response. */
  const performOnce = (
    secretId: string,
    found: FoundAction,
    parameters: Parameters,
    requestId: string,
  ): string | Refusal => {
    const token = found._tag === 'Submit' ? (parameters.get('ClientToken') ?? '') : ''
    if (found._tag === 'Query' || token === '') return perform(found, parameters, requestId)
    const { takesClientToken, clientTokenSeconds = Infinity } = found.submission
    if (takesClientToken !== true)
      return refusal('UnknownParameter', 'The parameter `ClientToken` is not recognized')
    const key = JSON.stringify([secretId, found.service.service, found.name, token])
    const nowMs = security.clock()
    const before = remembered.get(key)
    if (before !== undefined && nowMs < before.untilMs) return before.body
    const tasksBefore = store.started.length
    const result = perform(found, parameters, requestId)
    if (typeof result === 'string' && store.started.length > tasksBefore)
      remembered.set(key, { body: result, untilMs: nowMs + clientTokenSeconds * 1000 })
    return result
  }

  const handle = (request: Api3Request, requestId: string): string | Refusal => {
    if (request.method !== 'POST')
      return refusal('UnsupportedProtocol', `the emulator supports POST, not ${request.method}`)
    if (request.body.length > maxBytes)
      return refusal('RequestSizeLimitExceeded', `the body has more than ${maxBytes} bytes`)
    const call = authenticate(request)
    if (isRefusal(call)) return call
    if (isOverLimit(`${call.service} ${call.action}`))
      return refusal('RequestLimitExceeded', 'The number of requests exceeds the frequency limit')
    const found = findAction(services, call, request.headers.host ?? '')
    if (isRefusal(found)) return found
    if (!isJson.test(request.headers['content-type'] ?? ''))
      return refusal('InvalidParameter', 'the Content-Type must be application/json')
    const parameters = parseParameters(request.body)
    return isRefusal(parameters) ? parameters : performOnce(call.secretId, found, parameters, requestId)
  }

  return {
    respond: request => {
      const requestId = nextRequestId()
      const result = handle(request, requestId)
      return typeof result === 'string' ? result : refusalBody(result, requestId)
    },
  }
}

/** "10 MB" for a POST with this signature. */
const maxBytes = 10 * 1024 * 1024

const isJson = /^application\/json\s*(;|$)/i
