/**
 * Responses that axios returned for the request, but that did not come through the adapter.
 *
 * @internal
 */
import { type HttpResponse, recoverFromBody } from '@task-outcome/core'
import { fromPlain, stringifyJson } from '@task-outcome/core/json'
import { type AxiosAdapter, type AxiosResponse, isAxiosError } from 'axios'

export interface UnseenResponse {
  readonly response: HttpResponse
  /** Whether the body is the original text or bytes. One rebuilt from data that axios parsed may lack digits and members. */
  readonly isExact: boolean
}

/**
 * Returns the response that an interceptor got by sending another request with another config. If an interceptor returns
 * only data, that counts as such a response when it contains task ids and the captured response contains none.
 *
 * @param result - what the request resolved to or rejected with
 */
export const unseenResponse = (
  result: unknown,
  adapter: AxiosAdapter,
  captured: HttpResponse | undefined,
): UnseenResponse | undefined => {
  const response = isAxiosError(result) ? result.response : result
  if (isResponse(response))
    return response.config.adapter === adapter
      ? ofOurs(response.data, captured)
      : unseen(response.status, response.data)
  return isAxiosError(result) ? undefined : ofOurs(result, captured)
}

const ofOurs = (data: unknown, captured: HttpResponse | undefined): UnseenResponse | undefined => {
  if (typeof data !== 'object' || data === null) return undefined
  if (captured !== undefined && hasIds(captured)) return undefined
  const rebuilt = unseen(captured?.status ?? 200, data)
  return hasIds(rebuilt.response) ? rebuilt : undefined
}

const hasIds = ({ body }: HttpResponse): boolean => recoverFromBody(body).length > 0

const unseen = (status: number, data: unknown): UnseenResponse => {
  const { body, isExact } = bodyOf(data)
  return { response: { status, body }, isExact }
}

/** Returns the body that the data of a response were parsed from, or the closest to it. */
export const bodyOf = (data: unknown): { readonly body: string | Uint8Array; readonly isExact: boolean } => {
  if (typeof data === 'string' || data instanceof Uint8Array) return { body: data, isExact: true }
  const json = fromPlain(data)
  return { body: json === undefined ? '' : stringifyJson(json), isExact: false }
}

const isResponse = (value: unknown): value is AxiosResponse =>
  typeof value === 'object' &&
  value !== null &&
  'status' in value &&
  'config' in value &&
  typeof value.config === 'object' &&
  value.config !== null
