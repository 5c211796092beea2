/**
 * Converts a response and its fault to the steps on the connection.
 *
 * @internal
 */
import type { StubResponse } from '../server/StubResponse.js'
import { type Headers, type Message, headerOf, mayHaveBody, withHeader } from '../wire/Message.js'
import { type Script, close, headScript, reset, soundScript, stall } from '../wire/Script.js'
import { compressed, compressionBomb } from './compression.js'
import type { Fault } from './Fault.js'
import {
  chunked,
  duplicateContentLength,
  endlessBody,
  informational,
  invalidHttp,
  trailingBytes,
  wrongContentLength,
} from './framing.js'
import { dripped, interrupted } from './interruptions.js'
import { gatewayPage, loginPage, noContent, redirect, retryLater } from './standIns.js'

/** What a response needs to know about its request. */
export interface ResponseContext {
  readonly method: string
  /** Path and query, as sent. */
  readonly target: string
  /** Headers to add to every response. */
  readonly headers: Headers
}

export const responseScript = async (response: StubResponse, context: ResponseContext): Promise<Script> => {
  const message = toMessage(response, context.headers)
  if (response.fault !== undefined) return faultyScript(response.fault, message, context)
  return context.method === 'HEAD' ? headScript(message) : soundScript(message)
}

const faultyScript = async (fault: Fault, message: Message, context: ResponseContext): Promise<Script> => {
  const instead = (response: StubResponse) => responseScript(response, context)
  switch (fault._tag) {
    case 'Stall':
      return interrupted(message, fault, stall)
    case 'Close':
      return interrupted(message, fault, close)
    case 'Reset':
      return interrupted(message, fault, reset)
    case 'Drip':
      return dripped(message, fault)
    case 'WrongContentLength':
      return wrongContentLength(message, fault)
    case 'DuplicateContentLength':
      return duplicateContentLength(message, fault)
    case 'Chunked':
      return chunked(message, fault)
    case 'TrailingBytes':
      return trailingBytes(message, fault)
    case 'EndlessBody':
      return endlessBody(message)
    case 'Informational':
      return informational(message, fault)
    case 'InvalidHttp':
      return invalidHttp
    case 'Compressed':
      return soundScript(await compressed(message, fault))
    case 'CompressionBomb':
      return soundScript(await compressionBomb(message, fault))
    case 'WrongCharset':
      return soundScript(withCharset(message, fault.charset))
    case 'GatewayPage':
      return instead(gatewayPage(fault.status ?? 502))
    case 'LoginPage':
      return instead(loginPage)
    case 'NoContent':
      return instead(noContent)
    case 'RedirectLoop':
      return instead(redirect(fault.status ?? 302, context.target))
    case 'RedirectElsewhere':
      return instead(redirect(fault.status ?? 302, fault.location))
    case 'TooManyRequests':
      return instead(retryLater(429, fault.retryAfterSeconds))
    case 'ServiceUnavailable':
      return instead(retryLater(503, fault.retryAfterSeconds))
    default:
      throw new TypeError(`unknown fault ${(fault satisfies never as Fault)._tag}`)
  }
}

/**
 * Returns whether a request with this fault reaches the API. If so, its task runs, whatever the client sees.
 */
export const reachesApi = (fault: Fault): boolean => {
  switch (fault._tag) {
    case 'InvalidHttp':
    case 'LoginPage':
    case 'RedirectLoop':
    case 'RedirectElsewhere':
    case 'TooManyRequests':
    case 'ServiceUnavailable':
      return false
    default:
      return true
  }
}

const toMessage = ({ status = 200, headers = {}, body = '' }: StubResponse, always: Headers): Message => {
  const own: Headers = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : value.map(one => [name, one] as const),
  )
  const type: Headers =
    mayHaveBody(status) && headerOf(own, 'Content-Type') === undefined
      ? [['Content-Type', 'application/json; charset=utf-8']]
      : []
  return {
    status,
    headers: [...type, ...own, ...always.filter(([name]) => headerOf(own, name) === undefined)],
    body: typeof body === 'string' ? Buffer.from(body) : body,
  }
}

const withCharset = (message: Message, charset: string): Message => {
  const [type = ''] = (headerOf(message.headers, 'Content-Type') ?? '').split(';')
  return { ...message, headers: withHeader(message.headers, 'Content-Type', `${type}; charset=${charset}`) }
}
