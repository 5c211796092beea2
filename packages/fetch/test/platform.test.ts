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

/** As that of Node 24, on every Node. */
class StrictRequest extends Request {
  constructor(input: string | URL | Request, init: RequestInit = {}) {
    if (init.signal && !(init.signal instanceof AbortSignal)) throw new TypeError('no AbortSignal')
    super(input, init)
  }
}

/** As jsdom's: its signals are no signals for the `fetch` of Node 24. */
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
  test('works where the AbortController is one whose signals fetch refuses', async () => {
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

  test('works where no AbortController makes signals that fetch takes: the request is left behind', async () => {
    stubForeignController()
    vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
      throw new TypeError('no such function')
    })
    const tasks = createFetchTaskClient(fetch, { timeoutMs: 50 })
    expect(await tasks.submit(stalling())()).toMatchObject(timedOut)
  })

  test('works where there is no Request to try a signal with', async () => {
    vi.stubGlobal('AbortController', class extends AbortController {})
    vi.stubGlobal('Request', undefined)
    const tasks = createFetchTaskClient(fetch, { timeoutMs: 50 })
    expect(await tasks.submit(stalling())()).toMatchObject(timedOut)
  })

  test('works where there is no AbortController', async () => {
    vi.stubGlobal('AbortController', undefined)
    const standIn = (_: string): Promise<Response> => new Promise(() => undefined)
    const tasks = createFetchTaskClient(standIn, { timeoutMs: 50 })
    expect(await tasks.submit('http://stand-in/')()).toMatchObject(timedOut)
  })
})

describe('what is passed to fetch', () => {
  const initsSeen = async (): Promise<ReadonlyArray<object>> => {
    const inits: object[] = []
    const standIn = async (_: string, init?: object) => {
      inits.push(init ?? {})
      return new Response(accepted)
    }
    await createFetchTaskClient(standIn).submit('http://stand-in/')()
    return inits
  }

  test('asks for no cached response', async () => {
    expect(await initsSeen()).toEqual([{ redirect: 'manual', cache: 'no-store' }])
  })

  test('has no cache where requests have none, as Cloudflare’s fetch throws at one', async () => {
    vi.stubGlobal('Request', function Request() {})
    expect(await initsSeen()).toEqual([{ redirect: 'manual' }])
  })

  test('asks for no cached response where there is no Request, as beside node-fetch', async () => {
    vi.stubGlobal('Request', undefined)
    expect(await initsSeen()).toEqual([{ redirect: 'manual', cache: 'no-store' }])
  })
})
