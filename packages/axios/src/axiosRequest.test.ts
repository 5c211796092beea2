import axios from 'axios'
import { describe, expect, test } from 'vitest'
import { describeAxiosRequest } from './axiosRequest.js'

const instance = axios.create({ baseURL: 'https://cvm.api.qcloud.com' })
const url = '/v2/index.php'

describe('an axios request', () => {
  test('is described with its base URL, parameters and the method that axios would take', () => {
    expect(describeAxiosRequest(instance, { url, params: { Action: 'CreateImage' } })).toEqual({
      summary: { method: 'GET', origin: 'https://cvm.api.qcloud.com', path: url, action: 'CreateImage' },
      secrets: [],
    })
  })

  test.each([
    [{}, {}, 'GET'],
    [{ method: 'post' }, {}, 'POST'],
    [{ method: 'post' }, { method: 'put' }, 'PUT'],
  ])('of the instance %j and the config %j is a %s', (defaults, config, method) => {
    expect(describeAxiosRequest(axios.create(defaults), { url, ...config }).summary.method).toBe(method)
  })

  test('keeps back what is secret in its headers and its body', () => {
    const { secrets } = describeAxiosRequest(instance, {
      url,
      headers: { 'X-Token': 'token-one' },
      data: { Action: 'X', Password: 'password-one' },
    })
    expect(new Set(secrets)).toEqual(new Set(['password-one', 'token-one']))
  })

  test.each([
    ['auth', { auth: { username: 'user-one', password: 'pass-one' } }],
    ['proxy.auth', { proxy: { host: 'h', port: 1, auth: { username: 'user-one', password: 'pass-one' } } }],
  ])('keeps back %s, as it is and as it goes over the wire', (_, config) => {
    const { secrets } = describeAxiosRequest(instance, { url, ...config })
    expect(secrets).toEqual(expect.arrayContaining(['user-one', 'pass-one', btoa('user-one:pass-one')]))
  })

  test.each([{ proxy: false as const }, { proxy: { host: 'h', port: 1 } }])(
    '%j has no credentials',
    config => {
      expect(describeAxiosRequest(instance, { url, ...config }).secrets).toEqual([])
    },
  )
})
