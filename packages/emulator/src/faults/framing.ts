/**
 * Responses whose head and body contradict each other.
 *
 * @internal
 */
import { type Message, contentLength, headBytes } from '../wire/Message.js'
import { type Script, close, send, soundScript } from '../wire/Script.js'
import type {
  Chunked,
  DuplicateContentLength,
  Informational,
  TrailingBytes,
  WrongContentLength,
} from './Fault.js'
import { firstHalf } from './interruptions.js'

export const wrongContentLength = (
  { status, headers, body }: Message,
  { differenceBytes }: WrongContentLength,
): Script => [
  send(headBytes(status, [...headers, contentLength(body.length + differenceBytes)])),
  send(body),
  // so that a client does not wait for the missing bytes
  ...(differenceBytes > 0 ? [close] : []),
]

export const duplicateContentLength = (
  { status, headers, body }: Message,
  { differenceBytes }: DuplicateContentLength,
): Script => [
  send(
    headBytes(status, [...headers, contentLength(body.length), contentLength(body.length + differenceBytes)]),
  ),
  send(body),
]

export const chunked = (message: Message, { damage }: Chunked): Script => {
  const { body } = message
  const first = firstHalf(body)
  const second = body.subarray(first.length)
  const [firstChunk, secondChunk] = [chunk(first), chunk(second)]
  const begin = [chunkedHead(message), firstChunk]
  switch (damage) {
    case 'none':
      return [...begin, secondChunk, lastChunk]
    case 'withoutLastChunk':
      return [...begin, secondChunk, close]
    case 'withinChunk':
      return [...begin, send(`${second.length.toString(16)}\r\n`), send(firstHalf(second)), close]
    case 'badLength':
      return [...begin, send('no number\r\n'), send(second), lastChunk]
  }
}

export const endlessBody = (message: Message): Script => [
  chunkedHead(message),
  chunk(message.body),
  { _tag: 'SendForever', bytes: chunk(Buffer.alloc(16 * 1024, ' ')).bytes },
]

export const trailingBytes = (message: Message, { bytes }: TrailingBytes): Script => [
  ...soundScript(message),
  send(bytes),
]

export const informational = (message: Message, { statuses }: Informational): Script => [
  ...statuses.map(status => send(headBytes(status, status === 103 ? [earlyHint] : []))),
  ...soundScript(message),
]

export const invalidHttp: Script = [send('SSH-2.0-OpenSSH_9.6\r\n'), close]

const earlyHint = ['Link', '</style.css>; rel=preload'] as const

const chunkedHead = ({ status, headers }: Message) =>
  send(headBytes(status, [...headers, ['Transfer-Encoding', 'chunked']]))

/** Omits an empty chunk, which would end the body. */
const chunk = (bytes: Uint8Array) => ({
  _tag: 'Send' as const,
  bytes:
    bytes.length === 0
      ? bytes
      : Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]),
})

const lastChunk = send('0\r\n\r\n')
