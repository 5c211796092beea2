import { describe, expect, it } from 'vitest'
import { hasValidSignature } from './verifyApi2.js'

const key = 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA'
const id = 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA'
const host = 'cvm.api.qcloud.com'
const path = '/v2/index.php'
const common = { SecretId: id, Region: 'gz', Nonce: '11886', Timestamp: '1465185768' }
const sha256 = { SignatureMethod: 'HmacSHA256' }

const verify = (
  method: string,
  parameters: Readonly<Record<string, string>>,
  Signature: string,
  secretKey = key,
) => hasValidSignature({ method, host, path, parameters: { ...parameters, Signature } }, secretKey)

describe('the published signatures are valid', () => {
  const older = { Action: 'DescribeInstances', 'instanceIds.0': 'ins-09dx96dg', limit: '20', offset: '0' }
  const newer = {
    ...common,
    Region: 'ap-guangzhou',
    Action: 'DescribeInstances',
    'InstanceIds.0': 'ins-09dx96dg',
  }

  it.each([
    [{ ...common, ...older }, 'NSI3UqqD99b/UJb4tbG/xZpRW64='],
    [{ ...newer, ...sha256 }, '0EEm/HtGRr/VJXTAD9tYMth1Bzm3lLHz5RCDv1GdM8s='],
    [{ ...newer, SignatureMethod: 'HmacSHA1' }, 'nPVnY6njQmwQ8ciqbPl5Qe+Oru4='],
  ])('of the documents: %o', (parameters, signature) => {
    expect(verify('GET', parameters, signature)).toBe(true)
    expect(verify('POST', parameters, signature)).toBe(false)
    expect(verify('GET', { ...parameters, Nonce: '11887' }, signature)).toBe(false)
    expect(verify('GET', parameters, signature, 'another key')).toBe(false)
  })

  const python = {
    Action: 'DescribeInstances',
    Nonce: '1290303896666895346',
    Region: 'ap-guangzhou',
    SecretId: 'secretIdFoo',
    Timestamp: '1512393162',
    Version: '2017-03-12',
  }
  it.each([
    ['POST', 'HmacSHA1', 'p3n+pxBqF5JGZtDSxoVn5tGngf0='],
    ['POST', 'HmacSHA256', 'B2T37FRSP6Fk0/q/cdfrTE0p3zX5ooB/2BPWZUFpsj4='],
    ['GET', 'HmacSHA1', '5HAq1BOKNLEE2/uauWnp6Zv9Z3c='],
  ])('of the Python SDK: %s, %s', (method, SignatureMethod, signature) => {
    expect(verify(method, { ...python, SignatureMethod }, signature, 'secretKeyBar')).toBe(true)
  })
})

describe('valid signatures cover', () => {
  const listeners = {
    Action: 'CreateLoadBalancerListeners',
    loadBalancerId: 'lb-abcdefgh',
    'listeners.0.loadBalancerPort': '80',
    'listeners.0.protocol': '2',
    'listeners.1.loadBalancerPort': '443',
    'listeners.1.protocol': '4',
    'listeners.1.cert.id': 'x',
    ...Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`ids.${index}`, `i${index}`])),
  }
  const unicode = { Action: 'AddProject', projectName: '测试项目 2+2=4&a?b/c#%', desc: 'é😀~!*()\'"' }

  it.each([
    ['nested arrays', listeners, 'BqKyF3St/aLgBe9mKE+37iecIZ4=', '14rDKtm6iz5VmIKqx6bTKP6v940='],
    ['any text', unicode, '7HBGmO+bLky18az5b5dMpdNky4A=', 'z8k3ewdywQtq+sgl62mYfc1akLc='],
    ['empty values', { Action: 'X', e: '' }, 'dlTJLWhFwV9uP2GUIwq80iRgeiQ=', 'PrevGld34qB5FUC+DopVP+cx/yc='],
  ])('%s', (_, parameters: Readonly<Record<string, string>>, get, post) => {
    expect(verify('GET', { ...common, ...parameters }, get)).toBe(true)
    expect(verify('POST', { ...common, ...parameters }, post)).toBe(true)
  })

  it('names with underscores as names with dots, sorted before or after the replacement', () => {
    const parameters = { ...common, Action: 'X', a_b: '1', aB: '2', a: '3', js_code_x: '4' }
    expect(verify('GET', parameters, 'JUttGYfjykiDCcEUPPPFuDnlFFE=')).toBe(true)
    expect(verify('GET', parameters, '3Ms8/oh6ray+HU4gWe+Z/PPBALo=')).toBe(true)
  })

  it('values that begin with @ by GET, but not by POST', () => {
    const parameters = { ...common, Action: 'X', e: '' }
    expect(verify('POST', { ...parameters, file: '@a' }, 'PrevGld34qB5FUC+DopVP+cx/yc=')).toBe(true)
    expect(verify('GET', { ...parameters, file: '@a' }, 'dlTJLWhFwV9uP2GUIwq80iRgeiQ=')).toBe(false)
  })
})

it('a host can be signed with or without its port', () => {
  const parameters = { ...common, Action: 'X', e: '', Signature: 'dlTJLWhFwV9uP2GUIwq80iRgeiQ=' }
  expect(hasValidSignature({ method: 'GET', host: `${host}:8080`, path, parameters }, key)).toBe(true)
  expect(hasValidSignature({ method: 'GET', host: 'other', path, parameters }, key)).toBe(false)
})

it.each(['hmacsha256', 'sha256', ''])('only HmacSHA256 selects SHA-256, not %j', SignatureMethod => {
  const parameters = { ...common, ...{ Action: 'X', e: '' } }
  const signature = 'U55R6vPTkGz2CvYMQfkuA6pYY0g55ZKfIJZL2dduXF0='
  expect(verify('GET', { ...parameters, ...sha256 }, signature)).toBe(true)
  expect(verify('GET', { ...parameters, SignatureMethod }, signature)).toBe(false)
})
