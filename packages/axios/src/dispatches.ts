/**
 * What axios dispatches for a request: whether it reaches our adapter. An interceptor can replace `config.adapter`, and a wrapper
 * need not call ours.
 *
 * @internal
 */
import type { AxiosAdapter, AxiosInstance, AxiosRequestConfig, AxiosRequestTransformer } from 'axios'
import { toArray } from './observers.js'

export interface Dispatches {
  /** The config to request with. */
  readonly config: AxiosRequestConfig
  /** Whether the last dispatch did not reach our adapter. */
  readonly hasMissed: () => boolean
  /** Whether requests with a config reach our adapter. */
  readonly isOurs: (config: AxiosRequestConfig) => boolean
}

/**
 * Makes a config that dispatches to our adapter, and watches where axios dispatches it: axios transforms the data right before it
 * calls the adapter.
 *
 * @param makeEntry - wraps our adapter in the caller's
 */
export const watchDispatches = (
  instance: AxiosInstance,
  config: AxiosRequestConfig,
  adapter: AxiosAdapter,
  makeEntry: (adapter: AxiosAdapter) => AxiosAdapter,
): Dispatches => {
  let hasMissed = false
  let dispatchedTo: unknown
  const reaching = new Set<unknown>()
  const entry = makeEntry(sent => {
    hasMissed = false
    reaching.add(dispatchedTo)
    return adapter(sent)
  })
  reaching.add(entry)
  const noteDispatch = function (this: AxiosRequestConfig | undefined, data: unknown): unknown {
    hasMissed = true
    dispatchedTo = this?.adapter ?? entry
    return data
  }
  return {
    config: Object.assign(
      {
        ...config,
        adapter: entry,
        transformRequest: [
          ...toArray(config.transformRequest ?? instance.defaults.transformRequest),
          noteDispatch as AxiosRequestTransformer,
        ],
      },
      { [mark]: entry },
    ),
    hasMissed: () => hasMissed,
    isOurs: ({ adapter: other }) => reaching.has(other),
  }
}

/**
 * Marks a config as that of a submission. The mark survives if an interceptor copies the config, replaces the adapter or changes
 * the URL; a request that an interceptor sends with another config does not have it.
 */
const mark = 'task-outcome'

/** Returns what identifies the submission of a config, or `undefined` if it is none of ours. */
export const submissionOf = (config: AxiosRequestConfig): unknown =>
  (config as Readonly<Record<string, unknown>>)[mark]
