/**
 * The errors that axios itself would throw, for interceptors to see.
 *
 * @internal
 */
import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig, isAxiosError } from 'axios'

/** Converts a failure of the adapter, its stream or a limit to the error that axios would throw for it. */
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

/** Restores the caller's config, as an interceptor may send it again: ours has other limits. */
const withConfig = (error: AxiosError, config: InternalAxiosRequestConfig): AxiosError =>
  copyOf(error, { config })

/** The error of an adapter for a response that `validateStatus` rejects, with the response that interceptors should see. */
export const refusal = (error: unknown, response: AxiosResponse): AxiosError =>
  copyOf(error as AxiosError, { config: response.config, response })

/** Copies the error, as a custom adapter may throw the same object again. */
const copyOf = (error: AxiosError, changes: Partial<AxiosError>): AxiosError =>
  Object.assign(
    Object.create(
      Object.getPrototypeOf(error) as object,
      Object.getOwnPropertyDescriptors(error),
    ) as AxiosError,
    changes,
  )
