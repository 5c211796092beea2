/**
 * What the server does on a connection to respond to one request, as data. Every response, correct or faulty, is such a
 * script; only `playScript` touches a socket.
 *
 * @internal
 */
import { type Message, framedHeaders, headBytes, mayHaveBody } from './Message.js'

export type Script = ReadonlyArray<Step>

export type Step =
  | { readonly _tag: 'Send'; readonly bytes: Uint8Array }
  /** Sends one byte at a time, with a pause before each. */
  | { readonly _tag: 'Drip'; readonly bytes: Uint8Array; readonly msPerByte: number }
  /** Sends the bytes repeatedly until the client disconnects, never faster than it reads. */
  | { readonly _tag: 'SendForever'; readonly bytes: Uint8Array }
  /** Sends nothing more, but keeps the connection open until the client disconnects. */
  | { readonly _tag: 'Stall' }
  /** Closes the connection in an orderly way (FIN). */
  | { readonly _tag: 'Close' }
  /** Resets the connection (RST). */
  | { readonly _tag: 'Reset' }

export const send = (bytes: Uint8Array | string): Step => ({
  _tag: 'Send',
  bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
})

export const stall: Step = { _tag: 'Stall' }
export const close: Step = { _tag: 'Close' }
export const reset: Step = { _tag: 'Reset' }

/** Sends a correct response. */
export const soundScript = (message: Message): Script =>
  mayHaveBody(message.status)
    ? [send(Buffer.concat([soundHead(message), message.body]))]
    : [send(soundHead(message))]

/** Sends only the head, for a HEAD request. */
export const headScript = (message: Message): Script => [send(soundHead(message))]

export const soundHead = (message: Message): Uint8Array => headBytes(message.status, framedHeaders(message))
