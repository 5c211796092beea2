import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { eventually } from '../../test/rawExchange.js'
import { playScript } from './playScript.js'
import { send } from './Script.js'

/** Both ends of a connection. */
const connection = async () => {
  const accepted: Socket[] = []
  const server = createServer(socket => {
    socket.on('error', () => {})
    accepted.push(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' })
  await eventually(() => accepted.length === 1)
  return { client, stream: accepted[0]!, server }
}

it('buffers at most one chunk if the client does not read', async () => {
  const { client, stream, server } = await connection()
  client.pause()
  const bytes = Buffer.alloc(64 * 1024)
  const played = playScript({ stream, transport: stream }, [{ _tag: 'SendForever', bytes }])
  await eventually(() => stream.writableLength > 0)
  for (let turn = 0; turn < 500; turn++) {
    expect(stream.writableLength).toBeLessThanOrEqual(bytes.length)
    await new Promise(setImmediate)
  }
  client.destroy()
  await played
  server.close()
})

it('stops when the client disconnects', async () => {
  const { client, stream, server } = await connection()
  client.destroy()
  await eventually(() => stream.closed)
  await playScript({ stream, transport: stream }, [
    send('late'),
    { _tag: 'Drip', bytes: Buffer.from('late'), msPerByte: 3_600_000 },
    { _tag: 'Stall' },
    { _tag: 'Reset' },
  ])
  server.close()
})
