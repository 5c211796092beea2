/**
 * One request and its answer, within limits: what every adapter does beside calling its client.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type { HttpAnswer } from '../decode/HttpAnswer.js'
import type { Interruption } from '../error/Interruption.js'
import type { TaskError } from '../error/TaskError.js'
import type { AnswerHead } from './answerHead.js'
import { type BodyStream, type Received, bytesOf, readBody, recoverFrom } from './body.js'
import { failureOf, messageOf, nameOf } from './failure.js'

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
  readonly reason?: unknown
  readonly addEventListener?: (type: 'abort', listener: () => void) => void
  readonly removeEventListener?: (type: 'abort', listener: () => void) => void
}

/**
 * The parts of the platform that an exchange needs, handed in by the adapter: core has no clock of its own.
 *
 * @category model
 * @since 0.1.0
 */
export interface Platform<Signal extends AbortSignalLike, Timer> {
  readonly AbortController: new () => { readonly signal: Signal; readonly abort: (reason?: unknown) => void }
  readonly setTimeout: (callback: () => void, ms: number) => Timer
  readonly clearTimeout: (timer: Timer) => void
}

/**
 * An exchange under way, as its adapter sees it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Attempt<Signal> {
  /** Aborts when a limit is reached or a signal of the caller's aborts: for the client. */
  readonly signal: Signal
  /** To be called right before the client is asked to send. Throws if the exchange is over by then. */
  readonly begin: () => void
  /** To be called when the client has failed, if it may be asked to send once more. */
  readonly noteFailure: (thrown: unknown) => void
  /** Ends the exchange when this signal aborts. */
  readonly follow: (signal: AbortSignalLike) => void
  /** Ends the exchange when this time is over, in milliseconds from now. */
  readonly limitTime: (timeoutMs: number) => void
  /** Reads the body of an answer, to be called as soon as its head is there. Rejects if it can't be read to its end. */
  readonly readBody: (head: AnswerHead, body: BodyStream, maxBodyBytes?: number) => Promise<HttpAnswer>
  /** To be called while a client that hands bodies over in one piece still reads: aborts if that many bytes are too many. */
  readonly noteBodySize: (head: AnswerHead, byteCount: number, maxBodyBytes?: number) => void
}

/**
 * Runs one exchange within its limits and says how it ended. It never rejects, and it ends when a limit is reached even
 * if the client does not: whatever comes of the request later is ignored. No timer and no listener is left behind.
 *
 * `Left`: `NotSent` if the request surely never left, `ResponseTooLarge`, else `DeliveryUnknown`, with the ids in the part
 * of the body that had arrived. Source: PROTOCOL.md, section 6.
 *
 * @category constructors
 * @since 0.1.0
 */
export const exchange = <Signal extends AbortSignalLike, Timer>(
  platform: Platform<Signal, Timer>,
  limits: ExchangeLimits,
  run: (attempt: Attempt<Signal>) => Promise<HttpAnswer>,
): Promise<E.Either<TaskError, HttpAnswer>> =>
  new Promise(resolve => {
    const defaultLimit = limits.maxBodyBytes ?? defaultMaxBodyBytes
    const controller = new platform.AbortController()
    const received: Received = { chunks: [], byteCount: 0 }
    const leaveBehind: Array<() => void> = []
    let isOver = false as boolean // not narrowed: the functions below change it
    let hasBegun = false
    let mayHaveArrived = false
    let tooLarge: { readonly httpStatus: number; readonly maxBodyBytes: number } | undefined

    const end = (result: E.Either<TaskError, HttpAnswer>): void => {
      isOver = true
      for (const leave of leaveBehind) leave()
      resolve(result)
    }

    const endWithout = (reason: Interruption, neverSent: boolean): void => {
      end(
        E.left({ _tag: neverSent ? 'NotSent' : 'DeliveryUnknown', reason, recovered: recoverFrom(received) }),
      )
    }

    const interrupt = (reason: Interruption): void => {
      if (isOver) return
      endWithout(reason, !hasBegun)
      controller.abort()
    }

    const fail = (thrown: unknown): void => {
      if (isOver) return
      if (tooLarge !== undefined) {
        end(E.left({ _tag: 'ResponseTooLarge', ...tooLarge, recovered: recoverFrom(received) }))
        return
      }
      const { neverSent, reason } = failureOf(thrown)
      endWithout(reason, !hasBegun || (neverSent && !mayHaveArrived))
    }

    const leaveBody = ({ status }: AnswerHead, maxBodyBytes: number): void => {
      tooLarge = { httpStatus: status, maxBodyBytes }
      controller.abort()
    }

    const attempt: Attempt<Signal> = {
      signal: controller.signal,
      begin: () => {
        if (isOver) throw new Error('The exchange is over.')
        hasBegun = true
        received.chunks.length = 0
        received.byteCount = 0
      },
      noteFailure: thrown => {
        if (!failureOf(thrown).neverSent) mayHaveArrived = true
      },
      follow: signal => {
        if (isOver) return
        const abort = (): void => interrupt(abortion(signal.reason))
        if (signal.aborted) {
          abort()
          return
        }
        signal.addEventListener?.('abort', abort)
        leaveBehind.push(() => signal.removeEventListener?.('abort', abort))
      },
      limitTime: timeoutMs => {
        if (isOver) return
        if (!(timeoutMs > 0)) {
          interrupt(badLimit('timeoutMs must be greater than 0'))
          return
        }
        if (timeoutMs > longestTimer) return
        const timer = platform.setTimeout(() => interrupt({ _tag: 'TimedOut', timeoutMs }), timeoutMs)
        leaveBehind.push(() => platform.clearTimeout(timer))
      },
      readBody: async (head, body, maxBodyBytes = defaultLimit) => {
        mayHaveArrived = true
        if (await readBody(body, maxBodyBytes, received)) return { ...head, body: bytesOf(received) }
        leaveBody(head, maxBodyBytes)
        throw new Error('The answer is too large.')
      },
      noteBodySize: (head, byteCount, maxBodyBytes = defaultLimit) => {
        if (!isOver && byteCount > maxBodyBytes) leaveBody(head, maxBodyBytes)
      },
    }

    if (limits.maxBodyBytes !== undefined && !(limits.maxBodyBytes >= 0)) {
      interrupt(badLimit('maxBodyBytes must not be negative'))
      return
    }
    if (limits.timeoutMs !== undefined) attempt.limitTime(limits.timeoutMs)
    if (isOver) return
    // `async`: what throws before its first promise fails like the rest
    const running = (async () => run(attempt))()
    running.then(answer => {
      if (!isOver) end(E.right(answer))
    }, fail)
  })

/** What timers can count to; a longer one would go off at once. */
const longestTimer = 2 ** 31 - 1

const badLimit = (code: string): Interruption => ({ _tag: 'ClientFailed', name: 'RangeError', code })

/** The name and the message of an abort's reason, not the reason itself: it can hold anything. */
const abortion = (reason: unknown): Interruption => ({
  _tag: 'Aborted',
  name: nameOf(reason),
  message: messageOf(reason),
})
