/**
 * @internal
 */
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import type { Clock } from './Clock.js'
import { ignoreErrors } from './ignoreErrors.js'

/**
 * Waits until that time, until the signal is aborted, or until the promise settles, whichever is first. Rejects if the clock or
 * the signal throws, or the promise rejects. Removes its timer and its listener.
 */
export const pause = (
  clock: Clock,
  untilMs: number,
  signal: AbortSignalLike | undefined,
  promise?: PromiseLike<unknown>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    let cancel: (() => void) | undefined
    const cleanUp = (): void => {
      ignoreErrors(() => cancel?.())
      ignoreErrors(() => signal?.removeEventListener?.('abort', end))
    }
    const end = (): void => {
      resolve()
      cleanUp()
    }
    const fail = (thrown: unknown): void => {
      reject(thrown) // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
      cleanUp()
    }
    const look = (): void => {
      try {
        const leftMs = untilMs - clock.now()
        if (signal?.aborted === true || leftMs <= 0) end()
        else if (leftMs < Infinity) cancel = clock.after(leftMs, look)
      } catch (thrown) {
        fail(thrown)
      }
    }
    promise?.then(end, fail)
    signal?.addEventListener?.('abort', end)
    look()
  })
