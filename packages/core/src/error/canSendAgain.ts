/**
 * Whether a failed submission can be sent again.
 *
 * Source: PROTOCOL.md, section 6.
 *
 * @since 0.1.0
 */
import { replayedCode } from '../wire/replayedCode.js'
import type { SubmissionError } from './TaskError.js'

/**
 * Returns whether a program can send the same submission again without starting a second task, and whether that can help. Only
 * two cases are safe, and neither if `recovered` has an id:
 * - `NotSent`, because the request never left, unless the call itself is wrong (`Misused`);
 * - `Rejected` with the advice `later` or `resigned`, because the API says that it started nothing. Code 4500 is not safe: it
 *   can be the response to a retry of a request that arrived.
 *
 * Wait before each attempt, at least `retryAfterMs` if the error has it, and limit the number of attempts: a wrong host name is
 * `NotSent` every time. After the advice `resigned`, sign the request again. Queries need no such check: they start nothing.
 *
 * @example
 * import { canSendAgain, decodeOrdinaryTask } from '@task-outcome/core'
 * import { either as E } from 'fp-ts'
 *
 * E.mapLeft(canSendAgain)(decodeOrdinaryTask('{"code":4400,"message":"too fast"}')) // left(true)
 * E.mapLeft(canSendAgain)(decodeOrdinaryTask('{"code":4500,"message":"nonce was used"}')) // left(false)
 * E.mapLeft(canSendAgain)(decodeOrdinaryTask('<html>Please log in</html>')) // left(false)
 *
 * @category destructors
 * @since 0.1.0
 */
export const canSendAgain = (error: SubmissionError): boolean => {
  if (error.recovered.length > 0) return false // these tasks may be running
  switch (error._tag) {
    case 'NotSent':
      return error.reason._tag !== 'Misused' // a wrong call stays wrong
    case 'Rejected':
      return error.code !== replayedCode && (error.advice === 'later' || error.advice === 'resigned')
    case 'DeliveryUnknown':
    case 'ResponseTooLarge':
    case 'HttpStatusError':
    case 'MalformedJson':
    case 'ShapeError':
    case 'ContractViolation':
      return false
  }
}
