/**
 * The errors that axios itself would throw: interceptors get those.
 *
 * @internal
 */
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig, isAxiosError } from 'axios'

/** What the client, its stream or a limit of the request failed with, as axios would tell it. */
export const asAxiosError = (
  thrown: unknown,
  abortReason: unknown,
  config: InternalAxiosRequestConfig,
  response: AxiosResponse | undefined,
): unknown => {
  const request: unknown = response?.request ?? (isAxiosError(thrown) ? thrown.request : undefined)
  if ([thrown, abortReason].some(reason => codeOf(reason) === 'ERR_TIME_LIMIT'))
    return timedOut(config, request)
  switch (codeOf(thrown)) {
    case 'ERR_BODY_TOO_LARGE':
      return new AxiosError(
        `maxContentLength size of ${String(config.maxContentLength)} exceeded`,
        AxiosError.ERR_BAD_RESPONSE,
        config,
        request,
      )
    default:
      if (isAxiosError(thrown)) return withConfig(thrown, config)
      return thrown instanceof Error && response !== undefined
        ? AxiosError.from(thrown, undefined, config, request, { ...response, config, data: undefined })
        : thrown
  }
}

const codeOf = (thrown: unknown): unknown =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined

const timedOut = (config: InternalAxiosRequestConfig, request: unknown): AxiosError => {
  const { timeout, timeoutErrorMessage = `timeout of ${String(timeout)}ms exceeded`, transitional } = config
  const code = transitional?.clarifyTimeoutError === true ? AxiosError.ETIMEDOUT : AxiosError.ECONNABORTED
  return new AxiosError(timeoutErrorMessage, code, config, request)
}

/** With the caller's config, which an interceptor may send again: ours has other limits. */
const withConfig = (error: AxiosError, config: InternalAxiosRequestConfig): AxiosError =>
  copyOf(error, { config })

/** The rejection of a response that `validateStatus` does not let pass, with what its reader is to see. */
export const refusal = (error: unknown, response: AxiosResponse): AxiosError =>
  copyOf(error as AxiosError, { config: response.config, response })

/** Another object: an adapter of the caller's may throw its own again. */
const copyOf = (error: AxiosError, changes: Partial<AxiosError>): AxiosError =>
  Object.assign(
    Object.create(
      Object.getPrototypeOf(error) as object,
      Object.getOwnPropertyDescriptors(error),
    ) as AxiosError,
    changes,
  )
