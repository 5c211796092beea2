/**
 * How API 2.0 checks that a request is who it says, and of now.
 *
 * @internal
 */
import { type EmulatorCredential, findCredential } from '../signature/EmulatorCredential.js'
import { type Api2Request, hasValidSignature } from '../signature/verifyApi2.js'
import type { EmulatedFailure } from '../tasks/EmulatedTask.js'

export interface AuthenticationOptions {
  readonly credentials: ReadonlyArray<EmulatorCredential>
  readonly clock: () => number
  /** How far the `Timestamp` of a request may be from the clock. */
  readonly clockToleranceMs: number
}

/**
 * Returns why a request is refused, if so. The codes are those of the published list of common codes: 4100 "usually caused by
 * errors in signature calculation", 4104 for a key that does not exist, 4105 for a token, 4500 for a `Timestamp` too far from the
 * server's clock (the older list has 4200 for expired requests as well, without saying when).
 */
export const createAuthentication =
  ({ credentials, clock, clockToleranceMs }: AuthenticationOptions) =>
  (request: Api2Request): EmulatedFailure | undefined => {
    const { parameters } = request
    const missing = required.find(name => (parameters[name] ?? '') === '')
    if (missing !== undefined) return invalid(`${missing} is missing`)
    const { SecretId = '', Nonce = '', Timestamp = '', Token } = parameters
    const malformed = [['Nonce', Nonce] as const, ['Timestamp', Timestamp] as const].find(
      ([, value]) => !/^[0-9]+$/.test(value),
    )
    if (malformed !== undefined) return invalid(`${malformed[0]} must be an integer`)

    const credential = findCredential(credentials, SecretId, Token)
    if (credential === 'unknownId') return denied(4104, 'there is no such SecretId')
    if (credential === 'wrongToken') return denied(4105, 'the Token is not that of the SecretId')
    if (!hasValidSignature(request, credential.secretKey)) return denied(4100, 'the Signature is wrong')

    const now = clock()
    if (Math.abs(Number(Timestamp) * 1000 - now) > clockToleranceMs)
      return {
        code: 4500,
        message: `the Timestamp differs from the server's, ${Math.floor(now / 1000)}, by more than ${clockToleranceMs / 1000} s`,
        codeDesc: 'ReplayAttack',
      }
    return undefined
  }

const required = ['Action', 'SecretId', 'Nonce', 'Timestamp', 'Signature']

const invalid = (message: string): EmulatedFailure => ({ code: 4000, message, codeDesc: 'InvalidParameter' })

const denied = (code: number, message: string): EmulatedFailure => ({
  code,
  message,
  codeDesc: 'AuthFailure',
})
