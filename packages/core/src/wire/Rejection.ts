/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { refine } from '../codec/refine.js'
import { RetryAdvice, lookupErrorCode, parseModuleCode } from './ErrorCode.js'

/**
 * The reason why an API rejected a request, or a resource of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Rejection {
  /** Never 0 or `''`. API 2.0 has numbers, API 3.0 dotted names such as `RequestLimitExceeded.UinLimitExceeded`. */
  readonly code: number | string
  /** The meaning of the code in a few words, or `unknown code`. */
  readonly meaning: string
  /** Whether sending again can help. */
  readonly advice: RetryAdvice
  /** `''` if the response has none. */
  readonly message: string
  /** The digits of the module's own code, if the message starts with one in brackets. */
  readonly moduleCode?: string
  /**
   * The name of the failure in API 2.0, such as `InvalidParameter.ProjectIdNotFound`; `''` if the response has none. In API 3.0
   * the `code` is the name.
   */
  readonly codeDesc: string
}

/**
 * The codecs of the properties of a rejection, for the codecs of errors and entries.
 *
 * @internal
 */
export const rejectionProps = {
  required: {
    code: refine('a code other than 0', t.union([integer, t.string]), code => code !== 0 && code !== ''),
    meaning: t.string,
    advice: RetryAdvice,
    message: t.string,
    codeDesc: t.string,
  },
  optional: { moduleCode: t.string },
}

/**
 * Builds the rejection from the fields of a response or an entry.
 *
 * @internal
 */
export const rejection = (
  of: 'request' | 'entry',
  code: number,
  { message, codeDesc }: { readonly message: string; readonly codeDesc: string },
): Rejection => {
  const { meaning, adviceForRequest, adviceForEntry } = lookupErrorCode(code)
  const advice = of === 'request' ? adviceForRequest : adviceForEntry
  const moduleCode = parseModuleCode(message)
  return moduleCode === undefined
    ? { code, meaning, advice, message, codeDesc }
    : { code, meaning, advice, message, moduleCode, codeDesc }
}
