/**
 * Where in a trace a submission is made.
 *
 * @internal
 */

/** Returns the `traceparent` of a submission, which untyped callers may pass, and `null` if it is none. Never throws. */
export const readTraceparent = (submission: { readonly traceparent?: unknown }): string | null => {
  try {
    const { traceparent } = submission
    return typeof traceparent === 'string' && valid.test(traceparent) ? traceparent : null
  } catch {
    return null // reading it throws
  }
}

/** Of version 00, with a trace and a span that are not all zeros. */
const valid = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/
