import { inspect } from 'node:util'
import { redactRequest } from '@task-outcome/core/adapter'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { QcloudApi } from '../../test/oracles.js'
import { documented, parametersOf, rightOf } from '../../test/requests.js'
import { hmacSha1Base64, hmacSha256Base64 } from './hash.js'
import { type V2RequestOptions, signV2Request, v2StringToSign } from './signV2.js'
import type { V2Parameters } from './V2Parameters.js'

const options: V2RequestOptions = {
  endpoint: 'https://cvm.api.qcloud.com/v2/index.php',
  action: 'DescribeInstances',
  parameters: {},
  credentials: documented,
  region: 'gz',
  timestamp: 1465185768,
  nonce: 11886,
}

/** Signs a request as untyped callers can. */
const signWith = (changed: object) => signV2Request({ ...options, ...changed })

const signatureOf = (changed: object): string => parametersOf(rightOf(signWith(changed))).Signature!

describe('has the published signature', () => {
  const described = (parameters: Readonly<Record<string, string>>) => new Map(Object.entries(parameters))
  const sha256And1 = {
    Action: 'DescribeInstances',
    'InstanceIds.0': 'ins-09dx96dg',
    Nonce: '11886',
    Region: 'ap-guangzhou',
    SecretId: documented.secretId,
    Timestamp: '1465185768',
  }
  const python = {
    Action: 'DescribeInstances',
    Nonce: '1290303896666895346',
    Region: 'ap-guangzhou',
    SecretId: 'secretIdFoo',
    Timestamp: '1512393162',
    Version: '2017-03-12',
  }
  test.each([
    ['GET', 'HmacSHA256', documented.secretKey, sha256And1, '0EEm/HtGRr/VJXTAD9tYMth1Bzm3lLHz5RCDv1GdM8s='],
    ['GET', 'HmacSHA1', documented.secretKey, sha256And1, 'nPVnY6njQmwQ8ciqbPl5Qe+Oru4='],
    ['POST', 'HmacSHA1', 'secretKeyBar', python, 'p3n+pxBqF5JGZtDSxoVn5tGngf0='],
    ['POST', 'HmacSHA256', 'secretKeyBar', python, 'B2T37FRSP6Fk0/q/cdfrTE0p3zX5ooB/2BPWZUFpsj4='],
    ['GET', 'HmacSHA1', 'secretKeyBar', python, '5HAq1BOKNLEE2/uauWnp6Zv9Z3c='],
  ])('%s with %s and the key %s', (method, SignatureMethod, key, parameters, signature) => {
    const text = v2StringToSign(
      method,
      'cvm.api.qcloud.com',
      '/v2/index.php',
      described({ ...parameters, SignatureMethod }),
    )
    const sign = SignatureMethod === 'HmacSHA1' ? hmacSha1Base64 : hmacSha256Base64
    expect(sign(key, text)).toBe(signature)
  })

  test('of the documentation, byte for byte', () => {
    const parameters = { instanceIds: ['ins-09dx96dg'], limit: 20, offset: 0 }
    expect(signWith({ method: 'GET', signatureMethod: 'HmacSHA1', parameters })).toEqual(
      E.right({
        method: 'GET',
        url:
          'https://cvm.api.qcloud.com/v2/index.php?Action=DescribeInstances&Nonce=11886&Region=gz' +
          '&SecretId=AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA&Timestamp=1465185768&instanceIds.0=ins-09dx96dg' +
          '&limit=20&offset=0&Signature=NSI3UqqD99b%2FUJb4tbG%2FxZpRW64%3D',
      }),
    )
  })

  test('with a nonce beyond 2^53', () => {
    const signature = signatureOf({
      credentials: { secretId: 'secretIdFoo', secretKey: 'secretKeyBar' },
      region: 'ap-guangzhou',
      parameters: { Version: '2017-03-12' },
      nonce: 1290303896666895346n,
      timestamp: 1512393162,
    })
    expect(signature).toBe('B2T37FRSP6Fk0/q/cdfrTE0p3zX5ooB/2BPWZUFpsj4=')
  })
})

describe('has the signature of the Python SDK', () => {
  const sets = {
    A: {
      action: 'DescribeInstances',
      parameters: { instanceIds: ['ins-09dx96dg'], limit: 20, offset: 0 },
    },
    B: {
      action: 'CreateLoadBalancerListeners',
      parameters: {
        loadBalancerId: 'lb-abcdefgh',
        listeners: [
          { loadBalancerPort: 80, protocol: 2 },
          { loadBalancerPort: 443, protocol: 4, cert: { id: 'x' } },
        ],
        ids: Array.from({ length: 11 }, (_, index) => `i${index}`),
      },
    },
    C: {
      action: 'AddProject',
      parameters: { projectName: '测试项目 2+2=4&a?b/c#%', desc: 'é😀~!*()\'"' },
    },
    F: { action: 'X', parameters: { e: '' } },
  }
  test.each<[keyof typeof sets, 'GET' | 'POST', 'HmacSHA1' | 'HmacSHA256', string]>([
    ['A', 'GET', 'HmacSHA1', 'NSI3UqqD99b/UJb4tbG/xZpRW64='],
    ['A', 'GET', 'HmacSHA256', 'PSWUwVv4TfW2sQP1FT9KbbLjIZ9bmK8f1cL6fbpf3KI='],
    ['A', 'POST', 'HmacSHA1', 'dzT+D/khj+EpX3/XekVxUbpMtqs='],
    ['A', 'POST', 'HmacSHA256', 'GczSSa3H5imvBC5is1U94m8NoRwE1CJyxf+Dhsk9EuY='],
    ['B', 'GET', 'HmacSHA1', 'BqKyF3St/aLgBe9mKE+37iecIZ4='],
    ['B', 'GET', 'HmacSHA256', '6trJaJw77eQC34EAHVYOjB29m8mfgNu9Wqx2ZWcuZpI='],
    ['B', 'POST', 'HmacSHA1', '14rDKtm6iz5VmIKqx6bTKP6v940='],
    ['B', 'POST', 'HmacSHA256', 'KHT5PydbyBHJkMr0FraKqpRyQ8X1iA26PSc6pseKhDA='],
    ['C', 'GET', 'HmacSHA1', '7HBGmO+bLky18az5b5dMpdNky4A='],
    ['C', 'GET', 'HmacSHA256', 'ptuPjoElXtlj5LJgBrJNjJXwBqyTWZVx8XaoYr0Zbu0='],
    ['C', 'POST', 'HmacSHA1', 'z8k3ewdywQtq+sgl62mYfc1akLc='],
    ['C', 'POST', 'HmacSHA256', '0yhr0Qa/8KFfi7oeRhGcr6nM3bEBYLKqB8aB0S0keSQ='],
    ['F', 'GET', 'HmacSHA1', 'dlTJLWhFwV9uP2GUIwq80iRgeiQ='],
    ['F', 'GET', 'HmacSHA256', 'U55R6vPTkGz2CvYMQfkuA6pYY0g55ZKfIJZL2dduXF0='],
    ['F', 'POST', 'HmacSHA1', 'PrevGld34qB5FUC+DopVP+cx/yc='],
    ['F', 'POST', 'HmacSHA256', 'uTeXB2clvVqXCyVl27bZL73B7ZvgtRjNkbZ6h1QaNxs='],
  ])('set %s, %s, %s', (set, method, signatureMethod, signature) => {
    expect(signatureOf({ ...sets[set], method, signatureMethod })).toBe(signature)
  })
})

describe('qcloudapi-sdk', () => {
  const host = 'cvm.api.qcloud.com'
  const theirs = (
    data: object,
    method: 'GET' | 'POST',
    signatureMethod: 'sha1' | 'sha256',
    defaults: object = {},
  ): Readonly<Record<string, string>> => {
    const { secretId: SecretId, secretKey: SecretKey } = documented
    const common = { Region: 'gz', Timestamp: options.timestamp, Nonce: options.nonce }
    const api = new QcloudApi({ SecretId, SecretKey, signatureMethod, ...defaults })
    const form = api.generateQueryString({ ...common, ...data }, { host, method, signatureMethod })
    return Object.fromEntries(new URLSearchParams(form))
  }

  const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,5}$/)
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a b', '1+1=2', '测试', 'x&y=z', '%2B', '~!*()\'"', '', '😀', 'a_b', '\n'),
  )
  const { parameters } = fc.letrec<{ parameters: V2Parameters; value: unknown }>(tie => ({
    parameters: fc.dictionary(name, tie('value'), {
      minKeys: 1,
      maxKeys: 4,
      noNullPrototype: true,
    }) as fc.Arbitrary<V2Parameters>,
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      text.filter(value => !value.startsWith('@')),
      fc.maxSafeInteger(),
      fc.bigInt().filter(value => value > 2n ** 53n),
      fc.array(tie('value'), { minLength: 1, maxLength: 12 }),
      tie('parameters'),
    ),
  }))

  test.each([
    ['GET', 'sha1', 'HmacSHA1'],
    ['GET', 'sha256', 'HmacSHA256'],
    ['POST', 'sha1', 'HmacSHA1'],
    ['POST', 'sha256', 'HmacSHA256'],
  ] as const)('sends and signs the same parameters: %s, %s', (method, hash, signatureMethod) => {
    fc.assert(
      fc.property(parameters, own => {
        const client = { RequestClient: 'SDK_NODEJS_0.2.1' }
        const request = rightOf(signWith({ parameters: { ...own, ...client }, method, signatureMethod }))
        // What dot-qs makes of a bigint is not what the SDK's users pass: they pass its digits.
        const digits = JSON.parse(
          JSON.stringify(own, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
        ) as object
        expect(parametersOf(request)).toEqual(theirs({ Action: options.action, ...digits }, method, hash))
      }),
      { numRuns: 150 },
    )
  })

  test('signs a leading "_" as it is, unlike the Python SDK, so such names are refused', () => {
    expect(theirs({ Action: 'X', _a: '1' }, 'GET', 'sha1').Signature).toBe(
      hmacSha1Base64(
        documented.secretKey,
        `GET${host}/v2/index.php?Action=X&Nonce=11886&Region=gz&RequestClient=SDK_NODEJS_0.2.1` +
          `&SecretId=${documented.secretId}&Timestamp=1465185768&_a=1`,
      ),
    )
    expect(signWith({ parameters: { _a: 1 } })).toMatchObject({ left: { path: '/parameters/_a' } })
  })

  test('sorts "_" before it replaces it, unlike the Python SDK, so such names are refused', () => {
    const own = { a_b: '1', aB: '2', a: '3', js_code_x: '4' }
    const data = { Action: 'X', RequestClient: '', ...own }
    const common = `Nonce=11886&Region=gz&RequestClient=&SecretId=${documented.secretId}&Timestamp=1465185768`
    expect(theirs(data, 'GET', 'sha1').Signature).toBe(
      hmacSha1Base64(
        documented.secretKey,
        `GET${host}/v2/index.php?Action=X&${common}&a=3&aB=2&a.b=1&js.code.x=4`,
      ),
    )
    expect(signWith({ parameters: own })).toMatchObject({ left: { path: '/parameters/a_b' } })
  })

  test('declares HmacSHA256 and signs with SHA-1 if its default and the option of a call differ', () => {
    const sent = theirs({ Action: 'X' }, 'GET', 'sha1', { signatureMethod: 'sha256' })
    expect(sent.SignatureMethod).toBe('HmacSHA256')
    expect(Buffer.from(sent.Signature!, 'base64')).toHaveLength(20)
  })

  test('signs an empty region if there is none', () => {
    expect(theirs({ Action: 'X', Region: undefined }, 'GET', 'sha1')).toHaveProperty('Region', '')
    expect(parametersOf(rightOf(signWith({ region: undefined })))).not.toHaveProperty('Region')
  })

  test('drops a date and an empty array silently', () => {
    const sent = theirs({ Action: 'X', at: new Date(0), ids: [] }, 'GET', 'sha1')
    expect(Object.keys(sent).filter(key => /^(?:at|ids)/.test(key))).toEqual([])
  })

  test('leaves a value with a leading "@" out of the signature of a POST', () => {
    const file = theirs({ Action: 'X', file: '@a' }, 'POST', 'sha1')
    expect(file.file).toBe('@a')
    expect(file.Signature).toBe(theirs({ Action: 'X' }, 'POST', 'sha1').Signature)
  })
})

describe('keeps every digit', () => {
  test.each([
    ['a bigint', 9007199254740993123n],
    ['a string of digits', '9007199254740993123'],
  ])('of %s', (_, taskId) => {
    expect(parametersOf(rightOf(signWith({ parameters: { taskId } }))).taskId).toBe('9007199254740993123')
  })
})

const nested = (depth: number): unknown => (depth === 0 ? '1' : [nested(depth - 1)])
const cyclic: Record<string, unknown> = {}
cyclic.a = [cyclic, cyclic]

describe('refuses a parameter without an agreed form', () => {
  test.each<[string, unknown, string]>([
    ['true', true, '/parameters/a'],
    ['false', false, '/parameters/a'],
    ['null', null, '/parameters/a'],
    ['undefined', undefined, '/parameters/a'],
    ['NaN', NaN, '/parameters/a'],
    ['Infinity', Infinity, '/parameters/a'],
    ['an unsafe integer', 2 ** 53, '/parameters/a'],
    ['a fraction', 0.5, '/parameters/a'],
    ['a date', new Date(0), '/parameters/a'],
    ['a function', () => '1', '/parameters/a'],
    ['a symbol', Symbol('a'), '/parameters/a'],
    ['a map', new Map([['a', 1]]), '/parameters/a'],
    ['bytes', new Uint8Array(1), '/parameters/a'],
    ['an empty array', [], '/parameters/a'],
    ['an empty object', {}, '/parameters/a'],
    ['a nested empty array', [{ b: [] }], '/parameters/a/0/b'],
    ['a hole', [1, , 3], '/parameters/a/1'], // eslint-disable-line no-sparse-arrays -- as untyped code may
    ['a nested null', { b: ['1', { c: null }] }, '/parameters/a/b/1/c'],
    ['a lone surrogate', '\ud800', '/parameters/a'],
    ['a leading "@" with POST', '@file', '/parameters/a'],
    ['a nested name with "_"', [{ b_c: 1 }], '/parameters/a/0/b_c'],
    ['an empty name', { '': 1 }, '/parameters/a/'],
    ['a name with "="', { 'b=c': 1 }, '/parameters/a/b=c'],
    ['a name with an empty part', { 'b..c': 1 }, '/parameters/a/b..c'],
    ['513 levels', nested(513), `/parameters/a${'/0'.repeat(512)}`],
    ['a cycle', cyclic, `/parameters/a${'/a/0'.repeat(256)}`],
  ])('%s', (_, a, path) => {
    const result = signWith({ parameters: { a } })
    expect(result).toEqual(E.left({ path, message: expect.any(String) as string }))
  })

  test.each(['Action', 'Nonce', 'Region', 'SecretId', 'Signature', 'SignatureMethod', 'Timestamp', 'Token'])(
    'the common parameter %s',
    common => {
      expect(signWith({ parameters: { [common]: 'x' } })).toMatchObject({
        left: { path: `/parameters/${common}` },
      })
    },
  )

  test('a flat name that occurs twice', () => {
    expect(signWith({ parameters: { ids: ['a'], 'ids.0': 'b' } })).toMatchObject({
      left: { path: '/parameters/ids.0' },
    })
  })

  test.each([undefined, null, 'a=1', [], new Map()])('parameters that are %o', parameters => {
    expect(signWith({ parameters })).toMatchObject({ left: { path: '/parameters' } })
  })

  test('by type', () => {
    const parameters: ReadonlyArray<V2Parameters> = [
      { a: '1', b: 2, c: 3n, d: ['1', { e: '1' }], 'f.0': 'x' },
      // @ts-expect-error -- a boolean is refused
      { a: true },
      // @ts-expect-error -- null is refused
      { a: null },
      // @ts-expect-error -- undefined is refused
      { a: undefined },
      // @ts-expect-error -- a date is refused
      { a: new Date(0) },
      // @ts-expect-error -- a function is refused
      { a: () => '1' },
      // @ts-expect-error -- a map is refused
      { a: new Map() },
      // @ts-expect-error -- a name with "_"
      { a_b: 1 },
      // @ts-expect-error -- a nested name with "_"
      { a: [{ b_c: 1 }] },
    ]
    expect(parameters.map(given => E.isRight(signWith({ parameters: given })))).toEqual([
      true,
      ...Array.from({ length: 8 }, () => false),
    ])
  })
})

test('sends a leading "@" with GET', () => {
  expect(parametersOf(rightOf(signWith({ parameters: { a: '@b' }, method: 'GET' }))).a).toBe('@b')
})

test('accepts 512 levels', () => {
  expect(E.isRight(signWith({ parameters: { a: nested(511) } }))).toBe(true)
})

describe('refuses options that break out of their place', () => {
  test.each<[string, object]>([
    ['/action', { action: '' }],
    ['/action', { action: 'A&b=1' }],
    ['/action', { action: 1 }],
    ['/region', { region: 'gz&x=1' }],
    ['/timestamp', { timestamp: 1.5 }],
    ['/timestamp', { timestamp: -1 }],
    ['/timestamp', { timestamp: 1e15 }],
    ['/timestamp', { timestamp: '1465185768' }],
    ['/nonce', { nonce: 0 }],
    ['/nonce', { nonce: 0n }],
    ['/nonce', { nonce: 0.5 }],
    ['/nonce', { nonce: '1' }],
    ['/method', { method: 'PUT' }],
    ['/signatureMethod', { signatureMethod: 'sha1' }],
    ['/endpoint', { endpoint: 'cvm.api.qcloud.com' }],
    ['/endpoint', { endpoint: 'ftp://cvm.api.qcloud.com' }],
    ['/endpoint', { endpoint: 'https://user@cvm.api.qcloud.com/' }],
    ['/endpoint', { endpoint: 'https://cvm.api.qcloud.com/?a=1' }],
    ['/endpoint', { endpoint: 'https://cvm.api.qcloud.com/#a' }],
    ['/credentials', { credentials: null }],
    ['/credentials', { credentials: undefined }],
    ['/credentials/secretId', { credentials: { ...documented, secretId: '' } }],
    ['/credentials/secretId', { credentials: { ...documented, secretId: 'a\nb' } }],
    ['/credentials/secretKey', { credentials: { ...documented, secretKey: '' } }],
    ['/credentials/secretKey', { credentials: { secretId: 'a' } }],
    ['/credentials/token', { credentials: { ...documented, token: 'a\r\nb: c' } }],
    ['/credentials/token', { credentials: { ...documented, token: '' } }],
  ])('%s: %o', (path, changed) => {
    expect(signWith(changed)).toEqual(E.left({ path, message: expect.any(String) as string }))
  })

  test('an object whose getter throws', () => {
    const thrower = {
      get a() {
        throw new Error(documented.secretKey)
      },
    }
    const result = signWith({ parameters: thrower })
    expect(result).toEqual(
      E.left({ path: '', message: 'expected plain data, but reading it threw an error' }),
    )
  })
})

test('signs the host with its port, as the client sends it', () => {
  const request = rightOf(
    signWith({ endpoint: 'http://API2.example:8080/v2/index.php', signatureMethod: 'HmacSHA1' }),
  )
  expect(request.url).toBe('http://api2.example:8080/v2/index.php')
  const { Signature, ...signed } = parametersOf(request)
  const text = v2StringToSign('POST', 'api2.example:8080', '/v2/index.php', new Map(Object.entries(signed)))
  expect(Signature).toBe(hmacSha1Base64(documented.secretKey, text))
})

test('signs and sends the token of temporary credentials', () => {
  const credentials = { ...documented, token: 'tok+en/=' }
  const request = rightOf(signWith({ credentials }))
  expect(request.body).toContain('&Token=tok%2Ben%2F%3D&')
  expect(parametersOf(request).Signature).not.toBe(signatureOf({}))
})

describe('no secret', () => {
  const credentials = { ...documented, token: 'a-temporary-token' }

  test('key is in the request', () => {
    for (const method of ['GET', 'POST'])
      expect(inspect(signWith({ credentials, method }), { depth: null })).not.toContain(documented.secretKey)
  })

  test('of the request escapes the mask of a transport', () => {
    for (const method of ['GET', 'POST']) {
      const { url, headers = {}, body, ...request } = rightOf(signWith({ credentials, method }))
      const { secrets, isOpaque } = redactRequest({ method: request.method!, url, headers, body })
      const { Signature } = parametersOf(rightOf(signWith({ credentials, method })))
      expect(isOpaque).toBe(false)
      expect(secrets).toEqual(expect.arrayContaining([credentials.secretId, credentials.token, Signature]))
    }
  })
})
