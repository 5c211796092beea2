/**
 * Determines whether a failure of `fetch` can prove that nothing was sent.
 *
 * @internal
 */
import { isPlatformFetch, isStream } from '@task-outcome/core/adapter'

/**
 * Returns whether one call sends at most once. If so, a connection failure means that nothing was sent.
 *
 * @param isKnown - whether the caller has set `sendsOnce`
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

/** The body of a `Request` is always a stream, whatever it was created from. */
const bodyOf = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && 'body' in input ? input.body : undefined
