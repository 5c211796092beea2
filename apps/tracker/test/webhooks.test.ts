import { type IncomingHttpHeaders, type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as E from 'fp-ts/lib/Either.js'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readNetworks } from '../src/configuration/networks.js'
import { post } from '../src/deliver/post.js'
import { delayAfter } from '../src/deliver/startWebhook.js'
import { type Trial, eventually, startTrial } from './startTrial.js'

interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A server that keeps what it receives, and answers with the statuses that it is given, then with 204. */
const startReceiver = async () => {
  const received: Received[] = []
  const statuses: number[] = []
  const server = createServer((request: IncomingMessage, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', piece => void (body += String(piece)))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body })
      const status = statuses.shift() ?? 204
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    received,
    statuses,
    port,
    url: `http://127.0.0.1:${port}/ends`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

describe('a webhook', () => {
  let trial: Trial
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  beforeAll(async () => {
    receiver = await startReceiver()
    trial = await startTrial(
      { failures: { 'ins-2': { code: 7, message: 'the disk is full' } } },
      {
        TRACKER_WEBHOOKS: JSON.stringify([{ name: 'ends', url: receiver.url, secret, accounts: ['main'] }]),
        TRACKER_WEBHOOK_NETWORKS: '127.0.0.1/32',
      },
    )
  })
  afterAll(async () => {
    await trial.stop()
    receiver.close()
  })

  const submit = async (
    account: string,
    key: string,
    ...InstanceIds: ReadonlyArray<string>
  ): Promise<void> => {
    const body = { account, key, action: 'cvm.StartInstances', parameters: { InstanceIds } }
    expect((await trial.call('POST', '/submissions', { body })).status).toBe(200)
  }

  const deliveries = (count: number): Promise<ReadonlyArray<Received>> =>
    eventually(async () => {
      const ends = receiver.received.filter(({ path }) => path === '/ends')
      return ends.length >= count ? ends : undefined
    })

  test('receives each end of its accounts, with a signature of Standard Webhooks', async () => {
    await submit('other', 'k', 'ins-1')
    await submit('main', 'k', 'ins-1', 'ins-2')
    const ends = await deliveries(2)
    const messages = ends.map(({ headers, body }) => {
      const verified = new Webhook(secret).verify(body, headers as Record<string, string>)
      expect(verified).toStrictEqual(JSON.parse(body))
      expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow()
      expect(headers['content-type']).toBe('application/json')
      return verified as { type: string; timestamp: string; data: { key: string; task: object } }
    })
    expect(messages).toMatchObject([
      { type: 'task.ended', data: { task: { _tag: 'Ended', account: 'main' } } },
      { type: 'task.ended', data: { task: { _tag: 'Ended', account: 'main' } } },
    ])
    expect(ends.map(({ headers }) => headers['webhook-id'])).toStrictEqual(
      messages.map(({ data }) => `end-${data.key}`),
    )
    for (const { timestamp } of messages) expect(new Date(timestamp).toISOString()).toBe(timestamp)
  })

  test('receives an end again that it did not accept, with the same id, and follows no redirect', async () => {
    const before = (await deliveries(2)).length
    receiver.statuses.push(500, 302)
    await submit('main', 'again', 'ins-3')
    await eventually(async () => (receiver.statuses.length === 0 ? true : undefined))
    const ends = (await deliveries(before + 3)).slice(before)
    expect(new Set(ends.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(ends.map(({ body }) => body)).size).toBe(1)
    expect(receiver.received.map(({ path }) => path)).not.toContain('/elsewhere')
    const metrics = await (await trial.call('GET', '/metrics')).text()
    expect(metrics).toMatch(/^tracker_deliveries_total\{webhook="ends",result="failed"\} [1-9]/m)
    expect(metrics).toMatch(/^tracker_subscriber_waiting_ends\{subscriber="webhook ends"\} \d+$/m)
  })

  test('whose address is not allowed receives nothing, and the end waits for a process that may', async () => {
    const ofResource = () => receiver.received.filter(({ body }) => body.includes('"ins-5"'))
    await trial.restart({ TRACKER_WEBHOOK_NETWORKS: '' })
    await submit('main', 'refused', 'ins-5')
    await eventually(async () => (trial.logged().includes('the address is not public') ? true : undefined))
    expect(ofResource()).toHaveLength(0)
    await trial.restart()
    await eventually(async () => (ofResource().length > 0 ? true : undefined))
  })
})

describe('a post', () => {
  const none = () => false
  const loopback = (text: string) => {
    const networks = readNetworks(text)
    return E.isRight(networks) ? networks.right : none
  }

  const send = (url: string, allowed: (address: string) => boolean, timeoutMs = 60_000) =>
    post({ url, headers: {}, body: '{}', allowed, timeoutMs, signal: new AbortController().signal })()

  const refused = E.left('the address is not public, and TRACKER_WEBHOOK_NETWORKS does not allow it')

  test.each([
    'https://127.0.0.1',
    'https://127.1',
    'https://0x7f000001',
    'https://2130706433',
    'https://0177.0.0.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://10.0.0.1',
    'https://169.254.169.254',
    'https://0.0.0.0',
    'http://1.1.1.1',
    // Names are resolved, and their addresses are checked.
    'https://localhost',
    'http://localhost',
  ])('does not reach %s', async origin => {
    expect(await send(`${origin}:9/`, none)).toStrictEqual(refused)
  })

  test('reaches an address that is allowed, by its name also', async () => {
    const receiver = await startReceiver()
    const allowed = loopback('127.0.0.0/8')
    expect(await send(receiver.url, allowed)).toStrictEqual(E.right(undefined))
    expect(await send(`http://localhost:${receiver.port}/named`, allowed)).toStrictEqual(E.right(undefined))
    expect(receiver.received.map(({ path }) => path)).toStrictEqual(['/ends', '/named'])
    receiver.statuses.push(301)
    expect(await send(receiver.url, allowed)).toStrictEqual(E.left('HTTP status 301'))
    receiver.close()
    expect(E.isLeft(await send(receiver.url, allowed))).toBe(true)
  })

  test('ends after its time', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    expect(await send(`http://127.0.0.1:${port}/`, loopback('127.0.0.0/8'), 20)).toStrictEqual(
      E.left('no response within 20 ms'),
    )
    silent.closeAllConnections()
    silent.close()
  })

  test('is tried again after delays that double, up to five minutes', () => {
    expect([0, 1, 2, 8, 9, 2000].map(delayAfter)).toStrictEqual([1000, 2000, 4000, 256_000, 300_000, 300_000])
  })
})
