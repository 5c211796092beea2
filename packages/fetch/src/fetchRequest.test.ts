import { describe, expect, test } from 'vitest'
import { redactFetchRequest } from './fetchRequest.js'

const url = 'https://cvm.api.qcloud.com/v2/index.php?Action=CreateImage'
const summary = {
  method: 'GET',
  origin: 'https://cvm.api.qcloud.com',
  path: '/v2/index.php',
  action: 'CreateImage',
}
const headers = { authorization: 'auth-one' }

describe('the arguments of fetch', () => {
  test.each([
    ['a string', url],
    ['a URL', new URL(url)],
    ['a Request', new Request(url)],
  ])('describe the request: %s', (_, input) => {
    expect(redactFetchRequest(input)).toEqual({ summary, secrets: [], isOpaque: false })
  })

  test.each([
    ['of a Request', new Request(url, { headers }), undefined],
    ['of init', url, { headers }],
    [
      'of a Request that init overrides',
      new Request(url, { headers }),
      { headers: { cookie: 'cookie-one' } },
    ],
    ['of a Request that is init', url, new Request(url, { headers })],
  ])('have the headers %s masked', (_, input, init) => {
    expect(redactFetchRequest(input, init).secrets).toContain('auth-one')
  })

  test('have the secrets in the body of init masked, which overrides the body of a Request', () => {
    const input = new Request(url, { method: 'POST', body: 'a=1' })
    expect(redactFetchRequest(input, { body: 'Token=s3cret' })).toEqual({
      summary: { ...summary, method: 'POST' },
      secrets: ['s3cret'],
      isOpaque: false,
    })
  })

  test.each([
    ['a Request', new Request(url, { method: 'POST', body: 'Token=s3cret' }), undefined],
    ['a Request that does not expose its stream', { url, method: 'POST' }, undefined],
    ['a Request whose method only ends like one without a body', { url, method: 'TARGET' }, undefined],
    ['a Request whose method only begins like one without a body', { url, method: 'GETALL' }, undefined],
    ['a Request that is init', url, new Request(url, { method: 'POST', body: 'Token=s3cret' })],
  ])('are opaque with the body of %s', (_, input, init) => {
    expect(redactFetchRequest(input, init)).toMatchObject({ secrets: [], isOpaque: true })
  })

  test.each([
    ['without a body', new Request(url, { method: 'POST' })],
    ['whose method allows no body', { url, method: 'HEAD' }],
    ['with the default method', { url }],
  ])('are not opaque with a Request %s', (_, input) => {
    expect(redactFetchRequest(input).isOpaque).toBe(false)
  })
})
