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
import { messageOf, nameOf, property } from '../error/thrown.js'
import { readJsonDocument } from '../json/JsonDocument.js'
import { stringifyJson } from '../json/JsonValue.js'
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
  /**
   * Texts of the request and of the headers of the response. An id in them, such as that of a trace, is no evidence. Called only
   * if there is another id.
   */
  readonly knownTexts?: () => ReadonlyArray<string>
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
 * - it holds a task id, although the response to the last request through `send` holds none;
 * - a value is returned although that request failed, or none was sent;
 * - it is or holds an error of the network or of a time limit that is not the failure of that request, or an error with a response
 *   of another status. A failure before the first request, or after a response with status 401, is that of a request for a token.
 *
 * A request that leaves no trace in either can't be seen. Source: PROTOCOL.md, section 6, "A client that sends by itself … can't
 * prove by the code of its last failure that nothing arrived".
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
export const unseenSend = (end: ClientEnd): UnseenSend | undefined => {
  const { result, hasThrown, response, failure } = end
  if (result === undefined || result === null) return undefined // it shows nothing
  const isAccepted = response !== undefined && idsIn(response.body).length > 0
  if (isAccepted) return undefined
  const body = isBareId(result, response) ? `{"taskId":"${String(result)}"}` : bodyOfValue(result)
  const seen: UnseenSend = { response: { status: response?.status ?? 200, body } }
  if (hasUnknownId(body, end)) return seen
  if (!hasThrown && response === undefined) return seen
  const isForToken = response === undefined ? failure === undefined : response.status === 401
  return !isForToken && showsFailure(result, end, maxDepth) ? {} : undefined
}

const hasUnknownId = (body: string | Uint8Array, { knownTexts = () => [] }: ClientEnd): boolean => {
  const ids = idsIn(body)
  if (ids.length === 0) return false
  const known = new Set(knownTexts().flatMap(text => [text, ...text.split(/[^\w-]+/)]))
  return ids.some(taskId => !known.has(taskId))
}

const idsIn = (body: string | Uint8Array): ReadonlyArray<string> =>
  recoverFromBody(body).map(({ taskId }) => taskId)

/** Whether a value is an id without its name. A number of the response itself is none, such as its code. */
const isBareId = (value: unknown, response: HttpResponse | undefined): value is string | number | bigint => {
  if (!['string', 'number', 'bigint'].includes(typeof value)) return false
  const text = String(value)
  if (!/^[0-9]+$/.test(text) || response === undefined) return false
  return text !== String(response.status) && !textOf(response.body).includes(text)
}

const textOf = (body: string | Uint8Array): string => {
  const document = readJsonDocument(body)
  return E.isRight(document) ? document.right.text : document.left.text
}

/** Errors are looked for in arrays and objects, such as `[error, undefined]` and the results of `Promise.allSettled`. */
const maxDepth = 2

const showsFailure = (value: unknown, end: ClientEnd, depth: number): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Error || isAbort(value)) return isOtherFailure(value, end)
  return depth > 0 && Object.keys(value).some(name => showsFailure(property(value, name), end, depth - 1))
}

const isOtherFailure = (error: unknown, { response, failure }: ClientEnd): boolean => {
  const status = property(property(error, 'response'), 'status')
  if (typeof status === 'number' && status !== response?.status) return true
  const chain = causesOf(error, maxCauses)
  if (failure !== undefined && chain.includes(failure.thrown)) return false
  if (chain.some(isAbort)) return true
  // After a failure there was nothing to parse.
  if (failure !== undefined && nameOf(error) === 'SyntaxError') return true
  const code = codeOf(error)
  if (code === undefined) return fetchFailure.test(messageOf(error))
  return networkCode.test(code) && (failure === undefined || code !== codeOf(failure.thrown))
}

/** The messages of a `fetch` that has failed without a code: of Node, Chromium, Firefox and Safari. */
const fetchFailure =
  /^(?:fetch failed|Failed to fetch|NetworkError when attempting to fetch resource\.|Load failed)$/

/** An error and its causes. */
const causesOf = (error: unknown, causes: number): ReadonlyArray<unknown> =>
  error === undefined || causes === 0 ? [] : [error, ...causesOf(property(error, 'cause'), causes - 1)]

const maxCauses = 8

/** What `AbortSignal.timeout` and the time limits of clients throw. */
const isAbort = (error: unknown): boolean => /^(?:TimeoutError|AbortError)$/.test(nameOf(error))

const codeOf = (thrown: unknown): string | undefined => {
  const { reason } = failureOf(thrown)
  return reason._tag === 'NetworkFailed' ? reason.code : undefined
}

/** Codes of the system, Node, undici, its HTTP parser and its decompression, and of axios. Others are those of an application. */
const networkCode =
  /^(?:E(?:AI_\w+|CONN(?:RESET|REFUSED|ABORTED)|HOST(?:UNREACH|DOWN)|NET(?:UNREACH|DOWN|RESET)|NOTFOUND|NOTCONN|PIPE|PROTO|(?:SOCKET)?TIMEDOUT|ADDRNOTAVAIL)|ERR_(?:NETWORK|CANCELED|STREAM_\w+|HTTP2_\w+|SSL_\w+|TLS_\w+)|UND_ERR_\w+|HPE_\w+|Z_\w+_ERROR)$/

/**
 * Returns whether a response is a copy of another that a client made: with the same bytes, the same JSON, or no other task ids
 * than the other. A copy may have been parsed, which rounds long ids.
 *
 * @example
 * import { isCopyOf } from '@task-outcome/core/adapter'
 *
 * const accepted = { status: 200, body: '{"code":0,"requestId":"17"}' }
 *
 * isCopyOf(accepted, { status: 200, body: '{ "requestId": "17" }' }) // true
 * isCopyOf(accepted, { status: 200, body: '{ "requestId": "18" }' }) // false
 *
 * @category destructors
 * @since 0.1.0
 */
export const isCopyOf = (original: HttpResponse, copy: HttpResponse): boolean => {
  if (normalized(original.body) === normalized(copy.body)) return true
  const known = new Set(idsIn(original.body).flatMap(id => [id, ...roundedForms(id)]))
  return known.size > 0 && idsIn(copy.body).every(id => known.has(id))
}

const normalized = (body: string | Uint8Array): string => {
  const document = readJsonDocument(body)
  return E.isRight(document) ? stringifyJson(document.right.root) : document.left.text
}

/** What an id becomes if it is read as a double. */
const roundedForms = (id: string): ReadonlyArray<string> =>
  /^[0-9]+$/.test(id) && Number.isFinite(Number(id)) ? [String(Number(id)), String(BigInt(Number(id)))] : []
