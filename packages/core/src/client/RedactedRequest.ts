/**
 * What an error may show of a request, and what it must not.
 *
 * @since 0.1.0
 */
import type { RequestSummary } from '../error/RequestSummary.js'
import { shortestSecret } from './maskSecrets.js'
import { readParameters } from './readParameters.js'
import { splitUrl } from './splitUrl.js'

/**
 * A request as an adapter knows it, for its errors.
 *
 * @category model
 * @since 0.1.0
 */
export interface RedactedRequest {
  /** What errors show. */
  readonly summary: RequestSummary
  /** Values that no error may show, should the response echo them: see {@link redactRequest}. */
  readonly secrets: ReadonlyArray<string>
  /**
   * Whether the request may hold secrets that are not among these, as something in it could not be read. Errors then show no
   * text of the response. Default: false.
   */
  readonly isOpaque?: boolean
}

/**
 * The parts of a request that are looked at.
 *
 * @category model
 * @since 0.1.0
 */
export interface RequestInfo {
  readonly method: string
  /** Absolute; a relative one is shown without an origin. */
  readonly url: string
  /** A `Headers`, a list of pairs or an object. */
  readonly headers: unknown
  /** A form or JSON, as text, bytes or an object; anything else makes the request opaque. */
  readonly body: unknown
}

/**
 * Describes a request for errors: its method, origin and path, and its parameter `Action`. Of all other parameters, in the
 * query, a form or JSON, and of the headers it reads only those whose names say that they are secret, such as `SecretId`,
 * `Signature`, `Token`, `Password`, `Authorization`, `Cookie`, so that they can be masked.
 *
 * It never throws. A request is opaque if a part of it can't be read: a getter throws, a body is neither a form nor JSON, or
 * it is a stream, a `Blob`, an object of a class without `toJSON`, larger than about 500 KB. The parts that can be read are
 * described all the same. An address that can be read in two ways has no origin and no path in the summary.
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
