/**
 * Describes a request for errors, and finds the secrets in it.
 *
 * @since 0.1.0
 */
import type { RequestSummary } from '../error/RequestSummary.js'
import { shortestSecret } from './maskSecrets.js'
import { readParameters } from './readParameters.js'
import { splitUrl } from './splitUrl.js'

/**
 * What errors may show of a request, and the secrets that they must mask.
 *
 * @category model
 * @since 0.1.0
 */
export interface RedactedRequest {
  /** The parts that errors show. */
  readonly summary: RequestSummary
  /** Values that no error may show, should the response echo them: see {@link redactRequest}. */
  readonly secrets: ReadonlyArray<string>
  /**
   * Whether the request may hold further secrets, because a part of it could not be read. Errors then show no text of the
   * response. Default: `false`.
   */
  readonly isOpaque?: boolean
}

/**
 * The parts of a request that are searched for secrets.
 *
 * @category model
 * @since 0.1.0
 */
export interface RequestInfo {
  readonly method: string
  /** The absolute URL. A relative one is shown without an origin. */
  readonly url: string
  /** A `Headers`, an array of pairs or an object. */
  readonly headers: unknown
  /** A form or JSON, as text, bytes or an object. Anything else makes the request opaque. */
  readonly body: unknown
}

/**
 * Describes a request for errors by its method, origin, path and its parameter `Action` or header `X-TC-Action`. Collects as
 * secrets the headers and the parameters of the query, a form or JSON whose names suggest a secret, such as `SecretId`,
 * `Signature`, `Token`, `Pin`, `Password`, `Authorization` or `Cookie`.
 *
 * It never throws. A request is opaque if a part of it can't be read: a getter throws, or the body is neither a form nor JSON,
 * a stream, a `Blob`, an instance of a class without `toJSON`, or larger than about 500 KB. The readable parts are described
 * all the same. For an ambiguous URL the summary has neither an origin nor a path.
 *
 * @example
 * import { redactRequest } from '@task-outcome/core/adapter'
 *
 * const { summary, secrets } = redactRequest({
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
export const redactRequest = ({ method, url, headers, body }: RequestInfo): RedactedRequest => {
  const { origin, path, query, userInfo } = splitUrl(url)
  const { action, secrets, isOpaque } = readParameters({ query, headers, body })
  return {
    summary: { method: method.toUpperCase(), origin, path, ...(action === undefined ? {} : { action }) },
    secrets: [...userInfo.filter(part => part.length >= shortestSecret), ...secrets],
    isOpaque,
  }
}

/**
 * Describes an exchange by its last request, with the secrets of all of them: a response can echo a token that was replaced since.
 *
 * @param first - the request as the caller made it
 * @param sent - the requests as they were sent, in order
 *
 * @example
 * import { redactRequest, withSecretsOf } from '@task-outcome/core/adapter'
 *
 * const sentWith = (token: string) =>
 *   redactRequest({ method: 'GET', url: 'https://cvm.api.qcloud.com/', headers: { Authorization: token }, body: undefined })
 *
 * withSecretsOf(sentWith('expired-token'), [sentWith('fresh-token')]).secrets // has both tokens
 *
 * @category constructors
 * @since 0.1.0
 */
export const withSecretsOf = (
  first: RedactedRequest,
  sent: ReadonlyArray<RedactedRequest>,
): RedactedRequest => {
  const all = [first, ...sent]
  return {
    summary: (sent[sent.length - 1] ?? first).summary,
    secrets: all.flatMap(({ secrets }) => secrets),
    isOpaque: all.some(({ isOpaque = false }) => isOpaque),
  }
}
