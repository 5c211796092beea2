/**
 * An axios instance → a task client.
 *
 * @since 0.1.0
 */
import {
  type Attempt,
  type ExchangeLimits,
  type TaskClient,
  createTaskClient,
  exchange,
} from '@task-outcome/core'
import { type AxiosInstance, type AxiosRequestConfig, isAxiosError } from 'axios'
import { describeAxiosRequest } from './axiosRequest.js'
import { type Ear, listenIn } from './listenIn.js'

/**
 * A task client that takes an axios request config.
 *
 * @category model
 * @since 0.1.0
 */
export type AxiosTaskClient = TaskClient<[config: AxiosRequestConfig]>

/**
 * A task client that sends with an axios instance. It is a guest there: base URL, defaults, agents, `validateStatus` and
 * interceptors work as they do in the caller's own requests, an interceptor that refreshes a token and sends again too,
 * and the instance is never changed. What interceptors make of an answer does not matter: the task client has listened in
 * on its bytes.
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
  limits: ExchangeLimits = {},
): AxiosTaskClient =>
  createTaskClient(config => {
    let ear: Ear | undefined
    const answer = exchange(globalThis, limits, async attempt => {
      ear = listenIn(instance, config.adapter ?? instance.defaults.adapter, attempt)
      if (config.signal) attempt.follow(config.signal)
      try {
        await instance.request({ ...config, adapter: ear.adapter })
      } catch (thrown) {
        // axios or an interceptor may reject what is an answer, for its status as a rule.
        if (ear.heard() === undefined) {
          if (wentAnotherWay(thrown, ear)) return sentBy(attempt, thrown)
          throw thrown
        }
      }
      return ear.heard() ?? sentBy(attempt, answerNotHeard())
    })
    return { answer, describe: () => describeAxiosRequest(instance, ear?.request() ?? config) }
  })

/** An interceptor has put another adapter in the place of ours. */
const wentAnotherWay = (thrown: unknown, ear: Ear): boolean =>
  isAxiosError(thrown) && thrown.config !== undefined && thrown.config.adapter !== ear.adapter

/** What another adapter has sent can't be known: it counts as an attempt that failed. */
const sentBy = (attempt: Attempt<AbortSignal>, failure: unknown): Promise<never> =>
  attempt.send(() => Promise.reject(failure as Error))

const answerNotHeard = (): Error =>
  Object.assign(new Error('The answer did not come through the adapter.'), { code: 'ERR_ANSWER_NOT_HEARD' })
