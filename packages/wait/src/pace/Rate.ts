/**
 * Limits the rate of queries.
 *
 * @internal
 */

export interface Rate {
  /** Returns the earliest time at which the next query may start. */
  readonly nextStartMs: () => number
  /** Records that a query has started. */
  readonly started: (nowMs: number) => void
  /** Records that the API, overloaded, has rejected a query that started at that time, and asks for a pause. */
  readonly refused: (startedAtMs: number, nowMs: number, retryAfterMs: number) => void
  /** Records that the API has answered a query. */
  readonly answered: () => void
  /** Returns how many queries per second are allowed now, and until when none may start because of a `Retry-After`. */
  readonly current: () => { readonly perSecond: number; readonly pausedUntilMs: number }
}

/**
 * Allows at most `maxQueriesPerSecond` queries in any second, evenly spaced.
 *
 * A rejection halves the rate. Each answered query raises it again: quickly up to just below the rejected rate, then slowly up to
 * `maxQueriesPerSecond`. A rejection of a query that started before the last slow-down does not halve the rate again, but its
 * `Retry-After` still applies: nothing starts before that.
 */
export const makeRate = (maxQueriesPerSecond: number): Rate => {
  // One millisecond more, as clocks are rounded.
  const windowMs = Math.max(1000, 1000 / maxQueriesPerSecond) + 1
  const mostInWindow = Math.max(1, Math.floor(maxQueriesPerSecond))
  /** Ring buffer of the last start times. */
  const starts: number[] = []
  let count = 0
  let place = -Infinity
  let current = maxQueriesPerSecond
  /** Just below the rate that was rejected. */
  let surelyAllowed = maxQueriesPerSecond
  let slowedAtMs = -Infinity
  let pausedUntilMs = -Infinity
  const leastPerSecond = Math.min(maxQueriesPerSecond, slowestPerSecond)
  return {
    nextStartMs: () => Math.max(pausedUntilMs, place, (starts[count % mostInWindow] ?? -Infinity) + windowMs),
    started: nowMs => {
      starts[count % mostInWindow] = nowMs
      count++
      place = (nowMs - place <= mostLateMs ? place : nowMs) + 1000 / current
    },
    refused: (startedAtMs, nowMs, retryAfterMs) => {
      pausedUntilMs = Math.max(pausedUntilMs, nowMs + retryAfterMs)
      if (startedAtMs < slowedAtMs) return
      slowedAtMs = nowMs
      surelyAllowed = current * 0.9
      current = Math.max(leastPerSecond, current / 2)
      place = nowMs + 1000 / current
    },
    answered: () => {
      const step = surelyAllowed / (current < surelyAllowed ? responsesToRecover : responsesToExceed)
      current = Math.min(maxQueriesPerSecond, current + step)
    },
    current: () => ({ perSecond: current, pausedUntilMs }),
  }
}

/** A timer late by at most this does not lower the rate: the next queries make up for it. */
const mostLateMs = 50

/** The lowest rate after any number of rejections: one query every five seconds. */
const slowestPerSecond = 0.2

/** This many answers would raise the rate from 0 to `surelyAllowed`, */
const responsesToRecover = 20

/** and this many from there to twice that. */
const responsesToExceed = 200
