/**
 * What an axios config says about its request.
 *
 * @internal
 */
import { type RequestDescription, describeRequest } from '@task-outcome/core'
import type { AxiosInstance, AxiosRequestConfig } from 'axios'

export const describeAxiosRequest = (
  instance: AxiosInstance,
  config: AxiosRequestConfig,
): RequestDescription =>
  describeRequest({
    method: config.method ?? instance.defaults.method ?? 'get',
    url: instance.getUri(config),
    headers: [
      ...Object.entries(config.headers ?? {}),
      ...credentialsOf(config).map(value => ['credentials', value]),
    ],
    body: config.data as unknown,
  })

/** `auth` and `proxy.auth`, as they are and as they go over the wire (RFC 7617). */
const credentialsOf = ({ auth, proxy }: AxiosRequestConfig): ReadonlyArray<string> =>
  [auth, proxy ? proxy.auth : undefined].flatMap(pair =>
    pair === undefined ? [] : [pair.username, pair.password, base64(`${pair.username}:${pair.password}`)],
  )

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
