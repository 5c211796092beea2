import { describe, expect, test } from 'vitest'
import { type DescribedRequest, describeRequest } from './RequestDescription.js'

const request: DescribedRequest = {
  method: 'get',
  url: 'https://cvm.api.qcloud.com/v2/index.php',
  headers: [],
  body: undefined,
}

const secretsOf = (more: Partial<DescribedRequest>): ReadonlyArray<string> =>
  describeRequest({ ...request, ...more }).secrets

describe('what errors show of a request', () => {
  test('method, origin, path and Action, from the query', () => {
    const url =
      'https://user:pass-word@cvm.api.qcloud.com:8443/v2/index.php?Action=StartInstances&SecretId=AKIDx&Region=gz#top'
    expect(describeRequest({ ...request, url }).summary).toEqual({
      method: 'GET',
      origin: 'https://cvm.api.qcloud.com:8443',
      path: '/v2/index.php',
      action: 'StartInstances',
    })
  })

  test.each([
    ['a form', 'SecretId=AKIDx&Action=Start%20Instances'],
    ['bytes of a form', new TextEncoder().encode('Action=Start+Instances')],
    ['JSON', '{"Region":"gz","Action":"Start Instances"}'],
    ['URLSearchParams', new URLSearchParams({ Action: 'Start Instances' })],
    [
      'FormData',
      Object.entries({ Action: 'Start Instances' }).reduce(
        (form, [n, v]) => (form.append(n, v), form),
        new FormData(),
      ),
    ],
    ['an object', { Action: 'Start Instances' }],
    ['a Map', new Map([['Action', 'Start Instances']])],
  ])('the Action in %s', (_, body) => {
    expect(describeRequest({ ...request, body }).summary.action).toBe('Start Instances')
  })

  test.each([
    ['/v2/index.php?Action=X', { origin: '', path: '/v2/index.php', action: 'X' }],
    ['//host/path', { origin: '//host', path: '/path' }],
    ['//user@host/path', { origin: '//host', path: '/path' }],
    ['//@host', { origin: '//host', path: '' }],
    ['#Action=X', { origin: '', path: '' }],
    ['', { origin: '', path: '' }],
    ['not a url', { origin: '', path: 'not a url' }],
  ])('of the relative address %j', (url, summary) => {
    expect(describeRequest({ ...request, url }).summary).toEqual({ method: 'GET', ...summary })
  })

  test.each([
    undefined,
    null,
    7,
    'text',
    '{"broken',
    '%E0%A4%A',
    new Uint8Array([0xff]),
    [1, 2],
    new Date(0),
    Symbol.iterator,
  ])('of a body that says nothing (%s)', body => {
    expect(describeRequest({ ...request, body }).summary).not.toHaveProperty('action')
  })

  test('an iterator as a body is not used up', () => {
    const pairs = new Map([['Action', 'X']]).entries()
    describeRequest({ ...request, body: pairs })
    expect([...pairs]).toEqual([['Action', 'X']])
  })
})

describe('what no error may show', () => {
  test.each([
    'SecretId',
    'secretKey',
    'Signature',
    'Token',
    'X-Auth-Token',
    'Password',
    'passwd',
    'Credential',
    'Authorization',
    'Cookie',
    'Set-Cookie',
    'api-key',
    'ApiKey',
  ])('the value of %s, in the query, a form, JSON or a header', name => {
    const value = 'a+b/c d&e'
    expect(secretsOf({ url: `${request.url}?${new URLSearchParams([[name, value]]).toString()}` })).toContain(
      value,
    )
    expect(secretsOf({ body: new URLSearchParams([[name, value]]).toString() })).toContain(value)
    expect(secretsOf({ body: JSON.stringify({ Login: { [name]: [value] } }) })).toContain(value)
    expect(secretsOf({ headers: { [name]: value } })).toContain(value)
    expect(secretsOf({ headers: [[name, value]] })).toContain(value)
    if (!name.includes(' ')) expect(secretsOf({ headers: new Headers([[name, value]]) })).toContain(value)
  })

  test('user info of the address, encoded or not', () => {
    expect(secretsOf({ url: 'https://some%40one:pass-word@host/' })).toEqual(
      expect.arrayContaining(['some%40one', 'some@one', 'pass-word']),
    )
  })

  test('user info of the address that is wrongly encoded, as it stands', () => {
    expect(secretsOf({ url: 'https://some:100%@host/' })).toContain('some:100%')
  })

  test.each([
    ['sid=0123456789abcdef; theme=dark', ['0123456789abcdef']],
    ['Bearer 01234567', ['01234567']],
    ['Bearer 0123456', []],
  ])('a value, and of its parts those that are long (%s)', (value, parts) => {
    expect(secretsOf({ headers: { cookie: value } })).toEqual([value, ...parts])
  })

  test.each([
    ['JSON after a line break', '\n{"Token":"s3cret"}'],
    ['a form with brackets in names', 'ids[0]=1&Token=s3cret'],
    ['a form that begins with a bracket', '[0].id=1&[0].Token=s3cret'],
    ['a list of pairs', [['Token', 's3cret']]],
    ['a list of which only some are pairs', [['Region', 'gz'], { Token: 's3cret' }]],
  ])('a value in a body that is %s', (_, body) => {
    expect(secretsOf({ body })).toEqual(['s3cret'])
  })

  test('a value in a form, up to the next &', () => {
    expect(secretsOf({ body: 'a=1&Token=a=b=&b=2' })).toEqual(['a=b='])
  })

  test('a value that is wrongly encoded, as it stands', () => {
    expect(secretsOf({ body: 'Token=100%+safe' })).toEqual(['100% safe'])
  })

  test('other values and values of less than four characters are not kept back', () => {
    expect(
      secretsOf({ url: `${request.url}?Region=guangzhou&Token=abc`, headers: { accept: 'text/plain' } }),
    ).toEqual([])
    expect(secretsOf({ url: `${request.url}?Token=abcd` })).toContain('abcd')
  })

  test('a body nested without end says nothing', () => {
    const circular: Record<string, unknown> = { Token: 's3cret' }
    circular.again = circular
    expect(secretsOf({ body: circular })).toContain('s3cret')
  })
})
