/**
 * @since 0.1.0
 */

/**
 * The source of time. Tests replace it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Clock {
  /** Returns the time in milliseconds since 1970: requests are signed with it. */
  readonly now: () => number
  /**
   * Returns the time in milliseconds since any fixed point, which setting the clock does not affect. With it, the window in which a
   * submission is sent again is measured more safely. Default: {@link Clock.now} alone.
   */
  readonly monotonicNow?: () => number
  /** Calls `run` once after about `delayMs` milliseconds. Returns a function that cancels the call. */
  readonly after: (delayMs: number, run: () => void) => () => void
}

/**
 * The clock of the platform.
 *
 * @category data
 * @since 0.1.0
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, Math.min(delayMs, longestTimerMs))
    return () => clearTimeout(timer)
  },
}

/**
 * The longest delay of a timer, 25 days; a longer one would fire immediately.
 *
 * @internal
 */
export const longestTimerMs = 2 ** 31 - 1
