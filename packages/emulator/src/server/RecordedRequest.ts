/**
 * @since 0.1.0
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

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
  /** Of the query, and of the body if it is a form; of a name that stands twice, the last value. */
  readonly parameters: Readonly<Record<string, string>>
  /** When it had arrived, by the emulator's clock. */
  readonly receivedAtMs: number
}

/**
 * Reads a request to its end. `undefined` if the client leaves before.
 *
 * @internal
 */
export const recordRequest = async (
  request: IncomingMessage,
  clock: () => number,
): Promise<RecordedRequest | undefined> => {
  const body = await readBody(request)
  if (body === undefined) return undefined
  const { method = '', url: target = '', headers } = request
  const [path = '', ...query] = target.split('?')
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
  const parameters = Object.fromEntries([
    ...new URLSearchParams(query.join('?')),
    ...(form ? new URLSearchParams(body.toString('utf8')) : []),
  ])
  return { method, path, target, headers, body, parameters, receivedAtMs: clock() }
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
