/**
 * Input in UTF-16, as PowerShell and some editors save it.
 *
 * @internal
 */

/** Returns the text if the bytes are UTF-16: with a byte order mark, or JSON in ASCII with every other byte 0. */
export const readUtf16 = (bytes: Uint8Array): string | undefined => {
  const encoding = encodingOf(bytes)
  if (encoding === undefined) return undefined
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return undefined // lone surrogates, or half a character: the decoder of UTF-8 says what is wrong
  }
}

const encodingOf = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined => {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined
  if (first !== 0 && second === 0 && fourth === 0) return 'utf-16le'
  if (first === 0 && second !== 0 && third === 0) return 'utf-16be'
  return undefined
}
