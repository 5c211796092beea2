import { describe, expect, it } from 'vitest'
import { credential, now, sign2, timestamp } from '../../test/signing.js'
import type { EmulatorCredential } from '../signature/EmulatorCredential.js'
import { createAuthentication } from './createAuthentication.js'

const target = { method: 'GET', host: 'host', path: '/v2/index.php' }

const codeOf = (
  parameters: Readonly<Record<string, string>>,
  {
    credentials = [credential] as ReadonlyArray<EmulatorCredential>,
    clock = () => now,
    clockToleranceMs = 7_200_000,
  } = {},
) => createAuthentication({ credentials, clock, clockToleranceMs })({ ...target, parameters })?.code ?? 0

const submission = { Action: 'CreateLoadBalancer' }

describe('a request of API 2.0', () => {
  it('is accepted if it is signed', () => {
    expect(codeOf(sign2(submission))).toBe(0)
    expect(codeOf(sign2({ ...submission, SignatureMethod: 'HmacSHA256' }))).toBe(0)
  })

  it.each(['Action', 'SecretId', 'Nonce', 'Timestamp', 'Signature'])(
    'is refused with 4000 without %s',
    name => {
      const { [name]: _, ...others } = sign2(submission)
      expect(codeOf(others)).toBe(4000)
      expect(codeOf({ ...others, [name]: '' })).toBe(4000)
    },
  )

  it.each(['Nonce', 'Timestamp'])('is refused with 4000 if %s is not an integer', name => {
    for (const value of ['1e9', '-1', '0x10', ' 1', 'now'])
      expect(codeOf(sign2({ ...submission, [name]: value }))).toBe(4000)
  })

  it('is refused with 4100 if a parameter, the key or the signature is another', () => {
    expect(codeOf({ ...sign2(submission), Action: 'CreateImage' })).toBe(4100)
    expect(codeOf({ ...sign2(submission), more: '1' })).toBe(4100)
    expect(codeOf(sign2(submission, { secretKey: 'another' }))).toBe(4100)
    expect(codeOf(sign2(submission, { method: 'POST' }))).toBe(4100)
    expect(codeOf(sign2(submission, { host: 'elsewhere' }))).toBe(4100)
    expect(codeOf(sign2(submission, { path: '/' }))).toBe(4100)
    expect(codeOf({ ...sign2(submission), Signature: 'x' })).toBe(4100)
  })

  it('is refused with 4104 if there is no such SecretId', () => {
    expect(codeOf(sign2({ ...submission, SecretId: 'AKID' }))).toBe(4104)
  })

  it('is refused with 4105 if the Token is not that of the key', () => {
    const temporary = { credentials: [{ ...credential, token: 'one' }] }
    expect(codeOf(sign2({ ...submission, Token: 'one' }), temporary)).toBe(0)
    expect(codeOf(sign2({ ...submission, Token: 'two' }), temporary)).toBe(4105)
    expect(codeOf(sign2(submission), temporary)).toBe(4105)
    expect(codeOf(sign2({ ...submission, Token: 'one' }))).toBe(4105)
  })

  it('can have one of several keys with the same SecretId', () => {
    const rotated = { credentials: [credential, { ...credential, secretKey: 'next', token: 'one' }] }
    expect(codeOf(sign2(submission), rotated)).toBe(0)
    expect(codeOf(sign2({ ...submission, Token: 'one' }, { secretKey: 'next' }), rotated)).toBe(0)
    expect(codeOf(sign2({ ...submission, Token: 'one' }), rotated)).toBe(4100)
  })

  it.each([
    [7_200_000, 0],
    [-7_200_000, 0],
    [7_200_001, 4500],
    [-7_200_001, 4500],
  ])('may differ from the clock by 2 hours: %i ms gives %i', (differenceMs, code) => {
    expect(codeOf(sign2(submission), { clock: () => now + differenceMs })).toBe(code)
  })

  it('is told the time of the server if its own is wrong', () => {
    const authenticate = createAuthentication({
      credentials: [credential],
      clock: () => now + 300_001,
      clockToleranceMs: 300_000,
    })
    expect(authenticate({ ...target, parameters: sign2(submission) })).toEqual({
      code: 4500,
      message: `the Timestamp differs from the server's, ${timestamp + 300}, by more than 300 s`,
      codeDesc: 'ReplayAttack',
    })
  })
})
