/**
 * Whether the failure of a client can prove that nothing was sent.
 *
 * Source: PROTOCOL.md, section 6, "a client that sends by itself … can't prove that nothing arrived by the code of its last
 * failure".
 *
 * @since 0.1.0
 */

/**
 * Tells whether a `fetch` is known to send at most once for each call: the platform's own, over a dispatcher of the platform's
 * own. What frameworks, mocks and retrying wrappers put in its place is not known, and neither is undici's `RetryAgent`, which
 * `setGlobalDispatcher` puts beneath Node's `fetch`.
 *
 * @example
 * import { isPlatformFetch } from '@task-outcome/core'
 *
 * isPlatformFetch(fetch) // true
 * isPlatformFetch((url: string) => fetch(url)) // false
 *
 * @category destructors
 * @since 0.1.0
 */
export const isPlatformFetch = (fetch: unknown): boolean =>
  typeof fetch === 'function' &&
  isOfPlatform(fetch) &&
  isPlatformDispatcher((globalThis as Record<symbol, unknown>)[undiciDispatcher])

const undiciDispatcher = /* @__PURE__ */ Symbol.for('undici.globalDispatcher.1')

const isOfPlatform = (fetch: object): boolean => {
  const known = knownFetches.get(fetch)
  if (known !== undefined) return known
  const isOne = platformText.test(Function.prototype.toString.call(fetch))
  knownFetches.set(fetch, isOne)
  return isOne
}

/** A function's text stays what it is, and takes longer to get than a request has time for. */
const knownFetches = /* @__PURE__ */ new WeakMap<object, boolean>()

/** Browsers and Bun have native code; Node loads undici when its `fetch` is called first. */
const platformText =
  /^(?:async )?function fetch\([^)]*\) \{\s*\[native code\]|^(?:async )?function fetch\(input, init = undefined\) \{[^]*(?:lazyUndici|fetchImpl)/

/** `undefined` before the first request. One with interceptors is a proxy around an agent that has another `dispatch`. */
const isPlatformDispatcher = (dispatcher: unknown): boolean => {
  if (dispatcher === undefined) return true
  const { dispatch } = dispatcher as Dispatcher
  const agent = Object.getPrototypeOf(dispatcher) as Dispatcher
  return agent.constructor.name === 'Agent' && dispatch === agent.dispatch
}

interface Dispatcher {
  readonly dispatch: unknown
  readonly constructor: { readonly name: string }
}

/**
 * Tells whether a request's body is a stream. One can fail with a code of connecting, too, after a part of it was sent: that of
 * wherever it comes from.
 *
 * @example
 * import { isStream } from '@task-outcome/core'
 *
 * isStream(new ReadableStream()) // true
 * isStream('{}') // false
 *
 * @category destructors
 * @since 0.1.0
 */
export const isStream = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  ('getReader' in body || Symbol.asyncIterator in body || 'pipe' in body)
