/**
 * From an HTTP client to a transport: what the author of an adapter writes.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import type { TaskError, TransportError } from '../error/TaskError.js'
import { unpolluted } from '../json/unpolluted.js'
import type { AbortSignalLike } from './AbortSignalLike.js'
import { type ExchangeContext, type ExchangeLimits, type Platform, exchange } from './exchange.js'
import { maskSecrets } from './maskSecrets.js'
import type { MeasuredTask } from './onOutcome.js'
import type { RedactedRequest } from './RedactedRequest.js'
import type { Transport } from './Transport.js'
import { withholdText } from './withholdText.js'

/**
 * One request, as its adapter sends it.
 *
 * @category model
 * @since 0.1.0
 */
export interface AdapterCall<Signal> {
  /** Signals of the caller: the exchange ends when one aborts. */
  readonly signals?: ReadonlyArray<AbortSignalLike | null | undefined>
  /** Sends with `context.send` and returns the response. Throw whatever the client throws: it becomes an error value. */
  readonly run: (context: ExchangeContext<Signal>) => Promise<HttpResponse>
  /** What errors may show of the request, and the secrets that they must not. Called only if there is an error. */
  readonly describe: () => RedactedRequest
}

/**
 * Makes a transport of an HTTP client: all that an adapter has to write. `call` gets the arguments of a request and says how to
 * send it; it is called each time that a request runs, and must not send by itself. Limits, aborting, counting what was sent,
 * recovering ids and masking secrets are done here.
 *
 * @param platform - timers, `AbortController` and a clock: pass `globalThis`
 *
 * @example
 * import { type HttpRequest } from '@task-outcome/core'
 * import { defineAdapter, redactRequest, responseHead } from '@task-outcome/core/adapter'
 *
 * const transport = defineAdapter(globalThis, { timeoutMs: 10_000 }, (request: HttpRequest) => ({
 *   signals: [request.signal],
 *   run: context =>
 *     context.send(
 *       async signal => {
 *         const response = await fetch(request.url, { redirect: 'manual', signal: signal ?? null })
 *         const head = responseHead(response.status, name => response.headers.get(name), request.url)
 *         return { head, body: response.body ?? [] }
 *       },
 *       { sendsOnce: true },
 *     ),
 *   describe: () => redactRequest({ method: 'GET', url: request.url, headers: {}, body: undefined }),
 * }))
 * // a Transport: pass it to createTaskClient
 *
 * @category constructors
 * @since 0.1.0
 */
export const defineAdapter =
  <Request extends ReadonlyArray<unknown>, Signal extends AbortSignalLike, Timer>(
    platform: Platform<Signal, Timer>,
    limits: ExchangeLimits,
    call: (...request: Request) => AdapterCall<Signal>,
  ): Transport<Request> =>
  (...request): MeasuredTask<E.Either<TransportError, HttpResponse>> =>
  async onEnd => {
    const isMeasured = typeof onEnd === 'function' // a task can be a callback, which gets anything
    const startedAt = isMeasured ? timeOf(platform) : undefined
    let sends = 0
    const called = E.tryCatch(() => call(...request), identity)
    const result = await exchange(
      platform,
      limits,
      async context => {
        if (E.isLeft(called)) throw called.left
        const { run } = called.right
        for (const signal of unpolluted(called.right, 'signals') ?? []) if (signal) context.follow(signal)
        return run(context)
      },
      count => {
        sends = count
      },
    )
    if (isMeasured) {
      const endedAt = timeOf(platform)
      onEnd({
        sends,
        ...(startedAt === undefined || endedAt === undefined ? {} : { durationMs: endedAt - startedAt }),
      })
    }
    const describeError = describeWith(E.isLeft(called) ? () => undefined : called.right.describe)
    return E.isRight(result)
      ? E.right({ ...result.right, describeError })
      : E.left(describeError(result.left))
  }

/** Reads the clock of the platform, if it has one that works. */
const timeOf = (platform: Pick<Platform<never, never>, 'performance'>): number | undefined => {
  try {
    return platform.performance?.now()
  } catch {
    return undefined
  }
}

/** Adds the request to an error and masks its secrets. If these are not known, the error shows no text of the response. */
const describeWith =
  (describe: () => RedactedRequest | undefined) =>
  <Failure extends TaskError>(error: Failure): Failure => {
    try {
      const described = describe()
      if (described === undefined) return withholdText(error)
      const { summary, secrets } = described
      const masked = maskSecrets(secrets, { ...error, request: summary })
      return unpolluted(described, 'isOpaque') === true ? withholdText(masked) : masked
    } catch {
      return withholdText(error) // its secrets are unknown
    }
  }
