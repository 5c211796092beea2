/**
 * Decodes and encodes UTF-8.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'

/** The readable text of bytes that are not UTF-8. */
export interface NotUtf8 {
  /** The text before the first byte that is not UTF-8. */
  readonly validText: string
  /**
   * The whole text, with U+0000 for bytes that are not UTF-8. Other replacements could make two ids equal, but no JSON string
   * contains U+0000.
   */
  readonly text: string
}

/**
 * Decodes bytes strictly, including a byte order mark. Returns as much text as can be read if they are not UTF-8.
 *
 * @internal
 */
export const decodeUtf8 = (bytes: Uint8Array): E.Either<NotUtf8, string> => {
  const whole = decode(bytes, strictly, false)
  if (whole !== undefined) return E.right(whole)
  // Bisect for the longest prefix that decodes: [0, valid) does, [0, invalid) does not.
  let valid = 0
  let invalid = bytes.length + 1
  let validText = ''
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    const text = decode(bytes.subarray(0, middle), strictly, true)
    if (text === undefined) invalid = middle
    else {
      valid = middle
      validText = text
    }
  }
  const replaced = decode(bytes, { fatal: false, ignoreBOM: true }, false)
  return E.left({
    validText,
    text: validText + (replaced ?? '').slice(validText.length).replaceAll('\ufffd', '\0'),
  })
}

/**
 * Returns `undefined` if the bytes are not UTF-8, or the platform can't decode them. With `unfinished`, omits a truncated
 * character at the end.
 */
const decode = (bytes: Uint8Array, options: DecoderOptions, unfinished: boolean): string | undefined => {
  try {
    return new TextDecoder('utf-8', options).decode(bytes, { stream: unfinished })
  } catch {
    return undefined
  }
}

const strictly: DecoderOptions = { fatal: true, ignoreBOM: true }

interface DecoderOptions {
  readonly fatal: boolean
  readonly ignoreBOM: boolean
}

/**
 * Encodes a text into a shared buffer: read the bytes before the next call. The bytes end with the array or before a 0, as an
 * array of the exact length would take longer to make than to read. A lone surrogate becomes U+FFFD. Returns `undefined` if the
 * platform has no encoder (Jest's jsdom, older React Native).
 *
 * @internal
 */
export const borrowUtf8 = (text: string): Uint8Array | undefined => {
  if (typeof TextEncoder === 'undefined') return undefined
  const encoder = new TextEncoder()
  const canFill = typeof encoder.encodeInto === 'function' // some polyfills only encode
  if (!canFill || 3 * text.length >= lent.length) return encoder.encode(text)
  // For a short text allocating an array would take longer than encoding.
  lent[encoder.encodeInto(text, lent).written] = 0
  return lent
}

const lent = /* @__PURE__ */ new Uint8Array(16_384)

/**
 * Encodes a text into a new array.
 *
 * @internal
 */
export const encodeUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * Decodes the first bytes of a body for display. Replaces invalid UTF-8 and omits a truncated character at the end.
 *
 * @internal
 */
export const showStart = (body: Uint8Array | string, byteCount: number): string => {
  if (typeof body === 'string' && typeof TextEncoder === 'undefined') return body.slice(0, byteCount)
  const bytes = typeof body === 'string' ? encodeUtf8(body.slice(0, byteCount)) : body
  return decode(bytes.subarray(0, byteCount), { fatal: false, ignoreBOM: false }, true) ?? ''
}

// The parts of the WHATWG Encoding API that are used here: core is compiled without the types of a platform.
declare class TextDecoder {
  constructor(label: 'utf-8', options: DecoderOptions)
  decode(bytes: Uint8Array, options: { readonly stream: boolean }): string
}
declare class TextEncoder {
  encode(text: string): Uint8Array
  encodeInto(text: string, bytes: Uint8Array): { readonly written: number }
}
