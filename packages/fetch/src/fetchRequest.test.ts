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
    ['a text', url],
    ['a URL', new URL(url)],
    ['a Request', new Request(url)],
  ])('are described: %s', (_, input) => {
    expect(redactFetchRequest(input)).toEqual({ summary, secrets: [], isOpaque: false })
  })

  test.each([
    ['of a Request', new Request(url, { headers }), undefined],
    ['of init', url, { headers }],
    ['of init over those of a Request', new Request(url, { headers }), { headers: { cookie: 'cookie-one' } }],
    ['of a Request that is init', url, new Request(url, { headers })],
  ])('keep back the headers %s', (_, input, init) => {
    expect(redactFetchRequest(input, init).secrets).toContain('auth-one')
  })

  test('keep back what is secret in the body of init, which takes the place of that of a Request', () => {
    const input = new Request(url, { method: 'POST', body: 'a=1' })
    expect(redactFetchRequest(input, { body: 'Token=s3cret' })).toEqual({
      summary: { ...summary, method: 'POST' },
      secrets: ['s3cret'],
      isOpaque: false,
    })
  })

  test.each([
    ['a Request', new Request(url, { method: 'POST', body: 'Token=s3cret' }), undefined],
    ['a Request that does not show its stream', { url, method: 'POST' }, undefined],
    ['a Request that is init', url, new Request(url, { method: 'POST', body: 'Token=s3cret' })],
  ])('are opaque if the body is that of %s', (_, input, init) => {
    expect(redactFetchRequest(input, init)).toMatchObject({ secrets: [], isOpaque: true })
  })

  test.each([
    ['with none', new Request(url, { method: 'POST' })],
    ['that can have none', { url, method: 'HEAD' }],
    ['whose method is the default', { url }],
  ])('are not opaque if the body is that of a Request %s', (_, input) => {
    expect(redactFetchRequest(input).isOpaque).toBe(false)
  })
})
