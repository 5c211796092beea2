/**
 * The suite for task clients over something that may send again without being counted.
 */
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { expectSendable } from './expectOutcome.js'
import { hangsAfterMs, plainRequest } from './plainRequest.js'
import type { Subject } from './Subject.js'
import type { ConnectionUse } from './TransportCase.js'

/** A task client over something that sends once, or again after a failed connection and a status of 503. */
export type OpaqueSubject = Pick<Subject, 'name' | 'run'>

/**
 * Declares the tests for one task client: the first request arrives, and every connection after it is refused. Whatever the
 * last failure of the client is, the outcome is never `NotSent`.
 *
 * Source: PROTOCOL.md, section 6, "A client that sends by itself … can't prove by the code of its last failure that nothing
 * arrived".
 */
export const describeOpaque = (subject: OpaqueSubject): void => {
  describe(`${subject.name}, which may send again uncounted`, { timeout: hangsAfterMs }, () => {
    for (const connection of ['fresh', 'reused'] as const)
      for (const method of ['GET', 'POST'] as const)
        test.each(Object.keys(responses) as ReadonlyArray<keyof typeof responses>)(
          `never ends in NotSent after a ${method} that arrived on a ${connection} connection and met %s`,
          async met => {
            const { url, arrivals } = await serveBeforeRefusing(connection, responses[met])
            if (connection === 'reused') await subject.run({ ...plainRequest, url }).result
            const body = method === 'POST' ? { body: 'Action=CreateLoadBalancer' } : {}
            const request = { ...plainRequest, method, ...body, url, resending: { retries: 1 } }
            const result = await subject.run(request).result
            expect(arrivals()).toBe(connection === 'reused' ? 2 : 1)
            if (E.isLeft(result)) expect(result.left._tag).not.toBe('NotSent')
            expectSendable(result)
          },
        )
  })
}

const acceptedBody = '{"code":0,"message":"","requestId":"111"}'

const responses = {
  'a reset': (_: ServerResponse, { socket }: IncomingMessage) => socket.resetAndDestroy(),
  'an accepted task under 503': response => response.writeHead(503).end(acceptedBody),
  'an accepted task': response => response.end(acceptedBody),
} satisfies Record<string, (response: ServerResponse, request: IncomingMessage) => unknown>

/** A server that listens no more once the request under test has arrived. */
const serveBeforeRefusing = async (
  connection: ConnectionUse,
  respond: (response: ServerResponse, request: IncomingMessage) => unknown,
): Promise<{ readonly url: string; readonly arrivals: () => number }> => {
  let arrivals = 0
  const server = createServer((request, response) => {
    arrivals++
    if (connection === 'reused' && arrivals === 1) {
      response.end(acceptedBody)
      return
    }
    server.close()
    response.setHeader('Connection', 'close')
    respond(response, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => server.closeAllConnections())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${String(port)}/`, arrivals: () => arrivals }
}
