/**
 * One request and its answer, within limits: what every adapter does beside calling its client.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { HttpAnswer } from '../decode/HttpAnswer.js'
import { type Interruption, aborted } from '../error/Interruption.js'
import type { TransportError } from '../error/TaskError.js'
import type { RecoveredTask } from '../wire/RecoveredTask.js'
import type { AnswerHead } from './answerHead.js'
import { type BodyStream, type ReadAnswer, type Received, isTooLarge, readBody, recoverFrom } from './body.js'
import { failureOf } from './failure.js'

/**
 * The limits of an exchange.
 *
 * @category model
 * @since 0.1.0
 */
export interface ExchangeLimits {
  /** The time for the whole exchange, in milliseconds, from the call to the last byte of the answer. None by default. */
  readonly timeoutMs?: number
  /** The size that an answer may have, in bytes after decompression. 16 MiB by default. */
  readonly maxBodyBytes?: number
}

/**
 * The size that an answer may have where no limit is given: 16 MiB, in bytes after decompression. An entry of a batch
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
  /** Makes the signal that ends a request of the client. */
  readonly AbortController: new () => {
    readonly signal: Signal
    /** Aborts the signal. */
    readonly abort: (reason?: unknown) => void
  }
  /** Calls back once, after a time in milliseconds. */
  readonly setTimeout: (callback: () => void, ms: number) => Timer
  /** Takes back what `setTimeout` gave. */
  readonly clearTimeout: (timer: Timer) => void
}

/**
 * An exchange under way, as its adapter sees it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Attempt<Signal> {
  /**
   * Asks the client to send: the request may have left from here on. The signal aborts when a limit of time is reached or a
   * signal of the caller's aborts; there is none if the attempt has neither yet, as clients take their time to follow one:
   * so call `follow` and `limitTime` before.
   * Rejects with what the client failed with, and without asking if the exchange is over already. A client may be asked
   * again.
   */
  readonly send: <Response>(ask: (signal: Signal | undefined) => Promise<Response>) => Promise<Response>
  /** Ends the exchange when this signal aborts. */
  readonly follow: (signal: AbortSignalLike) => void
  /** Ends the exchange when this time is over, in milliseconds from now, unless the limit is lifted before. */
  readonly limitTime: (timeoutMs: number) => LiftLimit
  /**
   * Reads the body of an answer, to be called as soon as its head is there. Rejects if it can't be read to its end, or is
   * larger than the limit of the exchange or the one given here, in bytes.
   */
  readonly readBody: (head: AnswerHead, body: BodyStream, maxBodyBytes?: number) => Promise<ReadAnswer>
}

/**
 * What an exchange ends with: the answer that its function gave.
 *
 * @category model
 * @since 0.1.0
 */
export interface ExchangedAnswer extends HttpAnswer {
  /**
   * The task ids in all answers that were read, where there are several because the client has sent again: those of the
   * earlier ones are nowhere else.
   */
  readonly recovered?: ReadonlyArray<RecoveredTask>
}

/**
 * Takes a limit back; may be called at any time.
 *
 * @category model
 * @since 0.1.0
 */
export type LiftLimit = () => void

/**
 * Runs one exchange within its limits and says how it ended. It never rejects, and it ends when a limit is reached even
 * if the client does not: whatever comes of the request later is ignored. No timer and no listener is left behind.
 *
 * `Left`: `NotSent` if the request surely never left, `ResponseTooLarge`, else `DeliveryUnknown`, with the ids in the part
 * of the body that had arrived. Source: PROTOCOL.md, section 6.
 *
 * @example
 * import { answerHead, exchange } from '@task-outcome/core'
 *
 * const ask = (url: string, signal: AbortSignal) =>
 *   exchange(globalThis, { timeoutMs: 10_000 }, async attempt => {
 *     attempt.follow(signal) // the caller's signal ends the exchange
 *     const response = await attempt.send(own => fetch(url, { redirect: 'manual', signal: own ?? null }))
 *     const head = answerHead(response.status, name => response.headers.get(name), url)
 *     return attempt.readBody(head, response.body ?? [])
 *   })
 *
 * @category constructors
 * @since 0.1.0
 */
export const exchange = <Signal extends AbortSignalLike, Timer>(
  platform: Platform<Signal, Timer>,
  limits: ExchangeLimits,
  run: (attempt: Attempt<Signal>) => Promise<HttpAnswer>,
): Promise<E.Either<TransportError, ExchangedAnswer>> =>
  new Promise(resolve => {
    let controller: { readonly signal: Signal; readonly abort: () => void } | undefined
    /** How each signal and each timer that may end the exchange is left behind. */
    const limiting = new Map<object, () => void>()
    /** Requests of which it is not known yet what became of them. */
    let underWay = 0
    let mayHaveArrived = false
    /** All answers: a client that sends again must not make a running task forgotten. */
    const received: Received[] = []
    /** The answer to the last request. */
    let last: Received | undefined
    let isOver = false as boolean // not narrowed: the functions below change it

    const end = (result: E.Either<TransportError, ExchangedAnswer>): void => {
      isOver = true
      resolve(result)
      limiting.forEach(leave => leave())
    }

    const endWithout = (reason: Interruption): void => {
      const _tag = mayHaveArrived || underWay > 0 ? 'DeliveryUnknown' : 'NotSent'
      end(E.left({ _tag, reason, recovered: recoverFrom(received) }))
    }

    const interrupt = (reason: Interruption): void => {
      if (isOver) return
      endWithout(reason)
      controller?.abort()
    }

    const fail = (thrown: unknown): void => {
      if (isOver) return
      if (last === undefined || !isTooLarge(last)) {
        endWithout(failureOf(thrown).reason)
        return
      }
      const { head, maxBodyBytes } = last
      const recovered = recoverFrom(received)
      end(E.left({ _tag: 'ResponseTooLarge', httpStatus: head.status, maxBodyBytes, recovered }))
      controller?.abort()
    }

    const succeed = (answer: HttpAnswer): void => {
      if (isOver) return
      end(E.right(received.length > 1 ? { ...answer, recovered: recoverFrom(received) } : answer))
    }

    const attempt: Attempt<Signal> = {
      send: async ask => {
        if (isOver) throw new Error('The exchange is over.')
        if (limiting.size > 0) controller ??= new platform.AbortController()
        last = undefined
        underWay++
        try {
          const response = await ask(controller?.signal)
          mayHaveArrived = true
          return response
        } catch (thrown) {
          if (!failureOf(thrown).neverSent) mayHaveArrived = true
          throw thrown
        } finally {
          underWay--
        }
      },
      follow: signal => {
        if (isOver || limiting.has(signal)) return
        const abort = (): void => interrupt(aborted(signal.reason))
        if (signal.aborted) {
          abort()
          return
        }
        signal.addEventListener?.('abort', abort)
        limiting.set(signal, () => signal.removeEventListener?.('abort', abort))
      },
      limitTime: timeoutMs => {
        if (isOver || timeoutMs > longestTimer) return () => undefined
        if (!(timeoutMs > 0)) {
          interrupt(badLimit('timeoutMs must be greater than 0'))
          return () => undefined
        }
        const timer = platform.setTimeout(() => interrupt({ _tag: 'TimedOut', timeoutMs }), timeoutMs)
        const leave = (): void => platform.clearTimeout(timer)
        limiting.set(leave, leave)
        return () => {
          leave()
          limiting.delete(leave)
        }
      },
      readBody: (head, body, ownLimit = Infinity) => {
        mayHaveArrived = true // there is an answer, however it was sent
        const maxBodyBytes = Math.min(ownLimit, limits.maxBodyBytes ?? defaultMaxBodyBytes)
        last = { head, maxBodyBytes, chunks: [], byteCount: 0 }
        received.push(last)
        return readBody(last, body)
      },
    }

    if (limits.maxBodyBytes !== undefined && !(limits.maxBodyBytes >= 0)) {
      interrupt(badLimit('maxBodyBytes must not be negative'))
      return
    }
    if (limits.timeoutMs !== undefined) attempt.limitTime(limits.timeoutMs)
    if (isOver) return
    try {
      run(attempt).then(succeed, fail)
    } catch (thrown) {
      fail(thrown) // before its first promise
    }
  })

/** What timers can count to; a longer one would go off at once. */
const longestTimer = 2 ** 31 - 1

const badLimit = (code: string): Interruption => ({ _tag: 'ClientFailed', name: 'RangeError', code })
