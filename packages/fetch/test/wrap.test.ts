import { type Emulator, startEmulator } from '@task-outcome/emulator'
import fetchRetry from 'fetch-retry'
import ky from 'ky'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type FetchOptions, createFetchTaskClient } from '../src/index.js'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

const accepted = '{"code":0,"message":"","requestId":"17"}'
const acceptedTask = { _tag: 'Right', right: { _tag: 'AcceptedTask', taskId: '17' } }

type Wrap = NonNullable<FetchOptions['wrap']>

const wrappedIn = (wrap: Wrap, options: FetchOptions = {}) =>
  createFetchTaskClient(fetch, { ...options, wrap })

const notCaptured = {
  _tag: 'DeliveryUnknown',
  reason: { _tag: 'NetworkFailed', code: 'ERR_RESPONSE_NOT_CAPTURED' },
}

describe('a wrapper', () => {
  test('gets the caller’s arguments, and a readable response with its status, headers and URL', async () => {
    const url = emulator.serve({ body: accepted, headers: { 'x-zone': 'a' } })
    const init = { method: 'POST', body: 'a=b' }
    const seen: unknown[] = []
    const tasks = wrappedIn(counted => async (...request: Parameters<typeof fetch>) => {
      const response = await counted(...request)
      seen.push(request, response.status, response.headers.get('x-zone'), response.url, await response.text())
      return response
    })
    expect(await tasks.submit(url, init)()).toMatchObject(acceptedTask)
    expect(seen).toEqual([[url, init], 200, 'a', url, accepted])
  })

  test('gets an error response for one that a browser hides, such as a redirect', async () => {
    const types: string[] = []
    const hidden = async (_: string) => ({ status: 0, headers: { get: () => null }, body: null })
    const tasks = createFetchTaskClient(hidden, {
      wrap: counted => async (url: string) => {
        const response = await counted(url)
        types.push(response.type)
        return response
      },
    })
    expect(await tasks.submit('http://stand-in/')()).toMatchObject({
      left: { _tag: 'HttpStatusError', httpStatus: 0 },
    })
    expect(types).toEqual(['error'])
  })

  test.each([204, 205, 304])('gets a %i response without a body', async status => {
    const bodies: unknown[] = []
    const tasks = wrappedIn(counted => async (url: string) => {
      const response = await counted(url)
      bodies.push(response.body)
      return response
    })
    expect(await tasks.submit(emulator.serve({ status }))()).toMatchObject({ _tag: 'Left' })
    expect(bodies).toEqual([null])
  })

  test.each<[string, (response: Response) => unknown]>([
    ['a clone', response => response.clone()],
    [
      'a clone that was read',
      async response => {
        const clone = response.clone().clone()
        await clone.text()
        return clone
      },
    ],
    ['a response of its JSON', async response => Response.json(await response.json())],
    ['a response of its text, with another status', async response => new Response(await response.text())],
    [
      'an object with its data',
      async response => ({
        status: response.status,
        headers: response.headers,
        data: await response.json(),
      }),
    ],
    [
      'an object with the id of a trace',
      response => ({ ok: response.ok, requestId: response.headers.get('x-trace') }),
    ],
    ['a response with the same text', async response => new Response(await response.text(), response)],
    ['its text', response => response.text()],
    ['its data', response => response.json()],
    ['a part of its data', async response => ((await response.json()) as { requestId: string }).requestId],
    ['nothing', () => undefined],
    ['a flag', response => response.ok],
  ])('may make %s of the response: the one received counts', async (_, make) => {
    const tasks = wrappedIn(
      ((counted: typeof fetch) => async (url: string) => make(await counted(url))) as never,
    )
    const headers = { 'x-trace': 'trace-1' }
    expect(await tasks.submit(emulator.serve({ body: accepted, headers }))()).toMatchObject(acceptedTask)
    const rejected = emulator.serve({ body: '{ "code": 4400, "message": "busy" }', status: 503, headers })
    expect(await tasks.submit(rejected)()).toMatchObject({ left: { _tag: 'Rejected', code: 4400 } })
  })

  test('may return the response of an earlier send: the outcome covers both', async () => {
    const url = emulator.serve([{ body: accepted }, { body: '{"code":0,"requestId":"18"}' }])
    const tasks = wrappedIn(counted => async (to: string) => {
      const first = await counted(to)
      await counted(to)
      await first.text()
      return first
    })
    expect(await tasks.submit(url)()).toMatchObject({
      left: {
        reason: { _tag: 'SentMoreThanOnce', lastResult: { taskId: '18' } },
        recovered: [{ taskId: '17' }, { taskId: '18' }],
      },
    })
  })

  test('gets an empty URL from a fetch that has none', async () => {
    const urls: string[] = []
    const standIn = async (_: string) => ({
      status: 200,
      headers: { get: () => null },
      text: async () => accepted,
    })
    const tasks = createFetchTaskClient(standIn, {
      wrap: counted => async (url: string) => {
        const response = await counted(url)
        urls.push(response.url)
        return response
      },
    })
    expect(await tasks.submit('http://stand-in/')()).toMatchObject(acceptedTask)
    expect(urls).toEqual([''])
  })

  test('may throw an error with its response and what it parsed, in which a long id is rounded', async () => {
    const tasks = wrappedIn(counted => async (url: string) => {
      const response = await counted(url)
      throw Object.assign(new Error('no'), { response, data: { taskId: 9007199254740992 } })
    })
    const url = emulator.serve({ body: '{"code":4400,"message":"see 9007199254740993"}', status: 503 })
    expect(await tasks.submit(url)()).toMatchObject({ left: { _tag: 'Rejected', code: 4400 } })
  })

  test('may return a copy of a rejection: one request was sent', async () => {
    const events: unknown[] = []
    const tasks = createFetchTaskClient(fetch, {
      wrap: counted => async (url: string) => new Response(await (await counted(url)).text()),
      onOutcome: (_, { sends }) => void events.push(sends),
    })
    const url = emulator.serve({ body: '{"code":4400,"message":"busy"}' })
    expect(await tasks.submit(url)()).toMatchObject({ left: { _tag: 'Rejected', code: 4400 } })
    expect(events).toEqual([1])
  })

  test.each<[string, object]>([
    ['a body', { body: null, arrayBuffer: async () => new TextEncoder().encode(accepted) }],
    ['text', { text: async () => accepted }],
    ['an arrayBuffer', { arrayBuffer: async () => new TextEncoder().encode(accepted).buffer }],
  ])('that returns a response of its own with only %s may have sent in another way', async (name, parts) => {
    const headers = new Headers({ 'x-trace': '1' })
    const tasks = wrappedIn((() => async () => ({ status: 200, headers, ...parts })) as never)
    expect(await tasks.submit(emulator.url)()).toMatchObject({
      left: { ...notCaptured, recovered: name === 'a body' ? [] : [{ taskId: '17' }] },
    })
  })

  test.each<[string, object]>([
    ['nothing to read', { status: 200, headers: new Headers() }],
    ['a status that is text', { status: '200', headers: new Headers(), text: async () => '' }],
    ['no headers', { status: 200, text: async () => '' }],
    ['headers that are no Headers', { status: 200, headers: {}, text: async () => '' }],
  ])('that returns data with %s loses no id in it', async (_, parts) => {
    const tasks = wrappedIn((() => async () => ({ ...parts, requestId: '17' })) as never)
    expect(await tasks.submit(emulator.url)()).toMatchObject({
      left: { ...notCaptured, recovered: [{ taskId: '17' }] },
    })
  })

  test('that returns another response is in doubt, and the ids of both are recovered', async () => {
    const tasks = wrappedIn(counted => async (url: string) => {
      await counted(url)
      return new Response('{"code":0,"requestId":"18"}')
    })
    expect(await tasks.submit(emulator.serve({ body: accepted }))()).toMatchObject({
      left: { ...notCaptured, recovered: [{ taskId: '17' }, { taskId: '18' }] },
    })
  })

  describe('that sends with another fetch after a failure or a rejection', () => {
    const elsewhere = (): string => emulator.serve({ body: '{"code":0,"requestId":"77"}' })
    const with77 = { ...notCaptured, recovered: [{ taskId: '77' }] }

    const submitWith = async (send: () => unknown, url: string, options?: FetchOptions): Promise<unknown> => {
      const other = async (): Promise<never> => (await send()) as never
      const wrap: Wrap = counted => async (to: string) => counted(to).then(other, other)
      return wrappedIn(wrap, options).submit(url)()
    }
    const rejecting = (): string => emulator.serve({ status: 503, body: '{"code":4400,"message":"busy"}' })

    test.each<[string, () => unknown]>([
      ['returns its response', () => fetch(elsewhere())],
      ['returns its text', async () => (await fetch(elsewhere())).text()],
      ['returns its data', async () => (await fetch(elsewhere())).json()],
      [
        'throws its data',
        async () =>
          Promise.reject(Object.assign(new Error('no'), { data: await (await fetch(elsewhere())).text() })),
      ],
      [
        'throws its response',
        async () => Promise.reject(Object.assign(new Error('no'), { response: await fetch(elsewhere()) })),
      ],
    ])('and %s loses no id, and does not pass for NotSent or a rejection', async (_, send) => {
      expect(await submitWith(send, await emulator.refusedUrl())).toMatchObject({ left: with77 })
      expect(await submitWith(send, rejecting())).toMatchObject({ left: with77 })
    })

    test('and fails on the network is in doubt', async () => {
      const send = (): unknown => fetch(emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } }))
      const inDoubt = { left: { _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } } }
      expect(await submitWith(send, await emulator.refusedUrl())).toMatchObject(inDoubt)
      expect(await submitWith(send, rejecting())).toMatchObject(inDoubt)
    })

    test.each<[string, () => Promise<unknown>]>([
      [
        'a time limit',
        () =>
          fetch(emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } }), {
            signal: AbortSignal.timeout(50),
          }),
      ],
      ['invalid HTTP', () => fetch(emulator.serve({ fault: { _tag: 'InvalidHttp' } }))],
      ['a gateway', () => ky.get(emulator.serve({ fault: { _tag: 'GatewayPage' } }), { retry: 0 })],
    ])('and meets %s is in doubt', async (_, send) => {
      for (const make of [
        send,
        () =>
          send().then(
            () => undefined,
            (error: unknown) => [error],
          ),
      ]) {
        const inDoubt = { left: { _tag: 'DeliveryUnknown' } }
        expect(await submitWith(make, await emulator.refusedUrl())).toMatchObject(inDoubt)
        expect(await submitWith(make, rejecting())).toMatchObject(inDoubt)
      }
    })

    test('and stalls until the timeout is in doubt', async () => {
      const send = (): unknown => fetch(emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } }))
      const inDoubt = { left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut' } } }
      expect(await submitWith(send, await emulator.refusedUrl(), { timeoutMs: 100 })).toMatchObject(inDoubt)
      expect(await submitWith(send, rejecting(), { timeoutMs: 100 })).toMatchObject(inDoubt)
    })
  })

  test('may throw for a status, as ky does: the outcome is that of the response, with its Retry-After', async () => {
    const url = emulator.serve({ fault: { _tag: 'ServiceUnavailable', retryAfterSeconds: 7 } })
    const tasks = wrappedIn(counted => ky.create({ fetch: counted, retry: 0 }))
    expect(await tasks.submit(url)()).toMatchObject({
      left: { _tag: 'HttpStatusError', httpStatus: 503, retryAfterMs: 7000 },
    })
  })

  test('may retry after a rejected batch, which started nothing', async () => {
    const url = emulator.serve([
      { body: '{"code":5100,"detail":{"ins-1":{"code":5100}}}' },
      { body: '{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}' },
    ])
    const tasks = wrappedIn(counted =>
      fetchRetry(counted, {
        retryDelay: 0,
        retryOn: async (context, _, response) =>
          context === 0 && ((await response?.clone().json()) as { code: number }).code !== 0,
      }),
    )
    expect(await tasks.submitBatch(url)()).toMatchObject({ right: { _tag: 'AllAccepted' } })
  })

  test.each<[string, () => unknown]>([
    ['a cached response', () => new Response(accepted)],
    [
      'a response that was already read',
      async () => {
        const response = new Response(accepted)
        await response.text()
        return response
      },
    ],
    ['nothing', () => undefined],
    ['an object that is not a response', () => ({ status: '200' })],
  ])('that returns %s without calling its fetch may have sent in another way', async (_, respond) => {
    const tasks = wrappedIn((() => async () => respond()) as never)
    expect(await tasks.submit(emulator.url)()).toMatchObject({ left: notCaptured })
  })

  test.each<[string, (response: Response) => unknown]>([
    ['response', response => response],
    ['text', response => response.text()],
    ['data', response => response.json()],
  ])('that returns the %s of another fetch loses no id in it', async (_, make) => {
    const url = emulator.serve({ body: accepted })
    const tasks = wrappedIn((() => async (to: string) => make(await fetch(to))) as never)
    expect(await tasks.submit(url)()).toMatchObject({
      left: { ...notCaptured, recovered: [{ taskId: '17', code: 0 }] },
    })
  })

  test('that falls back to another fetch after a failure loses no id in the response', async () => {
    const refused = await emulator.refusedUrl()
    const url = emulator.serve({ body: accepted })
    const tasks = wrappedIn(counted => async (_: string) => counted(refused).catch(() => fetch(url)))
    expect(await tasks.submit(url)()).toMatchObject({
      left: { ...notCaptured, recovered: [{ taskId: '17', code: 0 }] },
    })
  })

  test('that fails without calling its fetch may have sent in another way', async () => {
    const tasks = wrappedIn(() => fetch)
    expect(await tasks.submit(await emulator.refusedUrl())()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'ECONNREFUSED' } },
    })
  })

  test('that replaces the error of a refused connection still results in NotSent', async () => {
    const tasks = wrappedIn(
      counted => async (url: string) => counted(url).catch(() => Promise.reject(new Error('offline'))),
    )
    expect(await tasks.submit(await emulator.refusedUrl())()).toMatchObject({
      left: { _tag: 'NotSent', reason: { code: 'ECONNREFUSED' } },
    })
  })

  test.each(['ERR_API', 'ERROR', 'LimitExceeded'])(
    'that throws an error of its own, with the code %s, keeps the rejection',
    async code => {
      const tasks = wrappedIn(counted => async (url: string) => {
        await counted(url)
        throw Object.assign(new Error('no'), { code })
      })
      const url = emulator.serve({ body: '{"code":4400,"message":"busy"}' })
      expect(await tasks.submit(url)()).toMatchObject({ left: { _tag: 'Rejected', code: 4400 } })
    },
  )

  test('that shows ids of the request keeps the outcome, however it makes the request', async () => {
    const url = emulator.serve({ body: '{"code":4400,"message":"busy"}' })
    const requests = [`${url}?taskId=31`, new URL(`${url}?taskId=31`), new Request(`${url}?taskId=31`)]
    const tasks = wrappedIn(counted => async (...request: Parameters<typeof fetch>) => {
      await counted(...request)
      throw Object.assign(new Error('no'), { taskId: '31' })
    })
    for (const request of requests)
      expect(await tasks.submit(request)()).toMatchObject({ left: { _tag: 'Rejected' } })
    expect(await tasks.submit(url, { method: 'POST', body: '{"taskId":"31"}' })()).toMatchObject({
      left: { _tag: 'Rejected' },
    })
    const bytes = new TextEncoder().encode('taskId=31')
    expect(await tasks.submit(url, { method: 'POST', body: bytes })()).toMatchObject({ left: {} })
  })

  test('that throws an error with an empty response keeps the outcome', async () => {
    const tasks = wrappedIn(counted => async (url: string) => {
      await counted(url)
      throw Object.assign(new Error('no'), { response: null })
    })
    expect(await tasks.submit(emulator.serve({ body: accepted }))()).toMatchObject(acceptedTask)
  })

  test('that can’t be created results in NotSent', async () => {
    const tasks = wrappedIn(counted => fetchRetry(counted, { retries: -1 }))
    expect(await tasks.submit(emulator.url)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'ArgumentError' } },
    })
  })

  test.each<[string, unknown, string]>([
    ['not a function', 'x', 'expected wrap to be a function, found string'],
    [
      'a function that does not return one',
      () => undefined,
      'expected wrap to return a function such as fetch, found undefined',
    ],
  ])('that is %s is reported as misuse', async (_, wrap, message) => {
    expect(await wrappedIn(wrap as Wrap).submit(emulator.url)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Misused', message } },
    })
  })

  test('may abort a send and retry: its signal works as well as those of the exchange', async () => {
    const url = emulator.serve([{ fault: { _tag: 'Stall', at: 'beforeResponse' } }, { body: accepted }])
    const tasks = wrappedIn(
      counted => async (to: string) =>
        counted(to, { signal: AbortSignal.timeout(50) }).catch(() => counted(to)),
      { timeoutMs: 30_000 },
    )
    expect(await tasks.submit(url)()).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'SentMoreThanOnce', lastResult: { taskId: '17' } },
        recovered: [{ taskId: '17' }],
      },
    })
  })

  test.each([true, false])(
    'may abort a send with a signal beside the timeout, if any exists: %s',
    async hasAny => {
      const original = Object.getOwnPropertyDescriptor(AbortSignal, 'any') ?? {}
      if (!hasAny) Object.defineProperty(AbortSignal, 'any', { configurable: true, value: undefined })
      onTestFinished(() => void Object.defineProperty(AbortSignal, 'any', original))
      const url = emulator.serve([{ fault: { _tag: 'Stall', at: 'beforeResponse' } }, { body: accepted }])
      const signals: AbortSignal[] = []
      const seeing = (to: string, init?: RequestInit): Promise<Response> => {
        if (init?.signal) signals.push(init.signal)
        return fetch(to, init)
      }
      const controller = new AbortController()
      const tasks = createFetchTaskClient(seeing, {
        timeoutMs: hasAny ? 50 : 30_000,
        wrap: counted => async (to: string) => {
          const sent = counted(to, { signal: controller.signal })
          if (!hasAny) controller.abort()
          return sent
        },
      })
      expect(await tasks.submit(url)()).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
      expect(signals).toEqual([expect.objectContaining({ aborted: true })])
      expect(signals.includes(controller.signal)).toBe(!hasAny)
    },
  )

  test('may add secrets to a request: they are masked, and the request is described as it was sent', async () => {
    const url = emulator.serve({ status: 403, body: 'no such token: s3cret-token' })
    const tasks = wrappedIn(counted =>
      ky.create({
        fetch: counted,
        prefix: new URL(url).origin,
        searchParams: { Action: 'CreateImage' },
        hooks: { beforeRequest: [({ request }) => request.headers.set('authorization', 's3cret-token')] },
      }),
    )
    expect(await tasks.submit(new URL(url).pathname.slice(1))()).toMatchObject({
      left: {
        bodyStart: 'no such token: ************',
        request: { origin: new URL(url).origin, action: 'CreateImage' },
      },
    })
  })
})
