import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios'
import { expect, test } from 'vitest'
import { isSeen } from './observers.js'

const own = axios.defaults.transformResponse as InternalAxiosRequestConfig['transformResponse'] & object[]

const withInterceptor = (): AxiosInstance => {
  const instance = axios.create()
  instance.interceptors.response.use(undefined, error => Promise.reject(error as Error))
  return instance
}

const withEjectedInterceptor = (): AxiosInstance => {
  const instance = axios.create()
  instance.interceptors.response.eject(instance.interceptors.response.use(response => response))
  return instance
}

test.each([
  ['only axios’ transforms', axios.create(), own, false],
  ['no transforms', axios.create(), [], true],
  ['an ejected interceptor', withEjectedInterceptor(), own, false],
  ['an interceptor', withInterceptor(), own, true],
  ['a custom transform', axios.create(), (data: unknown) => data, true],
  ['a custom transform before axios’ own', axios.create(), [(data: unknown) => data, ...own], true],
  ['a custom transform instead of axios’ own', axios.create(), [(data: unknown) => data], true],
  ['interceptors of another kind', { interceptors: { response: {} } }, own, true],
  ['no interceptors', {}, own, true],
] as const)(
  'an instance with %s: whether the data of a response are seen',
  (_, instance, transformResponse, seen) => {
    const config = { transformResponse } as InternalAxiosRequestConfig
    expect(isSeen(instance as AxiosInstance, config)).toBe(seen)
  },
)

test('a request without custom transforms has axios’ own in its config', async () => {
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
