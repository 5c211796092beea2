import type { PlainRequest } from '@task-outcome/conformance/page'
import type { AxiosRequestConfig } from 'axios'

/** The axios config for a request of the suite. */
export const toRequest = (
  { url, method, headers, body }: PlainRequest,
  signal: AbortSignal,
): [AxiosRequestConfig] => [{ url, method, headers, signal, ...(body === undefined ? {} : { data: body }) }]
