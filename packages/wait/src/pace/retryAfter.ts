/**
 * The `Retry-After` header. RFC 9110, section 10.2.3.
 *
 * @internal
 */
import type { QueryError, SubmissionError } from '@task-outcome/core'

/** Returns how long to pause after an error, in milliseconds: 0 without a `Retry-After`, at most ten minutes. */
export const retryAfterOf = (error: QueryError | SubmissionError): number => {
  const retryAfterMs = 'retryAfterMs' in error ? error.retryAfterMs : undefined
  return retryAfterMs !== undefined && retryAfterMs > 0 ? Math.min(retryAfterMs, longestRetryAfterMs) : 0
}

/** Without this limit, a hostile or mistaken `Retry-After` would stop a wait for days. */
const longestRetryAfterMs = 10 * 60_000
