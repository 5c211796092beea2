/**
 * Compressed input.
 *
 * @internal
 */
import { constants, gunzipSync } from 'node:zlib'

/** A body of the API is far smaller; a small file can expand to gigabytes. */
const maxExpandedBytes = 256 * 1024 * 1024

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

export type Decompressed =
  | { readonly _tag: 'Complete'; readonly bytes: Uint8Array }
  /** The beginning, as far as it could be read. */
  | { readonly _tag: 'Incomplete'; readonly bytes: Uint8Array; readonly issue: string }

export const gunzip = (bytes: Uint8Array): Decompressed => {
  const options = { maxOutputLength: maxExpandedBytes }
  try {
    return { _tag: 'Complete', bytes: gunzipSync(bytes, options) }
  } catch (thrown) {
    const issue = thrown instanceof Error ? thrown.message : 'unknown error'
    try {
      const read = gunzipSync(bytes, { ...options, finishFlush: constants.Z_SYNC_FLUSH })
      return { _tag: 'Incomplete', bytes: read, issue }
    } catch {
      return { _tag: 'Incomplete', bytes: new Uint8Array(), issue }
    }
  }
}
