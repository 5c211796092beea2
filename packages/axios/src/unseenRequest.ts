/**
 * Requests that an interceptor sent without our adapter, judging by what axios resolved to or rejected with.
 *
 * @internal
 */
import { type HttpResponse, recoverFromBody } from '@task-outcome/core'
import { type OpenResponse, type UnseenSend, bodyOfValue, unseenSend } from '@task-outcome/core/adapter'
import { type AxiosInstance, type AxiosRequestConfig, type AxiosResponse, isAxiosError } from 'axios'
import type { Capture } from './captureResponses.js'
import { type Dispatches, submissionOf } from './dispatches.js'

/** How a request of the instance ended. */
export interface Settled {
  /** What it resolved to or rejected with. */
  readonly result: unknown
  readonly hasFailed: boolean
}

/** An exchange as it was begun, and what went through our adapter. */
export interface Sent {
  readonly instance: AxiosInstance
  /** The caller's config. */
  readonly config: AxiosRequestConfig
  readonly capture: Capture
  readonly dispatches: Dispatches
}

/**
 * Returns the request that did not go through our adapter, if the result shows one. The failure of a request for a token does not
 * count, because nothing more of the submission was sent.
 */
export const unseenRequest = ({ result, hasFailed }: Settled, sent: Sent): UnseenSend | undefined => {
  const { capture } = sent
  const response = responseOf(result)
  const sentWith = response?.config ?? (isAxiosError(result) ? result.config : undefined)
  if (sentWith === undefined || sent.dispatches.isOurs(sentWith)) {
    // An error of our request, be it made by an interceptor.
    if (sentWith !== undefined && response === undefined) return undefined
    return unseenSend({
      result: response === undefined ? result : response.data,
      hasThrown: hasFailed,
      response: capture.response(),
      failure: capture.failure(),
      knownTexts: () => knownTexts(sent),
    })
  }
  const seen = response && { status: response.status, body: bodyOfValue(response.data) }
  if (hasFailed && isForToken(sentWith, seen, sent)) return undefined
  return seen === undefined ? {} : { response: seen }
}

/** The response of axios that a result is or holds. */
const responseOf = (result: unknown): AxiosResponse | undefined => {
  const { response = result } = (result ?? {}) as { readonly response?: unknown }
  return isAxiosResponse(response) ? response : undefined
}

const isAxiosResponse = (value: unknown): value is AxiosResponse => {
  const { status, config } = (value ?? {}) as Partial<AxiosResponse>
  return typeof status === 'number' && typeof config === 'object'
}

/** Texts in which an id is none of a task that we don't know: those of the request, and the headers of its response. */
const knownTexts = ({ instance, config, capture }: Sent): ReadonlyArray<string> => [
  ...[config, capture.request() ?? {}].flatMap(request => [
    uriOf(instance, request) ?? '',
    toText(request.params),
    toText(request.data),
    toText(request.headers),
  ]),
  toText(capture.headers()),
]

const toText = (value: unknown): string => String(bodyOfValue(value))

/** A response of a `fetch` that an interceptor called. */
export interface FetchResponse {
  readonly open: OpenResponse
  /** Whether it is the failed response of a request for a token, once it is read. */
  readonly isOfToken: (response: HttpResponse) => boolean
}

/** Returns the response of a `fetch` that an interceptor called, to be read, if it returned or threw one. */
export const unseenFetchResponse = (
  { result, hasFailed }: Settled,
  sent: Sent,
): FetchResponse | undefined => {
  const { response = result } = (result ?? {}) as { readonly response?: unknown }
  const { status, headers, body, bodyUsed, url = '' } = (response ?? {}) as Partial<Response>
  if (typeof status !== 'number' || typeof headers?.get !== 'function' || typeof bodyUsed !== 'boolean')
    return undefined
  return {
    open: { head: { status }, body: (bodyUsed ? undefined : body) ?? [] },
    isOfToken: read => hasFailed && isForToken({ url }, read, sent),
  }
}

/**
 * Returns whether a request that failed was for a token, which interceptors request before they send, or after a 401: it is of
 * another submission, or of none and goes to another URL, and its response contains no task id. After any other failure or
 * rejection an interceptor may have sent the submission elsewhere.
 */
const isForToken = (
  failed: AxiosRequestConfig,
  response: HttpResponse | undefined,
  { instance, config, capture, dispatches }: Sent,
): boolean => {
  if (capture.request() !== undefined && capture.response()?.status !== 401) return false
  if (response !== undefined && recoverFromBody(response.body).length > 0) return false
  const submission = submissionOf(failed)
  if (submission !== undefined) return submission !== submissionOf(dispatches.config)
  return addressOf(instance, failed) !== addressOf(instance, capture.request() ?? config)
}

/** The URL without its query, which interceptors may sign again. */
const addressOf = (instance: AxiosInstance, config: AxiosRequestConfig): string | undefined =>
  uriOf(instance, config)?.replace(/[?#].*$/s, '')

/** `undefined` if a serializer throws. */
const uriOf = (instance: AxiosInstance, config: AxiosRequestConfig): string | undefined => {
  try {
    return instance.getUri(config)
  } catch {
    return undefined
  }
}
