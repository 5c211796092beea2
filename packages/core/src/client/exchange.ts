/**
 * One request and its response, within limits: what every adapter does beside calling its client.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import { type TransportReason, aborted, misused } from '../error/TransportReason.js'
import type { TransportError } from '../error/TaskError.js'
import { property } from '../error/thrown.js'
import type { ResponseHead } from './responseHead.js'
import { type BodyStream, type BufferedResponse, isTooLarge, readBody } from './body.js'
import { failureOf } from './failure.js'
import { followSignal } from './followSignal.js'
import { type Send, mayHaveArrived, othersThan, recoveredFrom } from './Send.js'

/**
 * The limits of an exchange.
 *
 * @category model
 * @since 0.1.0
 */
export interface ExchangeLimits {
  /** The time for the whole exchange, in milliseconds, from the call to the last byte of the response. None by default. */
  readonly timeoutMs?: number
  /** The size that a response may have, in bytes after decompression. 16 MiB by default. */
  readonly maxBodyBytes?: number
}

/**
 * The size that a response may have where no limit is given: 16 MiB, in bytes after decompression. An entry of a batch
 * takes about 80 bytes, so there is room for 200,000 resources.
 *
 * @category data
 * @since 0.1.0
 */
export const defaultMaxBodyBytes = 16 * 1024 * 1024

/**
 * The part of the DOM's `AbortSignal` that is used here.
 *
 * @category model
 * @since 0.1.0
 */
export interface AbortSignalLike {
  readonly aborted: boolean
  /** Why it was aborted: its name and message go into the error. */
  readonly reason?: unknown
  /** Without it the signal is looked at once, before the request is sent. */
  readonly addEventListener?: (type: 'abort', listener: () => void) => void
  /** Called when the exchange is over, so that a long-lived signal gathers no listeners. */
  readonly removeEventListener?: (type: 'abort', listener: () => void) => void
}

/**
 * The parts of the platform that an exchange needs, handed in by the adapter: core has no clock of its own.
 *
 * @category model
 * @since 0.1.0
 */
export interface Platform<Signal extends AbortSignalLike, Timer> {
  /** Makes the signal that ends a request of the client; `undefined` where its clients take none: they can only be ignored. */
  readonly AbortController:
    | (new () => {
        readonly signal: Signal
        /** Aborts the signal. */
        readonly abort: (reason?: unknown) => void
      })
    | undefined
  /** Calls back once, after a time in milliseconds. */
  readonly setTimeout: (callback: () => void, ms: number) => Timer
  /** Takes back what `setTimeout` gave. */
  readonly clearTimeout: (timer: Timer) => void
}

/**
 * A response whose head has arrived.
 *
 * @category model
 * @since 0.1.0
 */
export interface OpenResponse {
  readonly head: ResponseHead
  /** The body, which is read at once. */
  readonly body: BodyStream
  /** A limit of the client's own beside that of the exchange, in bytes. */
  readonly maxBodyBytes?: number | undefined
  /** Whether a redirect was followed to it: then it is no response of the API, see `isFromElsewhere`. */
  readonly wasRedirected?: boolean
}

/**
 * How a request is sent.
 *
 * @category model
 * @since 0.1.0
 */
export interface SendOptions {
  /** The client's own time limit for this request, in milliseconds: it ends the request, not the exchange. */
  readonly timeoutMs?: number | undefined
  /**
   * Whether asking the client once sends once at most, and fails with a code of connecting only if it could not connect. Only
   * then does such a code prove that nothing was sent. Default: false.
   */
  readonly sendsOnce?: boolean
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
   * Asks the client to send and reads the response. The request may have left from here on. The signal aborts when a time limit
   * is reached or a signal of the caller aborts; it is `undefined` if neither can happen, because clients take their time to
   * follow one.
   *
   * Rejects with what the client or its stream failed with; with an error with the code `ERR_TIME_LIMIT` (also the reason of the
   * signal) or `ERR_BODY_TOO_LARGE` if a limit of the request is reached; and without asking if the exchange is over.
   * Call it once for each request: the result of the exchange then speaks for every send.
   */
  readonly send: (
    ask: (signal: Signal | undefined) => Promise<OpenResponse>,
    options?: SendOptions,
  ) => Promise<BufferedResponse>
  /**
   * Reports a request that was sent without `send`, and its response if that is known. If the exchange is to end with this
   * response, return the same one.
   */
  readonly sentUnseen: (response?: HttpResponse) => void
  /** Ends the exchange because the call is wrong: `Misused`. Keep every part of the request out of the message. */
  readonly refuse: (message: string) => Promise<never>
}

/**
 * The same, for `defineAdapter`.
 *
 * @internal
 */
export interface Exchange<Signal> extends ExchangeContext<Signal> {
  /** Ends the exchange when this signal aborts. Call it before `send`. */
  readonly follow: (signal: AbortSignalLike) => void
}

/**
 * Runs one exchange within its limits and returns how it ended. It never rejects, and it ends when a limit is reached even
 * if the client does not; a later result of the request is ignored. It leaves no timer and no listener behind.
 *
 * `Left`: `NotSent` if the request surely never left, `ResponseTooLarge`, else `DeliveryUnknown`, with the ids in the part
 * of the body that arrived. Source: PROTOCOL.md, section 6.
 *
 * @internal
 */
export const exchange = <Signal extends AbortSignalLike, Timer>(
  platform: Platform<Signal, Timer>,
  limits: ExchangeLimits,
  run: (context: Exchange<Signal>) => Promise<HttpResponse>,
): Promise<E.Either<TransportError, HttpResponse>> =>
  new Promise(resolve => {
    /** How each signal and each timer that may end the exchange is left behind. */
    const limiting = new Map<object, () => void>()
    const sends: Send[] = []
    /** How to end each request that is under way. */
    const underWay = new Set<() => void>()
    let isOver = false as boolean // not narrowed: the functions below change it

    /** The result comes first: nothing that is left behind may throw before it is there. */
    const end = (result: E.Either<TransportError, HttpResponse>): void => {
      isOver = true
      resolve(result)
      limiting.forEach(ignoreErrors)
    }

    const endWithout = (error: WithoutIds<TransportError>): void => {
      end(E.left({ ...error, recovered: recoveredFrom(sends) }))
      underWay.forEach(ignoreErrors)
    }

    const interrupt = (reason: TransportReason): void => {
      if (isOver) return
      endWithout({ _tag: sends.some(mayHaveArrived) ? 'DeliveryUnknown' : 'NotSent', reason })
    }

    const fail = (thrown: unknown): void => {
      if (isOver) return
      const last = sends[sends.length - 1]
      if (last?.received !== undefined && isTooLarge(last.received)) {
        const { head, maxBodyBytes } = last.received
        endWithout({ _tag: 'ResponseTooLarge', httpStatus: head.status, maxBodyBytes })
        return
      }
      // What the client failed with says more than what something in it made of that, as an interceptor.
      interrupt(last?.failure ?? failureOf(thrown).reason)
    }

    const succeed = (response: HttpResponse): void => {
      if (isOver) return
      const otherSends = othersThan(response, sends)
      end(E.right(otherSends.length === 0 ? response : { ...response, otherSends }))
    }

    /** Calls back when the time is over, unless the returned function is called before. */
    const limitTime = (timeoutMs: number, onFinish: () => void): (() => void) => {
      if (timeoutMs > longestTimer) return () => undefined
      const timer = platform.setTimeout(onFinish, timeoutMs)
      const leave = (): void => {
        platform.clearTimeout(timer)
        limiting.delete(leave)
      }
      limiting.set(leave, leave)
      return leave
    }

    const context: Exchange<Signal> = {
      send: async (ask, { timeoutMs, sendsOnce = false, signals = [] } = {}) => {
        for (const signal of signals) if (signal) context.follow(signal)
        if (isOver) throw new Error('The exchange is over.')
        if (timeoutMs !== undefined && !(timeoutMs > 0))
          return context.refuse('the timeout of a request must be greater than 0')
        const needsSignal = limiting.size > 0 || timeoutMs !== undefined
        const { AbortController } = platform
        const controller = needsSignal && AbortController !== undefined ? new AbortController() : undefined
        const abort = (): void => controller?.abort()
        const send: Send = { delivery: 'underWay' }
        let lift = (): void => undefined
        const late =
          timeoutMs === undefined
            ? undefined
            : new Promise<never>((_, reject) => {
                lift = limitTime(timeoutMs, () => {
                  send.failure = { _tag: 'TimedOut', timeoutMs }
                  const reason = timeLimitReached()
                  controller?.abort(reason)
                  // A client that follows its signal fails first: it knows more about the request.
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
          const { head, body, maxBodyBytes = Infinity, wasRedirected = false } = open
          send.delivery = 'mayHaveArrived'
          send.received = {
            head,
            maxBodyBytes: Math.min(maxBodyBytes, limits.maxBodyBytes ?? defaultMaxBodyBytes),
            chunks: [],
            byteCount: 0,
          }
          const response = await within(
            readBody(send.received, body, () => isOver || send.failure !== undefined),
          )
          if (wasRedirected) throw redirectFollowed()
          send.response = response
          return response
        } catch (thrown) {
          const { neverSent, reason } = failureOf(thrown)
          const hasClientFailed = send.received === undefined && send.failure === undefined
          if (!hasClientFailed) ignoreErrors(abort) // the client may not know that its request is over
          send.delivery = hasClientFailed && sendsOnce && neverSent ? 'neverLeft' : 'mayHaveArrived'
          send.failure ??= reason
          throw thrown
        } finally {
          underWay.delete(abort)
          ignoreErrors(lift)
        }
      },
      sentUnseen: response => {
        sends.push(
          response === undefined ? { delivery: 'mayHaveArrived' } : { delivery: 'mayHaveArrived', response },
        )
      },
      follow: signal => {
        if (isOver || limiting.has(signal)) return
        const abort = (): void => interrupt(aborted(property(signal, 'reason')))
        if (signal.aborted) abort()
        else limiting.set(signal, followSignal(signal, abort))
      },
      refuse: message => {
        interrupt(misused(message))
        return never
      },
    }

    const { timeoutMs, maxBodyBytes = 0 } = limits
    if (timeoutMs !== undefined && !(timeoutMs > 0)) interrupt(misused('timeoutMs must be greater than 0'))
    if (!(maxBodyBytes >= 0)) interrupt(misused('maxBodyBytes must not be negative'))
    if (isOver) return
    if (timeoutMs !== undefined) limitTime(timeoutMs, () => interrupt({ _tag: 'TimedOut', timeoutMs }))
    try {
      run(context).then(succeed, fail)
    } catch (thrown) {
      fail(thrown) // before its first promise
    }
  })

/** What timers can count to; a longer one would go off at once. */
const longestTimer = 2 ** 31 - 1

const timeLimitReached = (): Error =>
  Object.assign(new Error('The request timed out.'), { code: 'ERR_TIME_LIMIT' })

/** PROTOCOL.md, section 6: "Redirects are not followed". */
const redirectFollowed = (): Error =>
  Object.assign(new Error('A redirect was followed.'), { code: 'ERR_REDIRECT_FOLLOWED' })

const never = new Promise<never>(() => undefined)

type WithoutIds<Failure> = Failure extends TransportError ? Omit<Failure, 'recovered'> : never

/** What is left behind is the caller's and the platform's: it can't take the result back. */
const ignoreErrors = (leave: () => void): void => {
  try {
    leave()
  } catch {
    return
  }
}
