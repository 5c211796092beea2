import { type Emulator, startEmulator } from '@task-outcome/emulator'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createFetchTaskClient } from '../src/index.js'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const accepted = '{"code":0,"message":"","requestId":"17"}'

/** The `Request` of Node 24, on every Node. */
class StrictRequest extends Request {
  constructor(input: string | URL | Request, init: RequestInit = {}) {
    if (init.signal && !(init.signal instanceof AbortSignal)) throw new TypeError('no AbortSignal')
    super(input, init)
  }
}

/** Like jsdom's controller, whose signals the `fetch` of Node 24 rejects. */
const stubForeignController = (): void => {
  vi.stubGlobal(
    'AbortController',
    class {
      readonly signal = Object.assign(new EventTarget(), { aborted: false })
      abort(): void {
        this.signal.aborted = true
      }
    },
  )
  vi.stubGlobal('Request', StrictRequest)
}

const stalling = (): string => emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } })
const timedOut = { left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 50 } } }

describe('timeoutMs', () => {
  test('works if fetch rejects the signals of the AbortController', async () => {
    stubForeignController()
    const signals: unknown[] = []
    const seeing = (url: string, init?: RequestInit): Promise<Response> => {
      signals.push(init?.signal)
      return fetch(url, init)
    }
    const tasks = createFetchTaskClient(seeing, { timeoutMs: 50 })
    expect(await tasks.submit(stalling())()).toMatchObject(timedOut)
    expect(signals).toEqual([expect.any(AbortSignal)])
    expect(
      await createFetchTaskClient(fetch, { timeoutMs: 30_000 }).submit(emulator.serve({ body: accepted }))(),
    ).toMatchObject({ right: { taskId: '17' } })
  })

  test('works if no AbortController has signals that fetch accepts: the request is abandoned', async () => {
    stubForeignController()
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
      throw new TypeError('no such function')
    })
    const tasks = createFetchTaskClient(fetch, { timeoutMs: 50 })
    expect(await tasks.submit(stalling())()).toMatchObject(timedOut)
  })

  test.each<[string, unknown]>([
    ['a Request to try a signal with', class extends AbortController {}],
    ['a Request and an AbortController, with the one of Node', undefined],
  ])('aborts the request without %s', async (_, controller) => {
    vi.stubGlobal('AbortController', controller)
    vi.stubGlobal('Request', undefined)
    const signals: unknown[] = []
    const standIn = (_: string, init?: RequestInit): Promise<Response> => {
      signals.push(init?.signal)
      return new Promise(() => undefined)
    }
    const tasks = createFetchTaskClient(standIn, { timeoutMs: 50 })
    expect(await tasks.submit('http://stand-in/')()).toMatchObject(timedOut)
    expect(signals).toEqual([expect.objectContaining({ aborted: true })])
  })

  test('leaves no timer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const tasks = createFetchTaskClient(async (_: string) => new Response(accepted), { timeoutMs: 50 })
      expect(await tasks.submit('http://stand-in/')()).toMatchObject({ right: { taskId: '17' } })
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  test('works without an AbortController', async () => {
    vi.stubGlobal('AbortController', undefined)
    const standIn = (_: string): Promise<Response> => new Promise(() => undefined)
    const tasks = createFetchTaskClient(standIn, { timeoutMs: 50 })
    expect(await tasks.submit('http://stand-in/')()).toMatchObject(timedOut)
  })
})

describe('the init passed to fetch', () => {
  const initsSeen = async (): Promise<ReadonlyArray<object>> => {
    const inits: object[] = []
    const standIn = async (_: string, init?: object) => {
      inits.push(init ?? {})
      return new Response(accepted)
    }
    await createFetchTaskClient(standIn).submit('http://stand-in/')()
    return inits
  }

  test('has the members of a plain object, and those that an instance of a class has or inherits', async () => {
    class Defaults {
      readonly client = 'of Deno'
      readonly #method = 'POST'
      get method(): string {
        return this.#method
      }
    }
    const inits: object[] = []
    const standIn = async (_: string, init?: object) => {
      inits.push(init ?? {})
      return new Response(accepted)
    }
    const tasks = createFetchTaskClient(standIn)
    await tasks.submit('http://stand-in/', new Defaults())()
    await tasks.submit('http://stand-in/', { client: 'of Deno', method: 'POST' })()
    const expected = { client: 'of Deno', method: 'POST', redirect: 'manual', cache: 'no-store' }
    expect(inits).toStrictEqual([expected, expected])
  })

  test('disables caching', async () => {
    expect(await initsSeen()).toEqual([{ redirect: 'manual', cache: 'no-store' }])
  })

  test('lacks cache if requests have none, as Cloudflare’s fetch throws for it', async () => {
    vi.stubGlobal('Request', function Request() {})
    expect(await initsSeen()).toEqual([{ redirect: 'manual' }])
  })

  test('disables caching without a global Request, such as with node-fetch', async () => {
    vi.stubGlobal('Request', undefined)
    expect(await initsSeen()).toEqual([{ redirect: 'manual', cache: 'no-store' }])
  })
})
