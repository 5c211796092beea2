import { describe, expect, test } from 'vitest'
import { responseHead } from './responseHead.js'

/** What a head is made of that has these headers. */
const withHeaders =
  (headers: Readonly<Record<string, unknown>>) =>
  (name: string): unknown =>
    headers[name]

const from = 'https://user:secret@api.example:8443/v2/index.php?Token=x'

describe('the head of a response', () => {
  test.each([
    ['https://elsewhere.example/login?Token=x', 'https://elsewhere.example'],
    ['http://user:secret@elsewhere.example:81/', 'http://elsewhere.example:81'],
    [' \n https://elsewhere.example/', 'https://elsewhere.example'],
    ['//elsewhere.example/login', 'https://elsewhere.example'],
    ['/login', 'https://api.example:8443'],
    ['login', 'https://api.example:8443'],
    ['', 'https://api.example:8443'],
  ])('keeps the origin that a redirect to %j points to', (location, origin) => {
    expect(responseHead(302, withHeaders({ location }), from)).toStrictEqual({
      status: 302,
      redirectOrigin: origin,
    })
  })

  test.each([
    ' http://user:pa/ss@elsewhere.example/',
    'http:///user:pass@elsewhere.example',
    '\\\\user:pass@host',
  ])('keeps no origin of a redirect to %j, because the end of its user info is ambiguous', location => {
    expect(responseHead(302, withHeaders({ location }), from)).toStrictEqual({ status: 302 })
  })

  test.each([300, 301, 399])('%s with a Location is a redirect', status => {
    expect(responseHead(status, withHeaders({ location: '/login' }), from)).toHaveProperty('redirectOrigin')
  })

  test.each([0, 200, 201, 299, 400, 503])('%s with a Location is not a redirect', status => {
    expect(responseHead(status, withHeaders({ location: '/login' }), from)).toStrictEqual({ status })
  })

  test.each([null, undefined])('a redirect without a Location (%s) has no origin', location => {
    expect(responseHead(302, withHeaders({ location }), from)).toStrictEqual({ status: 302 })
  })
})

describe('Retry-After', () => {
  const date = 'Thu, 26 Nov 2026 18:00:00 GMT'

  test.each([
    ['7', 7_000],
    ['0', 0],
    ['120', 120_000],
    ['9999999999', 9_999_999_999_000],
    ['Thu, 26 Nov 2026 18:02:00 GMT', 120_000],
    ['Thu, 26 Nov 2026 17:00:00 GMT', 0],
  ])('%j is a time in milliseconds', (value, retryAfterMs) => {
    expect(responseHead(503, withHeaders({ 'retry-after': value, date }), from)).toStrictEqual({
      status: 503,
      retryAfterMs,
    })
  })

  test.each(['', 'soon', '-1', '1.5', '1 ', '12345678901', null, undefined, 7, '9'.repeat(400)])(
    '%j is ignored',
    value => {
      expect(responseHead(503, withHeaders({ 'retry-after': value, date }), from)).toStrictEqual({
        status: 503,
      })
    },
  )

  test('a date is ignored if the response has no Date header', () => {
    expect(responseHead(503, withHeaders({ 'retry-after': date }), from)).toStrictEqual({ status: 503 })
  })

  test('is kept beside the origin of a redirect', () => {
    expect(responseHead(302, withHeaders({ 'retry-after': '1', location: '/login' }), from)).toStrictEqual({
      status: 302,
      redirectOrigin: 'https://api.example:8443',
      retryAfterMs: 1000,
    })
  })
})
