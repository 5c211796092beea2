/**
 * Sleeping until something happens.
 *
 * @internal
 */
import type { Clock } from '@task-outcome/wait'

export interface WakeUp {
  /** Sleeps at most that long; not at all if `wake` was called since the last sleep. */
  readonly sleep: (delayMs: number) => Promise<void>
  readonly wake: () => void
}

export const createWakeUp = (clock: Clock): WakeUp => {
  let isWoken = false
  let end = (): void => undefined
  return {
    sleep: async delayMs => {
      if (!isWoken)
        await new Promise<void>(resolve => {
          const cancel = clock.after(delayMs, resolve)
          end = () => {
            cancel()
            resolve()
          }
        })
      isWoken = false
    },
    wake: () => {
      isWoken = true
      end()
    },
  }
}

/** Sleeps that long, whatever happens. */
export const pauseFor = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise(resolve => {
    clock.after(delayMs, resolve)
  })
