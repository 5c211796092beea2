/**
 * @internal
 */
import type { Clock } from './Clock.js'
import { ignoreRejection } from './ignoreErrors.js'

export interface Stopwatch {
  /** In milliseconds since 1970. */
  readonly startedAtMs: number
  /**
   * Returns how much time has passed, in milliseconds; `NaN` if that is unknown, because the clock was set back or gives no time.
   * The time of a machine that was suspended counts, unlike in a monotonic clock alone.
   */
  readonly elapsedMs: () => number
}

export const startStopwatch = (clock: Clock): Stopwatch => {
  const monotonicNow = (): number => timeOf(clock.monotonicNow?.() ?? 0)
  const startedAtMs = timeOf(clock.now())
  const monotonicStartMs = monotonicNow()
  let lastMs = startedAtMs
  return {
    startedAtMs,
    elapsedMs: () => {
      const nowMs = timeOf(clock.now())
      if (!(nowMs >= lastMs)) return NaN
      lastMs = nowMs
      return Math.max(nowMs - startedAtMs, monotonicNow() - monotonicStartMs)
    },
  }
}

/** An untyped clock may return anything. */
const timeOf = (time: unknown): number => {
  if (typeof time === 'number') return time
  ignoreRejection(time)
  return NaN
}
