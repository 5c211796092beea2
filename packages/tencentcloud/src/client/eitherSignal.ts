/**
 * @internal
 */
import type { AbortSignalLike } from '@task-outcome/core/adapter'

/** Aborts when one of two signals does. */
export const eitherSignal = (
  one: AbortSignalLike | undefined,
  other: AbortSignalLike | undefined,
): AbortSignalLike | undefined => {
  if (one === undefined || other === undefined) return one ?? other
  return {
    get aborted() {
      return one.aborted || other.aborted
    },
    get reason() {
      return one.aborted ? one.reason : other.reason
    },
    addEventListener: (type, listener) => {
      for (const signal of [one, other]) signal.addEventListener?.(type, listener)
    },
    removeEventListener: (type, listener) => {
      for (const signal of [one, other]) signal.removeEventListener?.(type, listener)
    },
  }
}
