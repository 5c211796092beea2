/**
 * An axios adapter that works as another does and keeps the untouched bytes of the answer.
 *
 * axios' own ways to them would be felt by the caller: `responseType` and `transformResponse` change what interceptors
 * get to see, `validateStatus` what they are called for. The adapter is the place below all of these.
 *
 * @internal
 */
import { type AnswerHead, type Attempt, type HttpAnswer, answerHead } from '@task-outcome/core'
import {
  type AxiosAdapter,
  type AxiosError,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
  getAdapter,
  isAxiosError,
} from 'axios'
import { dataFor, streamOf } from './answerData.js'
import { isIntercepted, isSeen } from './onlookers.js'
import { refuseRedirected } from './refuseRedirected.js'

export interface Ear {
  readonly adapter: AxiosAdapter
  /** The answer to the last request that went through the adapter. */
  readonly heard: () => HttpAnswer | undefined
  /** That request, as the interceptors have left it. */
  readonly request: () => InternalAxiosRequestConfig | undefined
}

export const listenIn = (
  instance: AxiosInstance,
  adapters: AxiosRequestConfig['adapter'],
  attempt: Attempt<AbortSignal>,
): Ear => {
  // axios takes the interceptors that are there now, though one may be taken back while it waits for the answer.
  const wasIntercepted = isIntercepted(instance)
  let heard: HttpAnswer | undefined
  let request: InternalAxiosRequestConfig | undefined

  /** Reads the bytes, and puts in their place what the caller's own functions would have got. */
  const listen = async (response: AxiosResponse, config: InternalAxiosRequestConfig): Promise<void> => {
    const url = (): string => instance.getUri(config)
    const head = headOf(response, url)
    const answer = await attempt.readBody(head, streamOf(response.data), maxBodyBytesOf(config))
    refuseRedirected(response, url)
    heard = answer
    response.config = config
    response.data = wasIntercepted || isSeen(instance, config) ? dataFor(config, answer.body) : undefined
  }

  const adapter: AxiosAdapter = async config => {
    heard = undefined
    request = config
    if (config.signal) attempt.follow(config.signal)
    const lift = config.timeout ? attempt.limitTime(config.timeout) : undefined
    const { ask, responseType } = chooseAdapter(adapters, config)
    try {
      const response = await attempt.send(signal =>
        ask({
          ...config,
          responseType,
          ...(signal === undefined ? {} : { signal }),
          // These limits are kept here, so that it can be told which one was reached.
          timeout: 0,
          maxContentLength: -1,
          decompress: true,
          // PROTOCOL.md, section 6: "Redirects are not followed".
          maxRedirects: 0,
          fetchOptions: { ...config.fetchOptions, redirect: 'manual' },
        }),
      )
      await listen(response, config)
      return response
    } catch (thrown) {
      if (isRefusedAnswer(thrown)) {
        thrown.config = config
        await listen(thrown.response, config)
      }
      throw thrown
    } finally {
      lift?.()
    }
  }
  return { adapter, heard: () => heard, request: () => request }
}

/** Only of a redirect the address matters, which takes axios its time to put together. */
const headOf = ({ status, headers }: AxiosResponse, url: () => string): AnswerHead => {
  const given = ((headers as object | undefined) ?? {}) as Readonly<Record<string, unknown>>
  return given.location === undefined && given['retry-after'] === undefined
    ? { status }
    : answerHead(status, name => given[name], url())
}

/** A whole answer that `validateStatus` does not let pass. */
const isRefusedAnswer = (thrown: unknown): thrown is AxiosError & { readonly response: AxiosResponse } =>
  isAxiosError(thrown) && thrown.response?.data !== undefined

/** The caller's own limit, where the config has one. */
const maxBodyBytesOf = ({ maxContentLength = -1 }: InternalAxiosRequestConfig): number | undefined =>
  maxContentLength >= 0 ? maxContentLength : undefined

interface ChosenAdapter {
  readonly ask: AxiosAdapter
  readonly responseType: 'stream' | 'arraybuffer'
}

/**
 * The adapter that axios would choose. A body that comes as a stream can be left when it grows too large, and what has
 * come of it when it breaks off can be read; of axios' adapters `xhr` has no streams, and others' adapters need not.
 */
const chooseAdapter = (
  adapters: AxiosRequestConfig['adapter'],
  config: InternalAxiosRequestConfig,
): ChosenAdapter => {
  const ask = getAdapter(adapters, config)
  const givesStreams = ['http', 'fetch'].some(name => tryAdapter(name, config) === ask)
  return { ask, responseType: givesStreams ? 'stream' : 'arraybuffer' }
}

/** `undefined` where this version or this platform has none of that name. */
const tryAdapter = (name: string, config: InternalAxiosRequestConfig): AxiosAdapter | undefined => {
  try {
    return getAdapter(name, config)
  } catch {
    return undefined
  }
}
