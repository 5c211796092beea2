/**
 * Reading a body, no more of it than allowed, and what came of one that stopped early.
 *
 * @internal
 */
import { recoverFromBody } from '../decode/recovered.js'
import { encodeUtf8 } from '../json/utf8.js'
import { type RecoveredTask, distinctTasks } from '../wire/RecoveredTask.js'
import type { AnswerHead } from './answerHead.js'

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

/**
 * An answer that was read to its end: its body is bytes.
 *
 * @category model
 * @since 0.1.0
 */
export type ReadAnswer = AnswerHead & { readonly body: Uint8Array }

/** What has arrived of an answer so far. */
export interface Received {
  readonly head: AnswerHead
  /** The size that the body may have. */
  readonly maxBodyBytes: number
  readonly chunks: Uint8Array[]
  byteCount: number
}

/** A limit that is no number lets nothing pass. */
export const isTooLarge = ({ byteCount, maxBodyBytes }: Received): boolean => !(byteCount <= maxBodyBytes)

/**
 * Reads the body of an answer into `received`. It rejects with what the stream fails with, or if the body is too large: it
 * is then left, and its stream closed. What had arrived is in `received`.
 */
export const readBody = async (received: Received, body: BodyStream): Promise<ReadAnswer> => {
  if (isInOnePiece(body)) receive(received, body)
  else if ('getReader' in body) {
    // Streams of platforms where they iterate, too, take longer for that.
    const reader = body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (value === undefined) continue
      receive(received, value)
      if (isTooLarge(received)) {
        reader.cancel().catch(() => undefined) // nobody waits for what nobody wants
        break
      }
    }
  } else
    for await (const chunk of body) {
      receive(received, chunk)
      if (isTooLarge(received)) break // leaving the loop closes the stream
    }
  if (isTooLarge(received)) throw new Error('The answer is too large.')
  // Without a spread: of a client's own response that stands for the head, only what is asked for is taken, and V8 takes
  // forty times as long for one that another property follows.
  const { status, redirectOrigin, retryAfterMs } = received.head
  const answer: { -readonly [Name in keyof ReadAnswer]: ReadAnswer[Name] } = {
    status,
    body: bytesOf(received),
  }
  if (redirectOrigin !== undefined) answer.redirectOrigin = redirectOrigin
  if (retryAfterMs !== undefined) answer.retryAfterMs = retryAfterMs
  return answer
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
const bytesOf = ({ chunks, byteCount }: Received): Uint8Array => {
  const [first] = chunks
  if (first?.byteLength === byteCount) return first // most answers: nothing to copy
  const bytes = new Uint8Array(byteCount)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

/** The task ids in all answers, or the parts of them that have arrived. */
export const recoverFrom = (received: ReadonlyArray<Received>): ReadonlyArray<RecoveredTask> =>
  distinctTasks(received.flatMap(answer => recoverFromBody(bytesOf(answer))))
