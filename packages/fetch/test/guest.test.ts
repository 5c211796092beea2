import type { AcceptedTask } from '@task-outcome/core'
import { type Emulator, type RecordedRequest, startEmulator } from '@task-outcome/emulator'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { getEventListeners } from 'node:events'
import { Agent } from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createFetchTaskClient } from '../src/index.js'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
afterEach(() => vi.unstubAllGlobals())

const accepted = '{"code":0,"message":"","requestId":9007199254740993123}'
const acceptedTask = { _tag: 'Right', right: { _tag: 'AcceptedTask', taskId: '9007199254740993123' } }

describe('the fetch function', () => {
  test('is called without a this, with the caller’s arguments', async () => {
    const calls: unknown[] = []
    const own = async function (this: unknown, input: string, init?: RequestInit): Promise<Response> {
      calls.push(this, input, init)
      return fetch(input, init)
    }
    const init = Object.freeze({ method: 'POST', headers: { 'x-team': 'cloud' }, body: 'a=b' })
    const url = emulator.serve({ body: accepted })
    expect(await createFetchTaskClient(own).submit(url, init)()).toMatchObject(acceptedTask)
    expect(calls).toEqual([undefined, url, { ...init, redirect: 'manual', cache: 'no-store' }])
  })

  test('defaults to the platform’s at the time of the request', async () => {
    const tasks = createFetchTaskClient()
    vi.stubGlobal('fetch', async () => new Response(accepted))
    expect(await tasks.submit('http://stand-in/')()).toMatchObject(acceptedTask)
  })

  test('may be unavailable: NotSent, and nothing is thrown', async () => {
    const tasks = createFetchTaskClient()
    vi.stubGlobal('fetch', undefined)
    expect(await tasks.submit('http://stand-in/')()).toMatchObject({
      left: {
        _tag: 'NotSent',
        reason: { _tag: 'Misused', message: 'fetch is unavailable here; pass an implementation' },
      },
    })
  })

  test.each([
    ['x', 'string'],
    [{}, 'object'],
  ])('that is not a function (%j) is reported as misuse', async (value, type) => {
    expect(
      await createFetchTaskClient(value as never).submit(...(['http://stand-in/'] as never))(),
    ).toMatchObject({
      left: {
        _tag: 'NotSent',
        reason: { _tag: 'Misused', message: `expected a function such as fetch, found ${type}` },
      },
    })
  })

  test('may return a response that does not expose its stream', async () => {
    const standIn = async (_: string) => ({
      status: 200,
      headers: { get: () => null },
      arrayBuffer: async () => new TextEncoder().encode(accepted).buffer,
    })
    expect(await createFetchTaskClient(standIn).submit('http://stand-in/')()).toMatchObject(acceptedTask)
  })

  test.each([null, undefined])('may return a response without a body (%s)', async body => {
    const standIn = async (_: string) => ({
      status: 500,
      headers: { get: () => null },
      ...(body === null ? { body } : {}),
      arrayBuffer: async () => new ArrayBuffer(0),
    })
    expect(await createFetchTaskClient(standIn).submit('http://stand-in/')()).toMatchObject({
      left: { _tag: 'HttpStatusError', bodyStart: '', request: { method: 'GET', origin: 'http://stand-in' } },
    })
  })

  test('may return a response without a working arrayBuffer, such as React Native’s: its text is read', async () => {
    /** Its body can be read only once, even if that fails. */
    const response = (isUsed = false) => ({
      status: 200,
      headers: { get: () => null },
      arrayBuffer: async () => {
        isUsed = true
        throw new Error('not implemented')
      },
      text: async () => {
        if (isUsed) throw new TypeError('already read')
        return accepted
      },
      clone: () => response(isUsed),
    })
    const standIn = async (_: string) => response()
    expect(await createFetchTaskClient(standIn).submit('http://stand-in/')()).toMatchObject(acceptedTask)
  })

  test.each<[string, object]>([
    ['only text', { text: async () => accepted }],
    [
      'text, and a clone that fails',
      {
        text: async () => accepted,
        clone: () => {
          throw new TypeError('already read')
        },
      },
    ],
  ])('may return a response with %s', async (_, parts) => {
    const standIn = async (_url: string) => ({ status: 200, headers: { get: () => null }, ...parts })
    expect(await createFetchTaskClient(standIn).submit('http://stand-in/')()).toMatchObject(acceptedTask)
  })

  test('may return a response without text whose arrayBuffer fails: the error says how', async () => {
    const standIn = async (_: string) => ({
      status: 200,
      headers: { get: () => null },
      arrayBuffer: () => Promise.reject(Object.assign(new Error('no'), { code: 'E_OWN' })),
    })
    expect(await createFetchTaskClient(standIn).submit('http://stand-in/')()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'E_OWN' } },
    })
  })

  test('may return a response that can’t be read: a task may be running', async () => {
    const standIn = async (_: string) => ({ status: 200, headers: { get: () => null } })
    expect(await createFetchTaskClient(standIn).submit('http://stand-in/')()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'ClientFailed', name: 'TypeError' } },
    })
  })

  test.each([
    ['sets redirected', { redirected: true }],
    ['returns another URL', { url: 'https://login.example/' }],
  ])(
    'that follows redirects, as with XMLHttpRequest, and %s results in DeliveryUnknown',
    async (_, redirect) => {
      const standIn = async (_url: string) => ({
        status: 200,
        headers: { get: () => null },
        text: async () => accepted,
        ...redirect,
      })
      expect(await createFetchTaskClient(standIn).submit('https://api.example/v2')()).toMatchObject({
        left: {
          _tag: 'DeliveryUnknown',
          reason: { _tag: 'NetworkFailed', code: 'ERR_REDIRECT_FOLLOWED' },
          recovered: [{ taskId: '9007199254740993123', code: 0 }],
        },
      })
    },
  )

  test.each([
    ['may retry, so a refused connection proves nothing', undefined, 'DeliveryUnknown'],
    ['is trusted to send once with sendsOnce', { sendsOnce: true }, 'NotSent'],
  ])('that is custom %s', async (_, options, _tag) => {
    const own = (url: string): Promise<Response> => fetch(url)
    const tasks = createFetchTaskClient(own, options)
    expect(await tasks.submit(await emulator.refusedUrl())()).toMatchObject({
      left: { _tag, reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' } },
    })
  })

  test.each<[string, (url: string) => Parameters<typeof fetch>, string]>([
    ['a URL', url => [new URL(url)], 'NotSent'],
    ['a Request without a body', url => [new Request(url)], 'NotSent'],
    ['a body of text', url => [url, { method: 'POST', body: 'a=b' }], 'NotSent'],
    [
      'a Request with a body, which is a stream',
      url => [new Request(url, { method: 'POST', body: 'a=b' })],
      'DeliveryUnknown',
    ],
    [
      'a Request whose body is replaced by text',
      url => [new Request(url, { method: 'POST', body: 'a=b' }), { method: 'POST', body: 'c=d' }],
      'NotSent',
    ],
  ])('of the platform that can’t connect, called with %s', async (_, requestOf, _tag) => {
    const request = requestOf(await emulator.refusedUrl())
    expect(await createFetchTaskClient().submit(...request)()).toMatchObject({
      left: { _tag, reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' } },
    })
  })

  test('of the platform is not trusted to send once after it was replaced', async () => {
    const { fetch: original } = globalThis
    const url = await emulator.refusedUrl()
    vi.stubGlobal('fetch', async (...request: Parameters<typeof fetch>) => original(...request))
    expect(await createFetchTaskClient().submit(url)()).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
    vi.unstubAllGlobals()
    expect(await createFetchTaskClient().submit(url)()).toMatchObject({ left: { _tag: 'NotSent' } })
  })

  test('may throw before it returns a promise', async () => {
    const broken = (_: string): never => {
      throw new RangeError('no')
    }
    expect(await createFetchTaskClient(broken).submit('http://stand-in/')()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'ClientFailed', name: 'RangeError' } },
    })
  })
})

describe('the request', () => {
  test('may be a URL or a Request', async () => {
    const tasks = createFetchTaskClient()
    const url = emulator.serve({ body: accepted })
    expect(await tasks.submit(new URL(url))()).toMatchObject(acceptedTask)
    expect(await tasks.submit(new Request(url, { method: 'POST', body: 'a=b' }))()).toMatchObject(
      acceptedTask,
    )
  })

  /** The request that the server sees, without the headers that disable caching. */
  const seenOf = (request: RecordedRequest | undefined): object | undefined => {
    if (request === undefined) return undefined
    const { method, target, body } = request
    const { pragma: _, 'cache-control': __, ...headers } = request.headers
    return { method, target, headers, body: Buffer.from(body).toString() }
  }

  /** A class whose getters are members of an init. */
  class Init {
    readonly #parameters = new URLSearchParams({ Action: 'CreateImage' })
    readonly #team = 'cloud'
    readonly method = 'POST'
    get headers(): Record<string, string> {
      return { 'x-team': this.#team, 'content-type': 'application/x-www-form-urlencoded' }
    }
    get body(): string {
      return this.#parameters.toString()
    }
  }

  test.each<[string, (url: string) => RequestInit]>([
    ['a plain object', () => ({ method: 'POST', headers: { 'x-team': 'cloud' }, body: 'a=b' })],
    ['a Request', url => new Request(url, { method: 'POST', headers: { 'x-team': 'cloud' }, body: 'a=b' })],
    ['an object of a class with getters', () => new Init()],
    [
      'an object that inherits its members',
      () => Object.create({ method: 'POST', body: 'a=b' }) as RequestInit,
    ],
    ['null', () => null as never],
  ])('with an init that is %s is sent as fetch sends it', async (_, initOf) => {
    const url = emulator.serve({ body: accepted })
    await fetch(url, initOf(url))
    const plain = seenOf(emulator.requests[emulator.requests.length - 1])
    expect(await createFetchTaskClient().submit(url, initOf(url))()).toMatchObject(acceptedTask)
    expect(seenOf(emulator.requests[emulator.requests.length - 1])).toEqual(plain)
  })

  test('with a string body and a refused connection is not sent', async () => {
    const init = { method: 'POST', body: 'a=b' }
    expect(await createFetchTaskClient().submit(await emulator.refusedUrl(), init)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { code: 'ECONNREFUSED' } },
    })
  })

  test('whose stream fails with a connection error after part of it was sent may have arrived', async () => {
    const body = new ReadableStream({
      start: controller => {
        controller.enqueue(new TextEncoder().encode('Action=CreateImage'))
      },
      pull: controller => {
        controller.error(Object.assign(new Error('no'), { code: 'ECONNREFUSED', syscall: 'connect' }))
      },
    })
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit
    expect(await createFetchTaskClient().submit(emulator.serve({ body: accepted }), init)()).toMatchObject({
      left: { _tag: 'DeliveryUnknown' },
    })
  })

  test('with a dispatcher may be sent more than once: a refused connection proves nothing', async () => {
    const init = { dispatcher: new Agent() } as object
    expect(await createFetchTaskClient().submit(await emulator.refusedUrl(), init)()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'ECONNREFUSED' } },
    })
  })

  test('may share one signal with 40 others, with no listener warning and no listener left', async () => {
    const warnings: Error[] = []
    const listen = (warning: Error): void => void warnings.push(warning)
    process.on('warning', listen)
    onTestFinished(() => void process.off('warning', listen))
    const { signal } = new AbortController()
    const url = emulator.serve({ body: accepted })
    const tasks = createFetchTaskClient(fetch, { timeoutMs: 30_000 })
    const results = await Promise.all(Array.from({ length: 40 }, () => tasks.submit(url, { signal })()))
    expect(new Set(results.map(({ _tag }) => _tag))).toEqual(new Set(['Right']))
    await new Promise(resolve => setImmediate(resolve)) // warnings are emitted a turn later
    expect(warnings).toEqual([])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('is described from its Request, with secrets masked', async () => {
    const url = emulator.serve({ status: 500, body: 'Bearer s3cret-t0ken' })
    const request = new Request(`${url}?Action=CreateImage&Token=abcdefgh`, {
      method: 'POST',
      headers: { authorization: 'Bearer s3cret-t0ken' },
    })
    const result = await createFetchTaskClient().submit(request)()
    expect(result).toMatchObject({
      left: { bodyStart: '*******************', request: { method: 'POST', action: 'CreateImage' } },
    })
  })

  test.each<[string, (url: string, signal: AbortSignal) => Parameters<typeof fetch>]>([
    ['its Request', (url, signal) => [new Request(url, { signal })]],
    ['its init', (url, signal) => [url, { signal }]],
  ])('is aborted by the signal of %s', async (_, requestOf) => {
    const controller = new AbortController()
    const url = emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } })
    const before = emulator.requests.length
    const running = createFetchTaskClient().submit(...requestOf(url, controller.signal))()
    while (emulator.requests.length === before) await new Promise(resolve => setImmediate(resolve))
    controller.abort()
    expect(await running).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'Aborted', name: 'AbortError' } },
    })
  })

  test('never follows redirects, whatever its init says', async () => {
    const url = emulator.serve({ fault: { _tag: 'RedirectLoop' } })
    const before = emulator.requests.length
    expect(await createFetchTaskClient().submit(url, { redirect: 'follow' })()).toMatchObject({
      left: { _tag: 'HttpStatusError', httpStatus: 302, redirectOrigin: emulator.url },
    })
    expect(emulator.requests.length).toBe(before + 1)
  })

  test.each(['not a url', 'http://', ''])('with an invalid URL (%j) is not sent', async url => {
    expect(await createFetchTaskClient().submit(url)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Misused' } },
    })
  })

  test.each([null, undefined, 7])('that is missing (%s) is not sent, but described', async input => {
    expect(await createFetchTaskClient().submit(input as never)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Misused' }, request: { path: String(input) } },
    })
  })

  test('with an invalid header fails without showing its value', async () => {
    const result = await createFetchTaskClient().submit(emulator.url, {
      headers: { token: 'one\ntwo-three' },
    })()
    expect(result).toMatchObject({ _tag: 'Left' })
    expect(JSON.stringify(result)).not.toContain('two-three')
  })

  test.each([-1, Number.NaN])('with a maxBodyBytes of %s is not sent', async maxBodyBytes => {
    expect(await createFetchTaskClient(fetch, { maxBodyBytes }).submit(emulator.url)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Misused', message: 'maxBodyBytes must not be negative' } },
    })
  })
})

describe('a TaskEither', () => {
  test('sends nothing before it runs, and once per run', async () => {
    const url = emulator.serve({ body: accepted })
    const before = emulator.requests.length
    const submission = createFetchTaskClient().submit(url)
    expect(emulator.requests.length).toBe(before)
    await submission()
    await submission()
    expect(emulator.requests.length).toBe(before + 2)
  })

  test('returns typed extra fields with a codec', async () => {
    const tasks = createFetchTaskClient()
    const url = emulator.serve({ body: '{"code":0,"requestId":1,"listenerIds":["lbl-1"]}' })
    const result = await tasks.submitWith({ extra: t.type({ listenerIds: t.array(t.string) }) })(url)()
    expect(
      E.map((task: AcceptedTask<{ listenerIds: string[] }>) => task.extra.listenerIds[0])(result),
    ).toEqual(E.right('lbl-1'))
    const batch = emulator.serve({ body: '{"code":0,"detail":{"a":{"code":0,"requestId":1,"dealId":2}}}' })
    expect(await tasks.submitBatchWith({ entry: t.type({ dealId: t.string }) })(batch)()).toMatchObject({
      left: { _tag: 'ShapeError', issues: [{ path: '/detail/a/dealId' }], recovered: [{ taskId: '1' }] },
    })
  })
})
