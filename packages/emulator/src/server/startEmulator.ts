/**
 * @since 0.1.0
 */
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type Server, type Socket, createServer as createTcpServer, isIPv6 } from 'node:net'
import { createApi, methods } from '../api-2/createApi.js'
import { createAuthentication } from '../api-2/createAuthentication.js'
import { type BodyFormat, refusalBody } from '../api-2/responseBodies.js'
import { createApi3 } from '../api-3/createApi3.js'
import { services } from '../api-3/services.js'
import { createTaskStore } from '../tasks/createTaskStore.js'
import type { EmulatedFailures } from '../tasks/EmulatedTask.js'
import { responseScript, reachesApi } from '../faults/responseScript.js'
import type { Script } from '../wire/Script.js'
import type { StubResponse } from './StubResponse.js'
import { drawFault } from './Chaos.js'
import { corsHeaders, isPreflight, preflightResponse } from './cors.js'
import type { Emulator } from './Emulator.js'
import type { EmulatorOptions } from './EmulatorOptions.js'
import { createRequestLimit } from './createRequestLimit.js'
import { createListener } from './createListener.js'
import { guardOption, messageOf } from './guardOption.js'
import { createListeners } from './Listeners.js'
import type { ArrivedRequest, RecordedRequest } from './RecordedRequest.js'
import { testCertificate, testKey } from './testCertificate.js'

/**
 * Starts a server on a loopback port that emulates the APIs. Rejects with the error of the operating system if it can't
 * listen (`EADDRINUSE`, `EACCES`, …), and with a `RangeError` if an option is out of range.
 *
 * @example
 * import { startEmulator } from '@task-outcome/emulator'
 *
 * const emulator = await startEmulator({ rejections: { 'ins-2': { code: 5000, message: 'no such instance' } } })
 * const response = await fetch(`${emulator.endpoint}?Action=StartInstances&instanceIds.0=ins-1&instanceIds.1=ins-2`)
 * console.log(await response.text())
 * // {"code":5400,"message":…,"detail":{"ins-1":{"code":0,"message":"","requestId":"6356502"},"ins-2":{"code":5000,…}}}
 * await emulator.close()
 *
 * @category constructors
 * @since 0.1.0
 */
export const startEmulator = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const { port = 0, host = '127.0.0.1', taskDurationMs = 0, chaos } = options
  const {
    firstTaskId = 6356502n,
    credentials,
    clockToleranceMs = 7_200_000,
    maxRequestsPerSecond = Infinity,
  } = options
  check(taskDurationMs >= 0, `taskDurationMs must be at least 0, found ${taskDurationMs}`)
  check(firstTaskId >= 0n, `firstTaskId must be at least 0, found ${firstTaskId}`)
  check(clockToleranceMs >= 0, `clockToleranceMs must be at least 0, found ${clockToleranceMs}`)
  check(
    maxRequestsPerSecond > 0,
    `maxRequestsPerSecond must be greater than 0, found ${maxRequestsPerSecond}`,
  )
  if (chaos !== undefined)
    check(chaos.rate >= 0 && chaos.rate <= 1, `chaos.rate must be from 0 to 1, found ${chaos.rate}`)

  const clock = guardOption('clock', options.clock ?? Date.now)
  const store = createTaskStore({
    clock,
    taskDurationMs,
    rejections: guardReasons('rejections', options.rejections),
    failures: guardReasons('failures', options.failures),
    firstTaskId,
  })
  const format: BodyFormat = {
    idFormat: options.idFormat ?? 'string',
    codeFormat: options.codeFormat ?? 'number',
  }
  const api = createApi({
    store,
    ...format,
    refuseReplays: options.refuseReplays ?? true,
  })
  const isOverLimit = createRequestLimit(clock, maxRequestsPerSecond)
  const authenticate =
    credentials === undefined ? undefined : createAuthentication({ credentials, clock, clockToleranceMs })
  const api3 =
    credentials === undefined
      ? undefined
      : createApi3({ store, credentials, clock, services: options.services ?? services, isOverLimit })
  const requests: RecordedRequest[] = []
  const served = new Map<string, () => StubResponse>()
  const listeners = createListeners()

  const respondAs2 = ({ method, path, headers, parameters }: RecordedRequest): string => {
    if (!methods.includes(method)) return api.respond(method, parameters)
    const refusal =
      authenticate?.({ method, host: headers.host ?? '', path, parameters }) ??
      (isOverLimit(parameters.Action ?? '') ? tooManyRequests : undefined)
    return refusal === undefined ? api.respond(method, parameters) : refusalBody(format, refusal)
  }

  const apiResponse = (
    respondTo: (request: RecordedRequest) => string,
    request: RecordedRequest,
  ): StubResponse => {
    const fault = chaos === undefined ? undefined : drawFault(chaos)
    if (fault !== undefined && !reachesApi(fault)) return { fault }
    const response = { body: respondTo(request) }
    return fault === undefined ? response : { ...response, fault }
  }

  const responseTo = (request: RecordedRequest): StubResponse => {
    if (isPreflight(request.method, request.headers)) return preflightResponse(request.headers)
    if (request.path === apiPath) return apiResponse(respondAs2, request)
    if (request.path === '/' && api3 !== undefined) return apiResponse(api3.respond, request)
    return served.get(request.path)?.() ?? notFound(request.path)
  }

  const respond = async (arrived: ArrivedRequest): Promise<Script> => {
    const context = { method: arrived.method, target: arrived.target, headers: corsHeaders(arrived.headers) }
    // recorded first, as it was received whatever the options do
    const request = { ...arrived, receivedAtMs: NaN }
    requests.push(request)
    try {
      request.receivedAtMs = clock()
      return await responseScript(responseTo(request), context)
    } catch (error) {
      return responseScript(ownError(error), context)
    }
  }

  const listener = createListener(listeners.transportOf, respond)
  const main = createServer(serverOptions, listener)
  const listen = async (scheme: string, server: Server, atPort: number): Promise<string> =>
    `${scheme}://${hostInUrl(host)}:${await listeners.listen(server, atPort, host)}`
  const url = await listen('http', main, port)

  return {
    url,
    endpoint: url + apiPath,
    serve: responses => {
      const path = `/answers/${served.size + 1}`
      served.set(path, inTurn(isArray(responses) ? responses : [responses]))
      return url + path
    },
    requests,
    tasks: store.started,
    refusedUrl: once(async () => `http://${hostInUrl(host)}:${await listeners.takePort(main, host)}`),
    handshakeResetUrl: once(() => listen('https', createTcpServer(resetAtFirstBytes), 0)),
    selfSignedUrl: once(() => listen('https', createTlsServer(tlsOptions, listener), 0)),
    close: once(listeners.close),
  }
}

const tooManyRequests = { code: 4400, message: 'too many requests', codeDesc: 'RequestLimitExceeded' }

const apiPath = '/v2/index.php'

/** Disables the timeouts of the server: the client and the faults decide how long a connection lasts. */
const serverOptions = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 }

const tlsOptions = { ...serverOptions, key: testKey, cert: testCertificate }

/** The first bytes are the client's TLS handshake. */
const resetAtFirstBytes = (socket: Socket) => {
  socket.once('data', () => socket.resetAndDestroy())
}

const inTurn = ([first, ...others]: readonly [StubResponse, ...StubResponse[]]): (() => StubResponse) => {
  let current = first
  const next = [first, ...others].values()
  return () => (current = next.next().value ?? current)
}

const isArray = (
  responses: StubResponse | readonly [StubResponse, ...StubResponse[]],
): responses is readonly [StubResponse, ...StubResponse[]] => Array.isArray(responses)

const notFound = (path: string): StubResponse => ({
  status: 404,
  headers: plainText,
  body: `The emulator serves nothing at ${path}\n`,
})

/** Reports an error of an option or a served response in a response, so that a test neither hangs nor crashes. */
const ownError = (error: unknown): StubResponse => ({
  status: 500,
  headers: plainText,
  body: `The emulator can't respond: ${messageOf(error)}\n`,
})

const plainText = { 'Content-Type': 'text/plain; charset=utf-8' }

const guardReasons = (name: string, reasons: EmulatedFailures = {}): EmulatedFailures =>
  typeof reasons === 'function' ? guardOption(name, reasons) : reasons

const once = <A>(start: () => Promise<A>): (() => Promise<A>) => {
  let started: Promise<A> | undefined
  return () => (started ??= start())
}

const hostInUrl = (host: string): string => (isIPv6(host) ? `[${host}]` : host)

const check = (isValid: boolean, message: string): void => {
  if (!isValid) throw new RangeError(message)
}
