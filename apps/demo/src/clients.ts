/**
 * A task client for axios and one for fetch. Each takes its library's own arguments; here everything is in the URL.
 */
import { createAxiosTaskClient } from '@task-outcome/axios'
import type { OrdinaryDecodeOptions } from '@task-outcome/core'
import { createFetchTaskClient } from '@task-outcome/fetch'
import axios from 'axios'

const overAxios = createAxiosTaskClient(axios.create({ timeout: 10_000 }))
const overFetch = createFetchTaskClient(fetch, { timeoutMs: 10_000 })

export const clients = [
  {
    name: 'axios',
    submit: (url: string, options: OrdinaryDecodeOptions = {}) => overAxios.submitWith(options)({ url }),
    submitBatch: (url: string) => overAxios.submitBatch({ url }),
    status: (url: string, signal?: AbortSignal) => overAxios.status({ url, ...(signal && { signal }) }),
  },
  {
    name: 'fetch',
    submit: (url: string, options: OrdinaryDecodeOptions = {}) => overFetch.submitWith(options)(url),
    submitBatch: (url: string) => overFetch.submitBatch(url),
    status: (url: string, signal?: AbortSignal) => overFetch.status(url, signal && { signal }),
  },
] as const

export type Client = (typeof clients)[number]

/** Returns the URL of the request that starts instances. */
export const startInstances = (endpoint: string, ids: ReadonlyArray<string>): string =>
  ids.reduce(
    (url, id, index) => `${url}&instanceIds.${String(index)}=${id}`,
    `${endpoint}?Action=StartInstances`,
  )
