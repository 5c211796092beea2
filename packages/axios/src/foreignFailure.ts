/**
 * Failures of other requests, such as a token request, that an interceptor passes on as if the submission had failed.
 *
 * @internal
 */
import { recoverFromBody } from '@task-outcome/core'
import {
  type AxiosAdapter,
  type AxiosError,
  type AxiosInstance,
  type AxiosRequestConfig,
  type InternalAxiosRequestConfig,
  isAxiosError,
} from 'axios'
import type { Capture } from './captureResponses.js'
import { bodyOf } from './unseenResponse.js'

/**
 * Marks a config as the submission's. The mark survives if an interceptor copies the config, replaces the adapter or changes
 * the URL; a request that an interceptor sends with another config does not have it.
 */
export const markConfig = (config: AxiosRequestConfig, adapter: AxiosAdapter): AxiosRequestConfig =>
  Object.assign({ ...config, adapter }, { [mark]: true })

const mark = 'task-outcome'

/** The error of a request that did not go through our adapter. */
type ForeignError = AxiosError & { readonly config: InternalAxiosRequestConfig }

/** Returns whether a request failed without going through our adapter. */
export const adapterWasReplaced = (thrown: unknown, adapter: AxiosAdapter): thrown is ForeignError =>
  isAxiosError(thrown) && thrown.config !== undefined && thrown.config.adapter !== adapter

/**
 * Returns whether another request failed, so that nothing more of the submission was sent: a request for a token, as that is
 * what interceptors request before they send, or after a 401. The failed request lacks our mark, goes to another URL, and its
 * response contains no task id. After any other failure or rejection an interceptor may have sent the submission elsewhere.
 */
export const isForeignFailure = (
  { config: failed, response }: ForeignError,
  instance: AxiosInstance,
  config: AxiosRequestConfig,
  capture: Capture,
): boolean => {
  const sent = capture.request()
  if (sent !== undefined && capture.response()?.status !== 401) return false
  if (mark in failed || addressOf(instance, failed) === addressOf(instance, sent ?? config)) return false
  return response === undefined || recoverFromBody(bodyOf(response.data).body).length === 0
}

/** The URL without its query, which interceptors may sign again. `undefined` if a serializer throws. */
const addressOf = (instance: AxiosInstance, config: AxiosRequestConfig): string | undefined => {
  try {
    return instance.getUri(config).replace(/[?#].*$/s, '')
  } catch {
    return undefined
  }
}
