/**
 * One limit for the requests of many waits and submissions.
 *
 * @since 0.1.0
 */
import type { NotSent } from '@task-outcome/core'
import { type AbortSignalLike, type TransportReason, aborted, clientFailed } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type Clock, systemClock } from '../clock/Clock.js'
import { ignoreErrors } from '../clock/ignoreErrors.js'
import { steadyClock } from '../clock/steadyClock.js'
import { checkCount, checkObject, checkRate } from '../option/check.js'
import { reasonOf } from '../option/reasonOf.js'
import { makeRate } from './Rate.js'
import { pauseForOverload } from './overload.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * Limits the requests of everything that shares it: pass it to any number of waits as the option `pace`, and run submissions with
 * `run`. Requests start in the order in which they entered its queue. When the API is overloaded (code 4400, HTTP 429 or 503), it
 * pauses for as long as `Retry-After` says and slows down, for all of them.
 *
 * @category model
 * @since 0.1.0
 */
export interface Pace {
  /**
   * Returns a task that waits for its turn and then runs `task`. No timeout of `task` starts before that. If `signal` aborts
   * first, `task` is not run and the result is a `NotSent` with the reason `Aborted`. If `task` throws or rejects, which no
   * `TaskEither` does, the promise rejects with the same.
   */
  readonly run: <E, A>(task: TE.TaskEither<E, A>, signal?: AbortSignalLike) => TE.TaskEither<E | NotSent, A>
  /** Returns the rate at this moment. */
  readonly rate: () => PaceRate
  /**
   * Enters the queue, as waits and `run` do. Calls `start` once when a request may start, possibly before it returns, or `fail`
   * if the clock throws. If `start` throws, its turn ends, and `fail` is called with what it threw. Returns a function that leaves the queue. Call `end` of the turn when the request has ended.
   */
  readonly enter: (start: (turn: Turn) => void, fail: (thrown: unknown) => void) => () => void
}

/**
 * A request that may start. It counts as being in flight until `end` is called.
 *
 * @category model
 * @since 0.1.0
 */
export interface Turn {
  /**
   * Reports that the request has ended. A `Left` with an overload error (code 4400 or `RequestLimitExceeded`, HTTP 429 or 503)
   * slows the pace down; a `Right` lets it recover. Without a result, it does neither. Calling it again has no effect.
   */
  readonly end: (result?: E.Either<unknown, unknown>) => void
}

/**
 * The rate of a pace at one moment.
 *
 * @category model
 * @since 0.1.0
 */
export interface PaceRate {
  /** How many requests per second it allows: at most the `perSecond` of its options, less after an overload. */
  readonly perSecond: number
  /** For how many milliseconds nothing starts because of a `Retry-After`: 0 if there is no such pause. */
  readonly pausedMs: number
}

/**
 * Options of a pace. All have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface PaceOptions {
  /**
   * The maximum number of requests that start in any second: greater than 0, at most a million. Stay below the limit of the API,
   * as requests bunch up in the network. Default: 20.
   */
  readonly perSecond?: number
  /** The maximum number of requests in flight: an integer of at least 1. Default: 10. */
  readonly concurrency?: number
  /** Default: `systemClock`. */
  readonly clock?: Clock
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Creates a pace to share. Throws a `RangeError` or a `TypeError` if an option is invalid.
 *
 * @example
 * import type { BatchOutcome } from '@task-outcome/core'
 * import { type QueryTaskStatus, type SubmitBatch, createPace, submitAll, waitForBatch } from '@task-outcome/wait'
 *
 * // One for each API and account, for the whole process.
 * const pace = createPace({ perSecond: 20 })
 *
 * const wait = (outcome: BatchOutcome, query: QueryTaskStatus) => waitForBatch(outcome, query, { pace })
 * const submitList = (resourceIds: ReadonlyArray<string>, submit: SubmitBatch) =>
 *   submitAll(resourceIds, chunk => pace.run(submit(chunk)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const createPace = (options: PaceOptions = {}): Pace => {
  checkObject('options', options)
  const { perSecond = 20, concurrency = 10, clock = systemClock } = options
  checkRate('perSecond', perSecond)
  checkCount('concurrency', concurrency)
  checkObject('clock', clock)
  return makePace({ perSecond, concurrency, clock: steadyClock(clock) })
}

interface Entry {
  readonly start: (turn: Turn) => void
  readonly fail: (thrown: unknown) => void
}

/**
 * @param clock - a steady one
 *
 * @internal
 */
export const makePace = ({ perSecond, concurrency, clock }: Required<PaceOptions>): Pace => {
  const rate = makeRate(perSecond)
  /** In the order in which they came. */
  const queue = new Set<Entry>()
  let inFlight = 0
  let cancelTimer: (() => void) | undefined
  let isProceeding = false

  const stopTimer = (): void => {
    ignoreErrors(() => cancelTimer?.())
    cancelTimer = undefined
  }

  /** Starts all that may start. Called while it runs, it does nothing: the loop sees what was added. */
  const proceed = (): void => {
    if (isProceeding) return
    isProceeding = true
    stopTimer()
    try {
      for (const entry of queue) {
        if (inFlight >= concurrency) return
        const nowMs = clock.now()
        const delayMs = rate.nextStartMs() - nowMs
        if (delayMs > 0) {
          cancelTimer = clock.after(delayMs, proceed)
          return
        }
        queue.delete(entry)
        rate.started(nowMs)
        begin(entry, turnFrom(nowMs))
      }
    } catch (thrown) {
      const all = [...queue]
      queue.clear()
      for (const { fail } of all) ignoreErrors(() => fail(thrown))
    } finally {
      isProceeding = false
    }
  }

  /** A request whose start throws is over. */
  const begin = ({ start, fail }: Entry, turn: Turn): void => {
    try {
      start(turn)
    } catch (thrown) {
      turn.end()
      ignoreErrors(() => fail(thrown))
    }
  }

  const turnFrom = (startedAtMs: number): Turn => {
    let isOver = false
    inFlight++
    return {
      end: result => {
        if (isOver) return
        isOver = true
        inFlight--
        if (result !== undefined) ignoreErrors(() => adapt(result, startedAtMs)) // it may be anything
        proceed()
      },
    }
  }

  const adapt = (result: E.Either<unknown, unknown>, startedAtMs: number): void => {
    if (E.isRight(result)) rate.answered()
    else {
      const retryAfterMs = pauseForOverload(result.left)
      if (retryAfterMs !== undefined) ignoreErrors(() => rate.refused(startedAtMs, clock.now(), retryAfterMs))
    }
  }

  const enter: Pace['enter'] = (start, fail) => {
    const entry = { start, fail }
    queue.add(entry)
    proceed()
    return () => {
      if (queue.delete(entry) && queue.size === 0) stopTimer()
    }
  }

  return {
    run: (task, signal) => () => runInTurn(enter, task, signal),
    rate: () => {
      const { perSecond, pausedUntilMs } = rate.current()
      return { perSecond, pausedMs: Math.max(0, pausedUntilMs - clock.now()) }
    },
    enter,
  }
}

const runInTurn = <E, A>(
  enter: Pace['enter'],
  task: TE.TaskEither<E, A>,
  signal: AbortSignalLike | undefined,
): Promise<E.Either<E | NotSent, A>> =>
  new Promise((resolve, reject) => {
    let leave: (() => void) | undefined
    let isQueued = true
    const leaveQueue = (): void => {
      isQueued = false
      leave?.()
      ignoreErrors(() => signal?.removeEventListener?.('abort', abort))
    }
    const giveUp = (reason: TransportReason): void => {
      if (!isQueued) return
      leaveQueue()
      resolve(E.left({ _tag: 'NotSent', reason, recovered: [] }))
    }
    const abort = (): void => giveUp(aborted(reasonOf(signal)))
    const start = async (turn: Turn): Promise<void> => {
      if (!isQueued) {
        turn.end()
        return
      }
      leaveQueue()
      let result: E.Either<E, A> | undefined
      try {
        // A promise is not a Task, but its value may have task ids.
        result = await (typeof task === 'function' ? task() : task)
        resolve(result)
      } catch (thrown) {
        reject(thrown) // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
      } finally {
        turn.end(result)
      }
    }
    const fail = (thrown: unknown): void => giveUp(clientFailed(thrown))
    try {
      signal?.addEventListener?.('abort', abort)
      if (signal?.aborted === true) abort()
      else leave = enter(turn => void start(turn), fail)
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- another start may have aborted it
      if (!isQueued) leave?.()
    } catch (thrown) {
      fail(thrown)
    }
  })
