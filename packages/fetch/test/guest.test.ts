import type { AcceptedTask } from '@task-outcome/core'
import { type Emulator, startEmulator } from '@task-outcome/emulator'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createFetchTaskClient } from '../src/index.js'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
afterEach(() => vi.unstubAllGlobals())

const accepted = '{"code":0,"message":"","requestId":9007199254740993123}'
const acceptedTask = { _tag: 'Right', right: { _tag: 'AcceptedTask', taskId: '9007199254740993123' } }

describe('the function', () => {
  test('is called as nobody’s method, with the caller’s arguments', async () => {
    const calls: unknown[] = []
    const own = async function (this: unknown, input: string, init?: RequestInit): Promise<Response> {
      calls.push(this, input, init)
      return fetch(input, init)
    }
    const init = Object.freeze({ method: 'POST', headers: { 'x-team': 'cloud' }, body: 'a=b' })
    const url = emulator.serve({ body: accepted })
    expect(await createFetchTaskClient(own).submit(url, init)()).toMatchObject(acceptedTask)
    expect(calls).toEqual([undefined, url, { ...init, redirect: 'manual' }])
  })

  test('is the platform’s by default, as it is when the request is sent', async () => {
    const tasks = createFetchTaskClient()
    vi.stubGlobal('fetch', async () => new Response(accepted))
    expect(await tasks.submit('http://stand-in/')()).toMatchObject(acceptedTask)
  })

  test('may be missing: nothing is sent, nothing is thrown', async () => {
    const tasks = createFetchTaskClient()
    vi.stubGlobal('fetch', undefined)
    expect(await tasks.submit('http://stand-in/')()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'TypeError' } },
    })
  })

  test('may give a response that does not show its stream', async () => {
    const standIn = async (_: string) => ({
      status: 200,
      headers: { get: () => null },
      arrayBuffer: async () => new TextEncoder().encode(accepted).buffer,
    })
    expect(await createFetchTaskClient(standIn).submit('http://stand-in/')()).toMatchObject(acceptedTask)
  })

  test.each([null, undefined])('may give a response without a body (%s)', async body => {
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

  test('may throw before it gives a promise', async () => {
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

  test('is described by its Request, secrets masked', async () => {
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
    const url = emulator.serve({ fault: { _tag: 'Stall', at: 'beforeAnswer' } })
    const before = emulator.requests.length
    const running = createFetchTaskClient().submit(...requestOf(url, controller.signal))()
    while (emulator.requests.length === before) await new Promise(resolve => setImmediate(resolve))
    controller.abort()
    expect(await running).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'Aborted', name: 'AbortError' } },
    })
  })

  test('does not follow redirects, whatever it says', async () => {
    const url = emulator.serve({ fault: { _tag: 'RedirectLoop' } })
    const before = emulator.requests.length
    expect(await createFetchTaskClient().submit(url, { redirect: 'follow' })()).toMatchObject({
      left: { _tag: 'HttpStatusError', httpStatus: 302, redirectOrigin: emulator.url },
    })
    expect(emulator.requests.length).toBe(before + 1)
  })

  test.each(['not a url', 'http://', ''])('with an address that is none (%j) is not sent', async url => {
    expect(await createFetchTaskClient().submit(url)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code: 'ERR_INVALID_URL' } },
    })
  })

  test.each([null, undefined, 7])(
    'that is none at all (%s) is not sent, and described all the same',
    async input => {
      expect(await createFetchTaskClient().submit(input as never)()).toMatchObject({
        left: { _tag: 'NotSent', request: { path: String(input) } },
      })
    },
  )

  test('with a header that is none fails, and shows nothing of it', async () => {
    const result = await createFetchTaskClient().submit(emulator.url, {
      headers: { token: 'one\ntwo-three' },
    })()
    expect(result).toMatchObject({ _tag: 'Left' })
    expect(JSON.stringify(result)).not.toContain('two-three')
  })

  test.each([-1, Number.NaN])('under a body limit of %s is not sent', async maxBodyBytes => {
    expect(await createFetchTaskClient(fetch, { maxBodyBytes }).submit(emulator.url)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'RangeError' } },
    })
  })
})

describe('a TaskEither', () => {
  test('sends nothing before it is run, and once for each run', async () => {
    const url = emulator.serve({ body: accepted })
    const before = emulator.requests.length
    const submission = createFetchTaskClient().submit(url)
    expect(emulator.requests.length).toBe(before)
    await submission()
    await submission()
    expect(emulator.requests.length).toBe(before + 2)
  })

  test('gives typed extra fields with a codec', async () => {
    const tasks = createFetchTaskClient()
    const url = emulator.serve({ body: '{"code":0,"requestId":1,"listenerIds":["lbl-1"]}' })
    const result = await tasks.submitWith({ extra: t.type({ listenerIds: t.array(t.string) }) })(url)()
    expect(
      E.map((task: AcceptedTask<{ listenerIds: string[] }>) => task.extra.listenerIds[0])(result),
    ).toEqual(E.right('lbl-1'))
    const batch = emulator.serve({ body: '{"code":0,"detail":{"a":{"code":0,"requestId":1,"dealId":2}}}' })
    expect(await tasks.submitBatchWith({ entry: t.type({ dealId: t.string }) })(batch)()).toMatchObject({
      left: { _tag: 'ShapeError', faults: [{ path: '/detail/a/dealId' }], recovered: [{ taskId: '1' }] },
    })
  })
})
