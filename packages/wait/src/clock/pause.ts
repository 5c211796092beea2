/**
 * @internal
 */
import type { AbortSignalLike } from '@task-outcome/core'
import type { Clock } from './Clock.js'

/**
 * Waits until that time, or until the signal is aborted. Rejects if the clock or the signal throws. No timer and no listener
 * is left behind.
 */
export const pause = (clock: Clock, untilMs: number, signal: AbortSignalLike | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    let cancel: (() => void) | undefined
    const end = (): void => {
      resolve()
      cancel?.()
      signal?.removeEventListener?.('abort', end)
    }
    const look = (): void => {
      try {
        const leftMs = untilMs - clock.now()
        if (leftMs > 0 && signal?.aborted !== true) cancel = clock.after(leftMs, look)
        else end()
      } catch (thrown) {
        reject(thrown) // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
        signal?.removeEventListener?.('abort', end)
      }
    }
    signal?.addEventListener?.('abort', end)
    look()
  })
