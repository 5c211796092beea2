import type { ClientUnderTest, Resending } from '@task-outcome/conformance/page'
import { urlsInTurn } from '@task-outcome/conformance/page'
import axios, { type AxiosAdapter, type AxiosInstance, type AxiosRequestConfig } from 'axios'
import { retryAdapterEnhancer } from 'axios-extensions'
import axiosRetry from 'axios-retry'
import { createAxiosTaskClient } from '../src/index.js'
import { toRequest } from './toRequest.js'

type Client = ClientUnderTest<[config: AxiosRequestConfig]>

/** An instance that sends each request to the URL that the suite chooses. */
const rerouted = (config: AxiosRequestConfig, resending: Resending): AxiosInstance => {
  const instance = axios.create(config)
  const nextUrl = urlsInTurn(resending)
  instance.interceptors.request.use(request => ({ ...request, url: nextUrl() ?? request.url ?? '' }))
  return instance
}

/** A task client for an instance with an interceptor that retries a failed request. */
export const withInterceptor = (config: AxiosRequestConfig): Client => ({
  create: (limits, resending) => {
    const instance = rerouted(config, resending)
    let retries = 0
    instance.interceptors.response.use(undefined, (error: unknown) => {
      if (!axios.isAxiosError(error) || error.config === undefined) throw error
      if (retries++ === resending.retries) throw error
      return instance.request(error.config)
    })
    return createAxiosTaskClient(instance, limits)
  },
  toRequest,
})

/** A task client for an instance with axios-retry. */
export const withAxiosRetry = (config: AxiosRequestConfig): Client => ({
  create: (limits, resending) => {
    const instance = rerouted(config, resending)
    axiosRetry(instance, {
      retries: resending.retries,
      retryDelay: () => 0,
      retryCondition: () => true,
    })
    return createAxiosTaskClient(instance, limits)
  },
  toRequest,
})

/** A task client whose adapter is wrapped in the retry adapter of axios-extensions. */
export const withRetryAdapter = (config: AxiosRequestConfig): Client => ({
  create: (limits, resending) => {
    const nextUrl = urlsInTurn(resending)
    const reroute =
      (adapter: AxiosAdapter): AxiosAdapter =>
      request =>
        adapter({ ...request, url: nextUrl() ?? request.url ?? '' })
    return createAxiosTaskClient(axios.create(config), {
      ...limits,
      wrap: adapter => retryAdapterEnhancer(reroute(adapter), { times: resending.retries }),
    })
  },
  toRequest,
})
