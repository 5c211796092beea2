/**
 * @since 0.1.0
 */
import * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { refine } from '../codec/refine.js'
import { RetryAdvice, lookupErrorCode, parseModuleCode } from './ErrorCode.js'

/**
 * Why an API refused a request, or a resource of it.
 *
 * @category model
 * @since 0.1.0
 */
export interface Rejection {
  /** Never 0. */
  readonly code: number
  /** What the code means, in a few words; `unknown code` where that is not known. */
  readonly meaning: string
  /** Whether sending again can help. */
  readonly advice: RetryAdvice
  /** `''` where the response has none. */
  readonly message: string
  /** The digits of the module's own code, where the message starts with one in brackets. */
  readonly moduleCode?: string
  /** The name of the failure, as `InvalidParameter.ProjectIdNotFound`; `''` where the response has none. */
  readonly codeDesc: string
}

/**
 * The codecs of the properties of a rejection, for the codecs of what holds one.
 *
 * @internal
 */
export const rejectionProps = {
  required: {
    code: refine('a code other than 0', integer, code => code !== 0),
    meaning: t.string,
    advice: RetryAdvice,
    message: t.string,
    codeDesc: t.string,
  },
  optional: { moduleCode: t.string },
}

/**
 * The rejection that a response's or an entry's fields make.
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
