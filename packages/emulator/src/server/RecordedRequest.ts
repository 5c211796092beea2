/**
 * @since 0.1.0
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { PlaceOnConnection } from './countRequests.js'

/**
 * A request that arrived whole, whatever was answered to it.
 *
 * @category model
 * @since 0.1.0
 */
export interface RecordedRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Path and query, as they were sent. */
  readonly target: string
  /** The names in lower case. */
  readonly headers: IncomingHttpHeaders
  /** As it was sent. */
  readonly body: Uint8Array
  /** Of the query, and of the body if it is a form; of duplicate names the last value. */
  readonly parameters: Readonly<Record<string, string>>
  /** When it had arrived, by the emulator's clock; `NaN` if the clock threw. */
  readonly receivedAtMs: number
  /** The connection that carried it: 1 for the first that carried a request, and so on. */
  readonly connectionNumber: number
  /** Its position on this connection: 1 for the first request, more on a connection that was used before. */
  readonly requestNumber: number
}

/**
 * A request before the clock was read.
 *
 * @internal
 */
export type ArrivedRequest = Omit<RecordedRequest, 'receivedAtMs'>

/**
 * Reads a request to its end. `undefined` if the client leaves before.
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
