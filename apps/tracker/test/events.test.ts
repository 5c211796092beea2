import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Trial, startTrial, tokens } from './startTrial.js'

interface ServerSentEvent {
  readonly id: string
  readonly data?: {
    readonly key: string
    readonly cursor: string
    readonly task: { readonly account: string }
  }
}

describe('GET /events', () => {
  let trial: Trial
  beforeAll(async () => {
    trial = await startTrial()
  })
  afterAll(() => trial.stop())

  const submit = async (account: string, key: string, count: number): Promise<void> => {
    const InstanceIds = Array.from({ length: count }, (_, index) => `ins-${index}`)
    const body = { account, key, action: 'cvm.StartInstances', parameters: { InstanceIds } }
    const response = await trial.call('POST', '/submissions', { body })
    expect(response.status).toBe(200)
  }

  /** Reads events until there are so many with data. Returns all, with those that only have an id. */
  async function* open(token: string, path = '/events', lastId = ''): AsyncGenerator<ServerSentEvent> {
    const response = await trial.call('GET', path, {
      token,
      headers: lastId === '' ? {} : { 'last-event-id': lastId },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    let text = ''
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        const lines = new Map(
          event.split('\n').map(line => [line.split(': ')[0], line.split(': ').slice(1).join(': ')]),
        )
        const [id, data] = [lines.get('id'), lines.get('data')]
        if (id === undefined) continue
        yield data === undefined
          ? { id }
          : { id, data: JSON.parse(data) as NonNullable<ServerSentEvent['data']> }
      }
    }
  }

  const take = async (events: AsyncGenerator<ServerSentEvent>, count: number): Promise<ServerSentEvent[]> => {
    const taken: ServerSentEvent[] = []
    for await (const event of events) {
      if (event.data !== undefined) taken.push(event)
      if (taken.length === count) break
    }
    return taken
  }

  test('sends the ends of the past, and then each as it happens', async () => {
    await submit('main', 'past', 2)
    const events = open(tokens.main)
    const seen: ServerSentEvent[] = []
    for await (const event of events) {
      seen.push(event)
      if (seen.length === 2) await submit('main', 'present', 3)
      if (seen.length === 5) break
    }
    const feed = (await (await trial.call('GET', '/feed')).json()) as {
      items: ReadonlyArray<{ cursor: string }>
    }
    expect(seen.map(({ data }) => data)).toStrictEqual(feed.items)
    expect(seen.map(({ id }) => id)).toStrictEqual(feed.items.map(({ cursor }) => cursor))
  })

  test('misses nothing and repeats nothing when a client reconnects, also to another process', async () => {
    const keys: Array<string | undefined> = []
    let lastId = ''
    for (const key of ['a', 'b', 'c', 'd']) {
      await submit('main', key, 3)
      // Fewer than there are, so that ends happen while nobody is connected.
      for (const event of await take(open(tokens.main, '/events', lastId), 2)) {
        keys.push(event.data?.key)
        lastId = event.id
      }
      if (key === 'b') await trial.restart()
    }
    const response = await trial.call('GET', '/feed')
    const { items } = (await response.json()) as { items: ReadonlyArray<{ key: string }> }
    expect(keys).toStrictEqual(items.slice(0, 8).map(({ key }) => key))
  })

  test('has only the ends that the token sees, and moves on past the others', async () => {
    await submit('other', 'of other', 2)
    const both = await take(open(tokens.both, '/events?account=other'), 2)
    expect(both.map(({ data }) => data?.task.account)).toStrictEqual(['other', 'other'])
    const last = both.at(-1)!.id
    for await (const event of open(tokens.main, `/events?cursor=${both[0]!.id}`)) {
      expect(event.data).toBeUndefined()
      if (event.id === last) break
    }
    expect((await trial.call('GET', '/events?account=other', { token: tokens.main })).status).toBe(403)
  })

  test('prefers the last event to the cursor of the URL', async () => {
    const [first, second] = await take(open(tokens.admin), 2)
    expect(await take(open(tokens.admin, '/events?cursor=0', first!.id), 1)).toStrictEqual([second])
  })

  test('counts the streams that are open', async () => {
    const count = async () => {
      const text = await (await trial.call('GET', '/metrics')).text()
      return Number(/^tracker_event_streams (\d+)$/m.exec(text)?.[1])
    }
    while ((await count()) > 0) await new Promise(resolve => setTimeout(resolve, 50))
    const events = open(tokens.admin)
    await events.next()
    expect(await count()).toBe(1)
    await events.return(undefined)
    while ((await count()) > 0) await new Promise(resolve => setTimeout(resolve, 50))
  })

  test('ends when the service stops', async () => {
    const feed = (await (await trial.call('GET', '/feed')).json()) as {
      items: ReadonlyArray<{ cursor: string }>
    }
    const events = open(tokens.admin, `/events?cursor=${feed.items.at(-2)!.cursor}`)
    await events.next()
    const ended = events.next()
    await trial.restart()
    expect(await ended).toStrictEqual({ done: true, value: undefined })
  })
})
