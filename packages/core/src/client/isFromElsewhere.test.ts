import { afterEach, describe, expect, test, vi } from 'vitest'
import { isFromElsewhere } from './isFromElsewhere.js'

afterEach(() => vi.unstubAllGlobals())

describe('a response', () => {
  test.each([
    ['the host that was asked', 'https://api.example/v2', 'https://api.example/v2?Action=X'],
    ['it, from another path', 'https://api.example/login', 'https://api.example/v2'],
    ['it, with its usual port', 'https://api.example:443/v2', 'https://api.example/v2'],
  ])('from %s comes from the requested host', (_, responded, asked) => {
    expect(isFromElsewhere(asked, responded)).toBe(false)
  })

  test.each([
    ['another host', 'https://elsewhere.example/v2', 'https://api.example/v2'],
    ['another port', 'https://api.example:8443/v2', 'https://api.example/v2'],
  ])('from %s comes from elsewhere', (_, responded, asked) => {
    expect(isFromElsewhere(asked, responded)).toBe(true)
  })

  test.each([undefined, null, '', 'not a url', 7])(
    'whose client does not tell where it came from (%j) counts as the API’s',
    responded => {
      expect(isFromElsewhere('https://api.example/v2', responded)).toBe(false)
    },
  )

  test('to a relative URL is compared with the page', () => {
    vi.stubGlobal('document', { baseURI: 'https://api.example/app/' })
    expect(isFromElsewhere('/v2', 'https://api.example/v2')).toBe(false)
    expect(isFromElsewhere('/v2', 'https://elsewhere.example/')).toBe(true)
  })

  test('to a relative URL counts as the API’s if there is no page', () => {
    expect(isFromElsewhere('/v2', 'https://api.example/v2')).toBe(false)
  })

  test('counts as the API’s if the platform can’t parse URLs', () => {
    vi.stubGlobal('URL', undefined)
    expect(isFromElsewhere('https://api.example/v2', 'https://elsewhere.example/')).toBe(false)
  })
})
