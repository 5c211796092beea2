/**
 * What an error may show of a request, and what it must not.
 *
 * @since 0.1.0
 */
import type { RequestSummary } from '../error/RequestSummary.js'
import { showStart } from '../json/utf8.js'

/**
 * A request as an adapter knows it, for its errors.
 *
 * @category model
 * @since 0.1.0
 */
export interface RequestDescription {
  /** What errors show. */
  readonly summary: RequestSummary
  /** Values that no error may show, should the answer echo them: see {@link describeRequest}. */
  readonly secrets: ReadonlyArray<string>
}

/**
 * The parts of a request that are looked at.
 *
 * @category model
 * @since 0.1.0
 */
export interface DescribedRequest {
  readonly method: string
  /** Absolute; a relative one is shown without an origin. */
  readonly url: string
  /** A `Headers`, a list of pairs or an object. */
  readonly headers: unknown
  /** A form or JSON, as text, bytes or an object; anything else is not looked into. */
  readonly body: unknown
}

/**
 * Describes a request for errors: its method, origin and path, and its parameter `Action`. Of all other parameters, in
 * the query, a form or a JSON body, and of the headers only those are read whose name says that they are secret, as
 * `SecretId`, `Signature`, `Token`, `Password`, `Authorization`, `Cookie`: so that they can be masked.
 *
 * @example
 * import { describeRequest } from '@task-outcome/core'
 *
 * const { summary, secrets } = describeRequest({
 *   method: 'get',
 *   url: 'https://cvm.api.qcloud.com/v2/index.php?Action=CreateImage&SecretId=AKID12345678',
 *   headers: {},
 *   body: undefined,
 * })
 * // summary: { method: 'GET', origin: 'https://cvm.api.qcloud.com', path: '/v2/index.php', action: 'CreateImage' }
 * // secrets: 'AKID12345678' is among them
 *
 * @category constructors
 * @since 0.1.0
 */
export const describeRequest = ({ method, url, headers, body }: DescribedRequest): RequestDescription => {
  const { origin, path, query, userInfo } = splitUrl(url)
  const parameters = [...formParameters(query), ...bodyParameters(body)]
  const action = parameters.find(([name]) => name === 'Action')?.[1]
  return {
    summary: { method: method.toUpperCase(), origin, path, ...(action === undefined ? {} : { action }) },
    secrets: [
      ...userInfo,
      ...[...parameters, ...parametersOf(headers)].flatMap(([name, value]) =>
        isSecretName(name) ? secretsIn(value) : [],
      ),
    ].filter(secret => secret.length >= shortestSecret),
  }
}

const isSecretName = (name: string): boolean =>
  /secret|signature|token|passw|credential|authorization|cookie|api-?key/i.test(name)

/** Less would mask half of an error's words. */
const shortestSecret = 4

/** A value as a whole, and the long parts of it: `Bearer abc…`, `sid=abc…; path=/`. */
const secretsIn = (value: string): ReadonlyArray<string> => [
  value,
  ...value.split(/[\s,;=:]/).filter(part => part.length >= longPart),
]

const longPart = 8

/** @internal */
export interface SplitUrl {
  readonly origin: string
  readonly path: string
  readonly query: string
  readonly userInfo: ReadonlyArray<string>
}

/**
 * The platform's `URL` refuses the relative ones that browsers' clients take.
 *
 * @internal
 */
export const splitUrl = (url: string): SplitUrl => {
  const [, scheme = '', userInfo = '', host = '', path, query] = anyUrl.exec(url) as unknown as UrlParts
  return {
    origin: scheme + host,
    path,
    query,
    userInfo: [userInfo, ...userInfo.split(':')].flatMap(part => [part, decode(part)]),
  }
}

/** RFC 3986, appendix B: it matches every text, and a path and a query stand in each, if empty ones. */
const anyUrl = /^(?:((?:[a-zA-Z][a-zA-Z0-9+.-]*:)?\/\/)(?:([^/?#]*)@)?([^/?#]*))?([^?#]*)\??([^#]*)/

type UrlParts = readonly [
  url: string,
  scheme: string | undefined,
  userInfo: string | undefined,
  host: string | undefined,
  path: string,
  query: string,
]

type Parameters = ReadonlyArray<readonly [string, string]>

const bodyParameters = (body: unknown): Parameters => {
  if (typeof body === 'string') return textParameters(body)
  return body instanceof Uint8Array ? bodyParameters(showStart(body, body.length)) : parametersOf(body)
}

/** The parameters in `URLSearchParams`, `FormData`, `Headers`, a list of pairs, a `Map` or an object. */
const parametersOf = (value: unknown): Parameters =>
  isPairs(value)
    ? Array.from(value).flatMap(([name, member]) => nestedParameters(String(name), member, maxNesting))
    : nestedParameters('', value, maxNesting)

/** An iterator is none, though it may give pairs: to look into it would use it up. */
const isPairs = (value: unknown): value is Iterable<readonly [unknown, unknown]> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  'entries' in value &&
  (!Array.isArray(value) || value.every(Array.isArray))

/** What is not JSON is a form: `[0].Token=…` begins like the one and is the other. */
const textParameters = (text: string): Parameters => {
  try {
    return nestedParameters('', JSON.parse(text), maxNesting)
  } catch {
    return formParameters(text)
  }
}

/** `application/x-www-form-urlencoded`, as the WHATWG URL standard reads it. */
const formParameters = (form: string): Parameters =>
  form.split('&').map(pair => {
    const [name, ...value] = pair.split('=') as [string, ...string[]]
    return [decodeForm(name), decodeForm(value.join('='))]
  })

/** Every string in a value, under the names on the way to it. */
const nestedParameters = (name: string, value: unknown, depth: number): Parameters => {
  if (typeof value === 'string') return [[name, value]]
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return Object.entries(value).flatMap(([key, member]) =>
    nestedParameters(name === '' ? key : `${name}.${key}`, member, depth - 1),
  )
}

const maxNesting = 16

const decodeForm = (text: string): string => decode(text.replaceAll('+', ' '))

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
