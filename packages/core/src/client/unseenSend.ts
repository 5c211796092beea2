/**
 * Evidence of requests that a client sent past the exchange: an interceptor that calls another client, or a function around
 * `fetch` that calls another `fetch`.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { bodyOfValue } from '../decode/bodyOfValue.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import { recoverFromBody } from '../decode/recovered.js'
import { decodeUtf8 } from '../json/utf8.js'
import { failureOf } from './failure.js'

/**
 * How a client ended that can send by itself, and what went through `send` of the exchange before.
 *
 * @category model
 * @since 0.1.0
 */
export interface ClientEnd {
  /** What it returned or threw. */
  readonly result: unknown
  readonly hasThrown: boolean
  /** The response to its last request through `send`. `undefined` if that request failed, or if there was none. */
  readonly response: HttpResponse | undefined
  /** What `send` rejected with, if the last request through it failed. */
  readonly failure: { readonly thrown: unknown } | undefined
}

/**
 * A request that was sent past the exchange. Report it with `sentUnseen`.
 *
 * @category model
 * @since 0.1.0
 */
export interface UnseenSend {
  /** What is known of its response: a body that its task ids can be read from. */
  readonly response?: HttpResponse
}

/**
 * Returns the request that a client must have sent past the exchange, judging by what it returned or threw:
 * - it holds a task id that the response to the last request through `send` does not hold;
 * - a value is returned although that request failed, or none was sent;
 * - a network failure is thrown that is not the failure of that request. A failure before the first request, or after a response
 *   with status 401, is that of a request for a token.
 *
 * A request that leaves no trace in either can't be seen. Source: PROTOCOL.md, section 6, "a client that sends by itself … can't
 * prove that nothing arrived".
 *
 * @example
 * import { unseenSend } from '@task-outcome/core/adapter'
 *
 * const rejected = { status: 200, body: '{"code":4400,"message":"too fast"}' }
 *
 * unseenSend({ result: { requestId: '17' }, hasThrown: false, response: rejected, failure: undefined })
 * // { response: { status: 200, body: '{"requestId":"17"}' } }
 * unseenSend({ result: 'too fast', hasThrown: false, response: rejected, failure: undefined }) // undefined
 *
 * @category destructors
 * @since 0.1.0
 */
export const unseenSend = ({ result, hasThrown, response, failure }: ClientEnd): UnseenSend | undefined => {
  const body = isBareId(result, response) ? `{"taskId":"${String(result)}"}` : bodyOfValue(result)
  const known = new Set(idsIn(response?.body ?? ''))
  const seen: UnseenSend = { response: { status: response?.status ?? 200, body } }
  if (idsIn(body).some(taskId => !known.has(taskId))) return seen
  if (!hasThrown) return response === undefined && result !== undefined && result !== null ? seen : undefined
  const isOfToken = response === undefined ? failure === undefined : response.status === 401 || known.size > 0
  if (isOfToken) return undefined
  const code = networkCodeOf(result)
  return code === undefined || (failure !== undefined && code === codeOf(failure.thrown)) ? undefined : {}
}

const idsIn = (body: string | Uint8Array): ReadonlyArray<string> =>
  recoverFromBody(body).map(({ taskId }) => taskId)

/** Whether a value is an id without its name. A number of the response itself is none, such as its code. */
const isBareId = (value: unknown, response: HttpResponse | undefined): value is string | number | bigint => {
  if (!['string', 'number', 'bigint'].includes(typeof value)) return false
  const text = String(value)
  if (!/^[0-9]+$/.test(text) || response === undefined) return false
  const { status, body } = response
  return text !== String(status) && !textOf(body).includes(text)
}

const textOf = (body: string | Uint8Array): string => {
  if (typeof body === 'string') return body
  const decoded = decodeUtf8(body)
  return E.isRight(decoded) ? decoded.right : decoded.left.text
}

const codeOf = (thrown: unknown): string | undefined => {
  const { reason } = failureOf(thrown)
  return reason._tag === 'NetworkFailed' ? reason.code : undefined
}

/** Codes of failures on the network look like this. Others are those of the application. */
const networkCodeOf = (thrown: unknown): string | undefined => {
  const code = codeOf(thrown)
  return code !== undefined && /^(E[A-Z]{3,}|ERR_|UND_ERR_)/.test(code) ? code : undefined
}
