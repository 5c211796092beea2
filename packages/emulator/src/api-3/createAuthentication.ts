/**
 * How API 3.0 checks that a request is who it says, and of now.
 *
 * @internal
 */
import { type EmulatorCredential, findCredential } from '../signature/EmulatorCredential.js'
import { type Api3Request, hasValidTc3Signature, parseAuthorization } from '../signature/verifyApi3.js'
import { type Refusal, refusal } from './responseBodies.js'

export interface AuthenticationOptions {
  readonly credentials: ReadonlyArray<EmulatorCredential>
  readonly clock: () => number
}

/** Who calls what. */
export interface Call {
  readonly secretId: string
  readonly service: string
  readonly version: string
  readonly action: string
}

/** Returns the call of a request, or why it is refused, in the common codes of the vendor. */
export const createAuthentication =
  ({ credentials, clock }: AuthenticationOptions) =>
  (request: Api3Request): Call | Refusal => {
    const header = (name: string) => {
      const value = request.headers[name]
      return typeof value === 'string' && value !== '' ? value : undefined
    }
    const [action, version, timestamp, authorized] = required.map(header)
    if (action === undefined || version === undefined || timestamp === undefined || authorized === undefined)
      return refusal(
        'MissingParameter',
        `the header ${required.find(name => header(name) === undefined)} is missing`,
      )
    const authorization = parseAuthorization(authorized)
    if (authorization === undefined)
      return refusal('AuthFailure.InvalidAuthorization', 'the header Authorization is not valid')
    if (!/^[0-9]+$/.test(timestamp))
      return refusal('InvalidParameterValue', 'the header x-tc-timestamp must be an integer')

    const { secretId, service, date } = authorization
    const credential = findCredential(credentials, secretId, header('x-tc-token'))
    if (credential === 'unknownId')
      return refusal('AuthFailure.SecretIdNotFound', 'The SecretId is not found, please ensure it is correct')
    if (credential === 'wrongToken') return refusal('AuthFailure.TokenFailure', 'The token is not valid')

    const now = clock()
    const signedAt = Number(timestamp) * 1000
    if (Math.abs(signedAt - now) > clockToleranceMs)
      return refusal(
        'AuthFailure.SignatureExpire',
        `The timestamp differs from the server's, ${Math.floor(now / 1000)}, by more than 5 minutes`,
      )
    if (
      date !== new Date(signedAt).toISOString().slice(0, 10) ||
      !hasValidTc3Signature(request, authorization, credential.secretKey)
    )
      return refusal(
        'AuthFailure.SignatureFailure',
        'The provided credentials could not be validated. Please check your signature is correct.',
      )
    return { secretId, service, version, action }
  }

const required = ['x-tc-action', 'x-tc-version', 'x-tc-timestamp', 'authorization'] as const

/** "Timestamp and server time cannot differ by more than five minutes". */
const clockToleranceMs = 300_000
