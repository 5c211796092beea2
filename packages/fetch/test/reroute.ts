import { type Resending, urlsInTurn } from '@task-outcome/conformance/page'

/** Returns a `fetch` that sends each request to the URL that the suite chooses. */
export const reroute = (fetch: typeof globalThis.fetch, resending: Resending): typeof globalThis.fetch => {
  const nextUrl = urlsInTurn(resending)
  return (input, init) => {
    const url = nextUrl()
    if (url === undefined) return fetch(input, init)
    return fetch(input instanceof Request ? new Request(url, input) : url, init)
  }
}
