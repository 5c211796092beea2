/**
 * Signed requests of API 3.0.
 *
 * @since 0.1.0
 */
import type { HttpRequest } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Credentials } from './Credentials.js'
import { readEndpoint } from './Endpoint.js'
import { bytesToHex, hmacSha256, sha256Hex, utf8ToBytes } from './hash.js'
import { type RequestIssue, build } from './RequestIssue.js'
import { type Sign, writeAndSign } from './Sign.js'
import { firstTextIssue, word } from './text.js'
import { timestampIssue, utcDate } from './timestamp.js'
import { type V3Parameters, writeV3 } from './V3Parameters.js'

/**
 * The parts of a request of API 3.0 to sign.
 *
 * @category model
 * @since 0.1.0
 */
export interface V3RequestOptions {
  /** Such as `https://clb.tencentcloudapi.com/`. */
  readonly endpoint: string
  /** The name that is signed, such as `clb`. It is not guessed from the endpoint. */
  readonly service: string
  /** Such as `2018-03-17`. */
  readonly version: string
  /** Such as `DescribeLoadBalancers`. */
  readonly action: string
  readonly parameters: V3Parameters
  readonly credentials: Credentials
  /** Such as `ap-guangzhou`. Default: none is sent. */
  readonly region?: string | undefined
  /** The language of messages, such as `zh-CN` or `en-US`. Default: none is sent. */
  readonly language?: string | undefined
  /** The current time, in seconds since 1970. The API refuses a time that is more than 5 minutes from its own. */
  readonly timestamp: number
}

/**
 * Builds a request of API 3.0 and signs it with TC3-HMAC-SHA256: a POST with the parameters as JSON. It has the secret id, the
 * signature and the token, but not the secret key.
 *
 * Unlike API 2.0, sending it twice starts two tasks, unless the action takes a `ClientToken`.
 *
 * @example
 * import { signV3Request } from '@task-outcome/tencentcloud'
 *
 * const request = signV3Request({
 *   endpoint: 'https://clb.tencentcloudapi.com/',
 *   service: 'clb',
 *   version: '2018-03-17',
 *   action: 'DescribeTaskStatus',
 *   parameters: { TaskId: '4fd2a2b2-a4a2-4ec8-a4b4-4e8d2ae4ffdc' },
 *   credentials: { secretId: 'AKIDEXAMPLE', secretKey: 'EXAMPLE' },
 *   timestamp: 1551113065,
 * }) // right: a request that any transport sends
 *
 * @category constructors
 * @since 0.1.0
 */
export const signV3Request = (options: V3RequestOptions): E.Either<RequestIssue, HttpRequest> =>
  writeAndSign(writeV3Request, options)

/**
 * Writes a request, and returns what signs it.
 *
 * @internal
 */
export const writeV3Request = (
  options: Omit<V3RequestOptions, 'credentials' | 'timestamp'>,
): E.Either<RequestIssue, Sign> =>
  build(() => {
    const { action, endpoint, language, parameters, region, service, version } = options
    const issue = firstTextIssue([
      ['service', service, word],
      ['version', version, word],
      ['action', action, word],
      ...(region === undefined ? [] : [['region', region, word] as const]),
      ...(language === undefined ? [] : [['language', language, word] as const]),
    ])
    if (issue !== undefined) return E.left(issue)
    return pipe(
      readEndpoint(endpoint),
      E.bindTo('endpoint'),
      E.bind('body', () => writeV3(parameters)),
      E.map(({ endpoint: { host, path, url }, body }): Sign => (credentials, timestamp) => {
        const issue = timestampIssue(timestamp)
        if (issue !== undefined) return E.left(issue)
        return E.right({
          method: 'POST',
          url,
          headers: {
            Authorization: tc3Authorization({
              method: 'POST',
              path,
              signed: [
                ['content-type', contentType],
                ['host', host],
                ['x-tc-action', action.toLowerCase()],
              ],
              body,
              service,
              timestamp,
              credentials,
            }),
            'Content-Type': contentType,
            'X-TC-Action': action,
            'X-TC-Version': version,
            'X-TC-Timestamp': String(timestamp),
            ...(region === undefined ? {} : { 'X-TC-Region': region }),
            ...(language === undefined ? {} : { 'X-TC-Language': language }),
            ...(credentials.token === undefined ? {} : { 'X-TC-Token': credentials.token }),
          },
          body,
        })
      }),
    )
  })

const contentType = 'application/json; charset=utf-8'

/**
 * What TC3-HMAC-SHA256 signs.
 *
 * @internal
 */
export interface Tc3Parts {
  readonly method: 'POST'
  readonly path: string
  /** Names in lower case, sorted. The specification signs values in lower case, too. */
  readonly signed: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: string
  readonly service: string
  readonly timestamp: number
  readonly credentials: Credentials
}

/**
 * Returns the value of the header `Authorization`.
 *
 * @internal
 */
export const tc3Authorization = (parts: Tc3Parts): string => {
  const { service, signed, timestamp } = parts
  const { secretId, secretKey } = parts.credentials
  const date = utcDate(timestamp)
  const scope = `${date}/${service}/tc3_request`
  const key = [date, service, 'tc3_request'].reduce(hmacSha256, utf8ToBytes(`TC3${secretKey}`))
  const toSign = ['TC3-HMAC-SHA256', timestamp, scope, sha256Hex(tc3CanonicalRequest(parts))].join('\n')
  const signature = bytesToHex(hmacSha256(key, toSign))
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${namesOf(signed)}, Signature=${signature}`
}

/**
 * Returns the canonical form of a request. Its query is empty.
 *
 * @internal
 */
export const tc3CanonicalRequest = ({ method, path, signed, body }: Tc3Parts): string =>
  [
    method,
    path,
    '',
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    namesOf(signed),
    sha256Hex(body),
  ].join('\n')

const namesOf = (signed: Tc3Parts['signed']): string => signed.map(([name]) => name).join(';')
