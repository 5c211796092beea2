import type { PlainRequest } from '@task-outcome/conformance/page'

/** The arguments of `fetch` for a request of the suite. */
export const toRequest = (
  { url, method, headers, body }: PlainRequest,
  signal: AbortSignal,
): [string, RequestInit] => [url, { method, headers, signal, ...(body === undefined ? {} : { body }) }]
