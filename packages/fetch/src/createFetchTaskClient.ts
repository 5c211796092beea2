/**
 * A `fetch` function → a task client.
 *
 * @since 0.1.0
 */
import { type TaskClient, createTaskClient } from '@task-outcome/core'
import type { TaskClientOptions } from '@task-outcome/core/adapter'
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
 * The options of a task client: those of its transport, and `onOutcome`.
 *
 * @category model
 * @since 0.1.0
 */
export interface FetchClientOptions extends FetchOptions, TaskClientOptions {}

/**
 * Creates a task client that sends with `fetch`: the given function, or the platform's by default.
 *
 * Nothing is sent before you run the `TaskEither`; running it twice submits twice. Redirects are not followed and caches are not
 * used, whatever `init` says. The task never rejects. Besides the errors of decoding it fails with `NotSent`, `DeliveryUnknown`
 * or `ResponseTooLarge`; see `TaskError`.
 *
 * @typeParam Fetch - The type of the function, whose arguments the client takes.
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
  options: FetchClientOptions = {},
): FetchTaskClient<Fetch> =>
  createTaskClient(
    transportOf<Parameters<Fetch>>(fetch, options, (...request) => request as [unknown, object?]),
    options,
  )
