/**
 * @internal
 */
import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { playScript } from '../wire/playScript.js'
import { type Script, close, reset } from '../wire/Script.js'
import { type PlaceOnConnection, countRequests } from './countRequests.js'
import { type ArrivedRequest, readRequest } from './RecordedRequest.js'

/**
 * Node reads the requests; the responses are scripts on the bare connection, since node:http itself would refuse to write
 * most of the faults.
 */
export const createListener = (
  transportOf: (stream: Socket) => Socket,
  answer: (request: ArrivedRequest) => Promise<Script>,
): RequestListener => {
  const placeOf = countRequests()
  // the responses of a connection leave it in the order of the requests
  const lastExchanges = new WeakMap<Socket, Promise<void>>()

  const exchange = async (
    incoming: IncomingMessage,
    place: PlaceOnConnection,
    before: Promise<void> | undefined,
  ): Promise<void> => {
    const request = await readRequest(incoming, place)
    if (request === undefined) return
    const script = await answer(request)
    await before
    const stream = incoming.socket
    const connection = { stream, transport: transportOf(stream) }
    try {
      await playScript(connection, isLastOfConnection(incoming) ? [...script, close] : script)
    } catch {
      // a script that can't be played, of a response that its type does not allow: the client must not wait
      await playScript(connection, [reset])
    }
  }

  return (incoming, response) => {
    const stream = incoming.socket
    const played = exchange(incoming, placeOf(stream), lastExchanges.get(stream)).then(() => {
      // node:http did not see the response leave: told so, it forgets the request and reads on
      if (!stream.destroyed) response.emit('finish')
    })
    lastExchanges.set(stream, played)
  }
}

const isLastOfConnection = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === '1.0' || connectionOptions(headers).includes('close')

/** RFC 9110, section 7.6.1: a list of names, in any case. */
const connectionOptions = ({ connection = '' }: IncomingHttpHeaders): ReadonlyArray<string> =>
  connection.split(',').map(option => option.trim().toLowerCase())
