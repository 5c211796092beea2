/**
 * What an API asks for with `Retry-After`. RFC 9110, section 10.2.3.
 *
 * @internal
 */
import type { QueryError, SubmissionError } from '@task-outcome/core'

/** Returns how long to leave the API alone after that error, in milliseconds: 0 if it does not say, never over ten minutes. */
export const retryAfterOf = (error: QueryError | SubmissionError): number => {
  const retryAfterMs = 'retryAfterMs' in error ? error.retryAfterMs : undefined
  return retryAfterMs !== undefined && retryAfterMs > 0 ? Math.min(retryAfterMs, longestRetryAfterMs) : 0
}

/** Without a limit of the caller's, a hostile or mistaken `Retry-After` would stop a wait for days. */
const longestRetryAfterMs = 10 * 60_000
