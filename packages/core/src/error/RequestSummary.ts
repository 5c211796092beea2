/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { struct } from '../codec/struct.js'

/**
 * Which request an error is about: what may be shown of it. The values of other parameters, headers and bodies can be
 * secrets and are never part of an error.
 *
 * @category model
 * @since 0.1.0
 */
export interface RequestSummary {
  /** `POST` */
  readonly method: string
  /** `https://cvm.api.qcloud.com`; `''` if the address was relative, or could be read in two ways. */
  readonly origin: string
  /** `/v2/index.php`; `''` if the address could be read in two ways. Secrets in it are masked. */
  readonly path: string
  /** The value of the parameter `Action`, where the request has one. Secrets in it are masked. */
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
