/**
 * The error codes that all APIs share, as data.
 *
 * Source: PROTOCOL.md, section 5.
 *
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { replayedCode } from './replayedCode.js'

/**
 * Whether sending again can help, and how:
 * - `never`: the same request will be rejected again;
 * - `later`: the same request, after a while;
 * - `resigned`: the same request with a new `Nonce`, `Timestamp` and `Signature`;
 * - `rejectedOnly`: a request for only the rejected resources;
 * - `unknown`: the code doesn't say.
 *
 * @category model
 * @since 0.1.0
 */
export const RetryAdvice = t.keyof(
  { never: null, later: null, resigned: null, rejectedOnly: null, unknown: null },
  'RetryAdvice',
)

/**
 * The advice of an error code: `never`, `later`, `resigned`, `rejectedOnly` or `unknown`.
 *
 * @category model
 * @since 0.1.0
 */
export type RetryAdvice = t.TypeOf<typeof RetryAdvice>

/**
 * What an error code means.
 *
 * @category model
 * @since 0.1.0
 */
export interface ErrorCode {
  readonly code: number
  /** The meaning in a few words, for people to read, such as `quota exceeded: too many requests`. */
  readonly meaning: string
  /** The advice if the code rejects a request as a whole. */
  readonly adviceForRequest: RetryAdvice
  /** The advice if the code is in the entry of a resource of a batch. */
  readonly adviceForEntry: RetryAdvice
}

const errorCode = (
  code: number,
  meaning: string,
  advice: RetryAdvice,
  adviceForEntry = advice,
): ErrorCode => ({
  code,
  meaning,
  adviceForRequest: advice,
  adviceForEntry,
})

/**
 * Every code of PROTOCOL.md, section 5, in its order. 4500 has the advice for a first sending: when it answers a
 * byte-identical retry, the first sending most likely arrived (section 6).
 *
 * @category data
 * @since 0.1.0
 */
export const errorCodes: ReadonlyArray<ErrorCode> = [
  errorCode(4000, 'invalid parameter', 'never'),
  ...[4100, 4101, 4102, 4103, 4104, 4105, 4106, 4110].map(code =>
    errorCode(code, 'authentication or permission failed', 'never'),
  ),
  errorCode(4200, 'request expired', 'resigned'),
  errorCode(4300, 'access denied', 'never'),
  errorCode(4400, 'quota exceeded: too many requests', 'later'),
  errorCode(replayedCode, 'replayed request, or a clock that is off', 'resigned'),
  errorCode(4600, 'protocol not supported', 'never'),
  errorCode(5000, 'no such resource', 'never'),
  errorCode(5100, 'operation on the resource failed', 'unknown', 'later'),
  errorCode(5200, 'purchase failed: configuration or stock', 'never'),
  errorCode(5300, 'purchase failed: balance', 'never'),
  errorCode(5400, 'some resources failed', 'rejectedOnly'),
  errorCode(5500, 'purchase failed: identity not verified', 'never'),
  errorCode(6000, 'internal error', 'later'),
  errorCode(6100, 'not supported in this version, or the wrong host', 'never'),
  errorCode(6200, 'under maintenance', 'later'),
  errorCode(100193, 'payment failed: orders bought together must be paid together', 'never'),
]

const byCode: ReadonlyMap<number, ErrorCode> = new Map(errorCodes.map(entry => [entry.code, entry]))

/**
 * Looks up the meaning and the advice of a code. A code that is not in {@link errorCodes} has the meaning `'unknown code'` and
 * the advice `'unknown'`.
 *
 * @example
 * import { lookupErrorCode } from '@task-outcome/core'
 *
 * lookupErrorCode(4400).adviceForRequest // 'later'
 * lookupErrorCode(1234).meaning // 'unknown code'
 *
 * @category constructors
 * @since 0.1.0
 */
export const lookupErrorCode = (code: number): ErrorCode =>
  byCode.get(code) ?? errorCode(code, 'unknown code', 'unknown')

/**
 * Returns the digits of the module's own code at the start of a message, or `undefined` if the message has none.
 *
 * Source: PROTOCOL.md, section 2: "`(100004)projectId is incorrect`".
 *
 * @example
 * import { parseModuleCode } from '@task-outcome/core/wire'
 *
 * parseModuleCode('(100004)projectId is incorrect') // '100004'
 *
 * @category destructors
 * @since 0.1.0
 */
export const parseModuleCode = (message: string): string | undefined => /^\((-?[0-9]+)\)/.exec(message)?.[1]
