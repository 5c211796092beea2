/**
 * @since 0.1.0
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { PlaceOnConnection } from './countRequests.js'

/**
 * A request that was received completely, whatever the response.
 *
 * @category model
 * @since 0.1.0
 */
export interface RecordedRequest {
  readonly method: string
  /** The path without the query. */
  readonly path: string
  /** Path and query, as sent. */
  readonly target: string
  /** The headers, with names in lower case. */
  readonly headers: IncomingHttpHeaders
  /** The body as sent. */
  readonly body: Uint8Array
  /** The parameters of the query, and of the body if it is a form. The last value of a repeated name wins. */
  readonly parameters: Readonly<Record<string, string>>
  /** When it was received, by the emulator's clock; `NaN` if the clock threw. */
  readonly receivedAtMs: number
  /** The number of its connection: 1 for the first that carried a request. */
  readonly connectionNumber: number
  /** Its number on that connection: 1 for the first request, more if the connection was reused. */
  readonly requestNumber: number
}

/**
 * A request before the clock is read.
 *
 * @internal
 */
export type ArrivedRequest = Omit<RecordedRequest, 'receivedAtMs'>

/**
 * Reads a request to its end. Returns `undefined` if the client disconnects before.
 *
 * @internal
 */
export const readRequest = async (
  request: IncomingMessage,
  place: PlaceOnConnection,
): Promise<ArrivedRequest | undefined> => {
  const body = await readBody(request)
  if (body === undefined) return undefined
  const { method = '', url: target = '', headers } = request
  const [path = '', ...query] = target.split('?')
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
  const parameters = Object.fromEntries([
    ...new URLSearchParams(query.join('?')),
    ...(form ? new URLSearchParams(body.toString('utf8')) : []),
  ])
  return { method, path, target, headers, body, parameters, ...place }
}

const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const pieces: Buffer[] = []
  try {
    for await (const piece of request) pieces.push(piece as Buffer)
  } catch {
    return undefined
  }
  return Buffer.concat(pieces)
}
