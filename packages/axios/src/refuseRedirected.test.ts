import type { AxiosResponse } from 'axios'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { refuseRedirected } from './refuseRedirected.js'

afterEach(() => vi.unstubAllGlobals())

const answeredBy = (request: unknown): AxiosResponse => ({ request }) as AxiosResponse

describe('an answer', () => {
  test.each([
    ['the host that was asked', 'https://api.example/v2', 'https://api.example/v2?Action=X'],
    ['it, at another path', 'https://api.example/login', 'https://api.example/v2'],
    ['it, with its usual port', 'https://api.example:443/v2', 'https://api.example/v2'],
  ])('from %s passes', (_, responseURL, url) => {
    expect(() => refuseRedirected(answeredBy({ responseURL }), () => url)).not.toThrow()
  })

  test.each([
    ['another host', 'https://elsewhere.example/v2', 'https://api.example/v2'],
    ['another port', 'https://api.example:8443/v2', 'https://api.example/v2'],
  ])('from %s is refused', (_, responseURL, url) => {
    expect(() => refuseRedirected(answeredBy({ responseURL }), () => url)).toThrow(
      expect.objectContaining({ code: 'ERR_REDIRECT_FOLLOWED' }) as Error,
    )
  })

  test.each([undefined, {}, { responseURL: '' }, { responseURL: 'not a url' }])(
    'of which the client does not tell where it came from (%j) passes',
    request => {
      expect(() => refuseRedirected(answeredBy(request), () => 'https://api.example/v2')).not.toThrow()
    },
  )

  test('to a relative address is held against the page', () => {
    vi.stubGlobal('document', { baseURI: 'https://api.example/app/' })
    expect(() =>
      refuseRedirected(answeredBy({ responseURL: 'https://api.example/v2' }), () => '/v2'),
    ).not.toThrow()
    expect(() =>
      refuseRedirected(answeredBy({ responseURL: 'https://elsewhere.example/' }), () => '/v2'),
    ).toThrow()
  })

  test('to a relative address, where there is no page, passes', () => {
    expect(() =>
      refuseRedirected(answeredBy({ responseURL: 'https://api.example/v2' }), () => '/v2'),
    ).not.toThrow()
  })
})
