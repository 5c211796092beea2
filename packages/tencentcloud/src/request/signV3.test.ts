import { inspect } from 'node:util'
import { redactRequest } from '@task-outcome/core/adapter'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Sign } from '../../test/oracles.js'
import { documented, rightOf } from '../../test/requests.js'
import { sha256Hex } from './hash.js'
import {
  type Tc3Parts,
  type V3RequestOptions,
  signV3Request,
  tc3Authorization,
  tc3CanonicalRequest,
} from './signV3.js'
import type { V3Parameters, V3Value } from './V3Parameters.js'

const options: V3RequestOptions = {
  endpoint: 'https://clb.tencentcloudapi.com/',
  service: 'clb',
  version: '2018-03-17',
  action: 'DescribeTaskStatus',
  parameters: {},
  credentials: documented,
  timestamp: 1551113065,
}

/** Signs a request as untyped callers can. */
const signWith = (changed: object) => signV3Request({ ...options, ...changed })

const signatureIn = (authorization: string): string => /Signature=(\w+)$/.exec(authorization)![1]!

describe('has the published signature', () => {
  const published = (secretKey: string, signed: Tc3Parts['signed']): Tc3Parts => ({
    method: 'POST',
    path: '/',
    signed,
    body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
    service: 'cvm',
    timestamp: 1551113065,
    credentials: { secretId: 'AKIDEXAMPLE', secretKey },
  })
  const older = [
    ['content-type', 'application/json; charset=utf-8'],
    ['host', 'cvm.tencentcloudapi.com'],
  ] as const

  test('of the current documentation', () => {
    const parts = published('*'.repeat(32), [...older, ['x-tc-action', 'describeinstances']])
    expect(sha256Hex(parts.body)).toBe('35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064')
    expect(sha256Hex(tc3CanonicalRequest(parts))).toBe(
      '7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84',
    )
    expect(tc3Authorization(parts)).toBe(
      'TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2019-02-25/cvm/tc3_request, ' +
        'SignedHeaders=content-type;host;x-tc-action, ' +
        'Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
    )
  })

  test('of the older documentation', () => {
    const parts = published('Gu5t9xGARNpq86cd98joQYCN3EXAMPLE', older)
    expect(sha256Hex(tc3CanonicalRequest(parts))).toBe(
      '5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
    )
    expect(signatureIn(tc3Authorization(parts))).toBe(
      '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    )
  })
})

const bodyOf = (parameters: unknown): string => rightOf(signWith({ parameters })).body as string

/** What tencentcloud-sdk-nodejs signs, for the body that we send. */
const ours = (parameters: unknown, contentType: string): string =>
  signatureIn(
    tc3Authorization({
      method: 'POST',
      path: '/',
      signed: [
        ['content-type', contentType],
        ['host', 'clb.tencentcloudapi.com'],
      ],
      body: bodyOf(parameters),
      service: 'clb',
      timestamp: options.timestamp,
      credentials: { secretId: 'x', secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' },
    }),
  )

describe('tencentcloud-sdk-nodejs', () => {
  const theirs = (payload: unknown, contentType: string): string =>
    signatureIn(
      Sign.sign3({
        method: 'POST',
        url: options.endpoint,
        payload,
        timestamp: options.timestamp,
        service: 'clb',
        secretId: 'x',
        secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
        multipart: false,
        boundary: '',
        headers: { 'Content-Type': contentType },
      }),
    )

  test.each<[V3Parameters, string]>([
    [{}, '3c827dc761f4559e734da50caf92baee2470cd352403fa6815ed93db007920c5'],
    [{ LoadBalancerId: 'lb-1' }, '1f2cd330914051b07aa28f4e35b60afa26039ba478418c6c1b4e9f890d83eb6b'],
    [
      { Name: '测试 2+2=4&a?b/c#% é😀~!*()\'"' },
      '85b90aaf3bdfab325b4fda6c04dff31fb6853e3381afaeeebf1728bfffe507ce',
    ],
    [
      {
        Filters: [{ Name: 'instance-name', Values: ['未命名'] }],
        InstanceIds: ['ins-1', 'ins-2'],
      },
      '27ec878cd21331eeca62e115ad6aada6cfa6dd189597fea0f94e456be3259abb',
    ],
    [
      { TaskId: 9007199254740993n, Flag: true, Z: 0, E: '', N: null, L: [] },
      '1b776ae42ea19545b7b2921cce8c91029097ffd9314670719563082b2503f928',
    ],
  ])('signs %o as we do', (parameters, signature) => {
    expect(theirs(parameters, 'application/json')).toBe(signature)
    expect(ours(parameters, 'application/json')).toBe(signature)
  })

  /** Without the characters that the SDK's JSON escapes and `JSON.stringify` does not: its body is other bytes then. */
  const text = fc
    .string({ unit: 'grapheme' })
    .filter(
      value =>
        !/[\u00ad\u0600-\u0604\u070f]|\u17b4|\u17b5|[\u200c-\u200f]|[\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]/.test(
          value,
        ),
    )
  const { parameters } = fc.letrec<{ parameters: Record<string, V3Value>; value: V3Value }>(tie => ({
    parameters: fc.dictionary(text, tie('value'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      text,
      fc.constantFrom<V3Value>('a b', '1+1=2', '测试', null, true, false, 0.5, 1e-7, -0),
      fc.maxSafeInteger(),
      fc.bigInt().filter(value => value > 2n ** 53n),
      fc.array(tie('value'), { maxLength: 12 }),
      tie('parameters'),
    ),
  }))

  test('signs the same body in the same way', () => {
    fc.assert(
      fc.property(parameters, own => {
        const contentType = 'application/json; charset=utf-8'
        expect(ours(own, contentType)).toBe(theirs(own, contentType))
      }),
      { numRuns: 300 },
    )
  })
})

test('builds a request that any transport sends', () => {
  const request = rightOf(
    signWith({ parameters: { TaskId: 'id' }, region: 'ap-guangzhou', language: 'en-US' }),
  )
  expect(request).toEqual({
    method: 'POST',
    url: 'https://clb.tencentcloudapi.com/',
    headers: {
      Authorization: expect.stringMatching(
        /^TC3-HMAC-SHA256 Credential=\w+\/2019-02-25\/clb\/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=[\da-f]{64}$/,
      ) as string,
      'Content-Type': 'application/json; charset=utf-8',
      'X-TC-Action': 'DescribeTaskStatus',
      'X-TC-Version': '2018-03-17',
      'X-TC-Timestamp': '1551113065',
      'X-TC-Region': 'ap-guangzhou',
      'X-TC-Language': 'en-US',
    },
    body: '{"TaskId":"id"}',
  })
})

test('signs the given service, whatever the host', () => {
  const request = rightOf(signWith({ endpoint: 'http://127.0.0.1:8080', service: 'cvm' }))
  expect(request.url).toBe('http://127.0.0.1:8080/')
  expect(request.headers?.Authorization).toContain('/2019-02-25/cvm/tc3_request')
})

test('sends the token of temporary credentials in a header', () => {
  expect(rightOf(signWith({ credentials: { ...documented, token: 't' } })).headers).toHaveProperty(
    'X-TC-Token',
    't',
  )
})

test('takes the date of the signature in UTC', () => {
  const lastSecond = rightOf(signWith({ timestamp: 1551139199 }))
  expect(lastSecond.headers?.Authorization).toContain('/2019-02-25/')
  expect(rightOf(signWith({ timestamp: 1551139200 })).headers?.Authorization).toContain('/2019-02-26/')
})

const nested = (depth: number): unknown => (depth === 0 ? '1' : [nested(depth - 1)])
const cyclic: Record<string, unknown> = {}
cyclic.a = [cyclic, cyclic]

describe('the JSON of the parameters', () => {
  test('keeps every digit of a bigint, as a number', () => {
    expect(bodyOf({ TaskId: 9007199254740993123n })).toBe('{"TaskId":9007199254740993123}')
  })

  test('keeps empty arrays, empty objects and null', () => {
    expect(bodyOf({ a: [], b: {}, c: null })).toBe('{"a":[],"b":{},"c":null}')
  })

  test('has any name as a member', () => {
    expect(bodyOf(JSON.parse('{"__proto__":1,"a_b":2,"":3,"\\"":4}'))).toBe(
      '{"__proto__":1,"a_b":2,"":3,"\\"":4}',
    )
  })

  test('has 512 levels of nesting', () => {
    expect(E.isRight(signWith({ parameters: { a: nested(511) } }))).toBe(true)
  })

  test.each<[string, unknown, string]>([
    ['undefined', undefined, '/parameters/a'],
    ['NaN', NaN, '/parameters/a'],
    ['-Infinity', -Infinity, '/parameters/a'],
    ['an unsafe integer', 2 ** 53, '/parameters/a'],
    ['a date', new Date(0), '/parameters/a'],
    ['a function', () => '1', '/parameters/a'],
    ['a symbol', Symbol('a'), '/parameters/a'],
    ['a map', new Map([['a', 1]]), '/parameters/a'],
    ['a hole', [1, , 3], '/parameters/a/1'], // eslint-disable-line no-sparse-arrays -- as untyped code may
    ['a nested undefined', { b: ['1', { c: undefined }] }, '/parameters/a/b/1/c'],
    ['513 levels', nested(513), `/parameters/a${'/0'.repeat(512)}`],
    ['a cycle', cyclic, `/parameters/a${'/a/0'.repeat(256)}`],
  ])('refuses %s', (_, a, path) => {
    expect(signWith({ parameters: { a } })).toEqual(E.left({ path, message: expect.any(String) as string }))
  })

  test.each([undefined, null, '{}', []])('refuses parameters that are %o', parameters => {
    expect(signWith({ parameters })).toMatchObject({ left: { path: '/parameters' } })
  })

  test('refuses by type what it refuses', () => {
    const parameters: ReadonlyArray<V3Parameters> = [
      { a: '1', b: 2, c: 3n, d: ['1', { e: null }], a_b: true },
      // @ts-expect-error -- undefined is refused
      { a: undefined },
      // @ts-expect-error -- a date is refused
      { a: new Date(0) },
      // @ts-expect-error -- a function is refused
      { a: () => '1' },
    ]
    expect(parameters.map(given => E.isRight(signWith({ parameters: given })))).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})

describe('refuses options that break out of their place', () => {
  test.each<[string, object]>([
    ['/service', { service: '' }],
    ['/service', { service: 'clb/x' }],
    ['/version', { version: '2018-03-17\r\nX: y' }],
    ['/action', { action: undefined }],
    ['/region', { region: 'ap guangzhou' }],
    ['/language', { language: 'é' }],
    ['/timestamp', { timestamp: NaN }],
    ['/endpoint', { endpoint: '/' }],
    ['/credentials/secretId', { credentials: { ...documented, secretId: 'a/b, c=d' } }],
  ])('%s: %o', (path, changed) => {
    expect(signWith(changed)).toEqual(E.left({ path, message: expect.any(String) as string }))
  })
})

describe('no secret', () => {
  const credentials = { ...documented, token: 'a-temporary-token' }
  const request = rightOf(signWith({ credentials }))

  test('key is in the request', () => {
    expect(inspect(request, { depth: null })).not.toContain(documented.secretKey)
  })

  test('of the request escapes the mask of a transport', () => {
    const { url, headers, body } = request
    const { secrets, isOpaque } = redactRequest({ method: 'POST', url, headers, body })
    expect(isOpaque).toBe(false)
    expect(secrets).toEqual(
      expect.arrayContaining([credentials.secretId, credentials.token, signatureIn(headers!.Authorization!)]),
    )
  })
})
