/**
 * Reads a body up to a limit, and keeps what has arrived if it stops early.
 *
 * @internal
 */
import { unpolluted } from '../json/unpolluted.js'
import { encodeUtf8 } from '../json/utf8.js'
import type { ResponseHead } from './responseHead.js'

/**
 * A body as HTTP clients provide it: an iterable stream as in Node, a stream with only a reader as in some browsers, an array of
 * chunks, or a single chunk. A chunk is bytes or text.
 *
 * @category model
 * @since 0.1.0
 */
export type BodyStream =
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | ReadableByteStream
  | Uint8Array
  | string

/**
 * The part of the WHATWG `ReadableStream` that is used here.
 *
 * @category model
 * @since 0.1.0
 */
export interface ReadableByteStream {
  /** Locks the stream and returns its reader. */
  readonly getReader: () => {
    /** Returns the next chunk of the body, or that the body is complete. */
    readonly read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    /** Discards the rest of the body and closes the connection. */
    readonly cancel: () => Promise<void>
  }
}

/**
 * A response that was read to its end: its body is bytes.
 *
 * @category model
 * @since 0.1.0
 */
export type BufferedResponse = ResponseHead & { readonly body: Uint8Array }

/** What has arrived of a response so far. */
export interface Received {
  readonly head: ResponseHead
  /** The maximum size of the body, in bytes. */
  readonly maxBodyBytes: number
  readonly chunks: Uint8Array[]
  byteCount: number
}

/** A limit of `NaN` rejects every body. */
export const isTooLarge = ({ byteCount, maxBodyBytes }: Received): boolean => !(byteCount <= maxBodyBytes)

/**
 * Reads the body of a response into `received`. Rejects if the stream fails, if the body is too large, or if it is no longer
 * wanted. The last two close the stream without waiting for it. `received` keeps what has arrived.
 */
export const readBody = async (
  received: Received,
  body: BodyStream,
  isUnwanted: () => boolean,
): Promise<BufferedResponse> => {
  if (isInOnePiece(body)) {
    receive(received, body)
    if (isTooLarge(received)) throw tooLarge()
  } else await readPieces(received, piecesOf(body), isUnwanted)
  const bytes = bytesOf(received)
  if (bytes.byteLength !== received.byteCount) throw unreadable('The buffer of a body chunk was detached.')
  // Without a spread: of a client's own response used as the head, only what is asked for is taken, and V8 takes
  // forty times as long for one that another property follows.
  const { head } = received
  const redirectOrigin = unpolluted(head, 'redirectOrigin')
  const retryAfterMs = unpolluted(head, 'retryAfterMs')
  const response: { -readonly [Name in keyof BufferedResponse]: BufferedResponse[Name] } = {
    status: head.status,
    body: bytes,
  }
  if (redirectOrigin !== undefined) response.redirectOrigin = redirectOrigin
  if (retryAfterMs !== undefined) response.retryAfterMs = retryAfterMs
  return response
}

const tooLarge = (): Error =>
  Object.assign(new Error('The body is larger than the limit.'), { code: 'ERR_BODY_TOO_LARGE' })

/** The chunks of a body, and how to discard the rest. */
interface Pieces {
  readonly next: () => Piece | Promise<Piece>
  readonly leave: () => unknown
}

interface Piece {
  readonly done?: boolean | undefined
  readonly value?: unknown
}

const piecesOf = (body: Exclude<BodyStream, Uint8Array | string>): Pieces => {
  if ('getReader' in body) {
    // Prefer the reader: iterating over a platform's stream is slower.
    const reader = body.getReader()
    return { next: () => reader.read(), leave: () => reader.cancel() }
  }
  const iterator = Symbol.asyncIterator in body ? body[Symbol.asyncIterator]() : body[Symbol.iterator]()
  return { next: () => iterator.next(), leave: () => iterator.return?.() }
}

const readPieces = async (received: Received, pieces: Pieces, isUnwanted: () => boolean): Promise<void> => {
  for (;;) {
    const { done, value } = await pieces.next()
    if (done === true) return
    if (value !== undefined) receive(received, value)
    if (!isTooLarge(received) && !isUnwanted()) continue
    void leave(pieces)
    throw isTooLarge(received) ? tooLarge() : new Error('The exchange is over.')
  }
}

/** Closes the stream without waiting for it. A stream that never closes, or fails to close, is ignored. */
const leave = async (pieces: Pieces): Promise<void> => {
  try {
    await pieces.leave()
  } catch {
    return
  }
}

const receive = (received: Received, chunk: unknown): void => {
  const bytes = toBytes(chunk)
  if (bytes.byteLength === 0) return
  received.chunks.push(bytes)
  received.byteCount += bytes.byteLength
}

/** Despite their types, streams with an encoding yield text, and test doubles may yield anything. */
const toBytes = (chunk: unknown): Uint8Array => {
  if (chunk instanceof Uint8Array) return chunk
  if (typeof chunk === 'string') return encodeUtf8(chunk)
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  if (isArrayBuffer(chunk)) return new Uint8Array(chunk)
  throw unreadable('A chunk of the body is neither bytes nor text.')
}

const unreadable = (message: string): Error =>
  Object.assign(new TypeError(message), { code: 'ERR_BODY_CHUNK' })

const isInOnePiece = (body: unknown): body is Uint8Array | string =>
  typeof body === 'string' || ArrayBuffer.isView(body)

/** Also recognizes buffers of other realms. */
const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === '[object ArrayBuffer]'

/** Concatenates what has arrived, up to the first chunk whose buffer was detached since. */
export const bytesOf = ({ chunks, byteCount }: Received): Uint8Array => {
  const [first] = chunks
  if (first?.byteLength === byteCount) return first // most responses: nothing to copy
  const bytes = new Uint8Array(byteCount)
  let at = 0
  for (const chunk of chunks) {
    const end = at + chunk.byteLength
    if (end === at || end > byteCount) break
    bytes.set(chunk, at)
    at = end
  }
  return bytes.subarray(0, at)
}
