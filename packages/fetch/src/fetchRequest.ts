/**
 * Describes the request in the arguments of `fetch`, and finds its secrets.
 *
 * @internal
 */
import { type AbortSignalLike, type RedactedRequest, redactRequest } from '@task-outcome/core/adapter'

/** The parts of a `Request` and of `fetch`'s second argument that are used here. */
interface RequestParts {
  readonly method?: string
  readonly url?: string
  readonly headers?: unknown
  readonly body?: unknown
  readonly signal?: AbortSignalLike | null
}

export const urlOf = (input: unknown): string => partsOf(input).url ?? String(input)

/** Returns the signal that `fetch` would use: `init`'s, even `null`, otherwise the `Request`'s. */
export const signalOf = (
  input: unknown,
  init: RequestParts | null = {},
): AbortSignalLike | null | undefined => (init?.signal === undefined ? partsOf(input).signal : init.signal)

export const redactFetchRequest = (input: unknown, given?: RequestParts | null): RedactedRequest => {
  const request = partsOf(input)
  const init = given ?? {}
  return redactRequest({
    method: init.method ?? request.method ?? 'GET',
    url: urlOf(input),
    headers: [init.headers, request.headers],
    body: init.body ?? bodyOf(request),
  })
}

/** The body of a `Request`, or a placeholder if there may be one: it can't be read, and not every browser exposes the stream. */
const bodyOf = ({ method = 'GET', body }: RequestParts): unknown =>
  body === undefined && !/^(?:get|head)$/i.test(method) ? unreadable : body

const unreadable = Symbol('a body that can’t be read')

/** The parts of a `Request`; a string and a `URL` have none. */
const partsOf = (input: unknown): RequestParts =>
  typeof input === 'object' && input !== null && 'url' in input ? (input as RequestParts) : {}
