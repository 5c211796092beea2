/**
 * The adapter that axios would choose, and what is known about it.
 *
 * @internal
 */
import { isPlatformFetch, isStream } from '@task-outcome/core/adapter'
import {
  type AxiosAdapter,
  type AxiosRequestConfig,
  type InternalAxiosRequestConfig,
  getAdapter,
} from 'axios'

export interface ChosenAdapter {
  readonly send: AxiosAdapter
  /** Which of axios' own adapters it is; `other` for a custom one. */
  readonly kind: 'http' | 'fetch' | 'xhr' | 'other'
  /**
   * With a stream, reading can stop when the body grows too large, and the part that arrived before a failure can be used. The
   * `xhr` adapter has no streams, and a custom adapter may have none.
   */
  readonly responseType: 'stream' | 'arraybuffer'
}

export const chooseAdapter = (
  adapters: AxiosRequestConfig['adapter'],
  config: InternalAxiosRequestConfig,
): ChosenAdapter => {
  const send = getAdapter(adapters, config)
  const kind = kinds.find(name => tryAdapter(name, config) === send) ?? 'other'
  return { send, kind, responseType: kind === 'http' || kind === 'fetch' ? 'stream' : 'arraybuffer' }
}

const kinds = ['http', 'fetch', 'xhr'] as const

/** `undefined` if this version of axios or this platform has no adapter of that name. */
const tryAdapter = (name: string, config: InternalAxiosRequestConfig): AxiosAdapter | undefined => {
  try {
    return getAdapter(name, config)
  } catch {
    return undefined
  }
}

/**
 * Returns whether one call of the adapter sends at most once. If so, a connection failure means that nothing was sent.
 *
 * @param isKnown - whether the caller has set `sendsOnce`
 */
export const sendsOnce = (
  { kind }: ChosenAdapter,
  config: InternalAxiosRequestConfig,
  isKnown: boolean,
): boolean => (isKnown || isOwn(kind, config)) && !isStream(config.data)

const isOwn = (kind: ChosenAdapter['kind'], config: InternalAxiosRequestConfig): boolean => {
  switch (kind) {
    case 'http':
      // Deno's `node:http` sends a request again, a POST too, when a reused connection breaks.
      return config.transport === undefined && !('Deno' in globalThis)
    case 'fetch': {
      const { fetch = globalThis.fetch } = (config.env ?? {}) as { readonly fetch?: unknown }
      return isPlatformFetch(fetch)
    }
    case 'xhr':
      return true
    case 'other':
      return false
  }
}
