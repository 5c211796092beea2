import { describe, expect, test } from 'vitest'
import { lookupV3ErrorCode, v3ErrorCodes } from './errorCodes.js'

/** Source: https://www.tencentcloud.com/document/product/1140/51177, "Common Error Codes". */
const published = [
  'ActionOffline',
  'AuthFailure.InvalidAuthorization',
  'AuthFailure.InvalidSecretId',
  'AuthFailure.MFAFailure',
  'AuthFailure.SecretIdNotFound',
  'AuthFailure.SignatureExpire',
  'AuthFailure.SignatureFailure',
  'AuthFailure.TokenFailure',
  'AuthFailure.UnauthorizedOperation',
  'DryRunOperation',
  'FailedOperation',
  'InternalError',
  'InvalidAction',
  'InvalidParameter',
  'InvalidParameterValue',
  'InvalidRequest',
  'IpInBlacklist',
  'IpNotInWhitelist',
  'LimitExceeded',
  'MissingParameter',
  'NoSuchProduct',
  'NoSuchVersion',
  'RequestLimitExceeded',
  'RequestLimitExceeded.GlobalRegionUinLimitExceeded',
  'RequestLimitExceeded.IPLimitExceeded',
  'RequestLimitExceeded.UinLimitExceeded',
  'RequestSizeLimitExceeded',
  'ResourceInUse',
  'ResourceInsufficient',
  'ResourceNotFound',
  'ResourceUnavailable',
  'ResponseSizeLimitExceeded',
  'ServiceUnavailable',
  'UnauthorizedOperation',
  'UnknownParameter',
  'UnsupportedOperation',
  'UnsupportedProtocol',
  'UnsupportedRegion',
]

test('every published common code has a meaning of its own', () => {
  expect(v3ErrorCodes.map(({ code }) => code).filter(code => code !== 'AuthFailure')).toEqual(published)
})

describe('a code is known by its longest known start', () => {
  test.each([
    ['AuthFailure.SignatureExpire', 'resigned'],
    ['AuthFailure.SomethingNew', 'never'],
    ['RequestLimitExceeded', 'later'],
    ['RequestLimitExceeded.UinLimitExceeded', 'later'],
    ['RequestLimitExceeded.UinLimitExceeded.More', 'later'],
    ['InternalError.DbError', 'later'],
    ['ServiceUnavailable', 'later'],
    ['InvalidParameterValue.Zone', 'never'],
    ['ResourceUnavailable', 'unknown'],
    ['UnsupportedOperation.InstanceStateStopping', 'unknown'],
    ['DryRunOperation', 'never'],
  ])('%s: %s', (code, advice) => {
    expect(lookupV3ErrorCode(code)).toMatchObject({ code, advice })
    expect(lookupV3ErrorCode(code).meaning).not.toBe('unknown code')
  })

  test.each([
    'InternalErrors',
    'Internal',
    'internalerror',
    '4400',
    '.InternalError',
    '',
    '.'.repeat(1_000_000),
  ])('%#: the start of a part is no start', code => {
    expect(lookupV3ErrorCode(code)).toEqual({ code, meaning: 'unknown code', advice: 'unknown' })
  })
})
