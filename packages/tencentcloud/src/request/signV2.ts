/**
 * Signed requests of API 2.0.
 *
 * @since 0.1.0
 */
import type { HttpRequest } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Credentials } from './Credentials.js'
import { readEndpoint } from './Endpoint.js'
import { hmacSha1Base64, hmacSha256Base64 } from './hash.js'
import { type RequestIssue, build, issueAt } from './RequestIssue.js'
import { type Sign, writeAndSign } from './Sign.js'
import { firstTextIssue, word } from './text.js'
import { timestampIssue } from './timestamp.js'
import { type FlatParameters, type V2Parameters, flattenV2 } from './V2Parameters.js'

/**
 * The parts of a request of API 2.0 to sign.
 *
 * @category model
 * @since 0.1.0
 */
export interface V2RequestOptions {
  /** Such as `https://lb.api.qcloud.com/v2/index.php`. */
  readonly endpoint: string
  /** Such as `DescribeLoadBalancers`. */
  readonly action: string
  readonly parameters: V2Parameters
  readonly credentials: Credentials
  /** Such as `gz` or `ap-guangzhou`. Default: none is sent. */
  readonly region?: string | undefined
  /** The current time, in seconds since 1970. The API refuses a time that is too far from its own. */
  readonly timestamp: number
  /** A random positive integer of at least 31 bits. The API refuses a nonce that it has seen with the same timestamp. */
  readonly nonce: number | bigint
  /** Default: `POST`. */
  readonly method?: 'GET' | 'POST' | undefined
  /** Default: `HmacSHA256`. */
  readonly signatureMethod?: 'HmacSHA1' | 'HmacSHA256' | undefined
}

/**
 * Builds and signs a request of API 2.0. It has the secret id, the signature and the token, but not the secret key.
 *
 * Sending the same request again is safe, because the API refuses a nonce and a timestamp that it has seen. Building it again with
 * another nonce is not. Source: PROTOCOL.md, section 6.
 *
 * @example
 * import { signV2Request } from '@task-outcome/tencentcloud'
 *
 * const request = signV2Request({
 *   endpoint: 'https://cvm.api.qcloud.com/v2/index.php',
 *   action: 'DescribeInstances',
 *   parameters: { instanceIds: ['ins-09dx96dg'] },
 *   credentials: { secretId: 'AKIDEXAMPLE', secretKey: 'EXAMPLE' },
 *   region: 'gz',
 *   timestamp: 1465185768,
 *   nonce: 1288490188,
 * }) // right: a request that any transport sends
 *
 * @category constructors
 * @since 0.1.0
 */
export const signV2Request = (options: V2RequestOptions): E.Either<RequestIssue, HttpRequest> =>
  writeAndSign(writeV2Request, options)

/**
 * Writes a request, and returns what signs it.
 *
 * @internal
 */
export const writeV2Request = (
  options: Omit<V2RequestOptions, 'credentials' | 'timestamp'>,
): E.Either<RequestIssue, Sign> =>
  build(() => {
    const { action, endpoint, nonce, region } = options
    const { method = 'POST', signatureMethod = 'HmacSHA256' } = options
    const issue =
      firstTextIssue([
        ['action', action, word],
        ...(region === undefined ? [] : [['region', region, word] as const]),
      ]) ??
      nonceIssue(nonce) ??
      oneOfIssue(method, ['GET', 'POST'], 'method') ??
      oneOfIssue(signatureMethod, ['HmacSHA1', 'HmacSHA256'], 'signatureMethod')
    if (issue !== undefined) return E.left(issue)
    return pipe(
      readEndpoint(endpoint),
      E.bindTo('endpoint'),
      E.bind('own', () => flattenV2(options.parameters, method)),
      E.map(({ endpoint: { host, path, url }, own }): Sign => (credentials, timestamp) => {
        const issue = timestampIssue(timestamp)
        if (issue !== undefined) return E.left(issue)
        const { secretId, secretKey, token } = credentials
        const parameters = new Map([
          ...own,
          ['Action', action],
          ['Nonce', String(nonce)],
          ...(region === undefined ? [] : [['Region', region] as const]),
          ['SecretId', secretId],
          // HmacSHA1 is what the absence of the parameter means.
          ...(signatureMethod === 'HmacSHA1' ? [] : [['SignatureMethod', signatureMethod] as const]),
          ['Timestamp', String(timestamp)],
          ...(token === undefined ? [] : [['Token', token] as const]),
        ])
        const hmac = signatureMethod === 'HmacSHA1' ? hmacSha1Base64 : hmacSha256Base64
        const signature = hmac(secretKey, v2StringToSign(method, host, path, parameters))
        const form = formOf([...sorted(parameters), ['Signature', signature]])
        return E.right(
          method === 'GET'
            ? { method, url: `${url}?${form}` }
            : { method, url, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: form },
        )
      }),
    )
  })

/**
 * The text that is signed: the values are not encoded, the names sorted by ASCII code.
 *
 * @internal
 */
export const v2StringToSign = (
  method: string,
  host: string,
  path: string,
  parameters: FlatParameters,
): string =>
  `${method}${host}${path}?${sorted(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')}`

const sorted = (parameters: FlatParameters): ReadonlyArray<readonly [name: string, value: string]> =>
  Array.from(parameters).sort(([a], [b]) => (a < b ? -1 : 1))

const formOf = (parameters: ReadonlyArray<readonly [name: string, value: string]>): string =>
  parameters.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&')

/** Encodes everything but the unreserved characters of RFC 3986. */
const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const nonceIssue = (nonce: unknown): RequestIssue | undefined =>
  (typeof nonce === 'bigint' && nonce > 0n) || (Number.isSafeInteger(nonce) && (nonce as number) > 0)
    ? undefined
    : issueAt('expected a positive integer', 'nonce')

const oneOfIssue = (value: string, values: ReadonlyArray<string>, name: string): RequestIssue | undefined =>
  values.includes(value) ? undefined : issueAt(`expected ${values.join(' or ')}`, name)
