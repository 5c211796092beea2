/**
 * One pace for the queries of all waits of a job.
 *
 * @internal
 */
import { QueryError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from '../clock/Clock.js'
import { ignoreErrors } from '../clock/ignoreErrors.js'
import { pause } from '../clock/pause.js'
import { type Rate, makeRate } from '../pace/Rate.js'
import { type QueryTaskStatus, failedQuery, failedWith } from '../query/QueryTaskStatus.js'

export interface QueryPace {
  readonly clock: Clock
  readonly concurrency: number
  readonly maxQueriesPerSecond: number
  readonly queryTimeoutMs: number
}

interface Turn {
  readonly start: (startedAtMs: number) => void
  readonly fail: (thrown: unknown) => void
}

/**
 * Returns a query that starts within the limits, whichever wait calls it. The time in the queue does not count for
 * `queryTimeoutMs`, so the waits must not have a limit of their own.
 */
export const pacedQuery = <Output, Data>(
  query: QueryTaskStatus<Output, Data>,
  { clock, concurrency, maxQueriesPerSecond, queryTimeoutMs: timeoutMs }: QueryPace,
): QueryTaskStatus<Output, Data> => {
  const rate = makeRate(maxQueriesPerSecond)
  const queue = new Set<Turn>()
  let underWay = 0
  let cancelTimer: (() => void) | undefined

  /** Gives the turns that are due. The clock is the caller's: if it throws, no query can start. */
  const giveTurns = (): void => {
    try {
      cancelTimer?.()
      cancelTimer = undefined
      for (const turn of queue) {
        if (underWay >= concurrency) return
        const nowMs = clock.now()
        const delayMs = rate.nextStartMs() - nowMs
        if (delayMs > 0) {
          cancelTimer = clock.after(delayMs, giveTurns)
          return
        }
        queue.delete(turn)
        underWay++
        rate.started(nowMs)
        turn.start(nowMs)
      }
    } catch (thrown) {
      for (const { fail } of queue) fail(thrown)
      queue.clear()
    }
  }

  /** Returns the time at which the turn comes. Never settles if the signal is aborted first: the response is not needed then. */
  const takeTurn = (signal: AbortSignal): Promise<number> =>
    new Promise((start, fail) => {
      const turn = { start, fail }
      const leave = (): void => {
        if (queue.delete(turn)) giveTurns() // cancels the timer if it was the last
      }
      signal.addEventListener('abort', leave, { once: true })
      queue.add(turn)
      giveTurns()
    })

  return (taskId, signal) => async () => {
    const startedAtMs = await takeTurn(signal)
    const controller = new AbortController()
    const abort = (): void => controller.abort()
    signal.addEventListener('abort', abort, { once: true })
    let result: unknown = E.left(failedWith({ _tag: 'TimedOut', timeoutMs }))
    const send = async (): Promise<void> => {
      const task: unknown = query(taskId, controller.signal)
      result = typeof task === 'function' ? await (task as () => unknown)() : undefined
    }
    try {
      await pause(clock, startedAtMs + timeoutMs, signal, send())
      ignoreErrors(() => adapt(rate, result, startedAtMs, clock.now())) // the wait reports what can't be read
    } finally {
      abort()
      signal.removeEventListener('abort', abort)
      underWay--
      giveTurns()
    }
    return result as never // the wait reads it as it reads any result
  }
}

/** Slows down when the API is overloaded, and recovers. */
const adapt = (rate: Rate, result: unknown, startedAtMs: number, nowMs: number): void => {
  const { _tag, left } = (result ?? {}) as { readonly _tag?: unknown; readonly left?: unknown }
  if (_tag === 'Right') rate.answered()
  if (!QueryError.is(left)) return
  const { isOverload, retryAfterMs } = failedQuery(left)
  if (isOverload) rate.refused(startedAtMs, nowMs, retryAfterMs)
}
