/**
 * @internal
 */
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import type { Clock } from './Clock.js'

/** Waits until the delay is over or the signal is aborted. Rejects if the clock or the signal throws. */
export const pause = (clock: Clock, delayMs: number, signal: AbortSignalLike | undefined): Promise<void> =>
  new Promise(resolve => {
    const end = (): void => {
      signal?.removeEventListener?.('abort', end)
      cancel()
      resolve()
    }
    const cancel = clock.after(delayMs, end)
    signal?.addEventListener?.('abort', end)
  })
