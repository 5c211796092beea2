/**
 * A `fetch` function → a task client.
 *
 * @since 0.1.0
 */
import { type TaskClient, createTaskClient } from '@task-outcome/core'
import type { FetchLike } from './FetchLike.js'
import { type FetchOptions, transportOf } from './fetchTransport.js'

/**
 * A task client that takes the arguments of `fetch`.
 *
 * @category model
 * @since 0.1.0
 */
export type FetchTaskClient<Fetch extends FetchLike = typeof globalThis.fetch> = TaskClient<Parameters<Fetch>>

/**
 * Creates a task client that sends with `fetch`: with the function that is passed, or with the platform's.
 *
 * Nothing is sent before the `TaskEither` runs, and running it twice submits twice. Redirects are not followed and caches not
 * used, whatever `init` says. The task never rejects; beside the results of decoding it ends in `NotSent`, `DeliveryUnknown` or
 * `ResponseTooLarge`, see `TaskError`.
 *
 * @typeParam Fetch - The function that sends: the client takes its arguments.
 *
 * @example
 * import { createFetchTaskClient } from '@task-outcome/fetch'
 *
 * const tasks = createFetchTaskClient(fetch, { timeoutMs: 10_000 })
 *
 * const outcome = tasks.submit('https://cvm.api.qcloud.com/v2/index.php?Action=CreateImage', { method: 'POST' })
 * // outcome() is a promise of Either<TaskError, AcceptedTask>
 *
 * @category constructors
 * @since 0.1.0
 */
export const createFetchTaskClient = <Fetch extends FetchLike = typeof globalThis.fetch>(
  fetch?: Fetch,
  options: FetchOptions = {},
): FetchTaskClient<Fetch> => createTaskClient(transportOf(fetch, options))
