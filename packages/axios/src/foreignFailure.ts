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
  isAxiosError,
} from 'axios'
import { bodyOf } from './unseenResponse.js'

/**
 * Marks a config as the submission's. The mark survives if an interceptor copies the config, replaces the adapter or changes
 * the URL; a request that an interceptor sends with another config does not have it.
 */
export const markConfig = (config: AxiosRequestConfig, adapter: AxiosAdapter): AxiosRequestConfig =>
  Object.assign({ ...config, adapter }, { [mark]: true })

const mark = 'task-outcome'

/** Returns whether a request failed without going through our adapter. */
export const adapterWasReplaced = (thrown: unknown, adapter: AxiosAdapter): thrown is AxiosError =>
  isAxiosError(thrown) && thrown.config !== undefined && thrown.config.adapter !== adapter

/**
 * Returns whether another request failed, so that the submission was not sent: the failed request lacks our mark, goes to
 * another URL, and its response contains no task id.
 *
 * @param sent - the latest config of the submission
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

/** The URL without its query, which interceptors may sign again. `undefined` if a serializer throws. */
const addressOf = (instance: AxiosInstance, config: AxiosRequestConfig): string | undefined => {
  try {
    return instance.getUri(config).replace(/[?#].*$/s, '')
  } catch {
    return undefined
  }
}
