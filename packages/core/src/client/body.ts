/**
 * Reading a body, no more of it than allowed, and what came of one that stopped early.
 *
 * @internal
 */
import { recoverFromBody } from '../decode/recovered.js'
import { encodeUtf8 } from '../json/utf8.js'
import type { RecoveredTask } from '../wire/RecoveredTask.js'

/**
 * A body as clients give it: Node's streams and most others iterate, some browsers' streams only have a reader, and what
 * is at hand already is a list of chunks.
 *
 * @category model
 * @since 0.1.0
 */
export type BodyStream = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | ReadableByteStream

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

/** What has arrived of a body so far. */
export interface Received {
  readonly chunks: Uint8Array[]
  byteCount: number
}

/**
 * Reads a body into `received`. `false` if it is larger than `maxBodyBytes`: it is then left, and its stream closed. A
 * stream that fails throws; what had arrived is in `received`.
 */
export const readBody = async (
  body: BodyStream,
  maxBodyBytes: number,
  received: Received,
): Promise<boolean> => {
  if (isInOnePiece(body)) return readBody([body], maxBodyBytes, received)
  if ('getReader' in body) {
    // Streams of platforms where they iterate, too, take longer for that.
    const reader = body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return true
      if (value === undefined) continue
      receive(received, value)
      if (received.byteCount > maxBodyBytes) {
        reader.cancel().catch(() => undefined) // nobody waits for what nobody wants
        return false
      }
    }
  }
  for await (const chunk of body) {
    receive(received, chunk)
    if (received.byteCount > maxBodyBytes) return false // leaving the loop closes the stream
  }
  return true
}

const receive = (received: Received, chunk: unknown): void => {
  const bytes = toBytes(chunk)
  received.chunks.push(bytes)
  received.byteCount += bytes.byteLength
}

/** Whatever their types say, streams that were told an encoding give texts, and stand-ins for tests what they like. */
const toBytes = (chunk: unknown): Uint8Array => {
  if (chunk instanceof Uint8Array) return chunk
  if (typeof chunk === 'string') return encodeUtf8(chunk)
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  if (isArrayBuffer(chunk)) return new Uint8Array(chunk)
  throw Object.assign(new TypeError('A chunk of the body is neither bytes nor text.'), {
    code: 'ERR_BODY_CHUNK',
  })
}

const isInOnePiece = (body: unknown): body is Uint8Array =>
  typeof body === 'string' || ArrayBuffer.isView(body)

/** Of any realm. */
const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === '[object ArrayBuffer]'

/** What has arrived, in one piece. */
export const bytesOf = ({ chunks, byteCount }: Received): Uint8Array => {
  const [only, ...others] = chunks
  if (only !== undefined && others.length === 0) return only // most answers: nothing to copy
  const bytes = new Uint8Array(byteCount)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

/** The task ids in the part of a body that has arrived. */
export const recoverFrom = (received: Received): ReadonlyArray<RecoveredTask> =>
  recoverFromBody(bytesOf(received))
