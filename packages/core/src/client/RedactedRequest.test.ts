import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type RedactedRequest, type RequestInfo, redactRequest, withSecretsOf } from './RedactedRequest.js'
import { mostLooks, mostSecrets } from './readParameters.js'

const request: RequestInfo = {
  method: 'get',
  url: 'https://cvm.api.qcloud.com/v2/index.php',
  headers: [],
  body: undefined,
}

const secretsOf = (more: Partial<RequestInfo>): ReadonlyArray<string> =>
  redactRequest({ ...request, ...more }).secrets

const codes = new TextEncoder().encode('Token=s3cret')

const shared = (text: string): SharedArrayBuffer => {
  const bytes = new TextEncoder().encode(text)
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}

const form = (name: string, value: Blob): FormData => {
  const data = new FormData()
  data.append(name, value)
  return data
}

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

describe('what errors show of a request', () => {
  test('method, origin, path and Action, from the query', () => {
    const url =
      'https://user:pass-word@cvm.api.qcloud.com:8443/v2/index.php?Action=StartInstances&SecretId=AKIDx&Region=gz#top'
    expect(redactRequest({ ...request, url }).summary).toEqual({
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
    expect(redactRequest({ ...request, body }).summary.action).toBe('Start Instances')
  })

  test.each([
    ['an object', { 'X-TC-Action': 'StartInstances' }],
    ['Headers', new Headers({ 'X-TC-Action': 'StartInstances' })],
    ['an array of both', [{ 'x-tc-action': 'StartInstances' }, undefined]],
  ])('the action in a header, in %s', (_, headers) => {
    expect(redactRequest({ ...request, headers }).summary.action).toBe('StartInstances')
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
    expect(redactRequest({ ...request, url }).summary).toEqual({ method: 'GET', ...summary })
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
  ])('leaves out the Action of a body without one (%s)', body => {
    expect(redactRequest({ ...request, body }).summary).not.toHaveProperty('action')
  })

  test('does not consume an iterator in the body', () => {
    const pairs = new Map([['Action', 'X']]).entries()
    redactRequest({ ...request, body: pairs })
    expect([...pairs]).toEqual([['Action', 'X']])
  })
})

test('an Action within another parameter is not that of the request', () => {
  const { summary } = redactRequest({ ...request, body: { data: { Action: 'DeleteAll' } } })
  expect(summary).not.toHaveProperty('action')
})

describe('redactRequest collects as a secret', () => {
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

  test('the user info of the URL, encoded or not', () => {
    expect(secretsOf({ url: 'https://some%40one:pass-word@host/' })).toEqual(
      expect.arrayContaining(['some%40one', 'some@one', 'pass-word']),
    )
  })

  test('user info that is encoded wrongly, as it is', () => {
    expect(secretsOf({ url: 'https://some:100%@host/' })).toContain('some:100%')
    expect(secretsOf({ url: 'https://some:b%ffd@host/' })).toContain('some:b%ffd')
  })

  test.each([
    ['id=0123456789abcdef; theme=dark', ['0123456789abcdef']],
    ['Bearer 01234567', ['01234567']],
    ['Bearer 0123456', []],
    ['theme=0123456789=abcdefgh', ['0123456789', 'abcdefgh']],
    ['sessionid=0123456789=abcdefgh', ['0123456789=abcdefgh', '0123456789', 'abcdefgh']], // its name suggests a secret
    ['sessionid=0123456789=abc', ['0123456789=abc', '0123456789']],
    ['Basic dXNlcjpwYXNz==', ['dXNlcjpwYXNz']],
    [
      'TC3-HMAC-SHA256 Credential=AKIDexample/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=0123456789abcdef',
      [
        'TC3-HMAC-SHA256',
        'AKIDexample/2019-02-25/cvm/tc3_request',
        'AKIDexample',
        'content-type',
        '0123456789abcdef',
      ],
    ],
  ])('a value and its long parts (%s)', (value, parts) => {
    expect(new Set(secretsOf({ headers: { cookie: value } }))).toEqual(new Set([value, ...parts]))
  })

  test.each([
    ['in ASCII', 'Basic ' + btoa('some-user:pass:word'), ['some-user', 'pass:word']],
    ['in UTF-8', 'basic  ' + btoa('\u00c3\u00a4user:pass\u00c3\u00a4') + ' ', ['äuser', 'passä']],
    ['in Latin-1', 'Basic ' + btoa('\u00e4user:pass\u00e4'), ['äuser', 'passä']],
    ['without a colon', 'Basic ' + btoa('some-user'), ['some-user']],
  ])('the user and the password of basic credentials %s', (_, value, parts) => {
    for (const name of ['Authorization', 'proxy-authorization'])
      expect(secretsOf({ headers: { [name]: value } })).toEqual(expect.arrayContaining([value, ...parts]))
  })

  test.each(['Basic', 'Basic a', 'Basic c29tZQ== c29tZQ==', 'xBasic c29tZTpvbmVz', 'Basic c29tZTpvbmVz!'])(
    'no user of credentials that are not in base64 (%s)',
    value => {
      const secrets = secretsOf({ headers: { authorization: value } })
      expect(secrets).toContain(value)
      expect(secrets.filter(secret => !value.includes(secret))).toEqual([])
    },
  )

  test('a value in UTF-8, and one that is not', () => {
    expect(secretsOf({ body: 'Token=%C3%A4b+cd' })).toEqual(['%C3%A4b+cd', 'äb cd'])
    expect(secretsOf({ body: 'Token=abc%ff' })).toEqual(['abc%ff'])
  })

  test('of an ambiguous URL what may be user info, but not the host', () => {
    const { summary, secrets } = redactRequest({
      ...request,
      url: 'http://user:pass/word@host/v2?Token=s3cret',
    })
    expect(summary).toEqual({ method: 'GET', origin: '', path: '' })
    expect(secrets).toEqual(expect.arrayContaining(['user', 'pass', 'word', 's3cret']))
    expect(secrets.join()).not.toMatch(/host|v2|http/)
  })

  test.each<[string, unknown, ReadonlyArray<string>]>([
    ['a number under another name', { Port: 12345678 }, []],
    ['a boolean', { Token: true, Password: false }, []],
    ['an array of three, which is no pair', [['Token', 's3cret', 'x']], []],
    ['an array whose first item is no name', [[5, 's3cret']], []],
    ['an object whose toJSON is no function', { toJSON: 5, Token: 's3cret' }, ['s3cret']],
  ])('nothing but secrets from %s', (_, body, secrets) => {
    expect(redactRequest({ ...request, body })).toMatchObject({ secrets, isOpaque: false })
  })

  test('a credential of an unknown kind, as it is', () => {
    expect(secretsOf({ headers: { authorization: 'some-one' } })).toEqual(['some-one'])
  })

  test.each([
    ['JSON after a line break', '\n{"Token":"s3cret"}'],
    ['a form with brackets in names', 'ids[0]=1&Token=s3cret'],
    ['a form that begins with a bracket', '[0].id=1&[0].Token=s3cret'],
    ['an array of pairs', [['Token', 's3cret']]],
    ['an array with some pairs', [['Region', 'gz'], { Token: 's3cret' }]],
  ])('a value in a body that is %s', (_, body) => {
    expect(secretsOf({ body })).toEqual(['s3cret'])
  })

  test('a value in a form, up to the next &', () => {
    expect(secretsOf({ body: 'a=1&Token=a=b=&b=2' })).toEqual(['a=b='])
  })

  test('a value that is encoded wrongly, as it is', () => {
    expect(secretsOf({ body: 'Token=100%+safe' })).toEqual(['100%+safe', '100% safe'])
  })

  test('neither other values nor values of less than four characters', () => {
    expect(
      secretsOf({ url: `${request.url}?Region=guangzhou&Token=abc`, headers: { accept: 'text/plain' } }),
    ).toEqual([])
    expect(secretsOf({ url: `${request.url}?Token=abcd` })).toContain('abcd')
  })

  test.each([
    ['JSON after a byte order mark', '\ufeff{"Token":"s3cret"}'],
    ['JSON that names a member twice', '{"Token":"s3cret","Token":null}'],
    ['JSON with words and numbers', '{"Token":[true,"s3cret"],"n":12345678}'],
    ['JSON in a form field', `data=${encodeURIComponent('{"a":[{"Token":"s3cret"}]}')}`],
    ['JSON in JSON', JSON.stringify({ data: JSON.stringify({ Token: 's3cret' }) })],
    ['JSON that is a string', JSON.stringify('a=1&Token=s3cret')],
    ['a URL in a parameter', { callback: 'https://host/?a=1&Token=s3cret' }],
    ['a URL object', { callback: new URL('https://host/?a=1&Token=s3cret') }],
    ['a form with wrongly encoded parts', 'a=%zz%ff&Token=s3cret'],
    ['an ArrayBuffer', new TextEncoder().encode('Token=s3cret').buffer],
    ['a SharedArrayBuffer', shared('Token=s3cret')],
    ['bytes over shared memory', new Uint8Array(shared('Token=s3cret'))],
    ['a DataView', new DataView(new TextEncoder().encode('Token=s3cret').buffer)],
    ['a view of a part of a buffer', new TextEncoder().encode('xTToken=s3cretx').subarray(2, 14)],
    ['an array of larger numbers', new Uint16Array(new TextEncoder().encode('Token=s3cret').buffer)],
    ['bytes of another realm', runInNewContext('new TextEncoder().encode("Token=s3cret")', { TextEncoder })],
    ['an array of bytes made in another realm', runInNewContext('Uint8Array.from(codes)', { codes })],
    ['an object of another realm', runInNewContext('({ Token: "s3cret" })')],
    ['a Map of another realm', runInNewContext('new Map([["Token", "s3cret"]])')],
    ['a Map in an object', { data: new Map([['Token', 's3cret']]) }],
    ['URLSearchParams in an object', { data: new URLSearchParams({ Token: 's3cret' }) }],
    ['bytes in an object', { data: new TextEncoder().encode('{"Token":"s3cret"}') }],
    ['an object that says how it is written as JSON', { toJSON: () => ({ Token: 's3cret' }) }],
  ])('a value in a body that is %s', (_, body) => {
    expect(redactRequest({ ...request, body })).toMatchObject({ secrets: ['s3cret'], isOpaque: false })
  })

  test.each([
    ['a number', { Password: 12345678 }, '12345678'],
    ['a bigint', { Password: 12345678901234567890n }, '12345678901234567890'],
    [
      'a number with more digits than a double holds',
      '{"Password":12345678901234567890}',
      '12345678901234567890',
    ],
    ['a number in JSON in a form', 'data={"Password":1234.50}', '1234.50'],
    ['within a list under a secret name', { Passwords: [{ of: 'a', is: ['s3cret'] }] }, 's3cret'],
  ])('a value that is %s', (_, body, secret) => {
    expect(secretsOf({ body })).toContain(secret)
  })

  test('a value as it is written in the query and in a form', () => {
    expect(secretsOf({ url: `${request.url}?Token=s%33cret%2f1` })).toEqual(['s%33cret%2f1', 's3cret/1'])
    expect(secretsOf({ body: 'Token=s%33cret+1' })).toEqual(['s%33cret+1', 's3cret 1'])
  })

  test('a value of an object that also appears under an ordinary name', () => {
    const shared = { is: 's3cret' }
    expect(secretsOf({ body: { open: shared, Token: shared } })).toContain('s3cret')
    expect(secretsOf({ body: { Token: shared, open: shared } })).toContain('s3cret')
  })

  test.each(['api_key', 'access-key-id', 'AccessKeyId', 'private_key', 'pwd', 'passphrase'])(
    'the value of %s',
    name => {
      expect(secretsOf({ body: { [name]: 's3cret' } })).toEqual(['s3cret'])
    },
  )
})

describe('the user info of a URL is never shown, and is a secret', () => {
  const user = 'someone'
  const password = 'pa55word'
  const userInfo = `${user}:${password}`

  test.each([
    `http://${userInfo}@host/path`,
    ` http://${userInfo}@host/path`,
    `\n\u0000 http://${userInfo}@host/path`,
    `ht\ntp:/\t/${userInfo}@host/path`,
    `http:///${userInfo}@host/path`,
    `http:/${userInfo}@host/path`,
    `http:${userInfo}@host/path`,
    `http:\\\\${userInfo}@host/path`,
    `http://host\\@${userInfo}@host/path`,
    `\\\\${userInfo}@host/path`,
    `//${userInfo}@host/path`,
    `///${userInfo}@host/path`,
    `${userInfo}@host/path`,
    `http://${user}:/${password}@host/path`,
    `http://${user}:12/${password}@host/path`,
    `http://${user}/${password}@host/path`,
    `http://${user}:x?${password}@host/path`,
    `http://${user}:x#${password}@host/path`,
    `http://@${userInfo}@host/path`,
  ])('%j', url => {
    const { summary, secrets } = redactRequest({ ...request, url })
    expect(JSON.stringify(summary)).not.toMatch(/someone|pa55/)
    expect(secrets).toEqual(expect.arrayContaining([user, password]))
  })

  test('the password of the user info may contain colons', () => {
    expect(secretsOf({ url: 'http://user:one:two@host/' })).toContain('one:two')
  })

  test.each([' https://host/path', 'https://host/p\nath', 'https://[::1]:80/path', 'HTTPS://host:/path'])(
    'and an address without any is shown (%j)',
    url => {
      expect(redactRequest({ ...request, url })).toMatchObject({
        summary: { origin: expect.stringMatching(/^https:\/\/./i) as string, path: '/path' },
        secrets: [],
      })
    },
  )
})

describe('a request is opaque', () => {
  class Login {
    readonly #password = 's3cret'
    read() {
      return this.#password
    }
  }
  const throwing = {
    get a() {
      throw new Error('no')
    },
    Token: 's3cret',
  }

  test.each([
    ['a Blob', new Blob(['Token=s3cret'])],
    ['a form with a file', form('file', new File(['Token=s3cret'], 'name'))],
    ['a stream', new ReadableStream()],
    ['a Request', new Request('https://host', { method: 'POST', body: 'Token=s3cret' })],
    ['a function', () => 'Token=s3cret'],
    ['a symbol', Symbol.iterator],
    ['an iterator', new Map([['Token', 's3cret']]).entries()],
    ['an object of a class', new Login()],
    ['an object of a class in another', { login: new Login() }],
    ['compressed', gzipSync('Token=s3cret')],
    ['in UTF-16', Uint16Array.from(codes)],
    ['XML', '<Login Token="s3cret"/>'],
    ['YAML', 'Login:\n  Token: a=s3cret'],
    ['multipart', '--x\r\nContent-Disposition: form-data; name="Token"\r\n\r\ns3cret\r\n--x--'],
    ['a text without names', 's3cret'],
    ['base64', 'VG9rZW49czNjcmV0MQ=='],
    ['JSON that is broken', '{"Token":"s3cret",}'],
    ['JSON that is nested too deep', `${'['.repeat(513)}"Token"${']'.repeat(513)}`],
    ['a getter that throws', throwing],
    ['a proxy that is revoked', revoked()],
    ['a toJSON that throws', { toJSON: () => throwing.a }],
  ])('whose body is %s', (_, body) => {
    expect(redactRequest({ ...request, body }).isOpaque).toBe(true)
  })

  test('if a part can’t be read, and the other parts are still read', () => {
    expect(
      redactRequest({
        method: 'post',
        url: 'https://host/path?Action=X&Signature=s1gnature',
        headers: [throwing, new Headers({ authorization: 'auth0rization' })],
        body: new Blob(['x']),
      }),
    ).toEqual({
      summary: { method: 'POST', origin: 'https://host', path: '/path', action: 'X' },
      secrets: ['s1gnature', 's3cret', 'auth0rization'],
      isOpaque: true,
    })
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['no bytes', new Uint8Array()],
    ['a number', 7],
    ['an empty form', new FormData()],
    ['an empty list', []],
  ])('but not if its body is %s', (_, body) => {
    expect(redactRequest({ ...request, body })).toMatchObject({ secrets: [], isOpaque: false })
  })
})

describe('redactRequest terminates', () => {
  test('after one visit of each object, even if they all refer to each other', () => {
    let looks = 0
    const nodes: Array<Record<string, unknown>> = Array.from({ length: 40 }, () => ({}))
    for (const node of nodes)
      for (const [index, other] of nodes.entries())
        Object.defineProperty(node, `to${String(index)}`, { enumerable: true, get: () => (looks++, other) })
    expect(secretsOf({ body: { ...nodes[0], Token: 's3cret' } })).toEqual(['s3cret'])
    expect(looks).toBeLessThanOrEqual(41 * 40)
  })

  test('even if an object contains itself', () => {
    const circular: Record<string, unknown> = { Token: 's3cret' }
    circular.again = circular
    circular.toMany = [circular, new Map([['x', circular]])]
    expect(redactRequest({ ...request, body: circular })).toMatchObject({
      secrets: ['s3cret'],
      isOpaque: false,
    })
  })

  test('without reading objects with internal state, such as a Request', () => {
    let looks = 0
    const incoming = Object.create(Request.prototype, {
      socket: { enumerable: true, get: () => (looks++, incoming) },
    }) as object
    expect(redactRequest({ ...request, body: incoming }).isOpaque).toBe(true)
    expect(looks).toBe(0)
  })

  test('even if an object yields values endlessly', () => {
    const endless = {
      entries: () => undefined,
      *[Symbol.iterator]() {
        for (;;) yield ['Token', 's3cret']
      },
    }
    expect(redactRequest({ ...request, body: endless }).isOpaque).toBe(true)
  })

  test('even if toJSON returns another object endlessly', () => {
    const endless = { toJSON: (): unknown => ({ ...endless }) }
    expect(redactRequest({ ...request, body: endless }).isOpaque).toBe(true)
  })

  test.each([
    ['a text', (length: number) => `a=${'x'.repeat(length)}`],
    ['bytes', (length: number) => new Uint8Array(length)],
    ['a list', (length: number) => Array.from({ length }, () => null)],
    ['JSON', (length: number) => `[${'1,'.repeat(length / 2)}1]`],
    ['an object', (length: number) => ({ ['x'.repeat(length)]: 1, y: 2 })],
  ])('at %s that is too long, and makes the request opaque', (_, body) => {
    expect(redactRequest({ ...request, body: body(mostLooks) }).isOpaque).toBe(true)
  })

  test('at more secrets than can be masked, and makes the request opaque', () => {
    const body = { Tokens: Array.from({ length: 9 }, (_, index) => String(index).repeat(mostSecrets / 8)) }
    expect(redactRequest({ ...request, body })).toMatchObject({
      secrets: body.Tokens.slice(0, 8),
      isOpaque: true,
    })
  })
})

describe('the requests of an exchange', () => {
  const sentWith = (token: string, url = 'https://api.example/'): RedactedRequest =>
    redactRequest({ method: 'GET', url, headers: { Authorization: token }, body: undefined })

  test('are described by the last one, with the secrets of all', () => {
    const all = withSecretsOf(sentWith('first-token'), [
      sentWith('second-token'),
      sentWith('third-token', 'https://api.example/last'),
    ])
    expect(all.summary.path).toBe('/last')
    expect(all.secrets).toEqual(expect.arrayContaining(['first-token', 'second-token', 'third-token']))
    expect(all.isOpaque).toBe(false)
  })

  test('are opaque if one is', () => {
    const { summary, secrets } = sentWith('token')
    expect(withSecretsOf({ summary, secrets }, []).isOpaque).toBe(false)
    expect(withSecretsOf({ summary, secrets }, [{ summary, secrets, isOpaque: true }]).isOpaque).toBe(true)
  })
})
