import axios from 'axios'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { redactAxiosRequest } from './axiosRequest.js'

const instance = axios.create({ baseURL: 'https://cvm.api.qcloud.com' })
const url = '/v2/index.php'

describe('an axios request', () => {
  test('is described with its base URL, parameters and the method that axios would use', () => {
    expect(redactAxiosRequest(instance, { url, params: { Action: 'CreateImage' } })).toEqual({
      summary: { method: 'GET', origin: 'https://cvm.api.qcloud.com', path: url, action: 'CreateImage' },
      secrets: [],
      isOpaque: false,
    })
  })

  test.each([
    [{}, {}, 'GET'],
    [{ method: 'post' }, {}, 'POST'],
    [{ method: 'post' }, { method: 'put' }, 'PUT'],
  ])('of the instance %j and the config %j is a %s', (defaults, config, method) => {
    expect(redactAxiosRequest(axios.create(defaults), { url, ...config }).summary.method).toBe(method)
  })

  test('has the secrets of its headers and body masked', () => {
    const { secrets } = redactAxiosRequest(instance, {
      url,
      headers: { 'X-Token': 'token-one' },
      data: { Action: 'X', Password: 'password-one' },
    })
    expect(new Set(secrets)).toEqual(new Set(['password-one', 'token-one']))
  })

  test.each([
    ['auth', { auth: { username: 'user-one', password: 'pass-one' } }],
    ['proxy.auth', { proxy: { host: 'h', port: 1, auth: { username: 'user-one', password: 'pass-one' } } }],
  ])('has %s masked, in plain text and as encoded on the wire', (_, config) => {
    const { secrets } = redactAxiosRequest(instance, { url, ...config })
    expect(secrets).toEqual(expect.arrayContaining(['user-one', 'pass-one', btoa('user-one:pass-one')]))
  })

  test.each([
    [{ username: 'user-one', password: '' }, ['user-one', btoa('user-one:')]],
    [{ username: '', password: 'pass-one' }, ['pass-one', btoa(':pass-one')]],
  ])('has credentials without one part masked: %j', (auth, expected) => {
    const { secrets } = redactAxiosRequest(instance, { url, auth })
    expect(secrets).toEqual(expect.arrayContaining(expected))
  })

  test('has no variable of the environment masked that only contains the name of one for proxies', () => {
    vi.stubEnv('HTTP_PROXY_NOTE', 'http://user-one:pass-one@proxy')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(redactAxiosRequest(instance, { url }).secrets).toEqual([])
  })

  test('is described by an empty URL if it has none and its parameters can’t be serialized', () => {
    const serialize = (): never => {
      throw new Error('no')
    }
    const config = { params: { a: '1' }, paramsSerializer: { serialize } }
    expect(redactAxiosRequest(axios.create(), config).summary).toEqual(
      redactAxiosRequest(axios.create(), {}).summary,
    )
  })

  test.each([{ proxy: false as const }, { proxy: { host: 'h', port: 1 } }])(
    'has no credentials in %j',
    config => {
      expect(redactAxiosRequest(instance, { url, ...config }).secrets).toEqual([])
    },
  )

  test('has the secrets of its instance’s defaults masked', () => {
    const instance = axios.create({
      baseURL: 'https://base-user:base-pass@cvm.api.qcloud.com',
      headers: { 'X-Token': 'token-one' },
      params: { Signature: 'signature-one' },
      auth: { username: 'user-one', password: 'pass-one' },
    })
    instance.defaults.headers.common.Authorization = 'Bearer bearer-one'
    instance.defaults.headers.post['X-Api-Key'] = 'key-one'
    const { summary, secrets } = redactAxiosRequest(instance, { url })
    expect(summary).toEqual({ method: 'GET', origin: 'https://cvm.api.qcloud.com', path: url })
    expect(secrets).toEqual(
      expect.arrayContaining([
        'token-one',
        'signature-one',
        'user-one',
        'pass-one',
        btoa('user-one:pass-one'),
        'bearer-one',
        'key-one',
        'base-user',
        'base-pass',
        btoa('base-user:base-pass'),
      ]),
    )
  })

  test('has the secrets of its parameters masked, even if a serializer hides their names', () => {
    const { secrets } = redactAxiosRequest(instance, {
      url,
      params: { Login: { Password: 'pass word' }, Filters: [{ Token: 'token-one' }] },
      paramsSerializer: { serialize: params => btoa(JSON.stringify(params)) },
    })
    expect(secrets).toEqual(expect.arrayContaining(['pass word', 'token-one']))
  })

  test('is described as opaque if its parameters can’t be serialized', () => {
    const { summary, secrets, isOpaque } = redactAxiosRequest(instance, {
      url,
      headers: { Authorization: 'Bearer bearer-one' },
      params: { Token: 'token-one' },
      paramsSerializer: {
        serialize: () => {
          throw new Error('no')
        },
      },
    })
    expect(summary).toEqual({ method: 'GET', origin: 'https://cvm.api.qcloud.com', path: url })
    expect(secrets).toEqual(expect.arrayContaining(['bearer-one', 'token-one']))
    expect(isOpaque).toBe(true)
  })

  test.each([
    ['of an agent', { httpsAgent: { proxy: new URL('http://proxy-user:proxy%20pass@proxy:3128') } }, {}],
    ['of an agent, as a string', { httpAgent: { proxy: 'http://proxy-user:proxy%20pass@proxy:3128' } }, {}],
    ['of the environment', {}, { HTTPS_PROXY: 'http://proxy-user:proxy%20pass@proxy:3128' }],
    ['of the environment, without a scheme', {}, { all_proxy: 'proxy-user:proxy%20pass@proxy:3128' }],
  ])('has the user info of the proxy %s masked', (_, config, environment) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { secrets } = redactAxiosRequest(instance, { url, ...config })
    expect(secrets).toEqual(
      expect.arrayContaining([
        'proxy-user',
        'proxy pass',
        btoa('proxy-user:proxy pass'),
        btoa('proxy-user:proxy%20pass'),
      ]),
    )
  })

  test('is described on a platform without environment variables', () => {
    vi.stubGlobal('process', undefined)
    onTestFinished(() => void vi.unstubAllGlobals())
    expect(redactAxiosRequest(instance, { url }).secrets).toEqual([])
  })
})
