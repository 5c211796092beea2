/**
 * A `fetch` whose every call is a send of an exchange, for a wrapper that may call it more than once.
 *
 * @internal
 */
import type { HttpResponse } from '@task-outcome/core'
import type { ExchangeContext } from '@task-outcome/core/adapter'
import type { FetchLike, FetchResponse } from './FetchLike.js'
import { urlOf } from './fetchRequest.js'
import { openResponse } from './readResponse.js'

/** Sends with `fetch` and reads the response: gives both. */
export type SendWith = (input: unknown, init: object | undefined) => Promise<Sent>

export interface Sent {
  readonly response: FetchResponse
  readonly answer: HttpResponse
}

/** Puts a function around `fetch`: the option `wrap`. */
export type Wrap = (fetch: typeof globalThis.fetch) => FetchLike

/**
 * Sends through a wrapper. What counts is the response to the last send, whatever the wrapper makes of it. If it gives something
 * else than what it got, or fails without having asked, it may have sent by another way: then the outcome is open.
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
  let hasAsked = false as boolean // not narrowed: the wrapper changes these
  let answer = undefined as HttpResponse | undefined
  const counted: FetchLike = async (wrappedInput: unknown, wrappedInit?: object) => {
    hasAsked = true
    answer = undefined
    const sent = await send(wrappedInput, wrappedInit)
    answer = sent.answer
    return responseAgain(sent)
  }
  const wrapped: unknown = wrap(counted as typeof globalThis.fetch)
  if (typeof wrapped !== 'function')
    return context.refuse(`expected wrap to return a function such as fetch, found ${typeof wrapped}`)
  let given: unknown
  try {
    given = await (wrapped as FetchLike)(input, init)
  } catch (thrown) {
    // A wrapper may throw for a status that it does not like.
    if (answer !== undefined) return answer
    if (!hasAsked) context.sentUnseen()
    throw thrown
  }
  if (answer !== undefined) return answer
  // Read for the ids in it.
  if (isResponse(given)) await context.send(async () => openResponse(given, urlOf(input), false))
  else context.sentUnseen()
  throw notCaptured()
}

const isResponse = (given: unknown): given is FetchResponse => {
  const { status, headers, bodyUsed } = (given ?? {}) as Partial<FetchResponse> & {
    readonly bodyUsed?: boolean
  }
  return typeof status === 'number' && typeof headers?.get === 'function' && bodyUsed !== true
}

/** The response with its body, which was read, in one piece. */
const responseAgain = ({ response, answer }: Sent): FetchResponse => {
  const { status, headers, url = '' } = response
  if (status < 200) return Response.error() // what a browser shows of a redirect
  const body = nullBodyStatuses.has(status) ? null : answer.body
  const again = new Response(body, { status, headers } as ResponseInit)
  return Object.defineProperty(again, 'url', { value: url })
}

/** https://fetch.spec.whatwg.org/#null-body-status */
const nullBodyStatuses: ReadonlySet<number> = new Set([204, 205, 304])

const notCaptured = (): Error =>
  Object.assign(new Error('The response did not come through the wrapped fetch.'), {
    code: 'ERR_RESPONSE_NOT_CAPTURED',
  })
