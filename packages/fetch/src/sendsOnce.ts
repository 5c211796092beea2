/**
 * Whether a failure of `fetch` can prove that nothing was sent.
 *
 * @internal
 */
import { isPlatformFetch, isStream } from '@task-outcome/core/adapter'

/**
 * Whether one call sends at most once, so that a failure to connect means that nothing was sent.
 *
 * @param isKnown - whether the caller vouches for the function
 */
export const sendsOnce = (
  fetch: unknown,
  isKnown: boolean,
  input: unknown,
  { body = bodyOf(input), dispatcher }: RequestParts,
): boolean => (isKnown || (dispatcher === undefined && isPlatformFetch(fetch))) && !isStream(body)

interface RequestParts {
  readonly body?: unknown
  readonly dispatcher?: unknown
}

/** A `Request`'s body is a stream, whatever it was made of. */
const bodyOf = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && 'body' in input ? input.body : undefined
