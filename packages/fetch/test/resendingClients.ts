import type { ClientUnderTest, Resending } from '@task-outcome/conformance/page'
import fetchRetry from 'fetch-retry'
import ky from 'ky'
import { type FetchLike, createFetchTaskClient } from '../src/index.js'
import { reroute } from './reroute.js'
import { toRequest } from './toRequest.js'

const statusCodes = [500, 502, 503]

/** Wraps a `fetch` in fetch-retry. */
export const retrying = (fetch: typeof globalThis.fetch, { retries }: Resending): FetchLike =>
  fetchRetry(fetch, {
    retries,
    retryDelay: 0,
    retryOn: (context, error, response) =>
      context < retries && (error !== null || statusCodes.includes(response?.status ?? 0)),
  })

/** Wraps a `fetch` in ky. */
export const kyOver = (fetch: typeof globalThis.fetch, { retries }: Resending): FetchLike =>
  ky.create({ fetch, retry: { limit: retries, methods: ['get', 'post'], statusCodes, delay: () => 0 } })

type Wrapper = (fetch: typeof globalThis.fetch, resending: Resending) => FetchLike

/** A task client that counts the wrapper's sends. */
export const wrappedIn = (wrapper: Wrapper): ClientUnderTest<Parameters<typeof fetch>> => ({
  create: (limits, resending) =>
    createFetchTaskClient(fetch, {
      ...limits,
      wrap: counted => wrapper(reroute(counted, resending), resending),
    }),
  toRequest,
})

/** A task client that sees one call of the wrapper, however often that sends. */
export const opaque = (wrapper: Wrapper): ClientUnderTest<Parameters<typeof fetch>> => ({
  create: (limits, resending) => createFetchTaskClient(wrapper(fetch, resending), limits),
  toRequest,
})
