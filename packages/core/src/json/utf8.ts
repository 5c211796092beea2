/**
 * UTF-8: bytes → text.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'

/**
 * The bytes' text, a byte order mark included; or the text before the first byte that is not UTF-8. Such bytes are never
 * replaced: that could make two ids one.
 *
 * @internal
 */
export const decodeUtf8 = (bytes: Uint8Array): E.Either<{ readonly validText: string }, string> => {
  const whole = decodeStrictly(bytes, false)
  if (whole !== undefined) return E.right(whole)
  // The longest start that decodes, found by halving: [0, valid) does, [0, invalid) does not.
  let valid = 0
  let invalid = bytes.length + 1
  let validText = ''
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    const text = decodeStrictly(bytes.subarray(0, middle), true)
    if (text === undefined) invalid = middle
    else {
      valid = middle
      validText = text
    }
  }
  return E.left({ validText })
}

/** With `unfinished`, a character that is cut off at the end is left out instead of being a fault. */
const decodeStrictly = (bytes: Uint8Array, unfinished: boolean): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: unfinished })
  } catch {
    return undefined
  }
}

/**
 * A text's bytes, to be read before the next text is given. A half of a surrogate pair has none of its own: it becomes
 * U+FFFD. `undefined` where the platform has no encoder (Jest's jsdom, older React Native).
 *
 * @internal
 */
export const borrowUtf8 = (text: string): Uint8Array | undefined => {
  if (typeof TextEncoder === 'undefined') return undefined
  const encoder = new TextEncoder()
  const canFill = typeof encoder.encodeInto === 'function' // some polyfills only encode
  if (!canFill || 3 * text.length > lent.length) return encoder.encode(text)
  // The bytes of a short text take less time than an array of their own for them.
  return lent.subarray(0, encoder.encodeInto(text, lent).written)
}

const lent = /* @__PURE__ */ new Uint8Array(16_384)

/**
 * A text's bytes, to keep.
 *
 * @internal
 */
export const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * The first bytes of a body, to show: what is not UTF-8 is replaced, a character that is cut off at the end left out.
 *
 * @internal
 */
export const showStart = (body: Uint8Array | string, byteCount: number): string => {
  if (typeof body === 'string' && typeof TextEncoder === 'undefined') return body.slice(0, byteCount)
  const bytes = typeof body === 'string' ? encodeUtf8(body.slice(0, byteCount)) : body
  return new TextDecoder('utf-8').decode(bytes.subarray(0, byteCount), { stream: true })
}

// The parts of the platform (WHATWG Encoding) that are used here: core is typed without a platform.
declare class TextDecoder {
  constructor(label: 'utf-8', options?: { readonly fatal: boolean; readonly ignoreBOM: boolean })
  decode(bytes: Uint8Array, options: { readonly stream: boolean }): string
}
declare class TextEncoder {
  encode(text: string): Uint8Array
  encodeInto(text: string, bytes: Uint8Array): { readonly written: number }
}
