/**
 * @internal
 */
import type { Clock } from './Clock.js'
import { ignoreRejection } from './ignoreErrors.js'

/** A clock that was checked. */
export interface SteadyClock extends Clock {
  /** Returns `undefined` if the date is not known. Does not throw: an end without its date is better than none. */
  readonly date: () => number | undefined
}

/**
 * Makes a clock monotonic: after a step back, time continues from the latest value. Throws if the clock does not return a finite
 * number. A timer that can't be cancelled is an error, and does nothing when it fires.
 */
export const steadyClock = (clock: Clock): SteadyClock => {
  let lastMs = -Infinity
  let behindMs = 0
  return {
    now: () => {
      const readMs = clock.now()
      if (!Number.isFinite(readMs)) {
        ignoreRejection(readMs)
        throw new TypeError('clock.now() must return a finite number')
      }
      if (readMs < lastMs) behindMs += lastMs - readMs
      lastMs = readMs
      return readMs + behindMs
    },
    after: (delayMs, run) => {
      let isRefused = false
      const cancel: unknown = clock.after(delayMs, () => {
        if (!isRefused) run()
      })
      if (typeof cancel === 'function') return cancel as () => void
      isRefused = true
      ignoreRejection(cancel)
      throw new TypeError('clock.after() must return a function')
    },
    date: () => {
      try {
        const readMs: unknown = clock.date?.()
        if (Number.isFinite(readMs)) return readMs as number
        ignoreRejection(readMs)
      } catch {
        // No date is known.
      }
      return undefined
    },
  }
}
