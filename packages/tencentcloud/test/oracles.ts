/**
 * The parts of other SDKs that sign requests, as they come from npm.
 */
import { createRequire } from 'node:module'
import type Tc3 from 'tencentcloud-sdk-nodejs/tencentcloud/common/sign.js'

const load = createRequire(import.meta.url)

interface QcloudOptions {
  readonly host?: string
  readonly method?: 'GET' | 'POST'
  readonly signatureMethod?: 'sha1' | 'sha256'
  readonly SecretId?: string
  readonly SecretKey?: string
}

interface Qcloud {
  readonly generateQueryString: (data: object, options?: QcloudOptions) => string
}

/** `qcloudapi-sdk`, for API 2.0. */
export const QcloudApi = load('qcloudapi-sdk') as new (defaults: QcloudOptions) => Qcloud

/** The signatures of `tencentcloud-sdk-nodejs`, for API 3.0. */
export const { default: Sign } = load('tencentcloud-sdk-nodejs/tencentcloud/common/sign.js') as {
  readonly default: typeof Tc3.default
}
