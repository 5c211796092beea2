/**
 * The common error codes of API 3.0, as data.
 *
 * Source: https://www.tencentcloud.com/document/product/1140/51177, "Common Error Codes".
 *
 * @since 0.1.0
 */
import type { RetryAdvice } from '@task-outcome/core/wire'

/**
 * What an error code of API 3.0 means.
 *
 * @category model
 * @since 0.1.0
 */
export interface V3ErrorCode {
  /** The code, or the first parts of the codes of many services: `FailedOperation` is also `FailedOperation.Timeout`. */
  readonly code: string
  /** The meaning in a few words, for people to read. */
  readonly meaning: string
  readonly advice: RetryAdvice
}

/**
 * The codes that all services share. A code with advice `unknown` can be permanent or temporary, depending on the action.
 *
 * @category data
 * @since 0.1.0
 */
export const v3ErrorCodes: ReadonlyArray<V3ErrorCode> = [
  { code: 'ActionOffline', meaning: 'the action was taken offline', advice: 'never' },
  { code: 'AuthFailure', meaning: 'authentication or permission failed', advice: 'never' },
  { code: 'AuthFailure.InvalidAuthorization', meaning: 'invalid Authorization header', advice: 'never' },
  { code: 'AuthFailure.InvalidSecretId', meaning: 'not a key of the cloud API', advice: 'never' },
  { code: 'AuthFailure.MFAFailure', meaning: 'multi-factor authentication failed', advice: 'never' },
  { code: 'AuthFailure.SecretIdNotFound', meaning: 'no such key', advice: 'never' },
  {
    code: 'AuthFailure.SignatureExpire',
    meaning: 'signature expired, or a clock that is off',
    advice: 'resigned',
  },
  { code: 'AuthFailure.SignatureFailure', meaning: 'wrong signature', advice: 'never' },
  { code: 'AuthFailure.TokenFailure', meaning: 'wrong or expired token', advice: 'never' },
  { code: 'AuthFailure.UnauthorizedOperation', meaning: 'permission denied', advice: 'never' },
  {
    code: 'DryRunOperation',
    meaning: 'dry run: the request would have succeeded, and nothing was started',
    advice: 'never',
  },
  { code: 'FailedOperation', meaning: 'operation failed', advice: 'unknown' },
  { code: 'InternalError', meaning: 'internal error', advice: 'later' },
  { code: 'InvalidAction', meaning: 'no such action', advice: 'never' },
  { code: 'InvalidParameter', meaning: 'invalid parameter', advice: 'never' },
  { code: 'InvalidParameterValue', meaning: 'invalid value of a parameter', advice: 'never' },
  { code: 'InvalidRequest', meaning: 'invalid request', advice: 'never' },
  { code: 'IpInBlacklist', meaning: 'the IP address is blocked', advice: 'never' },
  { code: 'IpNotInWhitelist', meaning: 'the IP address is not allowed', advice: 'never' },
  { code: 'LimitExceeded', meaning: 'quota exceeded', advice: 'unknown' },
  { code: 'MissingParameter', meaning: 'missing parameter', advice: 'never' },
  { code: 'NoSuchProduct', meaning: 'no such product', advice: 'never' },
  { code: 'NoSuchVersion', meaning: 'no such version', advice: 'never' },
  { code: 'RequestLimitExceeded', meaning: 'too many requests', advice: 'later' },
  {
    code: 'RequestLimitExceeded.GlobalRegionUinLimitExceeded',
    meaning: 'too many requests of the account',
    advice: 'later',
  },
  {
    code: 'RequestLimitExceeded.IPLimitExceeded',
    meaning: 'too many requests from the IP address',
    advice: 'later',
  },
  {
    code: 'RequestLimitExceeded.UinLimitExceeded',
    meaning: 'too many requests of the account',
    advice: 'later',
  },
  { code: 'RequestSizeLimitExceeded', meaning: 'the request is too large', advice: 'never' },
  { code: 'ResourceInUse', meaning: 'the resource is in use', advice: 'unknown' },
  { code: 'ResourceInsufficient', meaning: 'not enough resources', advice: 'unknown' },
  { code: 'ResourceNotFound', meaning: 'no such resource', advice: 'never' },
  { code: 'ResourceUnavailable', meaning: 'the resource is unavailable', advice: 'unknown' },
  { code: 'ResponseSizeLimitExceeded', meaning: 'the response would be too large', advice: 'never' },
  { code: 'ServiceUnavailable', meaning: 'the service is temporarily unavailable', advice: 'later' },
  { code: 'UnauthorizedOperation', meaning: 'permission denied', advice: 'never' },
  { code: 'UnknownParameter', meaning: 'unknown parameter', advice: 'never' },
  // Services add parts such as `UnsupportedOperation.InstanceStateStopping`, which pass.
  { code: 'UnsupportedOperation', meaning: 'unsupported operation', advice: 'unknown' },
  { code: 'UnsupportedProtocol', meaning: 'protocol not supported', advice: 'never' },
  { code: 'UnsupportedRegion', meaning: 'region not supported', advice: 'never' },
]

const byCode: ReadonlyMap<string, V3ErrorCode> = /* @__PURE__ */ new Map(
  v3ErrorCodes.map(entry => [entry.code, entry]),
)

/**
 * Looks up the meaning and the advice of a code of API 3.0, by its longest known start: services add parts after a dot. A code
 * of which no start is in {@link v3ErrorCodes} has the meaning `'unknown code'` and the advice `'unknown'`.
 *
 * @example
 * import { lookupV3ErrorCode } from '@task-outcome/tencentcloud'
 *
 * lookupV3ErrorCode('InvalidParameterValue.Zone').advice // 'never'
 * lookupV3ErrorCode('TemporarilyOdd').meaning // 'unknown code'
 *
 * @category constructors
 * @since 0.1.0
 */
export const lookupV3ErrorCode = (code: string): V3ErrorCode => {
  // A code has few parts, but a hostile one can be a megabyte of dots.
  const starts = code.split('.', 4)
  for (let parts = starts.length; parts > 0; parts--) {
    const known = byCode.get(starts.slice(0, parts).join('.'))
    if (known !== undefined) return { ...known, code }
  }
  return { code, meaning: 'unknown code', advice: 'unknown' }
}
