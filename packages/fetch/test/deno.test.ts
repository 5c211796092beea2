import { describe, expect, test } from 'vitest'
import { type FetchOptions, createFetchTaskClient } from '../src/index.js'

/** What Deno's `fetch` throws: its errors have no code. Recorded with Deno 2.9. */
const denoError = (message: string): Error =>
  Object.assign(new TypeError('fetch failed'), {
    cause: new Error(message.replace('URL', 'http://127.0.0.1:9999/')),
  })

const submit = async (message: string, options: FetchOptions = {}): Promise<unknown> => {
  const fetch = async (_url: string): Promise<never> => {
    throw denoError(message)
  }
  const result = await createFetchTaskClient(fetch, options).submit('http://127.0.0.1:9999/')()
  return result._tag === 'Left' && 'reason' in result.left
    ? { _tag: result.left._tag, reason: result.left.reason }
    : result
}

describe('a connection failure of Deno', () => {
  test.each([
    ['tcp connect error: Connection refused (os error 111)', 'ECONNREFUSED'],
    ['tcp connect error: Connection refused (os error 61)', 'ECONNREFUSED'],
    ['tcp connect error: the target machine actively refused it. (os error 10061)', 'ECONNREFUSED'],
    ['dns error: failed to lookup address information: Name or service not known', 'ENOTFOUND'],
    ['invalid peer certificate: UnknownIssuer', 'CERT_REJECTED'],
  ])('has the code that Node has: %s', async (reason, code) => {
    const message = `error sending request for url (URL): client error (Connect): ${reason}`
    expect(await submit(message)).toEqual({
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'NetworkFailed', code },
    })
    expect(await submit(message, { sendsOnce: true })).toEqual({
      _tag: 'NotSent',
      reason: { _tag: 'NetworkFailed', code },
    })
  })

  test.each([
    'error sending request for url (URL): client error (Connect): Connection reset by peer (os error 104)',
    'error sending request for url (URL): client error (Connect): tls handshake eof',
    'error sending request from 127.0.0.1:1 for URL (127.0.0.1:9999): client error (SendRequest): connection closed before message completed',
    'Connection reset by peer (os error 104)',
    'client error (Connect): tcp connect error: Connection refused (os error 111)',
    'error sending request for url (URL client error (Connect): tcp connect error: Connection refused (os error 111)',
  ])('is DeliveryUnknown if it may have come after the request: %s', async message => {
    expect(await submit(message, { sendsOnce: true })).toEqual({
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'ClientFailed', name: 'TypeError' },
    })
  })
})
