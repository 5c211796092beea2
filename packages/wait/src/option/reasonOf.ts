/**
 * Reads why a signal was aborted. Returns what reading it throws.
 *
 * @internal
 */
import type { AbortSignalLike } from '@task-outcome/core/adapter'

export const reasonOf = (signal: AbortSignalLike | undefined): unknown => {
  try {
    return signal?.reason
  } catch (thrown) {
    return thrown
  }
}
