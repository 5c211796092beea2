import type { PlainRequest } from '@task-outcome/conformance/page'
import type { AxiosRequestConfig } from 'axios'

/** Converts a request of the suite to an axios config. */
export const toRequest = (
  { url, method, headers, body }: PlainRequest,
  signal: AbortSignal,
): [AxiosRequestConfig] => [{ url, method, headers, signal, ...(body === undefined ? {} : { data: body }) }]
