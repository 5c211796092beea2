/**
 * A `fetch` whose every call is a send of an exchange, for a wrapper that may call it more than once.
 *
 * @internal
 */
import type { HttpAnswer } from '@task-outcome/core'
import type { FetchLike, FetchResponse } from './FetchLike.js'

/** Sends with `fetch` and reads the response: gives both. */
export type SendWith = (input: unknown, init: object | undefined) => Promise<Sent>

export interface Sent {
  readonly response: FetchResponse
  readonly answer: HttpAnswer
}

/**
 * Sends through a wrapper. What counts is the response to the last send, whatever the wrapper makes of it.
 */
export const sendThrough = async (
  wrap: (fetch: typeof globalThis.fetch) => FetchLike,
  send: SendWith,
  input: unknown,
  init: object | undefined,
): Promise<HttpAnswer> => {
  let answer: HttpAnswer | undefined
  const counted: FetchLike = async (wrappedInput: unknown, wrappedInit?: object) => {
    answer = undefined
    const sent = await send(wrappedInput, wrappedInit)
    answer = sent.answer
    return responseAgain(sent)
  }
  try {
    await wrap(counted as typeof globalThis.fetch)(input, init)
  } catch (thrown) {
    // A wrapper may throw for a status that it does not like.
    if (heard(answer) === undefined) throw thrown
  }
  return heard(answer) ?? Promise.reject(notCaptured())
}

/** Not narrowed: the wrapper sets it. */
const heard = (answer: HttpAnswer | undefined): HttpAnswer | undefined => answer

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
