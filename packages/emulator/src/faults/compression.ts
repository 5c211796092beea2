/**
 * Compressed bodies, intact or damaged.
 *
 * @internal
 */
import { Readable, type Transform } from 'node:stream'
import { constants, createBrotliCompress, createDeflate, createGzip } from 'node:zlib'
import { type Message, withHeader } from '../wire/Message.js'
import type { Compressed, CompressionBomb, ContentEncoding } from './Fault.js'
import { firstHalf } from './interruptions.js'

export const compressed = async (message: Message, { encoding, damage }: Compressed): Promise<Message> => {
  const whole = await compress(encoding, [message.body])
  switch (damage) {
    case 'none':
      return encoded(message, encoding, whole)
    case 'cut':
      return encoded(message, encoding, firstHalf(whole))
    case 'corrupted':
      return encoded(
        message,
        encoding,
        // enough for every decoder to notice: brotli has no checksum
        whole.map((byte, at) => (at === 0 ? byte : byte ^ 0xff)),
      )
  }
}

export const compressionBomb = async (
  message: Message,
  { encoding, expandsToBytes }: CompressionBomb,
): Promise<Message> =>
  encoded(message, encoding, await compress(encoding, spacesThenBody(message.body, expandsToBytes)))

const encoded = (message: Message, encoding: ContentEncoding, body: Uint8Array): Message => ({
  ...message,
  headers: withHeader(message.headers, 'Content-Encoding', encoding),
  body,
})

/** Yields pieces, so that the emulator never holds the whole bomb. */
function* spacesThenBody(body: Uint8Array, totalBytes: number): Iterable<Uint8Array> {
  const spaces = Buffer.alloc(64 * 1024, ' ')
  for (let left = totalBytes - body.length; left > 0; left -= spaces.length)
    yield spaces.subarray(0, Math.min(left, spaces.length))
  yield body
}

const compress = async (encoding: ContentEncoding, pieces: Iterable<Uint8Array>): Promise<Uint8Array> => {
  const packed: Uint8Array[] = []
  for await (const piece of Readable.from(pieces).compose(compressor(encoding)))
    packed.push(piece as Uint8Array)
  return Buffer.concat(packed)
}

const compressor = (encoding: ContentEncoding): Transform => {
  switch (encoding) {
    case 'gzip':
      return createGzip({ level: 9 })
    case 'deflate':
      return createDeflate({ level: 9 })
    case 'br':
      // the default, 11, takes minutes for a large bomb
      return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
  }
}
