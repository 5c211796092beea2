import { expect, test } from 'vitest'
import { isSecretName } from './secretNames.js'

test.each([
  ...['pass', 'Pass', 'passwd', 'user_pass', 'userPass', 'pass1', 'Login.0.Pass', 'passcode', 'passkey'],
  ...['pin', 'PIN', 'pinCode', 'cardPin', 'otp', 'OTP', 'otp_code', 'TOTPCode', 'mfa', 'mfaCode', 'MFACode'],
  ...[
    'jwt',
    'X-JWT',
    'bearer',
    'auth',
    'X-Auth',
    'authCode',
    'authKey',
    'auth-key',
    'app key',
    'encryptionKey',
  ],
  ...[
    'session',
    'SessionId',
    'sessionID',
    'X-Session-Id',
    'session_id',
    'sess',
    'sid',
    'connect.sid',
    'PHPSESSID',
  ],
  ...['sig', 'Sig', 'url_sig', 'key', 'Key', 'KEY', 'api_key', 'accessKey', 'private.key'],
])('"%s" is the name of a secret', name => {
  expect(isSecretName(name)).toBe(true)
})

test.each([
  ...[
    'taskId',
    'requestId',
    'resourceKey',
    'TagKey',
    'tags.0.key',
    'keyId',
    'KeyIds.0',
    'keyName',
    'keyword',
    'monkey',
  ],
  ...[
    'sessionExpire',
    'sessionPersistenceTime',
    'bypass',
    'passThrough',
    'compass',
    'pinned',
    'spin',
    'shipping',
  ],
  ...[
    'author',
    'authType',
    'oauthProvider',
    'sigAlgorithm',
    'design',
    'side',
    'sidecar',
    'inside',
    'possession',
  ],
  ...[
    'Region',
    'Action',
    'Nonce',
    'Timestamp',
    'mfaType',
    'code',
    'id',
    'userId',
    'optional',
    'hotpot',
    '',
    '0',
  ],
])('"%s" is an ordinary name', name => {
  expect(isSecretName(name)).toBe(false)
})
