/**
 * An axios adapter that works as another does, and keeps the untouched bytes of every response.
 *
 * axios' own ways to them would be felt by the caller: `responseType` and `transformResponse` change what interceptors
 * get to see, `validateStatus` what they are called for. The adapter is the place below all of these.
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
  /** The response to the last request that went through the adapter, unless that failed. */
  readonly response: () => HttpResponse | undefined
  /** That request, as the interceptors have left it. */
  readonly request: () => InternalAxiosRequestConfig | undefined
}

export const captureResponses = (
  instance: AxiosInstance,
  adapters: AxiosRequestConfig['adapter'],
  context: ExchangeContext<AbortSignal>,
  isKnown: boolean,
): Capture => {
  // axios takes the interceptors that are there now, though one may be ejected while it waits for the response.
  const wasIntercepted = isIntercepted(instance)
  let captured: HttpResponse | undefined
  let request: InternalAxiosRequestConfig | undefined

  const adapter: AxiosAdapter = async config => {
    captured = undefined
    request = config
    const chosen = chooseAdapter(adapters, config)
    let reply!: Reply // once there is a response
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
      throw asAxiosError(thrown, own?.reason, config, (reply as Reply | undefined)?.response)
    }
    captured = buffered
    const isNeeded = wasIntercepted || isSeen(instance, config)
    const data = isNeeded ? dataFor(chosen.kind, config, buffered.body) : undefined
    // Another object: a stand-in or a cache gives its own again.
    const response = { ...reply.response, config, data }
    if (reply.refused !== undefined) throw refusal(reply.refused, response)
    return response
  }
  return { adapter, response: () => captured, request: () => request }
}

/** What an adapter gives, and whether it rejects with it, as `validateStatus` does not let it pass. */
interface Reply {
  readonly response: AxiosResponse
  readonly refused?: unknown
}

const replyOf = async ({ ask }: ChosenAdapter, config: InternalAxiosRequestConfig): Promise<Reply> => {
  try {
    return { response: await ask(config) }
  } catch (thrown) {
    if (isAxiosError(thrown) && thrown.response?.data !== undefined)
      return { response: thrown.response, refused: thrown }
    throw thrown
  }
}

/** The caller's config, but for what the exchange takes care of. */
const configFor = (
  { responseType }: ChosenAdapter,
  config: InternalAxiosRequestConfig,
  signal: AbortSignal | undefined,
): InternalAxiosRequestConfig => ({
  ...config,
  responseType,
  ...(signal === undefined ? {} : { signal }),
  // These limits are the exchange's, so that it can be told which one was reached.
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
  const given = (headers as Readonly<Record<string, unknown>> | undefined) ?? {}
  const { responseURL } = (request ?? {}) as { readonly responseURL?: unknown }
  // Only of some responses the address matters, which takes axios its time to put together.
  const isPlain = given.location === undefined && given['retry-after'] === undefined
  return {
    head: isPlain ? { status } : responseHead(status, name => given[name], url()),
    body: streamOf(data),
    maxBodyBytes: maxContentLength >= 0 ? maxContentLength : undefined,
    wasRedirected: responseURL !== undefined && isFromElsewhere(url(), responseURL),
  }
}
