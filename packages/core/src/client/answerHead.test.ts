import { describe, expect, test } from 'vitest'
import { answerHead } from './answerHead.js'

const from = 'https://user:secret@api.example:8443/v2/index.php?Token=x'

describe('the head of an answer', () => {
  test.each([
    ['https://elsewhere.example/login?Token=x', 'https://elsewhere.example'],
    ['http://user:secret@elsewhere.example:81/', 'http://elsewhere.example:81'],
    ['//elsewhere.example/login', 'https://elsewhere.example'],
    ['/login', 'https://api.example:8443'],
    ['login', 'https://api.example:8443'],
    ['', 'https://api.example:8443'],
  ])('keeps the origin that a redirect to %j points to', (location, origin) => {
    expect(answerHead(302, location, from)).toEqual({ status: 302, redirectOrigin: origin })
  })

  test.each([
    ' http://user:pa/ss@elsewhere.example/',
    'http:///user:pass@elsewhere.example',
    '\\\\user:pass@host',
  ])('keeps no origin of a redirect to %j, as its user info can’t be told from its host', location => {
    expect(answerHead(302, location, from)).toEqual({ status: 302 })
  })

  test.each([300, 301, 399])('%s with a Location is a redirect', status => {
    expect(answerHead(status, '/login', from)).toHaveProperty('redirectOrigin')
  })

  test.each([0, 200, 201, 299, 400, 503])('%s with a Location is none', status => {
    expect(answerHead(status, '/login', from)).toEqual({ status })
  })

  test.each([null, undefined])('a redirect without a Location (%s) leads nowhere', location => {
    expect(answerHead(302, location, from)).toEqual({ status: 302 })
  })
})
