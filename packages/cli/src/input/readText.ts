/**
 * The text of a file, in UTF-8 or UTF-16.
 *
 * @internal
 */
import { usageError } from '../exitCodes.js'
import { visible } from '../output/visible.js'
import { readUtf16 } from './utf16.js'

/** Returns the text without a byte order mark, or `undefined` if the bytes are neither UTF-8 nor UTF-16. */
export const decodeText = (bytes: Uint8Array): string | undefined =>
  readUtf16(bytes) ?? readUtf8(bytes)?.replace(/^\ufeff/, '')

/** Returns the text of UTF-8 with its byte order mark, or `undefined`: a replacement character would be in an id then. */
export const readUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

export const readText = (bytes: Uint8Array, file: string): string => {
  const text = decodeText(bytes)
  if (text === undefined) throw usageError(`"${visible(file)}" is neither UTF-8 nor UTF-16: convert it`)
  return text
}
