/**
 * What is known of an answer before its body.
 *
 * @since 0.1.0
 */
import type { HttpAnswer } from '../decode/HttpAnswer.js'
import { splitUrl } from './splitUrl.js'

/**
 * An answer before its body: the status and, of a redirect, the origin that it points to.
 *
 * @category model
 * @since 0.1.0
 */
export type AnswerHead = Omit<HttpAnswer, 'body'>

/**
 * The head of an answer from its status, its `Location` header (`null` or `undefined` if there is none) and the URL that
 * was asked for, against which the header is resolved. Of a redirect only the origin is kept, without user info.
 *
 * @example
 * import { answerHead } from '@task-outcome/core'
 *
 * answerHead(302, 'https://elsewhere.example/login?next=%2F', 'https://cvm.api.qcloud.com/v2/index.php')
 * // { status: 302, redirectOrigin: 'https://elsewhere.example' }
 * answerHead(200, undefined, 'https://cvm.api.qcloud.com/v2/index.php') // { status: 200 }
 *
 * @category constructors
 * @since 0.1.0
 */
export const answerHead = (status: number, location: string | null | undefined, url: string): AnswerHead =>
  status >= 300 && status < 400 && typeof location === 'string'
    ? { status, ...originOf(location, splitUrl(url).origin) }
    : { status }

/** RFC 3986, section 5.2, as far as the origin goes. None if it is not certain where the user info ends. */
const originOf = (location: string, base: string): Pick<AnswerHead, 'redirectOrigin'> => {
  const { origin, isCertain } = splitUrl(location)
  if (!isCertain) return {}
  if (origin === '') return { redirectOrigin: base }
  return { redirectOrigin: origin.startsWith('//') ? base.slice(0, base.indexOf('//')) + origin : origin }
}
