/**
 * Requests that an interceptor sent without our adapter, judging by what axios resolved to or rejected with.
 *
 * @internal
 */
import { type HttpResponse, recoverFromBody } from '@task-outcome/core'
import { type OpenResponse, type UnseenSend, bodyOfValue, unseenSend } from '@task-outcome/core/adapter'
import {
  type AxiosAdapter,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
  isAxiosError,
} from 'axios'
import type { Capture } from './captureResponses.js'

/**
 * Marks a config as the submission's. The mark survives if an interceptor copies the config, replaces the adapter or changes
 * the URL; a request that an interceptor sends with another config does not have it.
 */
export const markConfig = (config: AxiosRequestConfig, adapter: AxiosAdapter): AxiosRequestConfig =>
  Object.assign({ ...config, adapter }, { [mark]: true })

const mark = 'task-outcome'

/** How a request of the instance ended. */
export interface Settled {
  /** What it resolved to or rejected with. */
  readonly result: unknown
  readonly hasFailed: boolean
}

/**
 * Returns the request that did not go through our adapter, if the result shows one. The failure of a request for a token does not
 * count, because nothing more of the submission was sent.
 */
export const unseenRequest = (
  { result, hasFailed }: Settled,
  instance: AxiosInstance,
  config: AxiosRequestConfig,
  capture: Capture,
  adapter: AxiosAdapter,
): UnseenSend | undefined => {
  const response = responseOf(result)
  const sentWith = response?.config ?? (isAxiosError(result) ? result.config : undefined)
  if (sentWith === undefined || sentWith.adapter === adapter)
    return unseenSend({
      result: response === undefined ? result : response.data,
      hasThrown: hasFailed,
      response: capture.response(),
      failure: capture.failure(),
    })
  const seen = response && { status: response.status, body: bodyOfValue(response.data) }
  if (hasFailed && isForToken(sentWith, seen, instance, config, capture)) return undefined
  return seen === undefined ? {} : { response: seen }
}

/** Returns the response of a `fetch` that an interceptor called, to be read, if it returned or threw one. */
export const unseenFetchResponse = (
  { result, hasFailed }: Settled,
  capture: Capture,
): OpenResponse | undefined => {
  if (hasFailed && mayRequestToken(capture)) return undefined
  const { response = result } = (result ?? {}) as { readonly response?: unknown }
  const { status, headers, body, bodyUsed, config } = (response ?? {}) as Partial<Response> & {
    readonly config?: unknown
  }
  if (typeof status !== 'number' || typeof headers?.get !== 'function' || config !== undefined)
    return undefined
  return { head: { status }, body: (bodyUsed === true ? undefined : body) ?? [] }
}

/** The response of axios that a result is or holds. */
const responseOf = (result: unknown): AxiosResponse | undefined => {
  if (typeof result !== 'object' || result === null) return undefined
  const { response = result } = result as { readonly response?: unknown }
  return isAxiosResponse(response) ? response : undefined
}

const isAxiosResponse = (value: unknown): value is AxiosResponse => {
  if (typeof value !== 'object' || value === null) return false
  const { status, config } = value as Partial<AxiosResponse>
  return typeof status === 'number' && typeof config === 'object'
}

/**
 * Returns whether a request that failed was for a token, which interceptors request before they send, or after a 401. It lacks our
 * mark, goes to another URL, and its response contains no task id. After any other failure or rejection an interceptor may have
 * sent the submission elsewhere.
 */
const isForToken = (
  failed: AxiosRequestConfig,
  response: HttpResponse | undefined,
  instance: AxiosInstance,
  config: AxiosRequestConfig,
  capture: Capture,
): boolean => {
  if (!mayRequestToken(capture) || mark in failed) return false
  if (addressOf(instance, failed) === addressOf(instance, capture.request() ?? config)) return false
  return response === undefined || recoverFromBody(response.body).length === 0
}

const mayRequestToken = (capture: Capture): boolean =>
  capture.request() === undefined || capture.response()?.status === 401

/** The URL without its query, which interceptors may sign again. `undefined` if a serializer throws. */
const addressOf = (instance: AxiosInstance, config: AxiosRequestConfig): string | undefined => {
  try {
    return instance.getUri(config).replace(/[?#].*$/s, '')
  } catch {
    return undefined
  }
}
