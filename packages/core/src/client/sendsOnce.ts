/**
 * Decides whether the failure of a client can prove that nothing was sent.
 *
 * Source: PROTOCOL.md, section 6, "A client that sends by itself … can't prove by the code of its last failure that nothing
 * arrived".
 *
 * @since 0.1.0
 */

/**
 * Tells whether a `fetch` is known to send at most once for each call. Only Node's own `fetch` is, over Node's own dispatcher.
 * Replacements by frameworks, mocks and retrying wrappers are not, nor is undici's `RetryAgent`, which `setGlobalDispatcher`
 * puts beneath Node's `fetch`. The `fetch` of Bun, Deno and browsers sends a GET again when a reused connection breaks.
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

/** Caches the result for each function: its source text never changes, and is too slow to read for each request. */
const knownFetches = /* @__PURE__ */ new WeakMap<object, boolean>()

/** Matches the source text of Node's `fetch`, which loads undici on its first call. */
const platformText = /^(?:async )?function fetch\(input, init = undefined\) \{[^]*(?:lazyUndici|fetchImpl)/

/** Neither exists before the first request. undici up to 7 sends with the first one, undici 8 (Node 26) with the second. */
const isPlatformDispatcher = (): boolean => {
  const { [undiciDispatcher]: first, [undici8Dispatcher]: second } = globalThis as Record<symbol, unknown>
  if (second === undefined) return first === undefined || isAgent(first)
  // undici 8 sets the first one to a wrapper around the second.
  return isAgent(second) && (nameOf(first) === 'Dispatcher1Wrapper' || isAgent(first))
}

const undiciDispatcher = /* @__PURE__ */ Symbol.for('undici.globalDispatcher.1')
const undici8Dispatcher = /* @__PURE__ */ Symbol.for('undici.globalDispatcher.2')

/** An agent with interceptors is a proxy with another `dispatch`. */
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
 * Tells whether the body of a request is a stream. A stream can fail with a connection code of its own source after a part of it
 * was sent, so such a code proves nothing.
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
