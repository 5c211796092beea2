/**
 * What is known of a response before its body.
 *
 * @since 0.1.0
 */
import type { HttpResponse } from '../decode/HttpResponse.js'
import { splitUrl } from './splitUrl.js'

/**
 * A response before its body: the status and, of a redirect, the origin that it points to.
 *
 * @category model
 * @since 0.1.0
 */
export type ResponseHead = Omit<HttpResponse, 'body'>

/**
 * Takes from a response's head what errors tell: of a redirect the origin in its `Location` header, resolved against the
 * URL of the request and without user info; the time in its `Retry-After` header.
 *
 * @param headerOf - returns the value of a header by its lower-case name; `null` or `undefined` if it is absent
 *
 * @example
 * import { responseHead } from '@task-outcome/core/adapter'
 *
 * const headers = new Headers({ location: 'https://elsewhere.example/login?next=%2F' })
 * responseHead(302, name => headers.get(name), 'https://cvm.api.qcloud.com/v2/index.php')
 * // { status: 302, redirectOrigin: 'https://elsewhere.example' }
 * responseHead(200, () => undefined, 'https://cvm.api.qcloud.com/v2/index.php') // { status: 200 }
 *
 * @category constructors
 * @since 0.1.0
 */
export const responseHead = (
  status: number,
  headerOf: (name: 'location' | 'retry-after' | 'date') => unknown,
  url: string,
): ResponseHead => {
  const location = status >= 300 && status < 400 ? headerOf('location') : undefined
  const retryAfterMs = readRetryAfter(headerOf('retry-after'), headerOf)
  return {
    status,
    ...(typeof location === 'string' ? originOf(location, splitUrl(url).origin) : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

/** RFC 9110, section 10.2.3: seconds, or a date. Core has no clock, so a date is relative to the response's `Date` header. */
const readRetryAfter = (value: unknown, headerOf: (name: 'date') => unknown): number | undefined => {
  if (typeof value !== 'string') return undefined
  if (/^[0-9]{1,10}$/.test(value)) return Number(value) * 1000
  if (!value.endsWith(' GMT')) return undefined // `Date.parse` reads "-1" as a year
  const ms = Date.parse(value) - Date.parse(String(headerOf('date')))
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

/** Resolves the origin by RFC 3986, section 5.2. Returns no origin if the end of the user info is ambiguous. */
const originOf = (location: string, base: string): Pick<ResponseHead, 'redirectOrigin'> => {
  const { origin, isCertain } = splitUrl(location)
  if (!isCertain) return {}
  if (origin === '') return { redirectOrigin: base }
  return { redirectOrigin: origin.startsWith('//') ? base.slice(0, base.indexOf('//')) + origin : origin }
}
