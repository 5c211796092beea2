import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios'
import { expect, test } from 'vitest'
import { isSeen } from './observers.js'

const own = axios.defaults.transformResponse as InternalAxiosRequestConfig['transformResponse'] & object[]

const withInterceptor = (): AxiosInstance => {
  const instance = axios.create()
  instance.interceptors.response.use(undefined, error => Promise.reject(error as Error))
  return instance
}

const withoutInterceptorAnyMore = (): AxiosInstance => {
  const instance = axios.create()
  instance.interceptors.response.eject(instance.interceptors.response.use(answer => answer))
  return instance
}

test.each([
  ['axios alone', axios.create(), own, false],
  ['axios alone, without any JSON', axios.create(), [], true],
  ['no one any more', withoutInterceptorAnyMore(), own, false],
  ['an interceptor', withInterceptor(), own, true],
  ['a function of the caller’s', axios.create(), (data: unknown) => data, true],
  ['a function of the caller’s before axios’ own', axios.create(), [(data: unknown) => data, ...own], true],
  ['a function of the caller’s in place of axios’ own', axios.create(), [(data: unknown) => data], true],
  ['who knows, in an instance of another kind', { interceptors: { response: {} } }, own, true],
  ['who knows, in an instance without interceptors', {}, own, true],
] as const)('the data of an answer is for %s to see', (_, instance, transformResponse, seen) => {
  const config = { transformResponse } as InternalAxiosRequestConfig
  expect(isSeen(instance as AxiosInstance, config)).toBe(seen)
})

test('a request without transforms of its own has axios’ in its config', async () => {
  const seen: boolean[] = []
  const instance = axios.create({
    adapter: async config => {
      seen.push(isSeen(instance, config))
      return { data: '', status: 200, statusText: '', headers: {}, config }
    },
  })
  await instance.get('https://api.example')
  expect(seen).toEqual([false])
})
