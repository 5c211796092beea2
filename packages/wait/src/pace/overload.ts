/**
 * @internal
 */
import type { QueryError, SubmissionError } from '@task-outcome/core'
import { isOverload } from '../query/QueryTaskStatus.js'
import { retryAfterOf } from './retryAfter.js'

/**
 * Returns how long an overloaded API wants a pause, in milliseconds: 0 without a `Retry-After`. Returns `undefined` if the error
 * does not tell of overload. It may be any value, as any request can run at a pace.
 */
export const pauseForOverload = (error: unknown): number | undefined => {
  try {
    const read = { ...(error as QueryError | SubmissionError) }
    return isOverload(read) ? retryAfterOf(read) : undefined
  } catch {
    return undefined
  }
}
