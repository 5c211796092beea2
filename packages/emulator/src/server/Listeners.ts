/**
 * @internal
 */
import { type AddressInfo, type Server, type Socket, connect } from 'node:net'

/** The servers and sockets of one emulator, so that `close` can end them all. */
export interface Listeners {
  /** Makes a server listen, and returns its port. Rejects with the error of the operating system, such as `EADDRINUSE`. */
  readonly listen: (server: Server, port: number, host: string) => Promise<number>
  /** Reserves a port without listening on it. */
  readonly takePort: (server: Server, host: string) => Promise<number>
  /** Returns the TCP socket below a TLS socket: the one with the same two ports. */
  readonly transportOf: (stream: Socket) => Socket
  readonly close: () => Promise<void>
}

export const createListeners = (): Listeners => {
  const servers = new Set<Server>()
  const sockets = new Set<Socket>()
  let isClosed = false

  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // the emulator can do nothing about a client that disconnects
    socket.on('error', () => undefined)
  }

  const listen = (server: Server, port: number, host: string): Promise<number> =>
    new Promise((resolve, reject) => {
      if (isClosed) throw closedError()
      server.on('connection', keep)
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        servers.add(server)
        const { port } = server.address() as AddressInfo
        if (isClosed) server.close(() => reject(closedError()))
        else resolve(port)
      })
    })

  // The local port of a connection to ourselves: it is in use, so no other process gets it, but has no listener.
  const takePort = (server: Server, host: string): Promise<number> =>
    new Promise((resolve, reject) => {
      if (isClosed) throw closedError()
      const socket = connect({ port: (server.address() as AddressInfo).port, host })
      socket.once('error', reject)
      keep(socket)
      socket.once('connect', () => {
        resolve((socket.address() as AddressInfo).port)
      })
    })

  const transportOf = (stream: Socket): Socket =>
    sockets.has(stream) ? stream : ([...sockets].find(socket => haveSameEnds(socket, stream)) ?? stream)

  const close = async (): Promise<void> => {
    isClosed = true
    const ended = [...servers].map(
      server =>
        new Promise<void>(resolve => {
          server.close(() => {
            resolve()
          })
        }),
    )
    for (const socket of sockets) socket.destroy()
    await Promise.all(ended)
  }

  return { listen, takePort, transportOf, close }
}

const haveSameEnds = (a: Socket, b: Socket): boolean =>
  a.remotePort === b.remotePort && a.localPort === b.localPort

const closedError = () => new Error('the emulator is closed')
