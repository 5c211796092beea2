import { describe, expect, it } from 'vitest'
import { type Authorization, hasValidTc3Signature, parseAuthorization } from './verifyApi3.js'

const request = (body: string, host: string, contentType: string, more = {}) => ({
  method: 'POST',
  headers: { host, 'content-type': contentType, 'x-tc-timestamp': '1551113065', ...more },
  body: Buffer.from(body),
})

const authorization = (signature: string, service: string, signedHeaders: string): Authorization => ({
  secretId: 'AKID',
  date: '2019-02-25',
  service,
  signedHeaders: signedHeaders.split(';'),
  signature,
})

describe('the published signatures are valid', () => {
  const body = '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'
  const described = request(body, 'cvm.tencentcloudapi.com', 'application/json; charset=utf-8', {
    'x-tc-action': 'DescribeInstances',
  })

  it.each([
    [
      '*'.repeat(32),
      'content-type;host;x-tc-action',
      '10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
    ],
    [
      'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
      'content-type;host',
      '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    ],
  ])('of the documents: key %s, %s', (key, signedHeaders, signature) => {
    expect(hasValidTc3Signature(described, authorization(signature, 'cvm', signedHeaders), key)).toBe(true)
    expect(hasValidTc3Signature(described, authorization(signature, 'clb', signedHeaders), key)).toBe(false)
    expect(hasValidTc3Signature(described, authorization(signature, 'cvm', signedHeaders), `${key}x`)).toBe(
      false,
    )
    const tampered = { ...described, body: Buffer.from(body.replace('1', '2')) }
    expect(hasValidTc3Signature(tampered, authorization(signature, 'cvm', signedHeaders), key)).toBe(false)
  })

  it.each([
    ['{}', '3c827dc761f4559e734da50caf92baee2470cd352403fa6815ed93db007920c5'],
    ['{"LoadBalancerId":"lb-1"}', '1f2cd330914051b07aa28f4e35b60afa26039ba478418c6c1b4e9f890d83eb6b'],
    [
      '{"Name":"测试 2+2=4&a?b/c#% é😀~!*()\'\\""}',
      '85b90aaf3bdfab325b4fda6c04dff31fb6853e3381afaeeebf1728bfffe507ce',
    ],
    [
      '{"TaskId":9007199254740993,"Flag":true,"Z":0,"E":"","N":null,"L":[]}',
      '1b776ae42ea19545b7b2921cce8c91029097ffd9314670719563082b2503f928',
    ],
  ])('of the Node.js SDK: %s', (body, signature) => {
    const key = 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE'
    for (const host of ['clb.tencentcloudapi.com', 'clb.tencentcloudapi.com:8080'])
      expect(
        hasValidTc3Signature(
          request(body, host, 'application/json'),
          authorization(signature, 'clb', 'content-type;host'),
          key,
        ),
      ).toBe(true)
  })
})

describe('the header Authorization', () => {
  const credential = 'Credential=AKID/2019-02-25/clb/tc3_request'
  const signature = 'a'.repeat(64)

  it('is parsed into its parts', () => {
    expect(
      parseAuthorization(
        `TC3-HMAC-SHA256 ${credential}, SignedHeaders=content-type;host, Signature=${signature}`,
      ),
    ).toEqual(authorization(signature, 'clb', 'content-type;host'))
  })

  it.each([
    '',
    'SKIP',
    `TC3-HMAC-SHA256 ${credential}, SignedHeaders=content-type;host, Signature=abc`,
    `TC3-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=${signature}`,
    `TC3-HMAC-SHA256 ${credential}, SignedHeaders=content-type, Signature=${signature}`,
    `TC3-HMAC-SHA256 Credential=AKID/20190225/clb/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`,
    `HMAC-SHA256 ${credential}, SignedHeaders=content-type;host, Signature=${signature}`,
  ])('has no other form: %s', header => {
    expect(parseAuthorization(header)).toBeUndefined()
  })
})
