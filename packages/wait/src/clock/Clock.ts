/**
 * @since 0.1.0
 */

/**
 * The source of time. Tests and simulations replace it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Clock {
  /**
   * Returns the time in milliseconds since any fixed point. It should be monotonic, unlike `Date.now`, which goes back when the
   * system clock is set. A wait ignores a step back and continues from the latest time.
   */
  readonly now: () => number
  /**
   * Calls `run` once after about `delayMs` milliseconds, never synchronously. It may call a little early or late. Returns a
   * function that cancels the call.
   */
  readonly after: (delayMs: number, run: () => void) => () => void
  /**
   * Returns the date in milliseconds since 1970, for the `endedAtMs` of results. Nothing else depends on it. Without it, or if it
   * does not return a finite number, results have no times.
   */
  readonly date?: () => number | undefined
}

/**
 * The monotonic clock of the platform, which setting the system clock does not affect. Its date is that of the system.
 *
 * @category data
 * @since 0.1.0
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, Math.min(delayMs, longestTimerMs))
    return () => clearTimeout(timer)
  },
  date: () => Date.now(),
}

/** The longest delay of a timer; a longer one would fire immediately. A caller that is called early checks the time again. */
const longestTimerMs = 2 ** 31 - 1
