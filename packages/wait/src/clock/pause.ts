/**
 * @internal
 */
import type { AbortSignalLike } from '@task-outcome/core'
import type { Clock } from './Clock.js'

/** Waits until that time, or until the signal is aborted. No timer and no listener is left behind. */
export const pause = (clock: Clock, untilMs: number, signal: AbortSignalLike | undefined): Promise<void> =>
  new Promise(resolve => {
    let cancel: (() => void) | undefined
    const end = (): void => {
      cancel?.()
      signal?.removeEventListener?.('abort', end)
      resolve()
    }
    const look = (): void => {
      const leftMs = untilMs - clock.now()
      if (leftMs > 0) cancel = clock.after(leftMs, look)
      else end()
    }
    if (signal?.aborted === true) {
      resolve()
      return
    }
    signal?.addEventListener?.('abort', end)
    look()
  })
