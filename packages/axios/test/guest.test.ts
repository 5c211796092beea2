import { type AcceptedTask, type TaskError } from '@task-outcome/core'
import { defaultMaxBodyBytes } from '@task-outcome/core/adapter'
import { type Emulator, startEmulator } from '@task-outcome/emulator'
import axios, {
  type InternalAxiosRequestConfig,
  type AxiosAdapter,
  AxiosError,
  AxiosHeaders,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
} from 'axios'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { getEventListeners } from 'node:events'
import http, { Agent } from 'node:http'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { axiosTransport, createAxiosTaskClient } from '../src/index.js'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

const accepted = '{"code":0,"message":"","requestId":9007199254740993123}'
const acceptedTask = { _tag: 'Right', right: { _tag: 'AcceptedTask', taskId: '9007199254740993123' } }

/** An adapter that responds without a network. */
const respondingWith =
  (data: unknown, status = 200): AxiosAdapter =>
  async config => ({ data, status, statusText: '', headers: {}, config })

describe('the axios instance', () => {
  /** Everything that could be changed on an instance. */
  const stateOf = (instance: AxiosInstance): unknown => ({
    defaults: structuredClone(JSON.parse(JSON.stringify(instance.defaults)) as unknown),
    functions: [
      instance.defaults.adapter,
      instance.defaults.validateStatus,
      instance.defaults.transformResponse,
    ],
    interceptors: JSON.stringify([instance.interceptors.request, instance.interceptors.response]),
  })

  test('keeps its defaults and interceptors, and so does the global axios', async () => {
    const instance = axios.create({ baseURL: emulator.url, timeout: 5000, headers: { 'x-team': 'cloud' } })
    instance.interceptors.response.use(response => response)
    const before = [stateOf(instance), stateOf(axios), globalThis.fetch]
    const tasks = createAxiosTaskClient(instance, { timeoutMs: 5000, maxBodyBytes: 100_000 })
    await tasks.submit({ url: emulator.serve({ body: accepted }) })()
    await tasks.submit({ url: emulator.serve({ status: 500, body: 'no' }) })()
    await tasks.submit({ url: await emulator.refusedUrl() })()
    expect([stateOf(instance), stateOf(axios), globalThis.fetch]).toEqual(before)
  })

  test('is called with a config: null is reported as misuse', async () => {
    expect(await createAxiosTaskClient(axios.create()).submit(null as never)()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Misused', message: 'expected an axios request config' } },
    })
  })

  test('that resolves without a request may have sent in another way', async () => {
    const stub = Object.assign(axios.create(), { request: async () => undefined })
    expect(await createAxiosTaskClient(stub as never).submit({ url: 'http://stand-in/' })()).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NetworkFailed', code: 'ERR_RESPONSE_NOT_CAPTURED' },
      },
    })
  })

  test('sends a neutral request by GET, whatever its default method is', async () => {
    const transport = axiosTransport(axios.create({ method: 'post' }))
    const url = emulator.serve({ body: accepted })
    await transport({ url })()
    expect(emulator.requests[emulator.requests.length - 1]).toMatchObject({ method: 'GET' })
  })

  test('never has its request config changed', async () => {
    const config = Object.freeze({
      url: emulator.serve({ body: accepted }),
      headers: Object.freeze({ a: 'b' }),
    })
    expect(await createAxiosTaskClient(axios.create()).submit(config)()).toMatchObject(acceptedTask)
  })

  test('applies its base URL, default headers, parameters and agents', async () => {
    const agent = new Agent({ keepAlive: false })
    const used = vi.spyOn(agent, 'createConnection' as never)
    const instance = axios.create({
      baseURL: emulator.url,
      headers: { 'x-team': 'cloud' },
      httpAgent: agent,
      params: { Version: '2' },
    })
    const path = new URL(emulator.serve({ body: accepted })).pathname
    expect(
      await createAxiosTaskClient(instance).submit({ url: path, params: { Action: 'X' } })(),
    ).toMatchObject(acceptedTask)
    expect(used).toHaveBeenCalledOnce()
    const request = emulator.requests[emulator.requests.length - 1]
    expect(request).toMatchObject({ path, headers: { 'x-team': 'cloud' }, parameters: { Action: 'X' } })
  })
})

describe('interceptors', () => {
  /** What a response interceptor sees, with axios alone or with a task client. */
  const seenBy = async (
    config: Parameters<typeof axios.create>[0],
    url: string,
    send: (instance: AxiosInstance, url: string) => Promise<unknown>,
  ): Promise<unknown> => {
    const instance = axios.create(config)
    let seen: unknown
    const look = ({ data, status, headers, config: sent }: AxiosResponse): void => {
      const { responseType, timeout, maxRedirects, signal, validateStatus } = sent
      seen = {
        data: data instanceof Blob ? 'a blob' : (data as unknown),
        isBuffer: Buffer.isBuffer(data),
        status,
        type: String(headers['content-type']),
        sent: { responseType, timeout, maxRedirects, signal, validateStatus },
      }
    }
    instance.interceptors.response.use(
      response => {
        look(response)
        return response
      },
      (error: AxiosError) => {
        if (error.response !== undefined) look(error.response)
        expect(error.config).toBe(error.response?.config)
        return Promise.reject(error)
      },
    )
    await send(instance, url).catch(() => undefined)
    return seen
  }

  test.each([
    ['JSON', {}, { body: accepted }],
    ['invalid JSON', {}, { body: '<html>' }],
    ['a byte order mark', {}, { body: '\ufeff{"code":0}' }],
    ['a rejected status', {}, { status: 401, body: '{"code":4100}' }],
    [
      'a validateStatus that accepts every status',
      { validateStatus: () => true },
      { status: 500, body: '{"code":6000}' },
    ],
    ['bytes', { responseType: 'arraybuffer' as const }, { body: accepted }],
    ['text', { responseType: 'text' as const }, { body: accepted }],
    ['an empty body', {}, { status: 204 }],
    ['a transformation', { transformResponse: (data: string) => `<${data}>` }, { body: accepted }],
  ])('see the same response as with axios alone: %s', async (_, config, response) => {
    const url = emulator.serve(response)
    const alone = await seenBy(config, url, (instance, at) => instance.get(at))
    const asGuest = await seenBy(config, url, (instance, at) =>
      createAxiosTaskClient(instance).submit({ url: at })(),
    )
    expect(alone).toBeDefined()
    expect(asGuest).toEqual(alone)
  })

  test.each([
    ['unwraps the data', (response: AxiosResponse): unknown => response.data],
    ['returns nothing', (): unknown => undefined],
    ['throws', (): unknown => Promise.reject(new Error('no'))],
    [
      'empties the response',
      (response: AxiosResponse): unknown => Object.assign(response, { data: null, status: 0 }),
    ],
  ])('do not affect the outcome: one that %s', async (_, interceptor) => {
    const instance = axios.create()
    instance.interceptors.response.use(interceptor as never)
    const url = emulator.serve({ body: accepted })
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject(acceptedTask)
  })

  test('may refresh a token on 401 and retry: the second response counts', async () => {
    const instance = axios.create()
    instance.interceptors.response.use(undefined, async (error: AxiosError) => {
      expect(error.response?.data).toEqual({ code: 4100 })
      if (error.config === undefined) throw error
      return instance.request({
        ...error.config,
        headers: new AxiosHeaders({ authorization: 'Bearer fresh' }),
      })
    })
    const url = emulator.serve([{ status: 401, body: '{"code":4100}' }, { body: accepted }])
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject(acceptedTask)
    expect(emulator.requests[emulator.requests.length - 1]?.headers.authorization).toBe('Bearer fresh')
  })

  test('may retry after a reset: if the retry can’t be sent, the first request may still have arrived', async () => {
    const refused = await emulator.refusedUrl()
    const instance = axios.create()
    let sendings = 0
    instance.interceptors.response.use(undefined, (error: AxiosError) =>
      sendings++ === 0 ? instance.request({ ...error.config, url: refused }) : Promise.reject(error),
    )
    const url = emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } })
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown' },
    })
    expect(sendings).toBe(2)
  })

  /** Sends every request once more after it failed. */
  const sendingAgain = (): AxiosInstance => {
    const instance = axios.create()
    let sends = 0
    instance.interceptors.response.use(undefined, (error: AxiosError) =>
      sends++ === 0 && error.config ? instance.request(error.config) : Promise.reject(error),
    )
    return instance
  }

  test.each([
    [
      'is refused',
      { body: '{"code":4400,"message":""}' },
      {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'SentMoreThanOnce', lastResult: { _tag: 'Rejected', code: 4400 } },
      },
    ],
    ['is not JSON', { body: '<html>' }, { _tag: 'MalformedJson' }],
    [
      'breaks off',
      { body: '{"code":0}', fault: { _tag: 'Reset', at: 'withinBody', bodyBytes: 5 } },
      { _tag: 'DeliveryUnknown' },
    ],
  ] as const)(
    'one that sends again after a 500 with an id keeps the id, though the second %s',
    async (_, second, left) => {
      const url = emulator.serve([{ status: 500, body: '{"code":0,"requestId":17}' }, second])
      expect(await createAxiosTaskClient(sendingAgain()).submit({ url })()).toMatchObject({
        left: { ...left, recovered: [{ taskId: '17', code: 0 }] },
      })
    },
  )

  test('may retry after a reset: a rejection of the retry says nothing about the first request', async () => {
    const url = emulator.serve([
      { fault: { _tag: 'Reset', at: 'beforeResponse' } },
      { body: '{"code":4400,"message":""}' },
    ])
    expect(await createAxiosTaskClient(sendingAgain()).submit({ url })()).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'SentMoreThanOnce', lastResult: { _tag: 'Rejected', code: 4400, advice: 'later' } },
      },
    })
  })

  test.each([
    ['the global axios', axios],
    ['the same instance', undefined],
  ])('lose no id when one sends another request after a rejection, with %s', async (_, other) => {
    const instance = axios.create()
    const fresh = emulator.serve({ body: '{"code":0,"requestId":"222"}' })
    let sends = 0
    instance.interceptors.response.use(response =>
      sends++ === 0 ? (other ?? instance).get(fresh) : response,
    )
    const url = emulator.serve({ body: '{"code":4400,"message":""}' })
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { code: 'ERR_RESPONSE_NOT_CAPTURED' },
        recovered: [{ taskId: '222', code: 0 }],
      },
    })
  })

  test.each([
    ['unwrapped', (data: unknown): unknown => data],
    ['in an object', (data: unknown): unknown => ({ data })],
  ])('lose no id when one returns the data of another request, %s', async (_, wrap) => {
    const instance = axios.create()
    const fresh = emulator.serve({ body: '{"code":0,"requestId":"222"}' })
    instance.interceptors.response.use((async () => wrap((await axios.get<unknown>(fresh)).data)) as never)
    const url = emulator.serve({ body: '{"code":4400,"message":""}' })
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '222' }] },
    })
  })

  test.each<[string, AxiosRequestConfig]>([
    ['text', { responseType: 'text', transformResponse: [] }],
    ['bytes', { responseType: 'arraybuffer' }],
  ])('may return the %s of a response that was not captured: no success', async (_, config) => {
    const instance = axios.create()
    const fresh = emulator.serve({ body: accepted })
    instance.interceptors.response.use(() => axios.get<string>(fresh, config))
    const url = emulator.serve({ body: '{"code":4400,"message":""}' })
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { code: 'ERR_RESPONSE_NOT_CAPTURED' },
        recovered: [{ taskId: '9007199254740993123', code: 0 }],
      },
    })
  })

  test('may return a cached response: nothing was sent, so nothing is accepted', async () => {
    const url = emulator.serve({ body: accepted })
    const instance = axios.create({ responseType: 'text', transformResponse: [] })
    const cached = await instance.get<string>(url)
    instance.interceptors.request.use(config => ({ ...config, adapter: async () => cached }))
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'ERR_RESPONSE_NOT_CAPTURED' } },
    })
  })

  test.each([
    ['returns nothing', (): unknown => undefined],
    [
      'throws another error',
      (): unknown => {
        throw new TypeError('no response to read')
      },
    ],
  ])('can’t hide a refused connection (NotSent): one that %s', async (_, onError) => {
    const instance = axios.create()
    instance.interceptors.response.use(undefined, onError)
    expect(
      await createAxiosTaskClient(instance).submit({ url: await emulator.refusedUrl() })(),
    ).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' } },
    })
  })

  test('may respond without sending, such as from a cache: DeliveryUnknown', async () => {
    const instance = axios.create()
    instance.interceptors.request.use(config => ({ ...config, adapter: respondingWith(accepted) }))
    expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'ERR_RESPONSE_NOT_CAPTURED' } },
    })
  })

  test('may fail before anything is sent: NotSent', async () => {
    const instance = axios.create()
    instance.interceptors.request.use(() => Promise.reject(new TypeError('no token')))
    expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'TypeError' } },
    })
  })

  test('may fail with an AxiosError before anything is sent: NotSent', async () => {
    const instance = axios.create()
    instance.interceptors.request.use(config => Promise.reject(new AxiosError('no', 'ERR_NO_TOKEN', config)))
    expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code: 'ERR_NO_TOKEN' } },
    })
  })

  describe('that request a token', () => {
    const refused = '{"code":4100,"message":"signature expired"}'

    test.each([
      ['a refused connection', async () => emulator.refusedUrl()],
      ['a reset', async () => emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } })],
      ['a status', async () => emulator.serve({ status: 500, body: '' })],
    ])(
      'before sending, and pass on a failure of that request (%s), result in NotSent',
      async (_, tokenUrl) => {
        const instance = axios.create()
        const at = await tokenUrl()
        instance.interceptors.request.use(async config => {
          await axios.post(at)
          return config
        })
        const before = emulator.requests.filter(({ path }) => path === '/submit').length
        expect(
          await createAxiosTaskClient(instance).submit({ url: `${emulator.url}/submit` })(),
        ).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'NetworkFailed' } } })
        expect(emulator.requests.filter(({ path }) => path === '/submit')).toHaveLength(before)
      },
    )

    test.each([
      ['a refused connection', async () => emulator.refusedUrl()],
      ['a status', async () => emulator.serve({ status: 500, body: '' })],
      ['a rejection', async () => emulator.serve({ status: 401, body: '{"code":4000,"message":"no"}' })],
    ])(
      'after a rejection, and pass on a failure of that request (%s), keep the rejection',
      async (_, tokenUrl) => {
        const instance = axios.create()
        const at = await tokenUrl()
        instance.interceptors.response.use(undefined, () => axios.post(at))
        const url = emulator.serve({ status: 401, body: refused })
        expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
          left: { _tag: 'Rejected', code: 4100, message: 'signature expired' },
        })
      },
    )

    test('and get an error response with a task id result in DeliveryUnknown', async () => {
      const instance = axios.create()
      const at = emulator.serve({ status: 500, body: '{"code":6000,"message":"","taskId":"333"}' })
      instance.interceptors.request.use(async config => {
        await axios.post(at)
        return config
      })
      expect(await createAxiosTaskClient(instance).submit({ url: `${emulator.url}/submit` })()).toMatchObject(
        { left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '333' }] } },
      )
    })

    test('but send the submission itself, which fails, result in DeliveryUnknown', async () => {
      const instance = axios.create()
      const url = emulator.serve({ status: 401, body: refused })
      const otherInstance = axios.create({
        adapter: config => Promise.reject(new AxiosError('reset', 'ECONNRESET', config)),
      })
      instance.interceptors.response.use(undefined, () => otherInstance.post(`${url}?Action=X`))
      expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
        left: { _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } },
      })
    })
  })

  describe('that send to another host after a failure', () => {
    const sendsElsewhere = (url: string): AxiosInstance => {
      const instance = axios.create()
      const elsewhere = (): Promise<AxiosResponse> => axios.get(url)
      instance.interceptors.response.use(elsewhere, elsewhere)
      return instance
    }
    const reset = { _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } }
    const notCaptured = { _tag: 'DeliveryUnknown', reason: { code: 'ERR_RESPONSE_NOT_CAPTURED' } }

    test.each<[string, () => string, object]>([
      ['a reset', () => emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } }), reset],
      ['a gateway page', () => emulator.serve({ fault: { _tag: 'GatewayPage' } }), notCaptured],
    ])('result in doubt if that meets %s', async (_, url, inDoubt) => {
      const tasks = createAxiosTaskClient(sendsElsewhere(url()))
      expect(await tasks.submit({ url: await emulator.refusedUrl() })()).toMatchObject({ left: inDoubt })
      const rejected = emulator.serve({ status: 503, body: '{"code":4400,"message":"too fast"}' })
      expect(await createAxiosTaskClient(sendsElsewhere(url())).submit({ url: rejected })()).toMatchObject({
        left: inDoubt,
      })
    })
  })

  describe('that send in another way after a failure or a rejection', () => {
    const elsewhere = (): string => emulator.serve({ body: '{"code":0,"requestId":"77"}' })
    const notCaptured = { _tag: 'DeliveryUnknown', reason: { code: 'ERR_RESPONSE_NOT_CAPTURED' } }
    const with77 = { ...notCaptured, recovered: [{ taskId: '77' }] }
    const reset = { _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } }

    /** Fails at the connection, or is rejected, and then sends with `send`. */
    const submitWith = async (send: () => unknown, url: string): Promise<unknown> => {
      const instance = axios.create()
      const other = async (): Promise<never> => (await send()) as never
      instance.interceptors.response.use(other, other)
      return createAxiosTaskClient(instance).submit({ url })()
    }
    const rejecting = (): string => emulator.serve({ status: 503, body: '{"code":4400,"message":"busy"}' })

    test.each<[string, () => unknown, object]>([
      ['return its response', () => fetch(elsewhere()), with77],
      ['return its text', async () => (await fetch(elsewhere())).text(), with77],
      ['return its data', async () => (await fetch(elsewhere())).json(), with77],
      ['return its bytes', async () => (await fetch(elsewhere())).arrayBuffer(), with77],
      [
        'return its response, already read',
        async () => {
          const response = await fetch(elsewhere())
          await response.text()
          return response
        },
        notCaptured,
      ],
      [
        'throw its response',
        async () => {
          throw Object.assign(new Error('HTTPError'), { response: await fetch(elsewhere()) })
        },
        with77,
      ],
      [
        'throw its data',
        async () => {
          throw Object.assign(new Error('no'), {
            result: await (await fetch(elsewhere())).json(),
          })
        },
        with77,
      ],
      [
        'throw its response as axios has it',
        () => axios.get(elsewhere(), { validateStatus: () => false }),
        with77,
      ],
      [
        'throw a response of axios in an object',
        async () => Promise.reject({ response: await axios.get<unknown>(elsewhere()) }), // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors -- as some do
        with77,
      ],
      [
        'throw an error of axios with a response of its own making',
        async () =>
          Promise.reject(
            new AxiosError('no', 'ERR', undefined, undefined, {
              data: (await axios.get<unknown>(elsewhere())).data,
            } as AxiosResponse),
          ),
        with77,
      ],
    ])('and %s lose no id, and don’t pass for NotSent or a rejection', async (_, send, left) => {
      expect(await submitWith(send, await emulator.refusedUrl())).toMatchObject({ left })
      expect(await submitWith(send, rejecting())).toMatchObject({ left })
    })

    test('and fail on the network are in doubt', async () => {
      const send = (): unknown => fetch(emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } }))
      expect(await submitWith(send, await emulator.refusedUrl())).toMatchObject({
        left: reset,
      })
      expect(await submitWith(send, rejecting())).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
    })

    test('and return an id, or say only that it was done, are in doubt', async () => {
      expect(await submitWith(() => '77', rejecting())).toMatchObject({ left: with77 })
      for (const result of ['77', true])
        expect(await submitWith(() => result, await emulator.refusedUrl())).toMatchObject({
          left: notCaptured,
        })
    })

    test('and stall until the timeout are in doubt', async () => {
      const instance = axios.create()
      const stalling = emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } })
      instance.interceptors.response.use(undefined, () => fetch(stalling) as never)
      const tasks = createAxiosTaskClient(instance, { timeoutMs: 100 })
      expect(await tasks.submit({ url: await emulator.refusedUrl() })()).toMatchObject({
        left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut' } },
      })
    })
  })

  describe('that make something of a response', () => {
    const long = '{"code":0,"message":"","requestId":9007199254740993123}'
    const headers = { 'x-request-id': 'trace-9' }
    type Make = (response: AxiosResponse<{ requestId: number; code: number; message: string }>) => unknown

    test.each<[string, Make]>([
      ['its parts', ({ status, headers, data }) => ({ status, headers, data })],
      ['its id, rounded', ({ data }) => data.requestId],
      ['its id, rounded, as text', ({ data }) => ({ ...data, requestId: String(data.requestId) })],
      [
        'its data, with the id of a trace',
        r => ({ data: r.data, requestId: r.headers['x-request-id'] as string }),
      ],
      [
        'itself, with the id of a trace',
        r => Object.assign(r, { data: { ...r.data, RequestId: 'trace-9' } }),
      ],
      ['its id in another form', ({ data }) => ({ taskId: `bj/${data.requestId}` })],
    ])('such as %s, don’t change an accepted task', async (_, make) => {
      const instance = axios.create()
      instance.interceptors.response.use(make as never)
      const url = emulator.serve({ body: long, headers })
      expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject(acceptedTask)
    })

    test('such as an id of the request, don’t change a status', async () => {
      const instance = axios.create()
      instance.interceptors.response.use(((r: AxiosResponse) => ({
        ...(r.data as object),
        taskId: (r.config.params as { taskId: string }).taskId,
      })) as never)
      const url = emulator.serve({ body: '{"code":0,"data":{"status":2}}' })
      expect(await createAxiosTaskClient(instance).status({ url, params: { taskId: '17' } })()).toMatchObject(
        {
          right: { _tag: 'InProgress' },
        },
      )
    })

    test('such as an id that one of them put into the request, don’t change a rejection', async () => {
      for (const add of [{ params: { taskId: '31' } }, { url: `${emulator.url}/31` }]) {
        const instance = axios.create({ adapter: respondingWith('{"code":4400,"message":"busy"}') })
        instance.interceptors.request.use(config => Object.assign(config, add))
        instance.interceptors.response.use((() => ({ taskId: '31' })) as never)
        expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
          left: { _tag: 'Rejected', code: 4400 },
        })
      }
    })

    test.each([
      { bodyUsed: false },
      { bodyUsed: false, headers: {} },
      { status: '200', headers: new Headers() },
    ])('such as an object like a response of fetch (%j), lose no id in it', async parts => {
      const instance = axios.create({ adapter: respondingWith('{"code":4400,"message":"busy"}') })
      instance.interceptors.response.use((() => ({ status: 200, ...parts, requestId: '17' })) as never)
      expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
        left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '17' }] },
      })
    })

    test('such as an axios error of their own for the request, keep the rejection', async () => {
      const instance = axios.create({ adapter: respondingWith('{"code":4400,"message":"busy"}') })
      instance.interceptors.response.use(({ config }) =>
        Promise.reject(new AxiosError('no', 'ERR_NETWORK', config)),
      )
      expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
        left: { _tag: 'Rejected', code: 4400 },
      })
    })

    test('such as other data in the same response, lose no id in it', async () => {
      const instance = axios.create({ adapter: respondingWith('{"code":4400,"message":"busy"}') })
      instance.interceptors.response.use(response => Object.assign(response, { data: { requestId: '17' } }))
      expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
        left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '17' }] },
      })
    })

    test.each<[string, (response: AxiosResponse) => Error]>([
      ['ERROR', () => Object.assign(new Error('busy'), { code: 'ERROR' })],
      ['ERR_API', () => Object.assign(new Error('busy'), { code: 'ERR_API' })],
      [
        'of a trace',
        r => Object.assign(new Error('busy'), { requestId: r.headers['x-request-id'] as string }),
      ],
      ['of axios', r => new AxiosError('busy', 'ERR_BAD_RESPONSE', r.config, r.request)],
    ])('such as an error of their own (%s), don’t change a rejection', async (_, make) => {
      const instance = axios.create()
      instance.interceptors.response.use(response => Promise.reject(make(response)))
      const url = emulator.serve({ body: '{"code":4400,"message":"busy"}', headers })
      expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
        left: { _tag: 'Rejected', advice: 'later' },
      })
    })
  })

  describe('that replace the adapter', () => {
    const outcomes = (instance: AxiosInstance): Promise<ReadonlyArray<unknown>> =>
      Promise.all(
        [
          emulator.serve({ body: accepted }),
          emulator.serve({ body: '{"code":4400}' }),
          emulator.serve({ status: 503, body: '{"code":4400}' }),
          emulator.refusedUrl(),
          emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } }),
        ].map(async url => createAxiosTaskClient(instance).submit({ url: await url })()),
      )

    test('by a wrapper around it change nothing', async () => {
      const instance = axios.create()
      instance.interceptors.request.use(config => {
        const inner = axios.getAdapter(config.adapter)
        return Object.assign(config, { adapter: (sent: InternalAxiosRequestConfig) => inner(sent) })
      })
      expect(await outcomes(instance)).toMatchObject([
        acceptedTask,
        { left: { _tag: 'Rejected' } },
        { left: { _tag: 'Rejected' } },
        { left: { _tag: 'NotSent' } },
        { left: { _tag: 'DeliveryUnknown' } },
      ])
    })

    test('by another are in doubt, whatever it throws', async () => {
      const adapter: AxiosAdapter = async config => {
        const response = await fetch(config.url ?? '')
        if (response.status === 503) throw new Error('HTTP 503')
        return { data: await response.json(), status: 200, statusText: '', headers: {}, config }
      }
      const instance = axios.create()
      instance.interceptors.request.use(config => Object.assign(config, { adapter }))
      for (const outcome of await outcomes(instance))
        expect(outcome).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
    })
  })

  test('that queue and pass on the failure of another submission keep the rejection', async () => {
    const instance = axios.create()
    const url = emulator.serve({ status: 401, body: '{"code":4100}' })
    let first: unknown
    instance.interceptors.response.use(undefined, (error: unknown) => {
      first ??= error
      throw first
    })
    const tasks = createAxiosTaskClient(instance)
    for (const _ of [1, 2])
      expect(await tasks.submit({ url })()).toMatchObject({ left: { _tag: 'Rejected', code: 4100 } })
  })

  test('lose no id after a 401, if one sends again with fetch and throws the response', async () => {
    const instance = axios.create()
    const url = emulator.serve([
      { status: 401, body: '{"code":4400}' },
      { status: 500, body: '{"code":0,"requestId":"17"}' },
    ])
    instance.interceptors.response.use(undefined, async () => {
      throw Object.assign(new Error('HTTPError'), { response: await fetch(url) })
    })
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '17' }] },
    })
  })

  test('may see a request without data, and one with a stream, whose secrets nobody knows', async () => {
    const instance = axios.create({ adapter: respondingWith('no such token: s3cret-one', 500) })
    instance.interceptors.response.use(response => response)
    const tasks = createAxiosTaskClient(instance)
    const url = 'http://stand-in/'
    expect(await tasks.submit({ url, data: null })()).toMatchObject({
      left: { bodyStart: 'no such token: s3cret-one' },
    })
    const data = Readable.from(['Token=s3cret-one'])
    const result = await tasks.submit({ url, method: 'post', data })()
    expect(result).toMatchObject({ left: { _tag: 'HttpStatusError' } })
    expect(JSON.stringify(result)).not.toContain('s3cret-one')
  })

  test('may wrap the failure of a request in an error of theirs, with another code', async () => {
    const instance = axios.create()
    instance.interceptors.response.use(undefined, (cause: unknown) =>
      Promise.reject(Object.assign(new Error('no', { cause }), { code: 'ENOTFOUND' })),
    )
    const url = await emulator.refusedUrl()
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: { _tag: 'NotSent', reason: { code: 'ECONNREFUSED' } },
    })
  })

  test.each<[string, () => unknown, (data: never) => void]>([
    [
      'URLSearchParams',
      () => new URLSearchParams({ Token: 's3cret-one' }),
      (data: URLSearchParams) => {
        data.set('Token', 'another')
      },
    ],
    [
      'bytes',
      () => new TextEncoder().encode('Token=s3cret-one'),
      (data: Uint8Array) => {
        data.fill(32)
      },
    ],
    [
      'an object',
      () => ({ Token: 's3cret-one' }),
      (data: { Token: string }) => {
        data.Token = 'another'
      },
    ],
  ])('may change a body of %s after it was sent: what it had is masked', async (_, make, change) => {
    const instance = axios.create({
      adapter: respondingWith('no such token: s3cret-one', 500),
      transformRequest: data => data as unknown,
    })
    instance.interceptors.response.use(response => {
      change(response.config.data as never)
      return response
    })
    // Made by an interceptor, so that only the request as it was sent has it.
    instance.interceptors.request.use(config => Object.assign(config, { data: make() }))
    const url = 'http://stand-in/'
    expect(await createAxiosTaskClient(instance).submit({ url, method: 'post' })()).toMatchObject({
      left: { bodyStart: 'no such token: **********' },
    })
  })

  test('may request a token with fetch after a 401: a failure of that request keeps the rejection', async () => {
    const body = '{"code":4100,"message":"signature expired"}'
    const tokenRequests: ReadonlyArray<() => Promise<unknown>> = [
      async () => fetch(await emulator.refusedUrl()),
      async () => {
        throw Object.assign(new Error('HTTPError'), { response: new Response('no', { status: 500 }) })
      },
    ]
    for (const requestToken of tokenRequests) {
      const instance = axios.create()
      instance.interceptors.response.use(undefined, () => requestToken() as never)
      const url = emulator.serve({ status: 401, body })
      expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
        left: { _tag: 'Rejected', code: 4100 },
      })
    }
  })

  test('may send the submission with fetch after a 401: a failed response keeps nothing', async () => {
    const body = '{"code":4100,"message":"signature expired"}'
    const url = emulator.serve({ status: 401, body })
    const instance = axios.create()
    // The URL of the request as it was sent, which an interceptor has chosen.
    instance.interceptors.request.use(config => Object.assign(config, { url }))
    instance.interceptors.response.use(undefined, () => {
      const response = Object.defineProperty(new Response('no', { status: 500 }), 'url', { value: url })
      return Promise.reject(Object.assign(new Error('HTTPError'), { response }))
    })
    expect(await createAxiosTaskClient(instance).submit({ url: `${emulator.url}/other` })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown' },
    })
  })

  test('may send the submission elsewhere before it is sent: a failure of that proves nothing', async () => {
    const instance = axios.create()
    const adapter: AxiosAdapter = config => Promise.reject(new AxiosError('reset', 'ECONNRESET', config))
    instance.interceptors.request.use(config =>
      axios.request({ ...config, url: 'http://gateway.example/', adapter }).then(() => config),
    )
    expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } },
    })
  })

  test('may replace both adapter and URL: a failed request may have been sent', async () => {
    const adapter: AxiosAdapter = config => Promise.reject(new AxiosError('reset', 'ECONNRESET', config))
    const instance = axios.create()
    instance.interceptors.request.use(config => ({ ...config, url: 'http://gateway.example/', adapter }))
    expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } },
    })
  })

  test.each<[string, (config: InternalAxiosRequestConfig) => AxiosRequestConfig]>([
    [
      'in place',
      config => {
        config.headers.set('Authorization', 'Bearer new-s3cret')
        config.params = Object.assign(config.params as object, { Token: 'new-t0ken' })
        return config
      },
    ],
    [
      'in a copy',
      config => ({
        ...config,
        headers: { Authorization: 'Bearer new-s3cret' },
        params: { Token: 'new-t0ken' },
      }),
    ],
  ])('may replace a token %s: neither the old nor the new one is shown', async (_, renew) => {
    const instance = axios.create()
    instance.interceptors.response.use(undefined, (error: AxiosError) =>
      error.response?.status === 401 && error.config
        ? instance.request(renew(error.config))
        : Promise.reject(error),
    )
    const url = emulator.serve([
      { status: 401, body: '{"code":4100}' },
      { status: 502, body: 'old-s3cret, old-t0ken, new-s3cret, new-t0ken' },
    ])
    const config = { url, headers: { Authorization: 'Bearer old-s3cret' }, params: { Token: 'old-t0ken' } }
    const result = await createAxiosTaskClient(instance).submit(config)()
    expect(result).toMatchObject({ left: { bodyStart: expect.stringMatching(/^[*, ]+$/) as string } })
  })

  test('may change the request: an error describes it as it was sent', async () => {
    const instance = axios.create()
    instance.interceptors.request.use(config => ({
      ...config,
      params: { Action: 'CreateImage', Token: 's3cret-token' },
    }))
    const url = emulator.serve({ status: 403, body: 'no such token: s3cret-token' })
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: { bodyStart: 'no such token: ************', request: { action: 'CreateImage' } },
    })
  })

  test('may add a signal: it aborts the request', async () => {
    const controller = new AbortController()
    const instance = axios.create()
    instance.interceptors.request.use(config => ({ ...config, signal: controller.signal }))
    const url = emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } })
    const before = emulator.requests.length
    const running = createAxiosTaskClient(instance).submit({ url })()
    while (emulator.requests.length === before) await new Promise(resolve => setImmediate(resolve))
    controller.abort()
    expect(await running).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'Aborted', name: 'AbortError' } },
    })
  })

  test('may never finish: the request times out, and is not sent when one finishes later', async () => {
    let letThrough: () => void = () => undefined
    const instance = axios.create()
    instance.interceptors.request.use(
      config =>
        new Promise(
          resolve =>
            (letThrough = () => {
              resolve(config)
            }),
        ),
    )
    const url = emulator.serve({ body: accepted })
    const before = emulator.requests.length
    expect(await createAxiosTaskClient(instance, { timeoutMs: 20 }).submit({ url })()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'TimedOut', timeoutMs: 20 } },
    })
    letThrough()
    await createAxiosTaskClient(axios.create()).submit({ url })()
    expect(emulator.requests.length).toBe(before + 1)
  })

  test.each([
    ['responds', respondingWith(accepted), { _tag: 'NetworkFailed', code: 'ERR_RESPONSE_NOT_CAPTURED' }],
    [
      'fails',
      (config => Promise.reject(new AxiosError('reset', 'ECONNRESET', config))) as AxiosAdapter,
      { _tag: 'NetworkFailed', code: 'ECONNRESET' },
    ],
  ])('may replace the adapter with one that %s: it may have sent anything', async (_, adapter, reason) => {
    const instance = axios.create()
    instance.interceptors.request.use(config => ({ ...config, adapter }))
    expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason },
    })
  })
})

test('an interceptor that is ejected while the request is in flight sees the response', async () => {
  const instance = axios.create()
  const seen: unknown[] = []
  const interceptor = instance.interceptors.response.use(response => {
    seen.push(response.data)
    return response
  })
  const url = emulator.serve({ body: '{"code":0,"requestId":"17"}' })
  const submission = createAxiosTaskClient(instance).submit({ url })()
  instance.interceptors.response.eject(interceptor)
  expect(await submission).toMatchObject({ right: { taskId: '17' } })
  expect(seen).toEqual([{ code: 0, requestId: '17' }])
})

describe('the errors that interceptors see', () => {
  /** What an interceptor sees of a failure, with axios alone or with a task client. */
  const failuresOf = async (
    config: AxiosRequestConfig,
    send: (instance: AxiosInstance) => Promise<unknown>,
  ): Promise<object> => {
    const instance = axios.create(config)
    let seen: object = {}
    instance.interceptors.response.use(undefined, (error: AxiosError) => {
      const { timeout, responseType, maxRedirects, maxContentLength, decompress, fetchOptions } =
        error.config ?? {}
      seen = {
        isAxiosError: axios.isAxiosError(error),
        name: error.name,
        code: error.code,
        message: error.message,
        response: error.response && { status: error.response.status, data: error.response.data },
        hasRequest: error.request !== undefined,
        config: { timeout, responseType, maxRedirects, maxContentLength, decompress, fetchOptions },
      }
      return Promise.reject(error)
    })
    await send(instance).catch(() => undefined)
    return seen
  }

  test.each<[string, AxiosRequestConfig, () => Promise<string>]>([
    ['a refused connection', { timeout: 5000, maxRedirects: 3 }, () => emulator.refusedUrl()],
    [
      'a reset before the response',
      { responseType: 'stream' },
      async () => emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } }),
    ],
    [
      'a timeout',
      { timeout: 50 },
      async () => emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } }),
    ],
    [
      'a timeout with a clarified code',
      { timeout: 50, transitional: { clarifyTimeoutError: true }, timeoutErrorMessage: 'too slow' },
      async () => emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } }),
    ],
    [
      'a timeout without transitional options',
      { timeout: 50, transitional: undefined } as object,
      async () => emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } }),
    ],
    [
      'a body larger than maxContentLength',
      { maxContentLength: 5 },
      async () => emulator.serve({ body: accepted }),
    ],
  ])('are the same as with axios alone: %s', async (_, config, urlOf) => {
    const url = await urlOf()
    const alone = await failuresOf(config, instance => instance.get(url))
    const asGuest = await failuresOf(config, instance => createAxiosTaskClient(instance).submit({ url })())
    expect(alone).toHaveProperty('code')
    expect(asGuest).toEqual(alone)
  })

  test('are those of a custom adapter, even if they are none of axios', async () => {
    const seen: unknown[] = []
    const see = (error: unknown): never => {
      seen.push(error)
      throw error
    }
    const failing = (thrown: unknown) => async (): Promise<never> => {
      throw thrown
    }
    const broken = { [Symbol.asyncIterator]: () => ({ next: failing('cut off') }) }
    const own = new RangeError('no')
    for (const adapter of [failing(own), failing(null), respondingWith(broken)]) {
      const instance = axios.create({ adapter })
      instance.interceptors.response.use(undefined, see)
      await createAxiosTaskClient(instance).submit({ url: 'http://stand-in/' })()
    }
    expect(seen).toEqual([own, null, 'cut off'])
    expect(seen[0]).toBe(own)
  })

  test('have the caller’s config when a body is truncated', async () => {
    const url = emulator.serve({ body: accepted, fault: { _tag: 'Reset', at: 'withinBody', bodyBytes: 5 } })
    const seen = await failuresOf({ timeout: 5000 }, instance =>
      createAxiosTaskClient(instance).submit({ url })(),
    )
    expect(seen).toMatchObject({
      isAxiosError: true,
      code: 'ECONNRESET',
      response: { status: 200, data: undefined },
      config: { timeout: 5000 },
    })
  })

  test('have a config that can be sent again with its timeout', async () => {
    const instance = axios.create({ timeout: 100 })
    let sends = 0
    instance.interceptors.response.use(undefined, (error: AxiosError) =>
      sends++ === 0 && error.config ? instance.request(error.config) : Promise.reject(error),
    )
    const url = emulator.serve([
      { fault: { _tag: 'Reset', at: 'beforeResponse' } },
      { fault: { _tag: 'Stall', at: 'beforeResponse' } },
    ])
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 100 } },
    })
  })
})

describe('a call', () => {
  test.each([
    ['without an instance', undefined, {}],
    ['with a config instead of the instance', { baseURL: 'https://api.example' }, {}],
    ['with a URL instead of a config', axios.create(), 'https://api.example'],
    ['without a config', axios.create(), undefined],
  ])('%s is reported as misuse', async (_, instance, config) => {
    expect(await createAxiosTaskClient(instance as never).submit(config as never)()).toMatchObject({
      left: {
        _tag: 'NotSent',
        reason: { _tag: 'Misused', message: expect.stringContaining('axios') as string },
      },
    })
  })
})

describe('a custom adapter', () => {
  const submitTo = (data: unknown, status?: number): Promise<E.Either<TaskError, AcceptedTask>> =>
    createAxiosTaskClient(axios.create({ adapter: respondingWith(data, status) })).submit({
      url: 'http://stand-in/',
    })()

  test.each([
    ['text', accepted],
    ['a Buffer', Buffer.from(accepted)],
    ['an ArrayBuffer', new TextEncoder().encode(accepted).buffer],
    ['a part of a buffer', new TextEncoder().encode(`xx${accepted}yy`).subarray(2, -2)],
  ])('may return %s', async (_, data) => {
    expect(await submitTo(data)).toMatchObject(acceptedTask)
  })

  test('may return an object, as stubs in tests do', async () => {
    expect(await submitTo({ code: 0, requestId: 17 })).toMatchObject({ right: { taskId: '17' } })
  })

  test('must not return an object with an integer that may have been rounded', async () => {
    // eslint-disable-next-line no-loss-of-precision -- what JSON.parse does to it
    expect(await submitTo({ code: 0, requestId: 9007199254740993 })).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'NetworkFailed', code: 'ERR_UNSAFE_INTEGER' } },
    })
  })

  test('may return the same object again', async () => {
    const same = { data: accepted, status: 200, statusText: '', headers: {}, config: {} as never }
    const tasks = createAxiosTaskClient(axios.create({ adapter: async () => same }))
    expect(await tasks.submit({ url: 'http://stand-in/' })()).toMatchObject(acceptedTask)
    expect(await tasks.submit({ url: 'http://stand-in/' })()).toMatchObject(acceptedTask)
    expect(same).toMatchObject({ data: accepted, config: {} })
  })

  test('may reject with the same error again', async () => {
    const same = new AxiosError(
      'no',
      'ERR_BAD_REQUEST',
      undefined,
      {},
      {
        data: '{"code":4100}',
        status: 401,
        statusText: '',
        headers: {},
        config: {} as never,
      },
    )
    const tasks = createAxiosTaskClient(axios.create({ adapter: () => Promise.reject(same) }))
    for (const _ of [1, 2])
      expect(await tasks.submit({ url: 'http://stand-in/' })()).toMatchObject({
        left: { _tag: 'Rejected', httpStatus: 401 },
      })
    expect([same.config, same.response?.data]).toEqual([undefined, '{"code":4100}'])
  })

  const refusing: AxiosAdapter = config => Promise.reject(new AxiosError('refused', 'ECONNREFUSED', config))

  test('may have sent before it fails to connect: DeliveryUnknown, unless sendsOnce is set', async () => {
    const instance = axios.create({ adapter: refusing })
    expect(await createAxiosTaskClient(instance).submit({ url: 'http://stand-in/' })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'ECONNREFUSED' } },
    })
    const known = createAxiosTaskClient(instance, { sendsOnce: true })
    expect(await known.submit({ url: 'http://stand-in/' })()).toMatchObject({ left: { _tag: 'NotSent' } })
  })

  test.each<[string, unknown, string]>([
    ['no function', 5, 'expected wrap to be a function, found number'],
    ['a function that returns none', () => undefined, 'expected wrap to return an adapter'],
  ])('can’t be wrapped in %s', async (_, wrap, message) => {
    const tasks = createAxiosTaskClient(axios.create(), { wrap } as never)
    expect(await tasks.submit({ url: emulator.url })()).toMatchObject({
      left: { reason: { _tag: 'Misused', message: expect.stringContaining(message) as string } },
    })
  })

  test('that wraps ours but does not call it may have sent in another way', async () => {
    const url = emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } })
    for (const wrap of [
      (): AxiosAdapter => axios.getAdapter('http'),
      (): AxiosAdapter => async () => fetch(url).then(() => Promise.reject(new Error('no'))),
    ])
      expect(await createAxiosTaskClient(axios.create(), { wrap }).submit({ url })()).toMatchObject({
        left: { _tag: 'DeliveryUnknown' },
      })
  })

  test('that wraps ours has its calls counted', async () => {
    const refused = await emulator.refusedUrl()
    const instance = axios.create()
    const tasks = createAxiosTaskClient(instance, {
      wrap: adapter => config => adapter(config).catch(() => adapter({ ...config, url: refused })),
    })
    expect(await tasks.submit({ url: refused })()).toMatchObject({ left: { _tag: 'NotSent' } })
    const url = emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } })
    expect(await tasks.submit({ url })()).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
  })

  test.each([undefined, null])('may return no data (%s)', async data => {
    expect(await submitTo(data, 500)).toMatchObject({ left: { _tag: 'HttpStatusError', bodyStart: '' } })
  })

  test('is asked for an ArrayBuffer, which most adapters support', async () => {
    const requested: unknown[] = []
    const adapter: AxiosAdapter = config => {
      requested.push(config.responseType)
      return respondingWith(accepted)(config)
    }
    await createAxiosTaskClient(axios.create({ adapter })).submit({ url: 'http://stand-in/' })()
    expect(requested).toEqual(['arraybuffer'])
  })

  test('may fail with anything, including a response without a body', async () => {
    const failing = (fail: (config: InternalAxiosRequestConfig) => unknown) => {
      const adapter: AxiosAdapter = async config => {
        throw fail(config)
      }
      return createAxiosTaskClient(axios.create({ adapter })).submit({ url: 'http://stand-in/' })()
    }
    expect(await failing(() => undefined)).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'ClientFailed', name: 'undefined' } },
    })
    const cutOff = (config: InternalAxiosRequestConfig): AxiosError =>
      new AxiosError(
        'stream has been aborted',
        'ECONNRESET',
        config,
        {},
        {
          status: 200,
          statusText: '',
          headers: {},
          config,
          data: undefined,
        },
      )
    expect(await failing(cutOff)).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'NetworkFailed', code: 'ECONNRESET' } },
    })
  })

  test.each<[string | undefined, unknown, object]>([
    [undefined, undefined, { _tag: 'HttpStatusError', httpStatus: 500, bodyStart: '' }],
    ['ERR_BAD_REQUEST', undefined, { _tag: 'HttpStatusError', httpStatus: 500, bodyStart: '' }],
    ['ERR_BAD_RESPONSE', undefined, { _tag: 'HttpStatusError', httpStatus: 500, bodyStart: '' }],
    ['ECONNABORTED', undefined, { _tag: 'DeliveryUnknown', reason: { code: 'ECONNABORTED' } }],
    ['ECONNABORTED', 'no', { _tag: 'HttpStatusError', httpStatus: 500, bodyStart: 'no' }],
  ])('may reject a response with the code %s and the data %s', async (code, data, error) => {
    const adapter: AxiosAdapter = config => {
      const response = { status: 500, statusText: '', headers: {}, config, data }
      return Promise.reject(new AxiosError('no', code, config, {}, response))
    }
    const tasks = createAxiosTaskClient(axios.create({ adapter }))
    expect(await tasks.submit({ url: 'http://stand-in/' })()).toMatchObject({ left: error })
  })

  test.each([
    ['http://stand-in/a', { right: { taskId: '17' } }],
    [
      'http://elsewhere/a',
      {
        left: {
          _tag: 'DeliveryUnknown',
          reason: { code: 'ERR_REDIRECT_FOLLOWED' },
          recovered: [{ taskId: '17' }],
        },
      },
    ],
  ])('that follows redirects, as XMLHttpRequest does, and ends at %s', async (responseURL, result) => {
    const adapter: AxiosAdapter = async config => ({
      ...(await respondingWith('{"code":0,"requestId":"17"}')(config)),
      request: { responseURL },
    })
    const tasks = createAxiosTaskClient(axios.create({ adapter }))
    expect(await tasks.submit({ url: 'http://stand-in/a' })()).toMatchObject(result)
  })

  test.each<[string, AxiosRequestConfig, string]>([
    ['fetch', { adapter: 'fetch' }, 'NotSent'],
    [
      'fetch with another function',
      { adapter: 'fetch', env: { fetch: async (request: Request) => fetch(request) } } as AxiosRequestConfig,
      'DeliveryUnknown',
    ],
    ['http', { adapter: 'http' }, 'NotSent'],
    ['http with another transport', { adapter: 'http', transport: http }, 'DeliveryUnknown'],
  ])('is none of ours, but %s can prove that nothing was sent, or not', async (_, config, _tag) => {
    const tasks = createAxiosTaskClient(axios.create(config))
    expect(await tasks.submit({ url: await emulator.refusedUrl() })()).toMatchObject({
      left: { _tag, reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' } },
    })
  })

  test('may return headers: the outcome has what they say of a retry', async () => {
    const url = emulator.serve({ status: 503, body: 'busy', headers: { 'retry-after': '7' } })
    expect(await createAxiosTaskClient(axios.create()).submit({ url })()).toMatchObject({
      left: { _tag: 'HttpStatusError', httpStatus: 503, retryAfterMs: 7000 },
    })
  })

  test('gets the caller’s fetch options', async () => {
    const seen: Request[] = []
    const instance = axios.create({
      adapter: 'fetch',
      env: { fetch: async (request: Request) => (seen.push(request), new Response(accepted)) } as never,
    })
    const config = { url: emulator.url, fetchOptions: { cache: 'no-store', redirect: 'follow' } }
    expect(await createAxiosTaskClient(instance).submit(config)()).toMatchObject(acceptedTask)
    expect(seen[0]).toMatchObject({ cache: 'no-store', redirect: 'manual' })
  })

  test('may be one of several: the first that works is used', async () => {
    const instance = axios.create({ adapter: ['xhr', 'http', respondingWith('unused')] })
    const url = emulator.serve({ body: accepted })
    expect(await createAxiosTaskClient(instance).submit({ url })()).toMatchObject(acceptedTask)
  })

  test('that does not work on this platform results in NotSent', async () => {
    const instance = axios.create({ adapter: 'xhr' })
    expect(await createAxiosTaskClient(instance).submit({ url: emulator.url })()).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code: 'ERR_NOT_SUPPORT' } },
    })
  })
})

describe('the request config', () => {
  test('may have a stream as its body: if that fails, part of it may have been sent', async () => {
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('Action=X')
        throw Object.assign(new Error('its source'), { code: 'ECONNREFUSED', syscall: 'connect' })
      })(),
    )
    const url = emulator.serve({ body: accepted })
    expect(
      await createAxiosTaskClient(axios.create()).submit({ url, method: 'post', data: failing })(),
    ).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
  })

  test('keeps decompress: false', async () => {
    const url = emulator.serve({ body: accepted, headers: { 'Content-Encoding': 'gzip' } })
    expect(await createAxiosTaskClient(axios.create()).submit({ url, decompress: false })()).toMatchObject(
      acceptedTask,
    )
  })

  test('may name a proxy: an error names one that refuses the connection', async () => {
    const proxyUrl = new URL(await emulator.refusedUrl())
    const proxy = { protocol: 'http', host: proxyUrl.hostname, port: Number(proxyUrl.port) }
    expect(
      await createAxiosTaskClient(axios.create()).submit({ url: 'http://api.example/', proxy })(),
    ).toMatchObject({
      left: { _tag: 'NotSent', reason: { code: 'ECONNREFUSED', address: proxyUrl.host } },
    })
  })

  test('may share one signal among 40 requests, with no listener warning and no listener left', async () => {
    const warnings: Error[] = []
    const listen = (warning: Error): void => void warnings.push(warning)
    process.on('warning', listen)
    onTestFinished(() => void process.off('warning', listen))
    const { signal } = new AbortController()
    const tasks = createAxiosTaskClient(axios.create())
    const url = emulator.serve({ body: accepted })
    await Promise.all(Array.from({ length: 40 }, () => tasks.submit({ url, signal })()))
    await new Promise(resolve => setImmediate(resolve))
    expect(warnings).toEqual([])
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('applies its timeout as well as the client’s', async () => {
    const url = emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } })
    const tasks = createAxiosTaskClient(axios.create(), { timeoutMs: 60_000 })
    expect(await tasks.submit({ url, timeout: 50 })()).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 50 } },
    })
  })

  test('applies its timeout to each send, not to the time an interceptor takes in between', async () => {
    const instance = axios.create({ timeout: 1000 })
    let isWaiting: () => void = () => undefined
    const waiting = new Promise<void>(resolve => (isWaiting = resolve))
    let goOn: () => void = () => undefined
    instance.interceptors.response.use(undefined, async (error: AxiosError) => {
      await new Promise<void>(resolve => {
        goOn = resolve
        isWaiting()
      })
      return instance.request(error.config ?? {})
    })
    const url = emulator.serve([{ status: 401, body: '{"code":4100}' }, { body: accepted }])
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const running = createAxiosTaskClient(instance).submit({ url })()
    await waiting
    vi.advanceTimersByTime(60_000)
    goOn()
    expect(await running).toMatchObject(acceptedTask)
  })

  test('applies its maxContentLength as well as the client’s maxBodyBytes', async () => {
    const url = emulator.serve({ body: accepted })
    for (const [maxContentLength, maxBodyBytes, smaller] of [
      [0, 20, 0],
      [10, 20, 10],
      [10, 5, 5],
      [-1, 5, 5],
    ] as const) {
      const tasks = createAxiosTaskClient(axios.create(), { maxBodyBytes })
      expect(await tasks.submit({ url, maxContentLength })()).toMatchObject({
        left: { _tag: 'ResponseTooLarge', maxBodyBytes: smaller },
      })
    }
  })

  test('may lack maxContentLength', async () => {
    const instance = axios.create()
    instance.interceptors.request.use(({ maxContentLength: _, ...config }) => config)
    expect(
      await createAxiosTaskClient(instance).submit({ url: emulator.serve({ body: accepted }) })(),
    ).toMatchObject(acceptedTask)
  })

  test('may have a cancel token, which aborts the request', async () => {
    const { token, cancel } = axios.CancelToken.source()
    const url = emulator.serve({ fault: { _tag: 'Stall', at: 'beforeResponse' } })
    const running = createAxiosTaskClient(axios.create()).submit({ url, cancelToken: token })()
    const before = emulator.requests.length
    while (emulator.requests.length === before) await new Promise(resolve => setImmediate(resolve))
    cancel('enough')
    expect(await running).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
  })

  test.each([{ auth: { username: 'user-one', password: 'pass-word-one' } }])(
    'has its credentials masked in an echo, in plain text and encoded',
    async ({ auth }) => {
      const encoded = Buffer.from(`${auth.username}:${auth.password}`).toString('base64')
      const url = emulator.serve({ status: 403, body: `${auth.username} ${auth.password} ${encoded}` })
      const result = JSON.stringify(await createAxiosTaskClient(axios.create()).submit({ url, auth })())
      expect(result).toContain('HttpStatusError')
      for (const secret of [auth.username, auth.password, encoded]) expect(result).not.toContain(secret)
    },
  )

  test.each([0, -1, Number.NaN])('is not sent with a timeoutMs of %s', async timeoutMs => {
    expect(
      await createAxiosTaskClient(axios.create(), { timeoutMs }).submit({ url: emulator.url })(),
    ).toMatchObject({
      left: {
        _tag: 'NotSent',
        reason: { _tag: 'Misused', message: 'timeoutMs must be greater than 0' },
        request: { method: 'GET', origin: emulator.url },
      },
    })
  })

  test('without a URL results in NotSent', async () => {
    expect(await createAxiosTaskClient(axios.create()).submit({})()).toMatchObject({
      left: { _tag: 'NotSent' },
    })
  })
})

describe('a TaskEither', () => {
  test('sends nothing before it runs, and once per run', async () => {
    const url = emulator.serve({ body: accepted })
    const before = emulator.requests.length
    const submission = createAxiosTaskClient(axios.create()).submit({ url })
    expect(emulator.requests.length).toBe(before)
    await submission()
    await submission()
    expect(emulator.requests.length).toBe(before + 2)
  })

  test('runs concurrently with others without mixing up their responses', async () => {
    const tasks = createAxiosTaskClient(axios.create())
    const ids = Array.from({ length: 50 }, (_, index) => String(index))
    const results = await Promise.all(
      ids.map(id => tasks.submit({ url: emulator.serve({ body: `{"code":0,"requestId":${id}}` }) })()),
    )
    expect(results.map(E.map(({ taskId }) => taskId))).toEqual(ids.map(id => E.right(id)))
  })

  test('returns typed extra fields with a codec', async () => {
    const tasks = createAxiosTaskClient(axios.create())
    const url = emulator.serve({ body: '{"code":0,"requestId":1,"listenerIds":["lbl-1"]}' })
    const result = await tasks.submitWith({ extra: t.type({ listenerIds: t.array(t.string) }) })({ url })()
    expect(
      E.map((task: AcceptedTask<{ listenerIds: string[] }>) => task.extra.listenerIds[0])(result),
    ).toEqual(E.right('lbl-1'))
    const batch = emulator.serve({
      body: '{"code":0,"n":1,"detail":{"a":{"code":0,"requestId":1,"dealId":2}}}',
    })
    expect(
      await tasks.submitBatchWith({ response: t.type({ n: t.number }), entry: t.type({ dealId: t.string }) })(
        { url: batch },
      )(),
    ).toMatchObject({
      left: { _tag: 'ShapeError', issues: [{ path: '/detail/a/dealId' }], recovered: [{ taskId: '1' }] },
    })
  })
})

test('the default limit is 16 MiB', () => {
  expect(defaultMaxBodyBytes).toBe(16_777_216)
})
