import { connect } from 'node:net'

/** The bytes of a connection and how it ended, below HTTP. */
export interface RawExchange {
  readonly bytes: Buffer
  /** `left`: this side has read what it waited for. */
  readonly end: 'FIN' | 'RST' | 'left'
}

export interface RawRequest {
  readonly method?: string
  readonly headers?: ReadonlyArray<string>
  readonly body?: string
  /** Disconnect once this is true for the received bytes. Default: read to the end. */
  readonly until?: (received: Buffer) => boolean
}

/** Sends one request over a raw socket. */
export const rawExchange = (url: string, request: RawRequest = {}): Promise<RawExchange> =>
  new Promise((resolve, reject) => {
    const { hostname, port, pathname, search, host } = new URL(url)
    const { method = 'GET', headers = [], body = '', until = () => false } = request
    const socket = connect({ host: hostname, port: Number(port) })
    const pieces: Buffer[] = []
    const finish = (end: RawExchange['end']) => {
      resolve({ bytes: Buffer.concat(pieces), end })
      socket.destroy()
    }
    socket.on('data', piece => {
      pieces.push(piece)
      if (until(Buffer.concat(pieces))) finish('left')
    })
    socket.on('end', () => finish('FIN'))
    socket.on('error', error => {
      if ('code' in error && error.code === 'ECONNRESET') finish('RST')
      else reject(error)
    })
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
    socket.write(
      [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`, ...headers, ...length, '', body].join(
        '\r\n',
      ),
    )
  })

/** Splits a response into its head and the rest. */
export const split = (bytes: Buffer): { readonly head: string; readonly body: Buffer } => {
  const at = bytes.indexOf('\r\n\r\n')
  return at === -1
    ? { head: bytes.toString('latin1'), body: Buffer.alloc(0) }
    : { head: bytes.subarray(0, at).toString('latin1'), body: bytes.subarray(at + 4) }
}

/** For `until`: the response is complete by its Content-Length. */
export const isWhole = (received: Buffer): boolean => {
  const { head, body } = split(received)
  const length = /^content-length: (\d+)$/im.exec(head)?.[1]
  return length !== undefined && body.length >= Number(length)
}

/** Waits, without a clock, until a condition is true. */
export const eventually = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise(setImmediate)
}
