/**
 * @internal
 */
import type { Clock } from './Clock.js'

/**
 * The same clock, with what a wait relies on: its time is a number and never goes back. After a step back, time goes on from
 * where it was.
 */
export const steadyClock = (clock: Clock): Clock => {
  let lastMs = -Infinity
  let behindMs = 0
  return {
    now: () => {
      const readMs = clock.now()
      if (!Number.isFinite(readMs)) throw new TypeError('clock.now() must return a finite number')
      if (readMs < lastMs) behindMs += lastMs - readMs
      lastMs = readMs
      return readMs + behindMs
    },
    after: (delayMs, run) => {
      const cancel: unknown = clock.after(delayMs, run)
      if (typeof cancel !== 'function') throw new TypeError('clock.after() must return a function')
      return cancel as () => void
    },
  }
}
