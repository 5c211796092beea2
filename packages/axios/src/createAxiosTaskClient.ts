/**
 * An axios instance → a task client.
 *
 * @since 0.1.0
 */
import { type TaskClient, createTaskClient } from '@task-outcome/core'
import type { TaskClientOptions } from '@task-outcome/core/adapter'
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
 * The options of a task client: those of its transport, and `onOutcome`.
 *
 * @category model
 * @since 0.1.0
 */
export interface AxiosClientOptions extends AxiosOptions, TaskClientOptions {}

/**
 * Creates a task client that sends with an axios instance. Base URL, defaults, agents, `validateStatus` and interceptors work
 * as in any other request of the instance, including an interceptor that refreshes a token and retries. The instance is never
 * changed. The outcome is decoded from the bytes of the response, whatever interceptors make of it. If they send a request
 * again, the outcome covers everything that was sent.
 *
 * Nothing is sent before you run the `TaskEither`; running it twice submits twice. In Node, redirects are not followed,
 * whatever `maxRedirects` says. The task never rejects. Besides the errors of decoding it fails with `NotSent`,
 * `DeliveryUnknown` or `ResponseTooLarge`; see `TaskError`.
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
  options: AxiosClientOptions = {},
): AxiosTaskClient =>
  createTaskClient(
    transportOf(instance, options, (config: AxiosRequestConfig) => config),
    options,
  )
