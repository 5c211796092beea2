/**
 * An axios instance → a task client.
 *
 * @since 0.1.0
 */
import { type ExchangeLimits, type TaskClient, createTaskClient, exchange } from '@task-outcome/core'
import type { AxiosAdapter, AxiosInstance, AxiosRequestConfig } from 'axios'
import { redactAxiosRequest } from './axiosRequest.js'
import { type Capture, captureResponses } from './captureResponses.js'
import { isForeignFailure, markConfig, adapterWasReplaced } from './foreignFailure.js'
import { unseenResponse } from './unseenResponse.js'

/**
 * A task client that takes an axios request config.
 *
 * @category model
 * @since 0.1.0
 */
export type AxiosTaskClient = TaskClient<[config: AxiosRequestConfig]>

/**
 * Limits of every request, and what is to be known of the adapter that sends.
 *
 * @category model
 * @since 0.1.0
 */
export interface AxiosTaskClientOptions extends ExchangeLimits {
  /**
   * Whether the adapter sends at most once each time that it is called, which then can prove by a failure to connect that
   * nothing was sent: `NotSent`. Say so only of an adapter that never sends again: else a task can be started twice. Default:
   * true of axios' own adapters; of any other such a failure is `DeliveryUnknown`.
   */
  readonly sendsOnce?: boolean
  /**
   * Puts an adapter around the one that sends, which may call it more than once, such as `retryAdapterEnhancer` of
   * axios-extensions. It is called for each task with an adapter of which every call is counted, so that the outcome speaks for
   * all that was sent: `SentMoreThanOnce`. Interceptors need none of this.
   */
  readonly wrap?: (adapter: AxiosAdapter) => AxiosAdapter
}

/**
 * Creates a task client that sends with an axios instance. It is a guest there: base URL, defaults, agents, `validateStatus`
 * and interceptors work as they do in the caller's own requests, an interceptor that refreshes a token and sends again too,
 * and the instance is never changed. What interceptors make of a response does not matter: the task client has captured
 * its bytes. Where they send again, the outcome speaks for all that was sent.
 *
 * Nothing is sent before the `TaskEither` is run, and running it twice submits twice. In Node redirects are not followed,
 * whatever `maxRedirects` says. The task never rejects; beside the results of decoding it ends in `NotSent`,
 * `DeliveryUnknown` or `ResponseTooLarge`, see `TaskError`.
 *
 * @example
 * import { createAxiosTaskClient } from '@task-outcome/axios'
 * import axios from 'axios'
 *
 * const tasks = createAxiosTaskClient(axios.create({ baseURL: 'https://cvm.api.qcloud.com' }), { timeoutMs: 10_000 })
 *
 * const outcome = tasks.submitBatch({ url: '/v2/index.php', params: { Action: 'StartInstances' } })
 * // outcome() is a promise of Either<TaskError, BatchOutcome>
 *
 * @category constructors
 * @since 0.1.0
 */
export const createAxiosTaskClient = (
  instance: AxiosInstance,
  options: AxiosTaskClientOptions = {},
): AxiosTaskClient =>
  createTaskClient(config => {
    let capture: Capture | undefined
    const answer = exchange(globalThis, options, async context => {
      const misuse = misuseOf(instance, config)
      if (misuse !== undefined) return context.refuse(misuse)
      const { sendsOnce = false, wrap = same } = options
      capture = captureResponses(instance, config.adapter ?? instance.defaults.adapter, context, sendsOnce)
      if (config.signal) context.follow(config.signal)
      const adapter = wrap(capture.adapter)
      const { result, hasFailed } = await settle(instance.request(markConfig(config, adapter)))
      const captured = capture.answer()
      const isForeign = hasFailed && isForeignFailure(result, adapter, instance, capture.request() ?? config)
      if (!isForeign) {
        const unseen = unseenResponse(result, adapter, captured)
        if (unseen !== undefined) {
          context.sentUnseen(unseen.answer)
          return unseen.isExact ? unseen.answer : Promise.reject(notCaptured())
        }
        if (hasFailed && adapterWasReplaced(result, adapter)) {
          context.sentUnseen()
          throw result
        }
      }
      // axios or an interceptor may reject what is a response, for its status as a rule.
      if (captured !== undefined) return captured
      if (hasFailed) throw result
      if (capture.request() === undefined) context.sentUnseen()
      throw notCaptured()
    })
    return { answer, describe: () => redactAxiosRequest(instance, capture?.request() ?? config) }
  })

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
