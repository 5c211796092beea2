/**
 * A clock that is at the end of each delay at once.
 */
import type { Clock } from '../src/client/Clock.js'

export interface FastClock extends Clock {
  /** The delays so far, in milliseconds. */
  readonly delays: ReadonlyArray<number>
  /** Sets the time, as an administrator can. */
  readonly set: (ms: number) => void
}

export const fastClock = (startMs = 1_551_113_065_000): FastClock => {
  let time = startMs
  const delays: number[] = []
  return {
    delays,
    now: () => time,
    after: (delayMs, run) => {
      let isCancelled = false
      delays.push(delayMs)
      queueMicrotask(() => {
        if (isCancelled) return
        time += delayMs
        run()
      })
      return () => (isCancelled = true)
    },
    set: ms => (time = ms),
  }
}
