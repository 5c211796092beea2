/**
 * Reading a body, no more of it than allowed, and what came of one that stopped early.
 *
 * @internal
 */
import { encodeUtf8 } from '../json/utf8.js'
import type { ResponseHead } from './responseHead.js'

/**
 * A body as clients give it: Node's streams and most others iterate, some browsers' streams only have a reader, and what
 * is at hand already is an array of chunks, or one. A chunk is bytes, or text.
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
  /** The reader of the stream, which is then locked to it. */
  readonly getReader: () => {
    /** The next piece of the body, or that it is over. */
    readonly read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    /** Leaves the rest of the body unread and closes the connection. */
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
  /** The size that the body may have. */
  readonly maxBodyBytes: number
  readonly chunks: Uint8Array[]
  byteCount: number
}

/** A limit that is no number lets nothing pass. */
export const isTooLarge = ({ byteCount, maxBodyBytes }: Received): boolean => !(byteCount <= maxBodyBytes)

/**
 * Reads the body of a response into `received`. It rejects with what the stream fails with, if the body is too large, or when
 * it is not wanted any more: the stream is then closed, without waiting for that. What had arrived is in `received`.
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
  if (bytes.byteLength !== received.byteCount) throw unreadable('A chunk of the body was taken away.')
  // Without a spread: of a client's own response used as the head, only what is asked for is taken, and V8 takes
  // forty times as long for one that another property follows.
  const { status, redirectOrigin, retryAfterMs } = received.head
  const answer: { -readonly [Name in keyof BufferedResponse]: BufferedResponse[Name] } = {
    status,
    body: bytes,
  }
  if (redirectOrigin !== undefined) answer.redirectOrigin = redirectOrigin
  if (retryAfterMs !== undefined) answer.retryAfterMs = retryAfterMs
  return answer
}

const tooLarge = (): Error =>
  Object.assign(new Error('The body is larger than the limit.'), { code: 'ERR_BODY_TOO_LARGE' })

/** The pieces of a body, and how to leave the rest of them. */
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
    // Streams of platforms where they iterate as well, take longer for that.
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

/** Closes the stream without waiting for it: one that never closes, or fails in closing, has nothing more to say. */
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

/** Whatever their types say, streams that were told an encoding give texts, and stand-ins for tests what they like. */
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

/** Of any realm. */
const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === '[object ArrayBuffer]'

/** What has arrived, in one piece: up to the first chunk whose buffer was transferred elsewhere since. */
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
  return at === byteCount ? bytes : bytes.subarray(0, at)
}
