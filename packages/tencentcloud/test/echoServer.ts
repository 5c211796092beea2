/**
 * A server that repeats each request in its response, as some gateways do.
 */
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface EchoServer {
  readonly origin: string
  readonly requests: ReadonlyArray<{ readonly headers: IncomingMessage['headers']; readonly body: string }>
  readonly close: () => Promise<void>
}

export const startEchoServer = async (respond: (request: string) => string): Promise<EchoServer> => {
  const requests: Array<EchoServer['requests'][number]> = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      requests.push({ headers: request.headers, body })
      response.end(
        respond(`${request.url} ${JSON.stringify(request.headers)} ${body} ${decodeURIComponent(body)}`),
      )
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
