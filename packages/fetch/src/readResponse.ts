/**
 * Converts the response of any `fetch` to the form that core reads.
 *
 * @internal
 */
import { type OpenResponse, responseHead, isFromElsewhere } from '@task-outcome/core/adapter'
import type { FetchResponse } from './FetchLike.js'

export const openResponse = (response: FetchResponse, url: string, isOfPlatform: boolean): OpenResponse => ({
  head: responseHead(response.status, name => response.headers.get(name), url),
  body: response.body === undefined ? wholeBody(response) : (response.body ?? []),
  // A `fetch` built on `XMLHttpRequest` always follows redirects. The platform's does not.
  wasRedirected: !isOfPlatform && (response.redirected === true || isFromElsewhere(url, response.url)),
})

/** Reads a response without a `body` stream. React Native's `arrayBuffer` fails, after which its text can't be read either. */
async function* wholeBody(response: FetchResponse): AsyncGenerator<Uint8Array | string> {
  const copy = cloneOf(response)
  try {
    if (response.arrayBuffer === undefined) throw new TypeError('The response has no arrayBuffer')
    yield new Uint8Array(await response.arrayBuffer())
  } catch (thrown) {
    if (copy.text === undefined) throw thrown
    yield await copy.text()
  }
}

const cloneOf = (response: FetchResponse): FetchResponse => {
  try {
    return response.clone?.() ?? response
  } catch {
    return response
  }
}
