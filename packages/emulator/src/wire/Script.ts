/**
 * What the server does on a connection to answer one request, as data: every response, sound or faulty, is such a
 * script, and `playScript` is the only place that touches a socket.
 *
 * @internal
 */
import { type Message, framedHeaders, headBytes, mayHaveBody } from './Message.js'

export type Script = ReadonlyArray<Step>

export type Step =
  | { readonly _tag: 'Send'; readonly bytes: Uint8Array }
  /** One byte at a time, with a pause before each. */
  | { readonly _tag: 'Drip'; readonly bytes: Uint8Array; readonly msPerByte: number }
  /** Again and again until the client leaves, never faster than it reads. */
  | { readonly _tag: 'SendForever'; readonly bytes: Uint8Array }
  /** Nothing more, but the connection stays until the client leaves. */
  | { readonly _tag: 'Stall' }
  /** An orderly end: FIN. */
  | { readonly _tag: 'Close' }
  /** A broken connection: RST. */
  | { readonly _tag: 'Reset' }

export const send = (bytes: Uint8Array | string): Step => ({
  _tag: 'Send',
  bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
})

export const stall: Step = { _tag: 'Stall' }
export const close: Step = { _tag: 'Close' }
export const reset: Step = { _tag: 'Reset' }

/** The response as it should be. */
export const soundScript = (message: Message): Script =>
  mayHaveBody(message.status)
    ? [send(Buffer.concat([soundHead(message), message.body]))]
    : [send(soundHead(message))]

/** Its head alone, as HEAD asks for it. */
export const headScript = (message: Message): Script => [send(soundHead(message))]

export const soundHead = (message: Message): Uint8Array => headBytes(message.status, framedHeaders(message))
