/**
 * Both adapters beside the client that they use.
 */
import { createAxiosTaskClient } from '@task-outcome/axios'
import { createFetchTaskClient } from '@task-outcome/fetch'
import axios from 'axios'
import type { Adapter, Request } from './Adapter.js'

const overFetch = createFetchTaskClient(fetch)

const bareFetch: Request = async url => {
  const response = await fetch(url)
  return JSON.parse(await response.text()) as unknown
}

const instance = axios.create()
const overAxios = createAxiosTaskClient(instance)

const bareAxios: Request = async url => (await instance.get<unknown>(url)).data

export const adapters: ReadonlyArray<Adapter> = [
  {
    name: '@task-outcome/fetch',
    bareName: 'fetch, text(), JSON.parse',
    ordinary: { ours: url => overFetch.submit(url)(), bare: bareFetch },
    batch: { ours: url => overFetch.submitBatch(url)(), bare: bareFetch },
  },
  {
    name: '@task-outcome/axios',
    bareName: 'axios',
    ordinary: { ours: url => overAxios.submit({ url })(), bare: bareAxios },
    batch: { ours: url => overAxios.submitBatch({ url })(), bare: bareAxios },
  },
]

/** As READMEs show it. */
const timeoutMs = 10_000

const limitedFetch = createFetchTaskClient(fetch, { timeoutMs })

const bareLimitedFetch: Request = async url => {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  return JSON.parse(await response.text()) as unknown
}

/** With a timeout of 10 s each. */
export const limited: Adapter = {
  name: '@task-outcome/fetch, timeoutMs',
  bareName: 'fetch, AbortSignal.timeout',
  ordinary: { ours: url => limitedFetch.submit(url)(), bare: bareLimitedFetch },
  batch: { ours: url => limitedFetch.submitBatch(url)(), bare: bareLimitedFetch },
}

/** Compared with itself: the distance from 1 is the noise of the measurement. */
export const control: Adapter = {
  name: 'fetch, text(), JSON.parse',
  bareName: 'itself',
  ordinary: { ours: bareFetch, bare: bareFetch },
  batch: { ours: bareFetch, bare: bareFetch },
}
