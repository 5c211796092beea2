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
  defineAdapter,
} from '@task-outcome/core/adapter'
import type { AxiosAdapter, AxiosInstance, AxiosRequestConfig } from 'axios'
import { redactAxiosRequest } from './axiosRequest.js'
import { type Capture, captureResponses } from './captureResponses.js'
import { adapterWasReplaced, isForeignFailure, markConfig } from './foreignFailure.js'
import { unseenResponse } from './unseenResponse.js'

/**
 * Limits of every request, and facts about the adapter that sends.
 *
 * @category model
 * @since 0.1.0
 */
export interface AxiosOptions extends ExchangeLimits {
  /**
   * Whether the adapter sends at most once for each call. Only then does a failure to connect prove that nothing was sent
   * (`NotSent`). Set it only for an adapter that never sends again: otherwise a task can be started twice. Default: true for
   * axios' own adapters; for any other such a failure is `DeliveryUnknown`.
   */
  readonly sendsOnce?: boolean
  /**
   * Wraps the adapter that sends in one that may call it more than once, such as `retryAdapterEnhancer` of axios-extensions. It is
   * called for each request with an adapter whose calls are counted, so the outcome speaks for all of them: `SentMoreThanOnce`.
   * Interceptors need none of this.
   */
  readonly wrap?: (adapter: AxiosAdapter) => AxiosAdapter
}

/**
 * Creates a transport for neutral requests that sends with an axios instance: its agents, proxy and interceptors apply, and the
 * body is sent as it is. The instance is never changed. `Left`: `NotSent`, `DeliveryUnknown` or `ResponseTooLarge`.
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
export const axiosTransport = (instance: AxiosInstance, options: AxiosOptions = {}): Transport => {
  const send = transportOf(instance, options)
  return request => send(configOf(request))
}

/** axios parses and trims text that it takes for JSON, and does not take a `Uint8Array`: the bytes of its buffer are sent. */
const configOf = ({ method, url, headers, body, signal }: HttpRequest): AxiosRequestConfig => ({
  url,
  method: method ?? 'GET',
  ...(headers === undefined ? {} : { headers: { ...headers } }),
  ...(body === undefined ? {} : { data: typeof body === 'string' ? body : body.slice().buffer }),
  ...(signal === undefined ? {} : { signal: signal }),
  transformRequest: (data: unknown) => data,
})

/**
 * The transport that takes an axios request config.
 *
 * @internal
 */
export const transportOf = (
  instance: AxiosInstance,
  options: AxiosOptions,
): Transport<[config: AxiosRequestConfig]> =>
  defineAdapter(globalThis, options, (config: AxiosRequestConfig) => {
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
      describe: () => redactAxiosRequest(instance, capture?.request() ?? config),
    }
  })

/** Untyped callers may pass no config. */
const signalOf = (config: Partial<AxiosRequestConfig> | undefined): AbortSignalLike | undefined =>
  config?.signal

/** Sends with the instance. What counts is what the adapter captured, whatever interceptors make of it. */
const send = async (
  instance: AxiosInstance,
  config: AxiosRequestConfig,
  capture: Capture,
  { wrap = same }: AxiosOptions,
  context: ExchangeContext<AbortSignal>,
): Promise<HttpResponse> => {
  const adapter = wrap(capture.adapter)
  const { result, hasFailed } = await settle(instance.request(markConfig(config, adapter)))
  const captured = capture.response()
  const sent = capture.request() ?? config
  if (!(hasFailed && isForeignFailure(result, adapter, instance, sent))) {
    const unseen = unseenResponse(result, adapter, captured)
    if (unseen !== undefined) {
      context.sentUnseen(unseen.response)
      if (unseen.isExact) return unseen.response
      throw notCaptured()
    }
    if (hasFailed && adapterWasReplaced(result, adapter)) {
      context.sentUnseen()
      throw result
    }
  }
  // axios or an interceptor may reject what is a response, because of its status as a rule.
  if (captured !== undefined) return captured
  if (hasFailed) throw result
  if (capture.request() === undefined) context.sentUnseen()
  throw notCaptured()
}

const same = (adapter: AxiosAdapter): AxiosAdapter => adapter

/** JavaScript callers forget things, and a mistake in calling must not read like a failure that may pass. */
const misuseOf = (instance: unknown, config: unknown): string | undefined => {
  if (typeof (instance as Partial<AxiosInstance> | undefined)?.request !== 'function')
    return 'createAxiosTaskClient needs an axios instance, such as axios.create()'
  return typeof config === 'object' && config !== null ? undefined : 'expected an axios request config'
}

const settle = async (
  request: Promise<unknown>,
): Promise<{ readonly result: unknown; readonly hasFailed: boolean }> => {
  try {
    return { result: await request, hasFailed: false }
  } catch (thrown) {
    return { result: thrown, hasFailed: true }
  }
}

const notCaptured = (): Error =>
  Object.assign(new Error('The response did not come through the adapter.'), {
    code: 'ERR_RESPONSE_NOT_CAPTURED',
  })
