/**
 * @since 0.1.0
 */

/**
 * Where the time comes from: a test, or a simulation, brings its own.
 *
 * @category model
 * @since 0.1.0
 */
export interface Clock {
  /**
   * The time in milliseconds since some moment. It should not go back, as `Date.now` does when somebody sets the machine's
   * clock: a wait ignores a step back, and goes on from the time that it had reached.
   */
  readonly now: () => number
  /**
   * Calls `run` once, in `delayMs` milliseconds or a little before or after, and never within this call. Gives a function
   * that takes the call back.
   */
  readonly after: (delayMs: number, run: () => void) => () => void
}

/**
 * The time of the machine that this runs on: one that goes on evenly when somebody sets the clock.
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
}

/** What timers can count to; a longer one would go off at once. A callback that comes too early checks the time again. */
const longestTimerMs = 2 ** 31 - 1
