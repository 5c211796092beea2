/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { struct } from '../codec/struct.js'

/**
 * The parts of a request that an error may show. Other parameters, headers and bodies can hold secrets and are never part of an
 * error.
 *
 * @category model
 * @since 0.1.0
 */
export interface RequestSummary {
  /** `POST` */
  readonly method: string
  /** `https://cvm.api.qcloud.com`; `''` if the URL is relative or ambiguous. */
  readonly origin: string
  /** `/v2/index.php`; `''` if the URL is ambiguous. Secrets in it are masked. */
  readonly path: string
  /** The value of the parameter `Action` or the header `X-TC-Action`, if the request has one. Secrets in it are masked. */
  readonly action?: string
}

/**
 * The codec of a summary.
 *
 * @category codecs
 * @since 0.1.0
 */
export const RequestSummary: t.Type<RequestSummary> = struct(
  'RequestSummary',
  { method: t.string, origin: t.string, path: t.string },
  { action: t.string },
)
