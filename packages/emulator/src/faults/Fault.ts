/**
 * The faults that a response can have.
 *
 * @since 0.1.0
 */

/**
 * A fault as plain data. Pass it with a response to `emulator.serve`, or let the option `chaos` choose one at random for
 * the endpoint of the API.
 *
 * @example
 * import type { Fault } from '@task-outcome/emulator'
 *
 * const resetWithinBody: Fault = { _tag: 'Reset', at: 'withinBody' }
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
 * How much of a response is sent: nothing; half of its head; its head and part of its body; all of it.
 *
 * @category model
 * @since 0.1.0
 */
export type FaultPoint = 'beforeResponse' | 'withinHead' | 'withinBody' | 'afterBody'

// -------------------------------------------------------------------------------------
// the connection breaks
// -------------------------------------------------------------------------------------

/**
 * The response stops, but the connection stays open. At `beforeResponse` the server accepts the request and never
 * responds.
 *
 * @category the connection breaks
 * @since 0.1.0
 */
export interface Stall {
  readonly _tag: 'Stall'
  readonly at: FaultPoint
  /** How many bytes of the body are sent at `withinBody`. Default: half of them. */
  readonly bodyBytes?: number
}

/**
 * The connection is closed in an orderly way (FIN) before the response is complete.
 *
 * @category the connection breaks
 * @since 0.1.0
 */
export interface Close {
  readonly _tag: 'Close'
  readonly at: FaultPoint
  /** How many bytes of the body are sent at `withinBody`. Default: half of them. */
  readonly bodyBytes?: number
}

/**
 * The connection is reset (RST), which discards unread bytes: if the body is larger than the socket buffers (about
 * 100 KiB), its end may be missing even at `afterBody`.
 *
 * @category the connection breaks
 * @since 0.1.0
 */
export interface Reset {
  readonly _tag: 'Reset'
  readonly at: FaultPoint
  /** How many bytes of the body are sent at `withinBody`. Default: half of them. */
  readonly bodyBytes?: number
}

/**
 * The whole response is sent one byte at a time, with a pause before each.
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
 * `Content-Length` is larger than the body (a positive difference; the connection is closed after the body) or smaller
 * (a negative one; the whole body is sent).
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface WrongContentLength {
  readonly _tag: 'WrongContentLength'
  /** `Content-Length` minus the length of the body. */
  readonly differenceBytes: number
}

/**
 * `Content-Length` is sent twice: once correct, once off by the difference.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface DuplicateContentLength {
  readonly _tag: 'DuplicateContentLength'
  /** 0 repeats the same value, which HTTP allows. */
  readonly differenceBytes: number
}

/**
 * The body is sent with chunked transfer coding: complete (no fault), closed before the last chunk (of length 0), closed
 * within a chunk, or with an invalid chunk length.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface Chunked {
  readonly _tag: 'Chunked'
  readonly damage: 'none' | 'withoutLastChunk' | 'withinChunk' | 'badLength'
}

/**
 * More bytes follow the complete response on the open connection. A client may take them for the start of the next
 * response.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface TrailingBytes {
  readonly _tag: 'TrailingBytes'
  readonly bytes: string | Uint8Array
}

/**
 * The body, followed by endless spaces in chunks, until the client disconnects. The server never writes faster than the
 * client reads, so it buffers no more than the socket does.
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface EndlessBody {
  readonly _tag: 'EndlessBody'
}

/**
 * Informational responses, such as `100 Continue` and `103 Early Hints`, before the final response, although the client
 * did not ask for them. HTTP allows it. (A client that sends `Expect: 100-continue` gets its 100 without this fault.)
 *
 * @category the head and the body contradict each other
 * @since 0.1.0
 */
export interface Informational {
  readonly _tag: 'Informational'
  readonly statuses: ReadonlyArray<100 | 102 | 103>
}

/**
 * Bytes that are not HTTP, as if another service listened on the port.
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
 * How a body is compressed. `deflate` is the zlib format, as HTTP defines it.
 *
 * @category model
 * @since 0.1.0
 */
export type ContentEncoding = 'gzip' | 'br' | 'deflate'

/**
 * The body is compressed: intact (no fault), without its second half, or with all bytes but the first corrupted, so that
 * every decoder notices. `Content-Length` matches the bytes sent, so only the compressed data is wrong. The body is
 * compressed whether or not the client accepts it.
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
 * A body that is small on the wire and huge when decompressed: spaces, then the body, so that it is still valid JSON.
 *
 * @category the body is not what its label says
 * @since 0.1.0
 */
export interface CompressionBomb {
  readonly _tag: 'CompressionBomb'
  readonly encoding: ContentEncoding
  /** The decompressed size. */
  readonly expandsToBytes: number
}

/**
 * `Content-Type` names another charset than that of the body, which is unchanged.
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
 * An HTML page from a gateway, which lost the response of the API.
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
 * A login page with status 200, as from a captive portal or a proxy.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface LoginPage {
  readonly _tag: 'LoginPage'
}

/**
 * 204: success without a body.
 *
 * @category something else answers
 * @since 0.1.0
 */
export interface NoContent {
  readonly _tag: 'NoContent'
}

/**
 * A redirect to the requested URL itself.
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
 * A redirect to another URL. With the URL of a second emulator you can see whether a client follows it, and what it
 * sends.
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
