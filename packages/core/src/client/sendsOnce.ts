/**
 * Whether the failure of a client can prove that nothing was sent.
 *
 * Source: PROTOCOL.md, section 6, "a client that sends by itself … can't prove that nothing arrived by the code of its last
 * failure".
 *
 * @since 0.1.0
 */

/**
 * Tells whether a `fetch` is known to send at most once for each call: Node's own, over a dispatcher of Node's own. What
 * frameworks, mocks and retrying wrappers put in its place is not known, and neither is undici's `RetryAgent`, which
 * `setGlobalDispatcher` puts beneath Node's `fetch`. The `fetch` of Bun is known to send a GET again when a reused connection
 * breaks; those of Deno and browsers do so as well, and tell no codes.
 *
 * @example
 * import { isPlatformFetch } from '@task-outcome/core/adapter'
 *
 * isPlatformFetch(fetch) // true in Node
 * isPlatformFetch((url: string) => fetch(url)) // false
 *
 * @category destructors
 * @since 0.1.0
 */
export const isPlatformFetch = (fetch: unknown): boolean =>
  typeof fetch === 'function' && isOfPlatform(fetch) && isPlatformDispatcher()

const isOfPlatform = (fetch: object): boolean => {
  const known = knownFetches.get(fetch)
  if (known !== undefined) return known
  const isOne = platformText.test(Function.prototype.toString.call(fetch))
  knownFetches.set(fetch, isOne)
  return isOne
}

/** A function's text stays what it is, and takes longer to get than a request has time for. */
const knownFetches = /* @__PURE__ */ new WeakMap<object, boolean>()

/** Node loads undici when its `fetch` is called first. */
const platformText = /^(?:async )?function fetch\(input, init = undefined\) \{[^]*(?:lazyUndici|fetchImpl)/

/** Neither is there before the first request. undici 7 and older send with the first one, undici 8 (Node 26) with the second. */
const isPlatformDispatcher = (): boolean => {
  const { [undiciDispatcher]: first, [undici8Dispatcher]: second } = globalThis as Record<symbol, unknown>
  if (second === undefined) return first === undefined || isAgent(first)
  // undici 8 puts a wrapper around the second one in the place of the first.
  return isAgent(second) && (nameOf(first) === 'Dispatcher1Wrapper' || isAgent(first))
}

const undiciDispatcher = /* @__PURE__ */ Symbol.for('undici.globalDispatcher.1')
const undici8Dispatcher = /* @__PURE__ */ Symbol.for('undici.globalDispatcher.2')

/** One with interceptors is a proxy around an agent that has another `dispatch`. */
const isAgent = (dispatcher: unknown): boolean =>
  nameOf(dispatcher) === 'Agent' &&
  (dispatcher as Dispatcher).dispatch === (Object.getPrototypeOf(dispatcher) as Dispatcher).dispatch

const nameOf = (dispatcher: unknown): unknown =>
  typeof dispatcher === 'object' && dispatcher !== null
    ? (Object.getPrototypeOf(dispatcher) as Dispatcher | null)?.constructor.name
    : undefined

interface Dispatcher {
  readonly dispatch: unknown
  readonly constructor: { readonly name: string }
}

/**
 * Tells whether a request's body is a stream. One can fail with a code of connecting as well, after a part of it was sent: that of
 * wherever it comes from.
 *
 * @example
 * import { isStream } from '@task-outcome/core/adapter'
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
