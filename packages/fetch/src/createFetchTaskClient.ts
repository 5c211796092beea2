/**
 * A `fetch` function → a task client.
 *
 * @since 0.1.0
 */
import {
  type BodyStream,
  type ExchangeLimits,
  type TaskClient,
  answerHead,
  createTaskClient,
  exchange,
} from '@task-outcome/core'
import { describeFetchRequest, signalOf, urlOf } from './fetchRequest.js'

/**
 * The parts of a `Response` that are used. `body` may be missing, as in some stand-ins for tests.
 *
 * @category model
 * @since 0.1.0
 */
export interface FetchResponse {
  readonly status: number
  readonly headers: {
    /** The value of a header, whatever the case of its name: `location` is asked for. */
    readonly get: (name: string) => string | null
  }
  /** The body, piece by piece, decompressed. `null` is an empty one. */
  readonly body?: BodyStream | null
  /** The whole body, read only where there is no `body`. */
  readonly arrayBuffer: () => Promise<ArrayBuffer>
}

/**
 * Any function that works like `fetch`: the platform's, undici's, node-fetch's, or one of the caller's around them.
 *
 * @category model
 * @since 0.1.0
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each fetch has input and init types of its own
export type FetchLike = (input: any, init?: any) => Promise<FetchResponse>

/**
 * A task client that takes the arguments of `fetch`.
 *
 * @category model
 * @since 0.1.0
 */
export type FetchTaskClient<Fetch extends FetchLike = typeof globalThis.fetch> = TaskClient<Parameters<Fetch>>

/**
 * A task client that sends with `fetch`: with the function that is given, or with the platform's.
 *
 * Nothing is sent before the `TaskEither` is run, and running it twice submits twice. Redirects are not followed,
 * whatever `init.redirect` says. The task never rejects; beside the results of decoding it ends in `NotSent`,
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
  limits: ExchangeLimits = {},
): FetchTaskClient<Fetch> =>
  createTaskClient<Parameters<Fetch>>((...request) => {
    const [input, init] = request as [input: unknown, init?: object]
    return {
      answer: exchange(globalThis, limits, async attempt => {
        // Looked up when it is needed, and called as nobody's method.
        const send: FetchLike | undefined = fetch ?? globalThis.fetch
        if (typeof send !== 'function') throw new TypeError('There is no fetch here: hand one in.')
        const signal = signalOf(input, init)
        if (signal) attempt.follow(signal)
        const response = await attempt.send(own =>
          send(input, { ...init, redirect: 'manual', ...(own && { signal: own }) }),
        )
        const head = answerHead(response.status, name => response.headers.get(name), urlOf(input))
        // Some stand-ins for tests don't show their stream.
        const body =
          response.body === undefined ? [new Uint8Array(await response.arrayBuffer())] : response.body
        return await attempt.readBody(head, body ?? [])
      }),
      describe: () => describeFetchRequest(input, init),
    }
  })
