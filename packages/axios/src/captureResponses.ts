/**
 * An axios adapter that delegates to another and captures the unchanged bytes of every response.
 *
 * axios has other ways to get them, but interceptors would notice: `responseType` and `transformResponse` change what they
 * see, `validateStatus` changes when they are called. The adapter sits below all of these.
 *
 * @internal
 */
import { type HttpResponse } from '@task-outcome/core'
import {
  type ExchangeContext,
  type OpenResponse,
  responseHead,
  isFromElsewhere,
} from '@task-outcome/core/adapter'
import {
  type AxiosAdapter,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
  isAxiosError,
} from 'axios'
import { asAxiosError, refusal } from './axiosErrors.js'
import { type ChosenAdapter, chooseAdapter, sendsOnce } from './chooseAdapter.js'
import { isIntercepted, isSeen } from './observers.js'
import { dataFor, streamOf } from './responseData.js'

export interface Capture {
  readonly adapter: AxiosAdapter
  /** The response to the last request that went through the adapter; `undefined` if that request failed. */
  readonly response: () => HttpResponse | undefined
  /** What that request failed with. */
  readonly failure: () => { readonly thrown: unknown } | undefined
  /** The config of that request, after all interceptors. */
  readonly request: () => InternalAxiosRequestConfig | undefined
  /** The configs of all requests as they were sent: an interceptor may put a new token into the config of the last one. */
  readonly requests: ReadonlyArray<AxiosRequestConfig>
}

export const captureResponses = (
  instance: AxiosInstance,
  adapters: AxiosRequestConfig['adapter'],
  context: ExchangeContext<AbortSignal>,
  isKnown: boolean,
): Capture => {
  // axios calls the interceptors that are registered now, even if one is ejected while the request is in flight.
  const wasIntercepted = isIntercepted(instance)
  let captured: HttpResponse | undefined
  let failure: { readonly thrown: unknown } | undefined
  let request: InternalAxiosRequestConfig | undefined
  const requests: AxiosRequestConfig[] = []

  const adapter: AxiosAdapter = async config => {
    captured = undefined
    failure = undefined
    request = config
    requests.push(wasIntercepted ? copyOf(config) : config)
    const chosen = chooseAdapter(adapters, config)
    let reply!: Reply // set once there is a response
    let own: AbortSignal | undefined
    let buffered: HttpResponse
    try {
      buffered = await context.send(
        async signal => {
          own = signal
          reply = await replyOf(chosen, configFor(chosen, config, signal))
          return openResponse(reply.response, config, () => instance.getUri(config))
        },
        {
          signals: [config.signal],
          timeoutMs: config.timeout === 0 ? undefined : config.timeout,
          sendsOnce: sendsOnce(chosen, config, isKnown),
        },
      )
    } catch (thrown) {
      const error = asAxiosError(thrown, own?.reason, config, (reply as Reply | undefined)?.response)
      failure = { thrown: error }
      throw error
    }
    captured = buffered
    const isNeeded = wasIntercepted || isSeen(instance, config)
    const data = isNeeded ? dataFor(chosen.kind, config, buffered.body) : undefined
    // A new object, as a stub or a cache may return the same one again.
    const response = { ...reply.response, config, data }
    if (reply.refused !== undefined) throw refusal(reply.refused, response)
    return response
  }
  return { adapter, response: () => captured, failure: () => failure, request: () => request, requests }
}

/** Copies the parts of a config that may be changed in place. */
const copyOf = (config: InternalAxiosRequestConfig): AxiosRequestConfig => ({
  ...config,
  headers: Object.assign({}, config.headers),
  params: isPlainObject(config.params) ? { ...config.params } : (config.params as unknown),
  data: isPlainObject(config.data) ? { ...config.data } : (config.data as unknown),
})

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** The response of an adapter, and the error that it rejected with if `validateStatus` does not accept the status. */
interface Reply {
  readonly response: AxiosResponse
  readonly refused?: unknown
}

const replyOf = async ({ send }: ChosenAdapter, config: InternalAxiosRequestConfig): Promise<Reply> => {
  try {
    return { response: await send(config) }
  } catch (thrown) {
    if (isAxiosError(thrown) && thrown.response?.data !== undefined)
      return { response: thrown.response, refused: thrown }
    throw thrown
  }
}

/** The caller's config, with the limits that the exchange enforces itself taken out. */
const configFor = (
  { responseType }: ChosenAdapter,
  config: InternalAxiosRequestConfig,
  signal: AbortSignal | undefined,
): InternalAxiosRequestConfig => ({
  ...config,
  responseType,
  ...(signal === undefined ? {} : { signal }),
  // The exchange enforces these limits, so that an error can say which one was reached.
  timeout: 0,
  maxContentLength: -1,
  // PROTOCOL.md, section 6: "Redirects are not followed". A cached response means that nothing was sent.
  maxRedirects: 0,
  fetchOptions: { ...config.fetchOptions, redirect: 'manual', cache: 'no-store' },
})

const openResponse = (
  { status, headers, data, request }: AxiosResponse,
  { maxContentLength = -1 }: InternalAxiosRequestConfig,
  url: () => string,
): OpenResponse => {
  const received = (headers as Readonly<Record<string, unknown>> | undefined) ?? {}
  const { responseURL } = (request ?? {}) as { readonly responseURL?: unknown }
  // Building the URL is slow in axios, and only these headers need it.
  const isPlain = received.location === undefined && received['retry-after'] === undefined
  return {
    head: isPlain ? { status } : responseHead(status, name => received[name], url()),
    body: streamOf(data),
    maxBodyBytes: maxContentLength >= 0 ? maxContentLength : undefined,
    wasRedirected: responseURL !== undefined && isFromElsewhere(url(), responseURL),
  }
}
