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
 * Reads requests with node:http, but writes responses as scripts on the raw connection, as node:http refuses to write
 * most of the faults.
 */
export const createListener = (
  transportOf: (stream: Socket) => Socket,
  respond: (request: ArrivedRequest) => Promise<Script>,
): RequestListener => {
  const placeOf = countRequests()
  // responses are sent in the order of the requests on a connection
  const lastExchanges = new WeakMap<Socket, Promise<void>>()

  const exchange = async (
    incoming: IncomingMessage,
    place: PlaceOnConnection,
    before: Promise<void> | undefined,
  ): Promise<void> => {
    const request = await readRequest(incoming, place)
    if (request === undefined) return
    const script = await respond(request)
    await before
    const stream = incoming.socket
    const connection = { stream, transport: transportOf(stream) }
    try {
      await playScript(connection, isLastOfConnection(incoming) ? [...script, close] : script)
    } catch {
      // an untyped response has made a script that can't be played: the client must not wait
      await playScript(connection, [reset])
    }
  }

  return (incoming, response) => {
    const stream = incoming.socket
    const played = exchange(incoming, placeOf(stream), lastExchanges.get(stream)).then(() => {
      // node:http did not write the response: this event makes it read the next request
      if (!stream.destroyed) response.emit('finish')
    })
    lastExchanges.set(stream, played)
  }
}

const isLastOfConnection = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === '1.0' || connectionOptions(headers).includes('close')

/** RFC 9110, section 7.6.1: a list of case-insensitive names. */
const connectionOptions = ({ connection = '' }: IncomingHttpHeaders): ReadonlyArray<string> =>
  connection.split(',').map(option => option.trim().toLowerCase())
