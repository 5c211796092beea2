/**
 * Where and how to call the API.
 *
 * @internal
 */
import type { Transport } from '@task-outcome/core'
import { fetchTransport } from '@task-outcome/fetch'
import { type TencentCloud, createTencentCloud } from '@task-outcome/tencentcloud'
import { usageError } from '../exitCodes.js'
import type { Shell } from '../output/Shell.js'
import { visible } from '../output/visible.js'
import { readCredentials } from './credentials.js'

export interface ConnectionOptions {
  readonly credentials?: string | undefined
  readonly region?: string | undefined
  readonly endpoint?: string | undefined
}

/** A request must end some time: the API answers within seconds. */
const timeoutMs = 30_000

export const connect = async (
  shell: Shell,
  { credentials, region = shell.env.TENCENTCLOUD_REGION, endpoint }: ConnectionOptions,
  transport: Transport = fetchTransport(fetch, { timeoutMs }),
): Promise<TencentCloud> => {
  if (endpoint !== undefined && !isSafe(endpoint))
    throw usageError(
      `"${visible(endpoint)}" is no endpoint: type a URL that begins with https://, or http://127.0.0.1 for an emulator`,
    )
  return createTencentCloud({
    transport,
    credentials: await readCredentials(shell, credentials),
    ...(region === undefined || region === '' ? {} : { region }),
  })
}

/** Signed requests have secrets in them, so they go out encrypted, or stay on this machine. */
const isSafe = (endpoint: string): boolean => {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname } = new URL(endpoint)
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
  )
}
