/**
 * An axios instance → a task client.
 *
 * @since 0.1.0
 */
import { type TaskClient, createTaskClient } from '@task-outcome/core'
import type { AxiosInstance, AxiosRequestConfig } from 'axios'
import { type AxiosOptions, transportOf } from './axiosTransport.js'

/**
 * A task client that takes an axios request config.
 *
 * @category model
 * @since 0.1.0
 */
export type AxiosTaskClient = TaskClient<[config: AxiosRequestConfig]>

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
export const createAxiosTaskClient = (instance: AxiosInstance, options: AxiosOptions = {}): AxiosTaskClient =>
  createTaskClient(transportOf(instance, options))
