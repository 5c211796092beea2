/**
 * What the arguments of `fetch` say about a request.
 *
 * @internal
 */
import { type AbortSignalLike, type RedactedRequest, redactRequest } from '@task-outcome/core/adapter'

/** The parts of a `Request` and of `fetch`'s second argument that are looked at. */
interface RequestParts {
  readonly method?: string
  readonly url?: string
  readonly headers?: unknown
  readonly body?: unknown
  readonly signal?: AbortSignalLike | null
}

export const urlOf = (input: unknown): string => partsOf(input).url ?? String(input)

/** The signal that `fetch` would follow: `init`'s, `null` too, before the `Request`'s own. */
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

/** A request as a wrapper sent it last, with the secrets that it has put into any send. */
export const withSecretsOf = (
  request: RedactedRequest,
  sends: ReadonlyArray<RedactedRequest>,
): RedactedRequest => ({
  ...request,
  summary: (sends[sends.length - 1] ?? request).summary,
  secrets: [request, ...sends].flatMap(({ secrets }) => secrets),
})

/** Of a `Request` that may have one only that it is there: it can't be read, and not every browser shows the stream. */
const bodyOf = ({ method = 'GET', body }: RequestParts): unknown =>
  body === undefined && !/^(?:get|head)$/i.test(method) ? unreadable : body

const unreadable = Symbol('a body that can’t be read')

/** A `Request`, seen as its parts; a string and a `URL` have none. */
const partsOf = (input: unknown): RequestParts =>
  typeof input === 'object' && input !== null && 'url' in input ? (input as RequestParts) : {}
