/**
 * The adapter that axios would choose, and what is known of it.
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
  readonly ask: AxiosAdapter
  /** Which of axios' own it is, or another's. */
  readonly kind: 'http' | 'fetch' | 'xhr' | 'other'
  /**
   * A body that comes as a stream can be left when it grows too large, and what has come of it when it breaks off can be read;
   * of axios' adapters `xhr` has no streams, and others' adapters need not.
   */
  readonly responseType: 'stream' | 'arraybuffer'
}

export const chooseAdapter = (
  adapters: AxiosRequestConfig['adapter'],
  config: InternalAxiosRequestConfig,
): ChosenAdapter => {
  const ask = getAdapter(adapters, config)
  const kind = kinds.find(name => tryAdapter(name, config) === ask) ?? 'other'
  return { ask, kind, responseType: kind === 'http' || kind === 'fetch' ? 'stream' : 'arraybuffer' }
}

const kinds = ['http', 'fetch', 'xhr'] as const

/** `undefined` where this version or this platform has none of that name. */
const tryAdapter = (name: string, config: InternalAxiosRequestConfig): AxiosAdapter | undefined => {
  try {
    return getAdapter(name, config)
  } catch {
    return undefined
  }
}

/**
 * Whether asking the adapter sends at most once: then a failure to connect means that nothing was sent.
 *
 * @param isKnown - whether the caller vouches for the adapter
 */
export const sendsOnce = (
  { kind }: ChosenAdapter,
  config: InternalAxiosRequestConfig,
  isKnown: boolean,
): boolean => (isKnown || isOwn(kind, config)) && !isStream(config.data)

const isOwn = (kind: ChosenAdapter['kind'], config: InternalAxiosRequestConfig): boolean => {
  switch (kind) {
    case 'http':
      return config.transport === undefined
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
