import type { PlainRequest } from '@task-outcome/conformance/page'

/** Converts a request of the suite to the arguments of `fetch`. */
export const toRequest = (
  { url, method, headers, body }: PlainRequest,
  signal: AbortSignal,
): [string, RequestInit] => [url, { method, headers, signal, ...(body === undefined ? {} : { body }) }]
