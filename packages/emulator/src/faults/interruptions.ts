/**
 * Interrupted responses.
 *
 * @internal
 */
import type { Message } from '../wire/Message.js'
import { type Script, type Step, send, soundHead, soundScript } from '../wire/Script.js'
import type { Close, Drip, Reset, Stall } from './Fault.js'

/** Sends part of the response, then interrupts it. */
export const interrupted = (
  message: Message,
  { at, bodyBytes }: Stall | Close | Reset,
  interruption: Step,
): Script => [...arriving(message, at, bodyBytes), interruption]

const arriving = (message: Message, at: Stall['at'], bodyBytes: number | undefined): Script => {
  const head = soundHead(message)
  switch (at) {
    case 'beforeResponse':
      return []
    case 'withinHead':
      return [send(firstHalf(head))]
    case 'withinBody':
      return [send(head), send(message.body.subarray(0, bodyBytes ?? half(message.body)))]
    case 'afterBody':
      return soundScript(message)
  }
}

export const dripped = (message: Message, { msPerByte }: Drip): Script => [
  { _tag: 'Drip', bytes: Buffer.concat([soundHead(message), message.body]), msPerByte },
]

export const firstHalf = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, half(bytes))

const half = (bytes: Uint8Array): number => Math.floor(bytes.length / 2)
