/**
 * A `fetch` function → a task client.
 *
 * @since 0.1.0
 */
import {
  type AbortSignalLike,
  type ExchangeLimits,
  type RedactedRequest,
  type TaskClient,
  createTaskClient,
  exchange,
  isPlatformFetch,
} from '@task-outcome/core'
import { type SendWith, type Sent, sendThrough } from './countedFetch.js'
import type { FetchLike, FetchResponse } from './FetchLike.js'
import { fetchInit } from './fetchInit.js'
import { redactFetchRequest, signalOf, urlOf, withSecretsOf } from './fetchRequest.js'
import { eitherOf, platform } from './platform.js'
import { openResponse } from './readResponse.js'
import { sendsOnce } from './sendsOnce.js'

/**
 * A task client that takes the arguments of `fetch`.
 *
 * @category model
 * @since 0.1.0
 */
export type FetchTaskClient<Fetch extends FetchLike = typeof globalThis.fetch> = TaskClient<Parameters<Fetch>>

/**
 * Limits of every request, and what is to be known of the function that sends.
 *
 * @category model
 * @since 0.1.0
 */
export interface FetchTaskClientOptions extends ExchangeLimits {
  /**
   * Whether the function sends at most once for each call, which then can prove by a failure to connect that nothing was sent:
   * `NotSent`. Say so only of a function that never sends again, not even another request: else a task can be started twice.
   * Default: true of the platform's own `fetch`, without a `dispatcher`; of any other function such a failure is
   * `DeliveryUnknown`.
   */
  readonly sendsOnce?: boolean
  /**
   * Puts a function around `fetch` that may send again, such as fetch-retry or ky. It is called for each task with a `fetch` of
   * which every call is counted, so that the outcome speaks for all that was sent: `SentMoreThanOnce`.
   */
  readonly wrap?: (fetch: typeof globalThis.fetch) => FetchLike
}

/**
 * Creates a task client that sends with `fetch`: with the function that is given, or with the platform's.
 *
 * Nothing is sent before the `TaskEither` is run, and running it twice submits twice. Redirects are not followed and caches
 * not used, whatever `init` says. The task never rejects; beside the results of decoding it ends in `NotSent`,
 * `DeliveryUnknown` or `ResponseTooLarge`, see `TaskError`.
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
  options: FetchTaskClientOptions = {},
): FetchTaskClient<Fetch> =>
  createTaskClient<Parameters<Fetch>>((...request) => {
    const [input, init] = request as [input: unknown, init?: object]
    /** What a wrapper made of the request, for each send. */
    const wrapped: RedactedRequest[] = []
    return {
      answer: exchange(platform, options, async context => {
        // Looked up when it is needed, and called as nobody's method.
        const send: FetchLike | undefined = fetch ?? globalThis.fetch
        if (typeof send !== 'function')
          return context.refuse(
            fetch === undefined
              ? 'fetch is unavailable here; pass an implementation'
              : `expected a function such as fetch, found ${typeof fetch}`,
          )
        const signal = signalOf(input, init)
        if (signal) context.follow(signal)
        const sendOnce = async (
          to: unknown,
          how: object | null | undefined,
          other?: AbortSignalLike | null,
        ): Promise<Sent> => {
          let response!: FetchResponse // once there is an answer
          const answer = await context.send(
            async own => {
              response = await send(to, fetchInit(how, other ? eitherOf(own, other) : own))
              return openResponse(response, urlOf(to), isPlatformFetch(send))
            },
            { sendsOnce: sendsOnce(send, options.sendsOnce === true, to, how ?? {}) },
          )
          return { response, answer }
        }
        const { wrap } = options
        if (wrap === undefined) return (await sendOnce(input, init)).answer
        const sendWrapped: SendWith = async (to, how) => {
          wrapped.push(redactFetchRequest(to, how))
          const other = signalOf(to, how)
          return sendOnce(to, how, other === signal ? undefined : other)
        }
        return sendThrough(wrap, sendWrapped, context, input, init)
      }),
      describe: () => withSecretsOf(redactFetchRequest(input, init), wrapped),
    }
  })
