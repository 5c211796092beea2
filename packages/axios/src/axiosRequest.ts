/**
 * Describes the request of an axios config, and finds its secrets.
 *
 * @internal
 */
import { type RedactedRequest, redactRequest } from '@task-outcome/core/adapter'
import type { AxiosBasicCredentials, AxiosInstance, AxiosRequestConfig } from 'axios'

/**
 * Describes a request with everything that axios adds from the instance's defaults, even if axios has not added it yet.
 * Reads parameters from both the URL and `params`, as a custom serializer may write them in any format.
 */
export const redactAxiosRequest = (instance: AxiosInstance, config: AxiosRequestConfig): RedactedRequest => {
  const { defaults } = instance
  const uri = uriOf(instance, config)
  const described = redactRequest({
    method: config.method ?? defaults.method ?? 'get',
    url: uri ?? `${config.baseURL ?? defaults.baseURL ?? ''}${config.url ?? ''}`,
    headers: [
      config.headers,
      defaults.headers,
      config.params,
      defaults.params,
      { credentials: [config, defaults].flatMap(credentialsOf) },
      { credentials: userInfoOf(uri) },
    ],
    body: config.data as unknown,
  })
  return uri === undefined ? { ...described, isOpaque: true } : described
}

/** `undefined` if a serializer throws. */
const uriOf = (instance: AxiosInstance, config: AxiosRequestConfig): string | undefined => {
  try {
    return instance.getUri(config)
  } catch {
    return undefined
  }
}

/** The parts of a config that can hold credentials, besides headers. Proxies count: they can respond on their own. */
type WithCredentials = Pick<AxiosRequestConfig, 'auth' | 'proxy' | 'httpAgent' | 'httpsAgent'>

const credentialsOf = ({ auth, proxy, httpAgent, httpsAgent }: WithCredentials): ReadonlyArray<string> => [
  ...basicCredentials(auth),
  ...basicCredentials(proxy ? proxy.auth : undefined),
  ...[httpAgent, httpsAgent].flatMap((agent?: { readonly proxy?: unknown }) => userInfoOf(agent?.proxy)),
  ...Object.entries(environment()).flatMap(([name, value]) =>
    /_proxy$/i.test(name) ? userInfoOf(value) : [],
  ),
]

/** The credentials in plain text and encoded as on the wire (RFC 7617). */
const basicCredentials = (credentials: AxiosBasicCredentials | undefined): ReadonlyArray<string> => {
  const { username = '', password = '' } = credentials ?? {}
  return username === '' && password === '' ? [] : [username, password, base64(`${username}:${password}`)]
}

/** The user info of a URL, which axios and agents send as basic credentials, either decoded or as it is. */
const userInfoOf = (address: unknown): ReadonlyArray<string> => {
  try {
    const { username, password } = new URL(String(address).replace(/^(?!\w+:\/\/)/, 'http://'))
    return [
      ...basicCredentials({ username, password }),
      ...basicCredentials({ username: decodeURIComponent(username), password: decodeURIComponent(password) }),
    ]
  } catch {
    return []
  }
}

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** Empty in browsers. */
const environment = (): Readonly<Record<string, string | undefined>> =>
  (globalThis as { readonly process?: Partial<typeof process> }).process?.env ?? {}
