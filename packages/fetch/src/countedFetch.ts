/**
 * A `fetch` that counts each call as a send of the exchange, for a wrapper that may call it more than once.
 *
 * @internal
 */
import type { HttpResponse } from '@task-outcome/core'
import type { ExchangeContext } from '@task-outcome/core/adapter'
import type { FetchLike, FetchResponse } from './FetchLike.js'
import { urlOf } from './fetchRequest.js'
import { openResponse } from './readResponse.js'

/** Sends with `fetch`, reads the response, and returns both the response and what was read. */
export type SendWith = (input: unknown, init: object | undefined) => Promise<Sent>

export interface Sent {
  readonly response: FetchResponse
  /** The response with its body read. */
  readonly buffered: HttpResponse
}

/** Wraps `fetch` in another function: the option `wrap`. */
export type Wrap = (fetch: typeof globalThis.fetch) => FetchLike

/**
 * Sends through a wrapper. The response to the last send counts, whatever the wrapper makes of it. If the wrapper returns without
 * a response from our `fetch`, or fails without calling it, it may have sent in another way, so the outcome is unknown.
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
  let wasCalled = false as boolean // not narrowed: the wrapper changes these
  let buffered = undefined as HttpResponse | undefined
  const counted: FetchLike = async (wrappedInput: unknown, wrappedInit?: object) => {
    wasCalled = true
    buffered = undefined
    const sent = await send(wrappedInput, wrappedInit)
    buffered = sent.buffered
    return rebuildResponse(sent)
  }
  const wrapped: unknown = wrap(counted as typeof globalThis.fetch)
  if (typeof wrapped !== 'function')
    return context.refuse(`expected wrap to return a function such as fetch, found ${typeof wrapped}`)
  let result: unknown
  try {
    result = await (wrapped as FetchLike)(input, init)
  } catch (thrown) {
    // A wrapper may throw for an error status.
    if (buffered !== undefined) return buffered
    if (!wasCalled) context.sentUnseen()
    throw thrown
  }
  if (buffered !== undefined) return buffered
  // Recover the ids in it.
  if (isResponse(result)) await context.send(async () => openResponse(result, urlOf(input), false))
  else context.sentUnseen()
  throw notCaptured()
}

const isResponse = (value: unknown): value is FetchResponse => {
  const { status, headers, bodyUsed } = (value ?? {}) as Partial<FetchResponse> & {
    readonly bodyUsed?: boolean
  }
  return typeof status === 'number' && typeof headers?.get === 'function' && bodyUsed !== true
}

/** Rebuilds a response whose body was read, so that the wrapper can read it again. */
const rebuildResponse = ({ response, buffered }: Sent): FetchResponse => {
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
