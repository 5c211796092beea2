/**
 * The response of any `fetch`, as core reads it.
 *
 * @internal
 */
import { type OpenResponse, responseHead, isFromElsewhere } from '@task-outcome/core/adapter'
import type { FetchResponse } from './FetchLike.js'

export const openResponse = (response: FetchResponse, url: string, isOfPlatform: boolean): OpenResponse => ({
  head: responseHead(response.status, name => response.headers.get(name), url),
  body: response.body === undefined ? wholeBody(response) : (response.body ?? []),
  // A `fetch` over `XMLHttpRequest` follows redirects whatever it is told. The platform's does not.
  wasRedirected: !isOfPlatform && (response.redirected === true || isFromElsewhere(url, response.url)),
})

/** Some don't show their stream; React Native's has no `arrayBuffer` that works, and its text can be read only once. */
async function* wholeBody(response: FetchResponse): AsyncGenerator<Uint8Array | string> {
  const copy = cloneOf(response)
  try {
    if (response.arrayBuffer === undefined) throw new TypeError('The response has no arrayBuffer.')
    yield new Uint8Array(await response.arrayBuffer())
  } catch (thrown) {
    if (copy?.text === undefined) throw thrown
    yield await copy.text()
  }
}

const cloneOf = (response: FetchResponse): FetchResponse | undefined => {
  try {
    return response.clone?.() ?? response
  } catch {
    return response
  }
}
