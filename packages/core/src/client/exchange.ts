/**
 * Runs one exchange, a request and its response, within its limits.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import { type TransportReason, aborted, misused } from '../error/TransportReason.js'
import type { TransportError } from '../error/TaskError.js'
import { property } from '../error/thrown.js'
import { unpolluted } from '../json/unpolluted.js'
import type { AbortSignalLike } from './AbortSignalLike.js'
import type { ResponseHead } from './responseHead.js'
import { type BodyStream, type BufferedResponse, isTooLarge, readBody } from './body.js'
import { failureOf } from './failure.js'
import { followSignal } from './followSignal.js'
import { type Send, mayHaveArrived, newSend, othersThan, recoveredFrom } from './Send.js'

/**
 * The limits of an exchange.
 *
 * @category model
 * @since 0.1.0
 */
export interface ExchangeLimits {
  /** The timeout of the whole exchange, in milliseconds, from the call to the last byte of the response. Default: no timeout. */
  readonly timeoutMs?: number
  /** The maximum size of a response, in bytes after decompression. Default: 16 MiB. */
  readonly maxBodyBytes?: number
}

/**
 * The default maximum size of a response: 16 MiB, in bytes after decompression. An entry of a batch takes about 80 bytes, so
 * there is room for 200,000 resources.
 *
 * @category data
 * @since 0.1.0
 */
export const defaultMaxBodyBytes = 16 * 1024 * 1024

/**
 * The parts of the platform that an exchange needs. The adapter passes them, because core has no clock.
 *
 * @category model
 * @since 0.1.0
 */
export interface Platform<Signal extends AbortSignalLike, Timer> {
  /**
   * Makes the signal that aborts a request of the client. `undefined` if the clients of the platform take no signal: their
   * requests run on, and the result is ignored.
   */
  readonly AbortController:
    | (new () => {
        readonly signal: Signal
        /** Aborts the signal. */
        readonly abort: (reason?: unknown) => void
      })
    | undefined
  /** Calls back once, after a delay in milliseconds. */
  readonly setTimeout: (callback: () => void, ms: number) => Timer
  /** Cancels a timer of `setTimeout`. */
  readonly clearTimeout: (timer: Timer) => void
  /** The clock by which the duration of an exchange is measured for `onOutcome`. Without it, no duration is reported. */
  readonly performance?:
    | {
        /** Returns the time in milliseconds, from any start. */
        readonly now: () => number
      }
    | undefined
}

/**
 * A response whose head has arrived.
 *
 * @category model
 * @since 0.1.0
 */
export interface OpenResponse {
  readonly head: ResponseHead
  /** The body. It is read immediately. */
  readonly body: BodyStream
  /** The client's own limit, in bytes. The smaller of it and the limit of the exchange applies. */
  readonly maxBodyBytes?: number | undefined
  /** Whether the client followed a redirect. Then the response does not come from the API, see `isFromElsewhere`. */
  readonly wasRedirected?: boolean
}

/**
 * How a request is sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface SendOptions {
  /** The client's own timeout for this request, in milliseconds. It ends the request, not the exchange. */
  readonly timeoutMs?: number | undefined
  /**
   * Whether one call of the client sends at most once, and fails with a connection code only if it could not connect. Only then
   * does such a code prove that nothing was sent. Default: `false`.
   */
  readonly sendsOnce?: boolean
  /**
   * Whether a response that was read is not one to another request, such as a copy that the client made of an earlier response.
   * Then it does not count.
   */
  readonly isNoSend?: ((response: HttpResponse) => boolean) | undefined
  /** Signals of the caller that end the exchange, and this request, when they abort. */
  readonly signals?: ReadonlyArray<AbortSignalLike | null | undefined>
}

/**
 * What an adapter sends with while an exchange runs.
 *
 * @category model
 * @since 0.1.0
 */
export interface ExchangeContext<Signal> {
  /**
   * Calls the client and reads the response. From this call on the request may have been sent. The signal aborts when a timeout
   * expires or a signal of the caller aborts. It is `undefined` if neither can happen, because following a signal slows clients
   * down.
   *
   * Rejects with the error of the client or its stream; with an error with the code `ERR_TIME_LIMIT` (also the reason of the
   * signal) or `ERR_BODY_TOO_LARGE` if the request exceeds a limit; and without calling the client if the exchange is over.
   * Call it once for each request, so that the result of the exchange takes every send into account.
   */
  readonly send: (
    ask: (signal: Signal | undefined) => Promise<OpenResponse>,
    options?: SendOptions,
  ) => Promise<BufferedResponse>
  /**
   * Reports a request that was sent without `send`, and its response if it is known. To end the exchange with this response,
   * return the same object.
   */
  readonly sentUnseen: (response?: HttpResponse) => void
  /** Ends the exchange with `Misused`, because the call is wrong. Keep every part of the request out of the message. */
  readonly refuse: (message: string) => Promise<never>
}

/**
 * The context with what only `defineAdapter` needs.
 *
 * @internal
 */
export interface Exchange<Signal> extends ExchangeContext<Signal> {
  /** Ends the exchange when this signal aborts. Call it before `send`. */
  readonly follow: (signal: AbortSignalLike) => void
}

/**
 * Runs one exchange within its limits and returns its result. It never rejects. It ends when a limit is reached, even if the
 * client goes on; a later result of the client is ignored. It leaves no timer and no listener behind.
 *
 * `Left`: `NotSent` if the request was certainly not sent, `ResponseTooLarge`, or else `DeliveryUnknown`, with the ids in the
 * part of the body that arrived. Source: PROTOCOL.md, section 6.
 *
 * @param onEnd - is called with the number of requests that were sent or may have been
 *
 * @internal
 */
export const exchange = <Signal extends AbortSignalLike, Timer>(
  platform: Platform<Signal, Timer>,
  limits: ExchangeLimits,
  run: (context: Exchange<Signal>) => Promise<HttpResponse>,
  onEnd: (sends: number) => void = () => undefined,
): Promise<E.Either<TransportError, HttpResponse>> =>
  new Promise(resolve => {
    const areLimits = typeof (limits as unknown) === 'object' && (limits as unknown) !== null
    const [timeoutMs, maxBodyBytes = defaultMaxBodyBytes] = areLimits
      ? [unpolluted(limits, 'timeoutMs'), unpolluted(limits, 'maxBodyBytes')]
      : []
    /** The cleanup of each signal and each timer that may end the exchange. */
    const limiting = new Map<object, () => void>()
    const sends: Send[] = []
    /** Aborts each request that is in flight. */
    const underWay = new Set<() => void>()
    let isOver = false as boolean // not narrowed: the functions below change it

    /** Resolves first, so that a cleanup that throws can't prevent the result. */
    const end = (result: E.Either<TransportError, HttpResponse>): void => {
      isOver = true
      resolve(result)
      onEnd(sends.filter(mayHaveArrived).length)
      limiting.forEach(ignoreErrors)
    }

    const endWithout = (error: WithoutIds<TransportError>): void => {
      end(E.left({ ...error, recovered: recoveredFrom(sends) }))
      underWay.forEach(ignoreErrors)
    }

    const endIn = (tag: 'DeliveryUnknown' | 'NotSent', reason: TransportReason): void => {
      if (!isOver) endWithout({ _tag: tag, reason })
    }

    const refuse = (reason: TransportReason): void => {
      endIn(sends.some(mayHaveArrived) ? 'DeliveryUnknown' : 'NotSent', reason)
    }

    /** After a request that failed, a client that is busy with something else may be sending past the exchange. */
    const interrupt = (reason: TransportReason): void => {
      if (sends.length > 0 && underWay.size === 0) endIn('DeliveryUnknown', reason)
      else refuse(reason)
    }

    const fail = (thrown: unknown): void => {
      if (isOver) return
      const last = sends[sends.length - 1]
      if (last?.received !== undefined && isTooLarge(last.received)) {
        const { head, maxBodyBytes } = last.received
        endWithout({ _tag: 'ResponseTooLarge', httpStatus: head.status, maxBodyBytes })
        return
      }
      // The client's own failure says more than what an interceptor made of it.
      refuse(last?.failure ?? failureOf(thrown).reason)
    }

    const succeed = (response: HttpResponse): void => {
      if (isOver) return
      const otherSends = othersThan(response, sends)
      end(E.right(otherSends.length === 0 ? response : { ...response, otherSends }))
    }

    /** Calls back after the timeout, unless the returned function is called first. */
    const limitTime = (timeoutMs: number, onEnd: () => void): (() => void) => {
      if (timeoutMs > longestTimer) return () => undefined
      const timer = platform.setTimeout(onEnd, timeoutMs)
      const leave = (): void => {
        platform.clearTimeout(timer)
        limiting.delete(leave)
      }
      limiting.set(leave, leave)
      return leave
    }

    const context: Exchange<Signal> = {
      send: async (ask, options = {}) => {
        const timeoutMs = unpolluted(options, 'timeoutMs')
        const isNoSend = unpolluted(options, 'isNoSend')
        const signals = unpolluted(options, 'signals') ?? []
        for (const signal of signals) if (signal) context.follow(signal)
        if (isOver) throw new Error('The exchange is over.')
        if (timeoutMs !== undefined && !(timeoutMs > 0))
          return context.refuse('the timeout of a request must be greater than 0')
        const needsSignal = limiting.size > 0 || timeoutMs !== undefined
        const { AbortController } = platform
        const controller = needsSignal && AbortController !== undefined ? new AbortController() : undefined
        const abort = (): void => controller?.abort()
        const send: Send = newSend()
        let lift = (): void => undefined
        const late =
          timeoutMs === undefined
            ? undefined
            : new Promise<never>((_, reject) => {
                lift = limitTime(timeoutMs, () => {
                  send.failure = { _tag: 'TimedOut', timeoutMs }
                  const reason = timeLimitReached()
                  controller?.abort(reason)
                  // A client that follows its signal fails first, and its failure says more about the request.
                  ignoreErrors(lift)
                  lift = limitTime(0, () => reject(reason))
                })
              })
        const within = <A>(step: Promise<A>): Promise<A> =>
          late === undefined ? step : Promise.race([step, late])
        sends.push(send)
        underWay.add(abort)
        try {
          const open = await within(ask(controller?.signal))
          const { head, body } = open
          send.received = {
            head,
            maxBodyBytes: Math.min(unpolluted(open, 'maxBodyBytes') ?? Infinity, maxBodyBytes),
            chunks: [],
            byteCount: 0,
          }
          const response = await within(
            readBody(send.received, body, () => isOver || send.failure !== undefined),
          )
          if (unpolluted(open, 'wasRedirected') === true) throw redirectFollowed()
          if (isNoSend?.(response) === true) sends.splice(sends.indexOf(send), 1)
          send.response = response
          return response
        } catch (thrown) {
          const { neverSent, reason } = failureOf(thrown)
          const hasClientFailed = send.received === undefined && send.failure === undefined
          if (!hasClientFailed) ignoreErrors(abort) // the client may not know that its request has ended
          send.neverLeft = hasClientFailed && unpolluted(options, 'sendsOnce') === true && neverSent
          send.failure ??= reason
          throw thrown
        } finally {
          underWay.delete(abort)
          ignoreErrors(lift)
        }
      },
      sentUnseen: response => {
        sends.push({ ...newSend(), response })
      },
      follow: signal => {
        if (isOver || limiting.has(signal)) return
        const abort = (): void => interrupt(aborted(property(signal, 'reason')))
        if (signal.aborted) abort()
        else limiting.set(signal, followSignal(signal, abort))
      },
      refuse: message => {
        refuse(misused(message))
        return never
      },
    }

    if (!areLimits) refuse(misused('expected an object with limits'))
    if (timeoutMs !== undefined && !(timeoutMs > 0)) refuse(misused('timeoutMs must be greater than 0'))
    if (!(maxBodyBytes >= 0)) refuse(misused('maxBodyBytes must not be negative'))
    if (isOver) return
    if (timeoutMs !== undefined) limitTime(timeoutMs, () => interrupt({ _tag: 'TimedOut', timeoutMs }))
    try {
      run(context).then(succeed, fail)
    } catch (thrown) {
      fail(thrown) // before its first promise
    }
  })

/** The longest delay of a timer: a longer one fires immediately. */
const longestTimer = 2 ** 31 - 1

const timeLimitReached = (): Error =>
  Object.assign(new Error('The request timed out.'), { code: 'ERR_TIME_LIMIT' })

/** PROTOCOL.md, section 6: "Redirects are not followed". */
const redirectFollowed = (): Error =>
  Object.assign(new Error('A redirect was followed.'), { code: 'ERR_REDIRECT_FOLLOWED' })

const never = new Promise<never>(() => undefined)

type WithoutIds<Failure> = Failure extends TransportError ? Omit<Failure, 'recovered'> : never

/** Runs the cleanup, which is code of the caller and the platform: its errors must not replace the result. */
const ignoreErrors = (leave: () => void): void => {
  try {
    leave()
  } catch {
    return
  }
}
