/**
 * Follows the signals of the caller.
 *
 * @internal
 */
import type { AbortSignalLike } from './AbortSignalLike.js'

interface Following {
  readonly callbacks: Set<() => void>
  readonly listener: () => void
}

const followings = new WeakMap<AbortSignalLike, Following>()

/**
 * Calls back when the signal aborts, until the returned function is called. A signal gets a single listener, however many
 * callbacks there are: otherwise Node reports a signal that many requests share as a leak (`MaxListenersExceededWarning`).
 */
export const followSignal = (signal: AbortSignalLike, onAbort: () => void): (() => void) => {
  const { callbacks, listener } = followings.get(signal) ?? listenTo(signal)
  callbacks.add(onAbort)
  return () => {
    if (!callbacks.delete(onAbort) || callbacks.size > 0) return
    followings.delete(signal)
    signal.removeEventListener?.('abort', listener)
  }
}

const listenTo = (signal: AbortSignalLike): Following => {
  const callbacks = new Set<() => void>()
  const listener = (): void => callbacks.forEach(onAbort => onAbort())
  const following = { callbacks, listener }
  signal.addEventListener?.('abort', listener)
  followings.set(signal, following)
  return following
}
