/**
 * @since 0.1.0
 */
import type { AbortSignalLike } from '@task-outcome/core/adapter'

/**
 * Options of one call.
 *
 * @category model
 * @since 0.1.0
 */
export interface CallOptions {
  /** Default: the region of the service or endpoint, or else of the client. */
  readonly region?: string
  /**
   * Aborts the call. A submission that was under way is a `DeliveryUnknown`. A query of `follow` is aborted by this signal and by that of
   * the wait.
   */
  readonly signal?: AbortSignalLike
}
