/**
 * Whether a failure of `fetch` can prove that nothing was sent.
 *
 * @internal
 */

/**
 * Whether one call sends at most once, so that a failure to connect means that nothing was sent. PROTOCOL.md, section 6: "a
 * client that sends by itself … can't prove that nothing arrived by the code of its last failure".
 *
 * @param isKnown - whether the caller vouches for the function
 */
export const sendsOnce = (
  fetch: unknown,
  isKnown: boolean,
  input: unknown,
  init: RequestParts = {},
): boolean =>
  (isKnown || (isPlatformFetch(fetch) && init.dispatcher === undefined && hasPlatformDispatcher())) &&
  !canFailByItself(input, init)

interface RequestParts {
  readonly method?: unknown
  readonly body?: unknown
  readonly dispatcher?: unknown
}

/**
 * Told by its text: what frameworks, mocks and retrying wrappers put in the place of `fetch` has another. Browsers and Bun
 * have native code; Node loads undici when it is called first.
 */
const isPlatformFetch = (fetch: unknown): boolean =>
  typeof fetch === 'function' &&
  /\[native code\]|^(?:async )?function fetch\(input, init = undefined\) \{[^]*(?:lazyUndici|fetchImpl)/.test(
    Function.prototype.toString.call(fetch),
  )

/** Not a dispatcher that sends again, as undici's `RetryAgent`, which `setGlobalDispatcher` puts in for all of Node's `fetch`. */
const hasPlatformDispatcher = (): boolean => {
  const dispatcher = (globalThis as Record<symbol, unknown>)[Symbol.for('undici.globalDispatcher.1')] as
    { readonly dispatch?: unknown } | undefined
  if (dispatcher === undefined) return true // before the first request
  const prototype = Object.getPrototypeOf(dispatcher) as { readonly constructor: { readonly name: string } }
  // One with interceptors is a proxy around an agent, with another `dispatch`.
  return (
    prototype.constructor.name === 'Agent' &&
    dispatcher.dispatch === (prototype as typeof dispatcher).dispatch
  )
}

/** A stream that is sent can fail with a code of connecting, too: that of wherever it comes from. */
const canFailByItself = (input: unknown, init: RequestParts): boolean => {
  const body = init.body ?? bodyOfRequest(input)
  return (
    typeof body === 'object' &&
    body !== null &&
    ('getReader' in body || Symbol.asyncIterator in body || 'pipe' in body)
  )
}

/** A `Request`'s body is a stream, whatever it was made of; not every browser shows it. */
const bodyOfRequest = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && 'body' in input ? input.body : undefined
