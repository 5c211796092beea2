/**
 * The ways in which a response can go wrong.
 *
 * @since 0.1.0
 */

/**
 * One way to go wrong, as plain data: given with a response to `emulator.serve`, or drawn at random for a whole
 * endpoint by the option `chaos`.
 *
 * @example
 * import type { Fault } from '@task-outcome/emulator'
 *
 * const cutInTheBody: Fault = { _tag: 'Reset', at: 'withinBody' }
 *
 * @category model
 * @since 0.1.0
 */
export type Fault =
  | Stall
  | Close
  | Reset
  | Drip
  | WrongContentLength
  | DuplicateContentLength
  | Chunked
  | TrailingBytes
  | EndlessBody
  | Informational
  | InvalidHttp
  | Compressed
  | CompressionBomb
  | WrongCharset
  | GatewayPage
  | LoginPage
  | NoContent
  | RedirectLoop
  | RedirectElsewhere
  | TooManyRequests
  | ServiceUnavailable

/**
 * How far a response gets: not a byte; half of its head; its head and a part of its body; all of it.
 *
 * @category model
 * @since 0.1.0
 */
export type FaultPoint = 'beforeResponse' | 'withinHead' | 'withinBody' | 'afterBody'

// -------------------------------------------------------------------------------------
// the connection breaks
// -------------------------------------------------------------------------------------

/**
 * The response stops and nothing more comes, while the connection stays open. At `beforeResponse` the server accepts the
 * request and never answers.
 *
 * @category the connection breaks
 * @since 0.1.0
 */
export interface Stall {
  readonly _tag: 'Stall'
  readonly at: FaultPoint
  /** How many bytes of the body arrive when the place is `withinBody`. Default: half of them. */
  readonly bodyBytes?: number
}

/**
 * The connection is closed in order (FIN), though the response is not complete.
 *
 * @category the connection breaks
 * @since 0.1.0
 */
export interface Close {
  readonly _tag: 'Close'
  readonly at: FaultPoint
  /** How many bytes of the body arrive when the place is `withinBody`. Default: half of them. */
  readonly bodyBytes?: number
}

/**
 * The connection is reset (RST). What is under way is lost with it: of a body larger than the socket buffers
 * (about 100 KiB) the end may be missing even at `afterBody`.
 *
 * @category the connection breaks
 * @since 0.1.0
 */
export interface Reset {
  readonly _tag: 'Reset'
  readonly at: FaultPoint
  /** How many bytes of the body arrive when the place is `withinBody`. Default: half of them. */
  readonly bodyBytes?: number
}

/**
 * The whole response, head and body, one byte at a time with a pause before each.
 *
 * @category the connection breaks
 * @since 0.1.0
 */
export interface Drip {
  readonly _tag: 'Drip'
  readonly msPerByte: number
}

// -------------------------------------------------------------------------------------
// the head and the body contradict each other
// -------------------------------------------------------------------------------------

/**
 * `Content-Length` announces more bytes than come (a positive difference; then the connection is closed) or fewer (a
 * negative one; all of the body comes nevertheless).
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface WrongContentLength {
  readonly _tag: 'WrongContentLength'
  /** What is announced, minus what comes. */
  readonly differenceBytes: number
}

/**
 * `Content-Length` is sent twice: once as it is, once off by the difference.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface DuplicateContentLength {
  readonly _tag: 'DuplicateContentLength'
  /** 0 repeats the same value, which is allowed. */
  readonly differenceBytes: number
}

/**
 * The body in chunks, as servers send it that don't know its length: whole (no fault), whole but closed before the
 * chunk of length 0 that ends it, closed in the middle of a chunk, or with a chunk whose length is no number.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface Chunked {
  readonly _tag: 'Chunked'
  readonly damage: 'none' | 'withoutLastChunk' | 'withinChunk' | 'badLength'
}

/**
 * More bytes come right after the complete answer, on a connection that stays open: the client may take them for the
 * beginning of the next response.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface TrailingBytes {
  readonly _tag: 'TrailingBytes'
  readonly bytes: string | Uint8Array
}

/**
 * The body, then spaces without end, in chunks, until the client leaves. The server never writes faster than the
 * client reads: what waits never exceeds the socket buffers.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface EndlessBody {
  readonly _tag: 'EndlessBody'
}

/**
 * Informational answers before the response itself, as `100 Continue` and `103 Early Hints`, although the client did not ask for
 * them. HTTP allows it. (A client that sends `Expect: 100-continue` gets its 100 without this fault as well.)
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface Informational {
  readonly _tag: 'Informational'
  readonly statuses: ReadonlyArray<100 | 102 | 103>
}

/**
 * Bytes that are no HTTP at all, as when something else listens on the port.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface InvalidHttp {
  readonly _tag: 'InvalidHttp'
}

// -------------------------------------------------------------------------------------
// the body is not what its label says
// -------------------------------------------------------------------------------------

/**
 * How bodies are compressed. `deflate` is the zlib format, as HTTP has it.
 *
 * @category model
 * @since 0.1.0
 */
export type ContentEncoding = 'gzip' | 'br' | 'deflate'

/**
 * The body compressed: whole (no fault), its second half missing, or all but its first byte garbled, so that every
 * decoder notices. The lengths are those of what is sent, so nothing but the compressed data itself is wrong. It is
 * compressed whether or not the client asked for it.
 *
 * @category the body is not what its label says
 * @since 0.1.0
 */
export interface Compressed {
  readonly _tag: 'Compressed'
  readonly encoding: ContentEncoding
  readonly damage: 'none' | 'cut' | 'corrupted'
}

/**
 * A body that is small on the wire and huge once unpacked: spaces, then the body, so that it is still correct JSON.
 *
 * @category the body is not what its label says
 * @since 0.1.0
 */
export interface CompressionBomb {
  readonly _tag: 'CompressionBomb'
  readonly encoding: ContentEncoding
  /** The size once unpacked. */
  readonly expandsToBytes: number
}

/**
 * `Content-Type` names another charset than the body has; the body stays as it is.
 *
 * @category the body is not what its label says
 * @since 0.1.0
 */
export interface WrongCharset {
  readonly _tag: 'WrongCharset'
  readonly charset: string
}

// -------------------------------------------------------------------------------------
// something else answers
// -------------------------------------------------------------------------------------

/**
 * A page in HTML from a gateway, which lost the API's response.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface GatewayPage {
  readonly _tag: 'GatewayPage'
  /** Default: 502. */
  readonly status?: number
}

/**
 * A login page with status 200, as a captive portal or a proxy sends it.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface LoginPage {
  readonly _tag: 'LoginPage'
}

/**
 * 204: success, but no body.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface NoContent {
  readonly _tag: 'NoContent'
}

/**
 * A redirect to the very URL that was asked for.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface RedirectLoop {
  readonly _tag: 'RedirectLoop'
  /** Default: 302. */
  readonly status?: number
}

/**
 * A redirect to another place; the URL of a second emulator shows who follows it, and with what.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface RedirectElsewhere {
  readonly _tag: 'RedirectElsewhere'
  readonly location: string
  /** Default: 302. */
  readonly status?: number
}

/**
 * 429 with `Retry-After`.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface TooManyRequests {
  readonly _tag: 'TooManyRequests'
  readonly retryAfterSeconds: number
}

/**
 * 503 with `Retry-After`.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface ServiceUnavailable {
  readonly _tag: 'ServiceUnavailable'
  readonly retryAfterSeconds: number
}
