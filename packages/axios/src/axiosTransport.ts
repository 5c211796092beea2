/**
 * An axios instance → a transport.
 *
 * @since 0.1.0
 */
import type { HttpRequest, HttpResponse, Transport } from '@task-outcome/core'
import {
  type AbortSignalLike,
  type ExchangeContext,
  type ExchangeLimits,
  type RedactedRequest,
  defineAdapter,
  withSecretsOf,
} from '@task-outcome/core/adapter'
import type { AxiosAdapter, AxiosInstance, AxiosRequestConfig } from 'axios'
import { redactAxiosRequest } from './axiosRequest.js'
import { type Capture, captureResponses } from './captureResponses.js'
import { watchDispatches } from './dispatches.js'
import { type Settled, unseenFetchResponse, unseenRequest } from './unseenRequest.js'

/**
 * Limits for each request, and what is known about the adapter.
 *
 * @category model
 * @since 0.1.0
 */
export interface AxiosOptions extends ExchangeLimits {
  /**
   * Whether the adapter sends at most once per call. Only then does a connection failure prove that nothing was sent (`NotSent`);
   * otherwise it is `DeliveryUnknown`. Set it only for an adapter that never retries, or a task can be started twice. Default:
   * true for axios' own adapters, false for any other, and on Deno.
   */
  readonly sendsOnce?: boolean
  /**
   * Wraps the adapter in one that may call it more than once, such as `retryAdapterEnhancer` of axios-extensions. Called for each
   * request with an adapter that counts its calls, so that the outcome covers all of them (`SentMoreThanOnce`). Not needed for
   * interceptors.
   */
  readonly wrap?: (adapter: AxiosAdapter) => AxiosAdapter
}

/**
 * Creates a transport that sends client-neutral requests with an axios instance. Its agents, proxy and interceptors apply; the
 * body is sent unchanged. The instance is never changed. `Left`: `NotSent`, `DeliveryUnknown` or `ResponseTooLarge`.
 *
 * @example
 * import { axiosTransport } from '@task-outcome/axios'
 * import { createTaskClient } from '@task-outcome/core'
 * import axios from 'axios'
 *
 * const tasks = createTaskClient(axiosTransport(axios.create(), { timeoutMs: 10_000 }))
 *
 * const outcome = tasks.submitBatch({ url: 'https://cvm.api.qcloud.com/v2/index.php?Action=StartInstances' })
 * // outcome() is a promise of Either<TaskError, BatchOutcome>
 *
 * @category constructors
 * @since 0.1.0
 */
export const axiosTransport = (instance: AxiosInstance, options: AxiosOptions = {}): Transport =>
  transportOf(instance, options, configOf)

/** Skips `transformRequest`: axios trims text that it takes for JSON. A `Uint8Array` goes as an `ArrayBuffer` of just its bytes. */
const configOf = ({ method, url, headers, body, signal }: HttpRequest): AxiosRequestConfig => ({
  url,
  method: method ?? 'GET',
  headers: { ...headers },
  ...(body === undefined ? {} : { data: typeof body === 'string' ? body : new Uint8Array(body).buffer }),
  ...(signal === undefined ? {} : { signal }),
  transformRequest: (data: unknown) => data,
})

/**
 * Creates a transport that sends with an axios instance.
 *
 * @param toConfig - returns the config for a request. If it throws, nothing is sent: `NotSent`
 *
 * @internal
 */
export const transportOf = <Request>(
  instance: AxiosInstance,
  options: AxiosOptions,
  toConfig: (request: Request) => AxiosRequestConfig,
): Transport<[request: Request]> =>
  defineAdapter(globalThis, options, (request: Request) => {
    const config = toConfig(request)
    let capture: Capture | undefined
    return {
      signals: [signalOf(config)],
      run: context => {
        const misuse = misuseOf(instance, config)
        if (misuse !== undefined) return context.refuse(misuse)
        const adapters = config.adapter ?? instance.defaults.adapter
        capture = captureResponses(instance, adapters, context, options.sendsOnce === true)
        return send(instance, config, capture, options, context)
      },
      describe: () => {
        const redact = (sent: AxiosRequestConfig): RedactedRequest => redactAxiosRequest(instance, sent)
        return withSecretsOf(redact(config), capture?.requests.map(redact) ?? [])
      },
    }
  })

/** Untyped callers may pass no config. */
const signalOf = (config: Partial<AxiosRequestConfig> | undefined): AbortSignalLike | undefined =>
  config?.signal

/** Sends with the instance. The response that the adapter captured counts, whatever interceptors make of it. */
const send = async (
  instance: AxiosInstance,
  config: AxiosRequestConfig,
  capture: Capture,
  { wrap = same }: AxiosOptions,
  context: ExchangeContext<AbortSignal>,
): Promise<HttpResponse> => {
  if (typeof wrap !== 'function')
    return context.refuse(`expected wrap to be a function, found ${typeof wrap}`)
  const dispatches = watchDispatches(instance, config, capture.adapter, wrap)
  if (typeof dispatches.config.adapter !== 'function')
    return context.refuse(
      `expected wrap to return an adapter, a function, found ${typeof dispatches.config.adapter}`,
    )
  const settled = await settle(instance.request(dispatches.config))
  const { result, hasFailed } = settled
  const sent = { instance, config, capture, dispatches }
  const fetched = unseenFetchResponse(settled, sent)
  if (fetched !== undefined) {
    const read = await context.send(async () => fetched.open, { isNoSend: fetched.isOfToken })
    if (!fetched.isOfToken(read)) throw notCaptured()
  }
  const unseen = fetched === undefined ? unseenRequest(settled, sent) : undefined
  if (unseen !== undefined) {
    context.sentUnseen(unseen.response)
    throw unseen.response === undefined && hasFailed ? result : notCaptured()
  }
  if (dispatches.hasMissed()) {
    context.sentUnseen()
    throw hasFailed ? result : notCaptured()
  }
  // axios or an interceptor may have rejected a response, usually because of its status.
  const captured = capture.response()
  if (captured !== undefined) return captured
  if (hasFailed) throw result
  if (capture.request() === undefined) context.sentUnseen()
  throw notCaptured()
}

const same = (adapter: AxiosAdapter): AxiosAdapter => adapter

/** Checks the arguments of untyped callers: a mistake in the call must not look like a temporary failure. */
const misuseOf = (instance: unknown, config: unknown): string | undefined => {
  if (typeof (instance as Partial<AxiosInstance> | undefined)?.request !== 'function')
    return 'expected an axios instance, such as axios.create()'
  return typeof config === 'object' && config !== null ? undefined : 'expected an axios request config'
}

const settle = async (request: Promise<unknown>): Promise<Settled> => {
  try {
    return { result: await request, hasFailed: false }
  } catch (thrown) {
    return { result: thrown, hasFailed: true }
  }
}

const notCaptured = (): Error =>
  Object.assign(new Error('The response did not come through the adapter'), {
    code: 'ERR_RESPONSE_NOT_CAPTURED',
  })
