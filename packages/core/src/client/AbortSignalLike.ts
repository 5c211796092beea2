/**
 * The signal that aborts a request.
 *
 * @since 0.1.0
 */

/**
 * The part of the DOM's `AbortSignal` that is used here.
 *
 * @category model
 * @since 0.1.0
 */
export interface AbortSignalLike {
  readonly aborted: boolean
  /** Why it was aborted. The error gets its name and message. */
  readonly reason?: unknown
  /** Without it the signal is checked only once, before the request is sent. */
  readonly addEventListener?: (type: 'abort', listener: () => void) => void
  /** Called when the exchange ends, so that listeners do not pile up on a long-lived signal. */
  readonly removeEventListener?: (type: 'abort', listener: () => void) => void
}
