/**
 * A `fetch` that counts each call as a send of the exchange, for a wrapper that may call it more than once.
 *
 * @internal
 */
import type { HttpResponse } from '@task-outcome/core'
import {
  type BufferedResponse,
  type ExchangeContext,
  type OpenResponse,
  bodyOfValue,
  isCopyOf,
  unseenSend,
} from '@task-outcome/core/adapter'
import type { FetchLike, FetchResponse } from './FetchLike.js'
import { urlOf } from './fetchRequest.js'
import { openResponse } from './readResponse.js'

/** Sends with `fetch`, reads the response, and returns both the response and what was read. */
export type SendWith = (input: unknown, init: object | undefined) => Promise<Sent>

export interface Sent {
  readonly response: FetchResponse
  /** The response with its body read. */
  readonly buffered: BufferedResponse
}

/** Wraps `fetch` in another function: the option `wrap`. */
export type Wrap = (fetch: typeof globalThis.fetch) => FetchLike

/**
 * Sends through a wrapper. The response to the last send through our `fetch` counts, unless what the wrapper returns or throws
 * shows that it sent in another way; then the outcome is unknown.
 */
export const sendThrough = async (
  wrap: Wrap,
  send: SendWith,
  context: ExchangeContext<AbortSignal>,
  input: unknown,
  init: object | undefined,
): Promise<HttpResponse> => {
  if (typeof wrap !== 'function')
    return context.refuse(`expected wrap to be a function, found ${typeof wrap}`)
  let last = undefined as Last | undefined // not narrowed: the wrapper changes it
  const rebuilt = new Set<FetchResponse>()
  const counted: FetchLike = async (wrappedInput: unknown, wrappedInit?: object) => {
    last = {}
    try {
      const sent = await send(wrappedInput, wrappedInit)
      last = { buffered: sent.buffered, headers: sent.response.headers }
      return withClones(rebuildResponse(sent), rebuilt)
    } catch (thrown) {
      last = { failure: { thrown } }
      throw thrown
    }
  }
  const wrapped: unknown = wrap(counted as typeof globalThis.fetch)
  if (typeof wrapped !== 'function')
    return context.refuse(`expected wrap to return a function such as fetch, found ${typeof wrapped}`)
  const { result, hasThrown } = await settle(async () => (wrapped as FetchLike)(input, init))
  const { buffered, headers, failure } = last ?? {}
  const response = responseOf(result)
  if (response !== undefined && !rebuilt.has(response)) {
    if (response.bodyUsed === true) {
      context.sentUnseen()
      throw notCaptured()
    }
    // Recover the ids in it, unless it is a copy.
    const isCopy = (read: HttpResponse): boolean => buffered !== undefined && isCopyOf(buffered, read)
    const open = async (): Promise<OpenResponse> => openResponse(response, urlOf(input), true)
    const read = await context.send(open, { isNoSend: isCopy })
    if (buffered !== undefined && isCopy(read)) return buffered
    throw notCaptured()
  }
  const knownTexts = (): ReadonlyArray<string> => [...textsOf(input), ...textsOf(init), ...textsOf(headers)]
  // Of a response that went through us, an error tells nothing new.
  const isOwn = response !== undefined
  const unseen = isOwn
    ? undefined
    : unseenSend({ result, hasThrown, response: buffered, failure, knownTexts })
  if (unseen !== undefined) {
    context.sentUnseen(unseen.response)
    throw unseen.response === undefined && hasThrown ? result : notCaptured()
  }
  // A wrapper may throw for an error status.
  if (buffered !== undefined) return buffered
  if (last === undefined) context.sentUnseen()
  throw hasThrown ? result : notCaptured()
}

/** The last send through our `fetch`: its response or its failure. */
interface Last {
  readonly buffered?: BufferedResponse
  readonly headers?: unknown
  readonly failure?: { readonly thrown: unknown }
}

const settle = async (
  run: () => Promise<unknown>,
): Promise<{ readonly result: unknown; readonly hasThrown: boolean }> => {
  try {
    return { result: await run(), hasThrown: false }
  } catch (thrown) {
    return { result: thrown, hasThrown: true }
  }
}
/** The response that a result is or holds, as an `HTTPError` of ky does. */
const responseOf = (result: unknown): ReadableResponse | undefined => {
  if (typeof result !== 'object' || result === null) return undefined
  const { response = result } = result as { readonly response?: unknown }
  return isResponse(response) ? response : undefined
}

type ReadableResponse = FetchResponse & { readonly bodyUsed?: boolean }

const isResponse = (value: unknown): value is ReadableResponse => {
  const { status, headers, body, text, arrayBuffer } = (value ?? {}) as Partial<FetchResponse>
  const isReadable = body !== undefined || typeof text === 'function' || typeof arrayBuffer === 'function'
  return typeof status === 'number' && typeof headers?.get === 'function' && isReadable
}

/** The texts of a URL, a `Request`, its options or its headers, in which an id is none of a task that we don't know. */
const textsOf = (value: unknown): ReadonlyArray<string> => {
  if (value instanceof URL) return [value.href]
  if (value instanceof Request) return [value.url, ...textsOf(value.headers)]
  if (value instanceof Headers) return [...value.values()]
  return [String(bodyOfValue(value ?? ''))]
}

/** Collects a response and each clone of it, so that it is recognized even after its body was read. */
const withClones = <R extends { readonly clone: () => R }>(response: R, all: Set<unknown>): R => {
  const clone = response.clone.bind(response)
  all.add(response)
  return Object.defineProperty(response, 'clone', { value: () => withClones(clone(), all) })
}

/** Rebuilds a response whose body was read, so that the wrapper can read it again. */
const rebuildResponse = ({ response, buffered }: Sent): Response => {
  const { status, headers, url = '' } = response
  if (status < 200) return Response.error() // an opaque redirect in browsers
  const body = nullBodyStatuses.has(status) ? null : buffered.body
  const rebuilt = new Response(body, { status, headers } as ResponseInit)
  return Object.defineProperty(rebuilt, 'url', { value: url })
}

/** https://fetch.spec.whatwg.org/#null-body-status */
const nullBodyStatuses: ReadonlySet<number> = new Set([204, 205, 304])

const notCaptured = (): Error =>
  Object.assign(new Error('The response did not come through the wrapped fetch'), {
    code: 'ERR_RESPONSE_NOT_CAPTURED',
  })
