/**
 * One pace for the queries of all waits of a job.
 *
 * @internal
 */
import { QueryError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from '../clock/Clock.js'
import { pause } from '../clock/pause.js'
import { type Rate, makeRate } from '../pace/Rate.js'
import { type QueryTaskStatus, failedQuery, failedWith } from '../query/QueryTaskStatus.js'

export interface QueryPace {
  readonly clock: Clock
  readonly concurrency: number
  readonly maxQueriesPerSecond: number
  readonly queryTimeoutMs: number
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
  const queue = new Set<() => void>()
  let underWay = 0
  let cancelTimer: (() => void) | undefined

  const startNext = (): void => {
    cancelTimer?.()
    cancelTimer = undefined
    for (const start of queue) {
      if (underWay >= concurrency) return
      const delayMs = rate.nextStartMs() - clock.now()
      if (delayMs > 0) {
        cancelTimer = clock.after(delayMs, startNext)
        return
      }
      queue.delete(start)
      underWay++
      rate.started(clock.now())
      start()
    }
  }

  /** Never settles if the signal is aborted first: then the response is not needed. */
  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        if (queue.delete(resolve) && queue.size === 0) cancelTimer?.()
      }
      signal.addEventListener('abort', leave, { once: true })
      queue.add(resolve)
      try {
        startNext()
      } catch (thrown) {
        reject(thrown) // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
      }
    })

  return (taskId, signal) => async () => {
    await turn(signal)
    const startedAtMs = clock.now()
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
      adapt(rate, result, startedAtMs, clock.now())
    } finally {
      abort()
      signal.removeEventListener('abort', abort)
      underWay--
      startNext()
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
