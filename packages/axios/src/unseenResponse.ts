/**
 * Responses that did not come through the adapter, though axios gives them as the outcome of the request.
 *
 * @internal
 */
import { type HttpResponse, recoverFromBody } from '@task-outcome/core'
import { fromPlain, stringifyJson } from '@task-outcome/core/json'
import { type AxiosAdapter, type AxiosResponse, isAxiosError } from 'axios'

export interface UnseenResponse {
  readonly response: HttpResponse
  /** Whether the body is as it came: text or bytes. Made of what axios has parsed, it may have lost digits and members. */
  readonly isExact: boolean
}

/**
 * The response that an interceptor has got by a request of its own, with another config. Where it only gives what it has made
 * of one, that is told by the ids in it, if the captured response has none.
 *
 * @param given - what the request has resolved to, or rejected with
 */
export const unseenResponse = (
  given: unknown,
  adapter: AxiosAdapter,
  captured: HttpResponse | undefined,
): UnseenResponse | undefined => {
  const response = isAxiosError(given) ? given.response : given
  if (isResponse(response))
    return response.config.adapter === adapter
      ? ofOurs(response.data, captured)
      : unseen(response.status, response.data)
  return isAxiosError(given) ? undefined : ofOurs(given, captured)
}

const ofOurs = (data: unknown, captured: HttpResponse | undefined): UnseenResponse | undefined => {
  if (typeof data !== 'object' || data === null) return undefined
  if (captured !== undefined && hasIds(captured)) return undefined
  const made = unseen(captured?.status ?? 200, data)
  return hasIds(made.response) ? made : undefined
}

const hasIds = ({ body }: HttpResponse): boolean => recoverFromBody(body).length > 0

const unseen = (status: number, data: unknown): UnseenResponse => {
  const { body, isExact } = bodyOf(data)
  return { response: { status, body }, isExact }
}

/** The body that the data of a response were made of, or what comes closest to it. */
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
