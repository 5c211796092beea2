/**
 * @internal
 */
import type { Socket } from 'node:net'
import type { Script, Step } from './Script.js'

/**
 * A connection: the stream to write to and its TCP socket, which differs from it under TLS. Only the socket can be reset.
 */
export interface Connection {
  readonly stream: Socket
  readonly transport: Socket
}

/** Plays the steps in turn. Ends early if the client disconnects. Leaves no timer and no listener. */
export const playScript = async (connection: Connection, script: Script): Promise<void> => {
  for (const step of script) {
    if (!connection.stream.writable) return
    await playStep(connection, step)
  }
}

const playStep = async ({ stream, transport }: Connection, step: Step): Promise<void> => {
  switch (step._tag) {
    case 'Send':
      return write(stream, step.bytes)
    case 'Drip':
      for (const byte of step.bytes) {
        await pause(stream, step.msPerByte)
        if (!stream.writable) return
        await write(stream, Uint8Array.of(byte))
      }
      return
    case 'SendForever':
      while (stream.writable) await write(stream, step.bytes)
      return
    case 'Stall':
      return closed(stream)
    case 'Close':
      stream.end()
      return closed(stream)
    case 'Reset':
      await letClientRead(stream)
      transport.resetAndDestroy()
      return closed(stream)
  }
}

/** Waits until the bytes are passed to the operating system or can't be, so that buffers never grow. */
const write = (stream: Socket, bytes: Uint8Array): Promise<void> =>
  new Promise(resolve => {
    stream.write(bytes, () => {
      resolve()
    })
  })

const closed = (stream: Socket): Promise<void> =>
  new Promise(resolve => {
    if (stream.closed) resolve()
    else stream.once('close', () => resolve())
  })

/**
 * Many clients take a reset for an orderly end if it arrives together with unread bytes. Gives a client of another
 * process a moment; one of this process has read after the next turn of the event loop.
 */
const letClientRead = async (stream: Socket): Promise<void> => {
  await pause(stream, 20)
  await new Promise(setImmediate)
}

const pause = (stream: Socket, ms: number): Promise<void> =>
  new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      stream.off('close', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    stream.once('close', end)
  })
