/**
 * @internal
 */
import type { Socket } from 'node:net'
import type { RecordedRequest } from './RecordedRequest.js'

export type PlaceOnConnection = Pick<RecordedRequest, 'connectionNumber' | 'requestNumber'>

/** Returns a function to call when each request begins. It numbers the connections, and the requests of each. */
export const countRequests = (): ((connection: Socket) => PlaceOnConnection) => {
  const last = new WeakMap<Socket, PlaceOnConnection>()
  let connections = 0
  return connection => {
    const before = last.get(connection) ?? { connectionNumber: ++connections, requestNumber: 0 }
    const place = { ...before, requestNumber: before.requestNumber + 1 }
    last.set(connection, place)
    return place
  }
}
