/**
 * @internal
 */
import type { IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { playScript } from '../wire/playScript.js'
import { type Script, close } from '../wire/Script.js'
import { type RecordedRequest, recordRequest } from './RecordedRequest.js'

/**
 * Node reads the requests; the answers are scripts on the bare connection, since node:http itself would refuse to write
 * most of the faults.
 */
export const createListener = (
  clock: () => number,
  transportOf: (stream: Socket) => Socket,
  answer: (request: RecordedRequest) => Promise<Script>,
): RequestListener => {
  // the answers of a connection leave it in the order of the requests
  const lastExchanges = new WeakMap<Socket, Promise<void>>()

  const exchange = async (incoming: IncomingMessage, before: Promise<void> | undefined): Promise<void> => {
    const request = await recordRequest(incoming, clock)
    if (request === undefined) return
    const script = await answer(request)
    await before
    const stream = incoming.socket
    await playScript(
      { stream, transport: transportOf(stream) },
      isLastOfConnection(incoming) ? [...script, close] : script,
    )
  }

  return (incoming, response) => {
    const stream = incoming.socket
    const played = exchange(incoming, lastExchanges.get(stream)).then(() => {
      // node:http did not see the answer leave: told so, it forgets the request and reads on
      if (!stream.destroyed) response.emit('finish')
    })
    lastExchanges.set(stream, played)
  }
}

const isLastOfConnection = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === '1.0' || headers.connection?.toLowerCase() === 'close'
