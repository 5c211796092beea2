/**
 * Failures of other requests, which an interceptor lets through as if they were the submission's: that of a token, say.
 *
 * @internal
 */
import { recoverFromBody } from '@task-outcome/core'
import {
  type AxiosAdapter,
  type AxiosError,
  type AxiosInstance,
  type AxiosRequestConfig,
  isAxiosError,
} from 'axios'
import { bodyOf } from './unseenResponse.js'

/**
 * A config of the submission. Interceptors keep the mark when they copy a config, put another adapter in, or change its
 * address; what they send by a config of their own has none.
 */
export const markConfig = (config: AxiosRequestConfig, adapter: AxiosAdapter): AxiosRequestConfig =>
  Object.assign({ ...config, adapter }, { [mark]: true })

const mark = 'task-outcome'

/** A request that failed without going through our adapter. */
export const adapterWasReplaced = (thrown: unknown, adapter: AxiosAdapter): thrown is AxiosError =>
  isAxiosError(thrown) && thrown.config !== undefined && thrown.config.adapter !== adapter

/**
 * Whether another request failed, so that nothing was sent of the submission: it has not our mark, goes to another address,
 * and its response has no id of a task.
 *
 * @param sent - the config of the submission, as far as it got
 */
export const isForeignFailure = (
  thrown: unknown,
  adapter: AxiosAdapter,
  instance: AxiosInstance,
  sent: AxiosRequestConfig,
): boolean => {
  if (!adapterWasReplaced(thrown, adapter)) return false
  const { config = {}, response } = thrown
  if (mark in config || addressOf(instance, config) === addressOf(instance, sent)) return false
  return response === undefined || recoverFromBody(bodyOf(response.data).body).length === 0
}

/** Without the query, which interceptors sign anew. `undefined` if a serializer throws. */
const addressOf = (instance: AxiosInstance, config: AxiosRequestConfig): string | undefined => {
  try {
    return instance.getUri(config).replace(/[?#].*$/s, '')
  } catch {
    return undefined
  }
}
