import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { borrowUtf8, decodeUtf8, showStart } from './utf8.js'

const wellFormed = fc.string({ unit: 'grapheme' })
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('decodeUtf8', () => {
  test('returns every text, including a byte order mark', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '\ufeff'), wellFormed, (mark, text) => {
        expect(decodeUtf8(encode(mark + text))).toEqual(E.right(mark + text))
      }),
    )
  })

  test.each([
    ['a byte that starts nothing', [0xff]],
    ['a continuation alone', [0x80]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a code point too large', [0xf4, 0x90, 0x80, 0x80]],
    ['a character that another cuts off', [0xe4, 0xb8, 0x41]],
    ['a character that the end cuts off', [0xe4, 0xb8]],
  ])('keeps the text before %s', (_, bytes) => {
    fc.assert(
      fc.property(wellFormed, text => {
        const decoded = decodeUtf8(Uint8Array.from([...encode(text), ...bytes]))
        expect(decoded).toMatchObject(E.left({ validText: text }))
        expect(E.isLeft(decoded) && decoded.left.text.slice(text.length)).toMatch(/^\0+A?$/)
      }),
    )
  })
})

describe('borrowUtf8', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('returns the bytes of every text, short or long, and no other byte but 0 after them', () => {
    fc.assert(
      fc.property(wellFormed, fc.constantFrom(0, 5_000, 6_000, 20_000), (text, more) => {
        const whole = text + '\u4e91'.repeat(more)
        const bytes = borrowUtf8(whole)!
        const expected = encode(whole)
        expect(bytes.subarray(0, expected.length)).toEqual(expected)
        expect(bytes[expected.length] ?? 0).toBe(0)
      }),
    )
  })

  test('returns undefined if the platform has no encoder', () => {
    vi.stubGlobal('TextEncoder', undefined)
    expect(borrowUtf8('{}')).toBeUndefined()
  })
})

test('bytes are not decoded and not shown if the platform has no decoder', () => {
  vi.stubGlobal('TextDecoder', undefined)
  expect(decodeUtf8(encode('{}'))).toEqual(E.left({ validText: '', text: '' }))
  expect(showStart(encode('{}'), 2)).toBe('')
  vi.unstubAllGlobals()
})

test('a text is encoded even if the encoder has no encodeInto', () => {
  const encoder = new TextEncoder()
  const whole = (text: string): Uint8Array => encoder.encode(text)
  vi.stubGlobal(
    'TextEncoder',
    class {
      encode = whole
    },
  )
  expect(borrowUtf8('{}')).toEqual(encode('{}'))
  vi.unstubAllGlobals()
})

test('the start of a text is shown even if the platform has no encoder', () => {
  vi.stubGlobal('TextEncoder', undefined)
  expect(showStart('<html>', 3)).toBe('<ht')
  vi.unstubAllGlobals()
})

describe('showStart', () => {
  test('shows a text and its bytes in the same way, without the byte order mark', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '\ufeff'), wellFormed, fc.nat({ max: 20 }), (mark, text, byteCount) => {
        const shown = showStart(mark + text, byteCount)
        expect(shown).toBe(showStart(encode(mark + text), byteCount))
        expect((text + '\ufffd').startsWith(shown)).toBe(true)
        expect(encode(shown).length).toBeLessThanOrEqual(byteCount)
      }),
    )
  })

  test('replaces invalid UTF-8, and omits a truncated character', () => {
    expect(showStart(Uint8Array.from([0x41, 0xff, 0x42]), 3)).toBe('A\ufffdB')
    expect(showStart('aü', 2)).toBe('a')
    expect(showStart('a🚀', 2)).toBe('a')
  })
})
