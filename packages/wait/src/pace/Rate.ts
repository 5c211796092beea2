/**
 * When the next query may start.
 *
 * @internal
 */

export interface Rate {
  /** The earliest time at which the next one may start. */
  readonly nextStartMs: () => number
  /** Takes note that one has started. */
  readonly started: (nowMs: number) => void
  /** The API has refused one that started then because it is overloaded, and wants to be left alone for a while. */
  readonly refused: (startedAtMs: number, nowMs: number, retryAfterMs: number) => void
  /** The API has answered one. */
  readonly answered: () => void
}

/**
 * No more than `maxQueriesPerSecond` in any second, and evenly: each has a place in time of its own.
 *
 * After a refusal there is half as much room. With every response there is more again: quickly up to nearly what was refused,
 * then slowly, until it is `maxQueriesPerSecond`. Refusals of what had started before the last slow-down are no news, but for the time
 * in their `Retry-After`: nothing starts before it has passed.
 */
export const makeRate = (maxQueriesPerSecond: number): Rate => {
  // A millisecond more: clocks are rounded.
  const windowMs = Math.max(1000, 1000 / maxQueriesPerSecond) + 1
  const mostInWindow = Math.max(1, Math.floor(maxQueriesPerSecond))
  /** The times of the last starts, by their number modulo its length. */
  const starts: number[] = []
  let count = 0
  let place = -Infinity
  let current = maxQueriesPerSecond
  /** Nearly what was refused. */
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
  }
}

/** A timer that is late by no more than this does not lower the rate: what follows makes up for it. */
const mostLateMs = 50

/** However often the API refuses, a query starts every five seconds. */
const slowestPerSecond = 0.2

/** So many answers would bring it from nothing to what is surely allowed, */
const responsesToRecover = 20

/** and so many from there to twice that. */
const responsesToExceed = 200
