/**
 * A `fetch` function → a transport.
 *
 * @since 0.1.0
 */
import type { HttpRequest, Transport } from '@task-outcome/core'
import {
  type AbortSignalLike,
  type ExchangeContext,
  type ExchangeLimits,
  type RedactedRequest,
  defineAdapter,
  isPlatformFetch,
  withSecretsOf,
} from '@task-outcome/core/adapter'
import { type SendWith, type Sent, sendThrough } from './countedFetch.js'
import { withDenoCode } from './denoFailure.js'
import type { FetchLike, FetchResponse } from './FetchLike.js'
import { fetchInit } from './fetchInit.js'
import { redactFetchRequest, signalOf, urlOf } from './fetchRequest.js'
import { eitherOf, platform } from './platform.js'
import { openResponse } from './readResponse.js'
import { sendsOnce } from './sendsOnce.js'

/**
 * Limits for each request, and what is known about the function.
 *
 * @category model
 * @since 0.1.0
 */
export interface FetchOptions extends ExchangeLimits {
  /**
   * Whether the function sends at most once per call. Only then does a connection failure prove that nothing was sent (`NotSent`);
   * otherwise it is `DeliveryUnknown`. Set it only for a function that never retries and sends no other request, or a task can be
   * started twice. Default: true for the platform's `fetch` without a `dispatcher`, false for any other function.
   */
  readonly sendsOnce?: boolean
  /**
   * Wraps `fetch` in a function that may retry, such as fetch-retry or ky. Called for each request with a `fetch` that counts its
   * calls, so that the outcome covers all of them (`SentMoreThanOnce`).
   */
  readonly wrap?: (fetch: typeof globalThis.fetch) => FetchLike
}

/**
 * Creates a transport that sends client-neutral requests with `fetch`: the given function, or the platform's by default.
 *
 * Redirects are not followed and caches are not used. `Left`: `NotSent`, `DeliveryUnknown` or `ResponseTooLarge`.
 *
 * @example
 * import { createTaskClient } from '@task-outcome/core'
 * import { fetchTransport } from '@task-outcome/fetch'
 *
 * const tasks = createTaskClient(fetchTransport(fetch, { timeoutMs: 10_000 }))
 *
 * const outcome = tasks.submitBatch({ url: 'https://cvm.api.qcloud.com/v2/index.php?Action=StartInstances' })
 * // outcome() is a promise of Either<TaskError, BatchOutcome>
 *
 * @category constructors
 * @since 0.1.0
 */
export const fetchTransport = (fetch?: FetchLike, options: FetchOptions = {}): Transport =>
  transportOf(fetch, options, (request: HttpRequest) => [request.url, request])

/**
 * Creates a transport that sends with `fetch`.
 *
 * @param argumentsOf - returns the arguments of `fetch` for a request. If it throws, nothing is sent: `NotSent`
 *
 * @internal
 */
export const transportOf = <Request extends ReadonlyArray<unknown>>(
  fetch: FetchLike | undefined,
  options: FetchOptions,
  argumentsOf: (...request: Request) => readonly [input: unknown, init?: object],
): Transport<Request> =>
  defineAdapter(platform, options, (...request: Request) => {
    const [input, init] = argumentsOf(...request)
    const signal = signalOf(input, init)
    /** Each send of a wrapper, described. */
    const wrapped: RedactedRequest[] = []
    return {
      signals: [signal],
      run: context => {
        // The global is looked up on each request, and called without a `this`.
        const send: FetchLike | undefined = fetch ?? globalThis.fetch
        if (typeof send !== 'function')
          return context.refuse(
            fetch === undefined
              ? 'fetch is unavailable here; pass an implementation'
              : `expected a function such as fetch, found ${typeof fetch}`,
          )
        const sendOnce = sendOnceWith(send, options.sendsOnce === true, context)
        const { wrap } = options
        if (wrap === undefined) return sendOnce(input, init).then(({ buffered }) => buffered)
        const sendWrapped: SendWith = async (to, how) => {
          wrapped.push(redactFetchRequest(to, how))
          const other = signalOf(to, how)
          return sendOnce(to, how, other === signal ? undefined : other)
        }
        return sendThrough(wrap, sendWrapped, context, input, init)
      },
      describe: () => withSecretsOf(redactFetchRequest(input, init), wrapped),
    }
  })

/** Calls `fetch` once and reads the response. */
const sendOnceWith =
  (fetch: FetchLike, isKnown: boolean, context: ExchangeContext<AbortSignal>) =>
  async (input: unknown, init: object | null | undefined, other?: AbortSignalLike | null): Promise<Sent> => {
    let response!: FetchResponse // set once there is a response
    const buffered = await context.send(
      async own => {
        try {
          response = await fetch(input, fetchInit(init, other ? eitherOf(own, other) : own))
        } catch (thrown) {
          throw withDenoCode(thrown)
        }
        return openResponse(response, urlOf(input), isPlatformFetch(fetch))
      },
      { sendsOnce: sendsOnce(fetch, isKnown, input, init ?? {}) },
    )
    return { response, buffered }
  }
