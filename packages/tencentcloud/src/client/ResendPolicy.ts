/**
 * When a submission is sent again.
 *
 * @since 0.1.0
 */

import { longestTimerMs } from './Clock.js'

/**
 * How often a submission is sent again after its delivery is unknown, where that can't start a second task:
 * - API 2.0: the same request, byte for byte, because the API refuses a nonce and timestamp that it has seen. If the request is
 *   accepted, it was the first to arrive. If it is refused, the first may have arrived, so the result is `DeliveryUnknown`.
 * - API 3.0: only actions that take a `ClientToken`, with the same token and the same `secretId`, within 80 % of the time for which the service remembers
 *   it, if that is documented. For an action whose task is named by the `RequestId`, it
 *   is not documented whether the response then has that of the first request: if a query does not find the task, look at the
 *   resource.
 *
 * Source: PROTOCOL.md, section 6.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResendPolicy {
  /** How many times a submission is sent again at most. */
  readonly maxResends: number
  /** The delay before the first time, in milliseconds; it doubles each time. Default: 1,000. */
  readonly delayMs?: number
  /**
   * How long after it was signed first a submission can be sent again, in milliseconds: the time is read right before each send. If
   * the clock was set back, it is not sent again. The API refuses a timestamp that is too old: by
   * 5 minutes, according to its documentation. Default: 240,000, 4 minutes.
   */
  readonly windowMs?: number
}

/** @internal */
export const defaultWindowMs = 240_000

/**
 * Returns the delay before a submission is sent again, in milliseconds, or `undefined` if it is not.
 *
 * @param resends - how many times it was sent again
 * @param elapsedMs - the time since it was signed first; `NaN` if it is unknown
 * @param atLeastMs - the delay that the API asks for
 *
 * @internal
 */
export const nextResend = (
  { maxResends, delayMs = 1000, windowMs = defaultWindowMs }: ResendPolicy,
  resends: number,
  elapsedMs: number,
  atLeastMs: number,
): number | undefined => {
  const delay = Math.max(delayMs * 2 ** resends, atLeastMs)
  // A timer that fires too early would send it before the API wants it.
  return resends < maxResends && elapsedMs + delay <= windowMs && delay <= longestTimerMs ? delay : undefined
}
