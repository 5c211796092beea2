import { execFile } from 'node:child_process'
import { Agent, get as getHttp } from 'node:http'
import { Agent as TlsAgent, get } from 'node:https'
import { type AddressInfo, connect, createServer } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type StubResponse,
  type Emulator,
  type EmulatorOptions,
  type Fault,
  startEmulator,
} from '../index.js'
import { eventually, isWhole, rawExchange, split } from '../../test/rawExchange.js'
import { testCertificate } from './testCertificate.js'

const running: Emulator[] = []
const start = async (options?: EmulatorOptions) => {
  const emulator = await startEmulator(options)
  running.push(emulator)
  return emulator
}
afterEach(async () => {
  await Promise.all(running.splice(0).map(emulator => emulator.close()))
})

const textOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).text()

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => {
      const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
      return cause?.code ?? code
    },
  )

describe('the API over HTTP', () => {
  it('accepts GET with a query and POST with a form', async () => {
    const { endpoint, url } = await start()
    expect(endpoint).toBe(`${url}/v2/index.php`)
    const parameters = new URLSearchParams({ Action: 'ResetInstances', instanceId: 'ins 1' })
    const [fromGet, fromPost] = [
      await textOf(`${endpoint}?${parameters.toString()}`),
      await textOf(endpoint, { method: 'POST', body: parameters }),
    ]
    expect(fromGet).toContain('"requestId":"6356502"')
    expect(fromPost).toContain('"requestId":"6356503"')
  })

  it('applies every option of the API', async () => {
    let now = 0
    const emulator = await start({
      clock: () => now,
      taskDurationMs: 10,
      rejections: { 'ins-1': { code: 4300, message: 'denied' } },
      failures: { 'ins-2': { code: 7, message: 'full' } },
      idFormat: 'number',
      firstTaskId: 9007199254740993n,
      refuseReplays: false,
    })
    const batch = '?Action=StopInstances&instanceIds.0=ins-1&instanceIds.1=ins-2&Nonce=1&Timestamp=1'
    expect(await textOf(emulator.endpoint + batch)).toContain(
      '"detail":{"ins-1":{"code":4300,"message":"denied"},"ins-2":{"code":0,"message":"","requestId":9007199254740993}}',
    )
    expect(await textOf(emulator.endpoint + batch)).toContain('9007199254740994')
    const question = `${emulator.endpoint}?Action=CheckTaskStatus&flowId=9007199254740993`
    expect(await textOf(question)).toContain('"status":2')
    now = 10
    expect(await textOf(question)).toContain('"status":1,"output":{"code":7,"message":"full"}')
    expect(emulator.tasks.map(task => task.id)).toEqual(['9007199254740993', '9007199254740994'])
    expect(emulator.requests.map(request => request.receivedAtMs)).toEqual([0, 0, 0, 10])
  })

  it('applies the format of codes', async () => {
    const { endpoint } = await start({ codeFormat: 'string', idFormat: 'number' })
    expect(await textOf(`${endpoint}?Action=DeleteNatGateway&natId=nat-1`)).toBe(
      '{"code":"0","message":"","codeDesc":"Success","taskId":6356502}',
    )
  })

  it('responds to HEAD with only the head', async () => {
    const { endpoint } = await start()
    const { bytes } = await rawExchange(endpoint, { method: 'HEAD', headers: ['Connection: close'] })
    expect(split(bytes).head).toContain('Content-Length: ')
    expect(split(bytes).body.length).toBe(0)
  })

  it('responds with 404 at an unknown path', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/elsewhere`)
    expect([response.status, await response.text()]).toEqual([
      404,
      'The emulator serves nothing at /elsewhere\n',
    ])
  })

  describe('responds with 500 and the reason', () => {
    const oops = (): never => {
      throw new Error('oops')
    }
    const rejected = () => Promise.reject(new Error('oops')) as never
    const submission = 'Action=ResetInstances&instanceId=ins-1'
    const faults = [{ _tag: 'NoContent' }] as const

    it.each<[string, EmulatorOptions, string]>([
      ['clock throws', { clock: oops }, 'the option clock threw: oops'],
      ['rejections throws', { rejections: oops }, 'the option rejections threw: oops'],
      ['failures throws', { failures: oops }, 'the option failures threw: oops'],
      [
        'chaos.random throws',
        { chaos: { rate: 1, random: oops, faults } },
        'the option chaos.random threw: oops',
      ],
      [
        'a getter of rejections throws',
        {
          rejections: {
            get 'ins-1'() {
              return oops()
            },
          },
        },
        'oops',
      ],
      [
        'a getter of a rejection throws',
        {
          rejections: {
            'ins-1': {
              code: 5000,
              get message() {
                return oops()
              },
            },
          },
        },
        'oops',
      ],
      [
        'a getter of chaos throws',
        {
          chaos: {
            rate: 1,
            random: () => 0,
            get faults() {
              return oops()
            },
          },
        },
        'oops',
      ],
      [
        'a getter of a fault throws',
        {
          chaos: {
            rate: 1,
            random: () => 0,
            faults: [
              {
                _tag: 'TrailingBytes',
                get bytes() {
                  return oops()
                },
              },
            ],
          },
        },
        'oops',
      ],
      [
        'the thrown value has no string value',
        {
          clock: () => {
            throw Object.create(null) as Error
          },
        },
        'the option clock threw: an object without a string value',
      ],
      ['clock is asynchronous', { clock: rejected }, 'the option clock returned a promise'],
      ['rejections is asynchronous', { rejections: rejected }, 'the option rejections returned a promise'],
      ['failures is asynchronous', { failures: rejected }, 'the option failures returned a promise'],
      [
        'chaos.random is asynchronous',
        { chaos: { rate: 1, random: rejected, faults } },
        'the option chaos.random returned a promise',
      ],
    ])('when %s', async (_, options, reason) => {
      const emulator = await start(options)
      for (let count = 1; count <= 2; count++) {
        const response = await fetch(`${emulator.endpoint}?${submission}`)
        expect([response.status, await response.text()]).toEqual([
          500,
          `The emulator can't respond: ${reason}\n`,
        ])
        expect(emulator.requests).toHaveLength(count)
      }
    })

    it.each<[string, StubResponse]>([
      [
        'a getter of a served response throws',
        {
          get body() {
            return oops()
          },
        },
      ],
      ['a served body is neither a string nor bytes', { body: 17 as never }],
      ['a served header is neither a string nor an array', { headers: { 'X-Count': 17 as never } }],
      ['a served fault does not exist', { fault: { _tag: 'Explode' } as never }],
    ])('when %s', async (_, stub) => {
      const emulator = await start()
      const { status, text } = await fetch(emulator.serve(stub)).then(async response => ({
        status: response.status,
        text: await response.text(),
      }))
      expect(status).toBe(500)
      expect(text).toMatch(/^The emulator can't respond: .+\n$/)
    })

    it.each(['clock', 'rejections', 'failures'])('and starts no task when %s throws', async name => {
      const emulator = await start({ [name]: oops })
      await fetch(`${emulator.endpoint}?${submission}`)
      expect(emulator.tasks).toEqual([])
    })

    it('or resets the connection if the response has begun', async () => {
      const emulator = await start()
      const url = emulator.serve({ body: '{}', fault: { _tag: 'TrailingBytes', bytes: 17 as never } })
      expect((await rawExchange(url)).end).toBe('RST')
    })

    it('on the same connection, which stays open', async () => {
      let isBroken = true
      const emulator = await start({ clock: () => (isBroken ? oops() : 0) })
      expect((await fetch(emulator.endpoint)).status).toBe(500)
      isBroken = false
      expect((await fetch(emulator.endpoint)).status).toBe(200)
      expect(emulator.requests.map(request => request.receivedAtMs)).toEqual([NaN, 0])
    })
  })
})

describe('connections', () => {
  it('are kept alive for the next request', async () => {
    const { url, requests } = await start()
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    let received = ''
    socket.on('data', piece => (received += piece.toString()))
    for (const path of ['/a', '/b', '/c']) {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
      await eventually(() => received.endsWith(`nothing at ${path}\n`))
    }
    socket.write('GET /d HTTP/1.1\r\nHost: x\r\n\r\nGET /e HTTP/1.1\r\nHost: x\r\n\r\n')
    await eventually(() => received.endsWith('nothing at /e\n'))
    expect(received.indexOf('/d')).toBeLessThan(received.indexOf('/e'))
    expect(requests).toHaveLength(5)
    socket.destroy()
  })

  it.each([
    ['HTTP/1.1', 'Connection: close\r\n'],
    ['HTTP/1.0', ''],
  ])('end after the response: %s %j', async (version, header) => {
    const { url } = await start()
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    socket.write(`GET / ${version}\r\nHost: x\r\n${header}\r\n`)
    let received = ''
    for await (const piece of socket) received += String(piece)
    expect(received).toContain('404 Not Found')
  })

  it('end after the response if close is one of several options', async () => {
    const { url } = await start()
    const { end } = await rawExchange(url, { headers: ['Connection: TE, Close'] })
    expect(end).toBe('FIN')
  })

  it('are numbered in the requests that they carry', async () => {
    const emulator = await start()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const statusOf = (url: string) =>
      new Promise<unknown>(resolve => {
        getHttp(url, { agent }, response => {
          response.resume()
          response.on('end', () => resolve(response.statusCode))
        }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      })
    const sound = emulator.serve({ body: '{}' })
    const closed = emulator.serve({ fault: { _tag: 'Close', at: 'beforeResponse' } })
    const reset = emulator.serve({ fault: { _tag: 'Reset', at: 'withinBody' }, body: 'half' })
    expect(await statusOf(sound)).toBe(200)
    expect(await statusOf(sound)).toBe(200)
    expect(await statusOf(closed)).toBe('ECONNRESET')
    expect(await statusOf(sound)).toBe(200)
    expect(await statusOf(reset)).toBe('ECONNRESET')
    expect(await statusOf(sound)).toBe(200)
    agent.destroy()
    expect(
      emulator.requests.map(({ connectionNumber, requestNumber }) => [connectionNumber, requestNumber]),
    ).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [3, 1],
    ])
  })

  it('are also numbered with TLS', async () => {
    const emulator = await start()
    const origin = await emulator.selfSignedUrl()
    const agent = new TlsAgent({ keepAlive: true, ca: testCertificate })
    for (let count = 0; count < 2; count++)
      await new Promise<void>((resolve, reject) => {
        get(origin, { agent }, response => response.resume().on('end', () => resolve())).on('error', reject)
      })
    agent.destroy()
    expect(emulator.requests).toMatchObject([
      { connectionNumber: 1, requestNumber: 1 },
      { connectionNumber: 1, requestNumber: 2 },
    ])
  })

  it.each<[string, Fault]>([
    ['chunked', { _tag: 'Chunked', damage: 'none' }],
    ['compressed', { _tag: 'Compressed', encoding: 'gzip', damage: 'none' }],
    ['after an informational one', { _tag: 'Informational', statuses: [103] }],
    ['from a gateway', { _tag: 'GatewayPage' }],
    ['without a body', { _tag: 'NoContent' }],
    ['a redirect', { _tag: 'RedirectLoop' }],
    ['byte by byte', { _tag: 'Drip', msPerByte: 0 }],
  ])('are kept alive after each response that is valid HTTP: %s', async (_, fault) => {
    const emulator = await start()
    const url = emulator.serve({ body: '{}', fault })
    for (let count = 0; count < 2; count++) {
      await (await fetch(url, { method: 'POST', body: 'a=b', redirect: 'manual' })).text()
      await new Promise(setImmediate) // undici reuses the connection only then
    }
    expect(emulator.requests).toMatchObject([
      { connectionNumber: 1, requestNumber: 1 },
      { connectionNumber: 1, requestNumber: 2 },
    ])
  })

  it('that break within a request record none', async () => {
    const { url, requests } = await start()
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    socket.end('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab')
    socket.resume()
    await eventually(() => socket.closed)
    expect(requests).toEqual([])
  })
})

describe('serve', () => {
  it('responds byte for byte, to any method, any number of times', async () => {
    const emulator = await start()
    const url = emulator.serve({
      status: 418,
      headers: { 'content-type': 'text/plain', 'Set-Cookie': ['a=1', 'b=2'] },
      body: Uint8Array.of(0xff, 0xfe, 0),
    })
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { bytes } = await rawExchange(url, { method, until: isWhole })
      expect(bytes.toString('latin1')).toBe(
        "HTTP/1.1 418 I'm a Teapot\r\ncontent-type: text/plain\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 3\r\n\r\n\xff\xfe\0",
      )
    }
    expect(emulator.requests.map(request => request.method)).toEqual(['GET', 'PUT', 'DELETE'])
  })

  it('gives each response a different path, and an empty one its required headers', async () => {
    const emulator = await start()
    const urls = [emulator.serve({}), emulator.serve({})]
    expect(new Set(urls).size).toBe(2)
    const response = await fetch(`${urls[0]!}?any=query`)
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json; charset=utf-8',
      '',
    ])
  })

  it('serves the responses of an array in turn, the last one repeatedly', async () => {
    const emulator = await start()
    const url = emulator.serve([
      { body: 'one' },
      { body: 'two', fault: { _tag: 'NoContent' } },
      { body: 'three' },
    ])
    expect([await textOf(url), await textOf(url), await textOf(url), await textOf(url)]).toEqual([
      'one',
      '',
      'three',
      'three',
    ])
  })

  it('sends no body and no length with an informational or empty status', async () => {
    const { url, serve } = await start()
    expect(url).toMatch(/^http:/)
    const { bytes } = await rawExchange(serve({ status: 304, body: 'ignored' }), {
      headers: ['Connection: close'],
    })
    expect(bytes.toString()).toBe('HTTP/1.1 304 Not Modified\r\nAccess-Control-Allow-Origin: *\r\n\r\n')
  })
})

describe('requests', () => {
  it('are recorded completely', async () => {
    const emulator = await start({ clock: () => 42 })
    const url = emulator.serve({})
    await rawExchange(`${url}?a=1&a=2&q=x%20y`, {
      method: 'POST',
      headers: ['Content-Type: application/x-www-form-urlencoded; charset=UTF-8', 'X-Trace: 7'],
      body: 'b=%C3%A9&__proto__=p',
      until: isWhole,
    })
    const [request] = emulator.requests
    expect(request).toMatchObject({
      method: 'POST',
      path: new URL(url).pathname,
      target: `${new URL(url).pathname}?a=1&a=2&q=x%20y`,
      receivedAtMs: 42,
    })
    expect(request?.headers['x-trace']).toBe('7')
    expect(Buffer.from(request!.body).toString()).toBe('b=%C3%A9&__proto__=p')
    expect(Object.entries(request!.parameters)).toEqual([
      ['a', '2'],
      ['q', 'x y'],
      ['b', 'é'],
      ['__proto__', 'p'],
    ])
  })
})

describe('pages of other origins', () => {
  const fromPage = ['Origin: https://page.example', 'Connection: close']

  it('can read every response, even with a fault', async () => {
    const emulator = await start()
    for (const url of [
      emulator.endpoint,
      emulator.serve({}),
      emulator.serve({ fault: { _tag: 'GatewayPage' } }),
    ]) {
      const { head } = split((await rawExchange(url, { headers: fromPage })).bytes)
      expect(head).toContain('Access-Control-Allow-Origin: https://page.example')
      expect(head).toContain('Access-Control-Allow-Credentials: true')
      expect(head).toContain('Access-Control-Expose-Headers: Content-Encoding, Location, Retry-After')
    }
  })

  it('can send a preflight, which uses no response', async () => {
    const emulator = await start()
    const url = emulator.serve([{ body: 'one' }, { body: 'two' }])
    const { head } = split(
      (
        await rawExchange(url, {
          method: 'OPTIONS',
          headers: [
            ...fromPage,
            'Access-Control-Request-Method: PUT',
            'Access-Control-Request-Headers: x-one, authorization',
          ],
        })
      ).bytes,
    )
    expect(head).toContain('HTTP/1.1 204 No Content')
    expect(head).toContain('Access-Control-Allow-Methods: PUT')
    expect(head).toContain('Access-Control-Allow-Headers: x-one, authorization')
    expect(await textOf(url)).toBe('one')
  })

  it('are overridden by the headers of a response', async () => {
    const emulator = await start()
    const response = await fetch(emulator.serve({ headers: { 'access-control-allow-origin': 'null' } }))
    expect(response.headers.get('access-control-allow-origin')).toBe('null')
  })
})

describe('chaos', () => {
  const submit = (emulator: Emulator) => codeOf(fetch(`${emulator.endpoint}?Action=CreateLoadBalancer`))

  it('draws from the given random numbers', async () => {
    const numbers = [0.5, 0.49, 0, 0.1, 0.99]
    const emulator = await start({
      chaos: {
        rate: 0.5,
        random: () => numbers.shift() ?? expect.unreachable(),
        faults: [{ _tag: 'Close', at: 'beforeResponse' }, { _tag: 'NoContent' }],
      },
    })
    expect(await submit(emulator)).toBe('no error')
    expect(await submit(emulator)).toBe('UND_ERR_SOCKET')
    expect((await fetch(emulator.endpoint)).status).toBe(204)
    expect(numbers).toEqual([])
  })

  it.each([
    [{ _tag: 'Close', at: 'beforeResponse' }, 1],
    [{ _tag: 'GatewayPage' }, 1],
    [{ _tag: 'NoContent' }, 1],
    [{ _tag: 'TooManyRequests', retryAfterSeconds: 1 }, 0],
    [{ _tag: 'ServiceUnavailable', retryAfterSeconds: 1 }, 0],
    [{ _tag: 'LoginPage' }, 0],
    [{ _tag: 'RedirectElsewhere', location: '/elsewhere' }, 0],
    [{ _tag: 'InvalidHttp' }, 0],
  ] as const)('%o leaves %i tasks', async (fault, count) => {
    const emulator = await start({ chaos: { rate: 1, random: () => 0, faults: [fault] } })
    await submit(emulator)
    expect(emulator.tasks).toHaveLength(count)
  })

  it('does not affect served responses', async () => {
    const emulator = await start({ chaos: { rate: 1, random: () => 0, faults: [{ _tag: 'NoContent' }] } })
    expect((await fetch(emulator.serve({}))).status).toBe(200)
  })
})

describe('other URLs', () => {
  it('refusedUrl refuses connections', async () => {
    const emulator = await start()
    const url = await emulator.refusedUrl()
    expect(await codeOf(fetch(url))).toBe('ECONNREFUSED')
    expect(await emulator.refusedUrl()).toBe(url)
  })

  it('handshakeResetUrl resets in the handshake', async () => {
    const emulator = await start()
    const url = await emulator.handshakeResetUrl()
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(await codeOf(fetch(url))).toBe('ECONNRESET')
  })

  it('selfSignedUrl is not trusted, but serves the emulator to a client that trusts it', async () => {
    const emulator = await start()
    const origin = await emulator.selfSignedUrl()
    expect(await codeOf(fetch(origin))).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
    const body = await new Promise<string>((resolve, reject) => {
      get(
        `${origin}/v2/index.php?Action=CreateLoadBalancer`,
        { ca: testCertificate, agent: false },
        response => {
          let text = ''
          response.on('data', piece => (text += String(piece)))
          response.on('end', () => resolve(text))
        },
      ).on('error', reject)
    })
    expect(body).toContain('"requestId":"6356502"')
  })

  it('selfSignedUrl injects faults below TLS', async () => {
    const emulator = await start()
    const origin = await emulator.selfSignedUrl()
    const { pathname } = new URL(emulator.serve({ fault: { _tag: 'Reset', at: 'beforeResponse' } }))
    const code = await new Promise(resolve => {
      get(origin + pathname, { ca: testCertificate, agent: false }).on(
        'error',
        (error: NodeJS.ErrnoException) => resolve(error.code),
      )
    })
    expect(code).toBe('ECONNRESET')
  })
})

describe('starting', () => {
  it('uses the given port and host', async () => {
    const free = createServer()
    await new Promise<void>(resolve => free.listen(0, '127.0.0.1', resolve))
    const { port } = free.address() as AddressInfo
    await new Promise(resolve => free.close(resolve))
    expect((await start({ port, host: '127.0.0.1' })).url).toBe(`http://127.0.0.1:${port}`)
    expect((await start({ host: 'localhost' })).url).toMatch(/^http:\/\/localhost:\d+$/)
  })

  it('rejects if the port is in use', async () => {
    const { url } = await start()
    expect(await codeOf(startEmulator({ port: Number(new URL(url).port) }))).toBe('EADDRINUSE')
  })

  it.each([
    [{ taskDurationMs: -1 }, 'taskDurationMs must be at least 0, found -1'],
    [{ taskDurationMs: NaN }, 'taskDurationMs must be at least 0, found NaN'],
    [{ firstTaskId: -1n }, 'firstTaskId must be at least 0, found -1'],
    [
      { chaos: { rate: 2, random: Math.random, faults: [{ _tag: 'NoContent' }] } },
      'chaos.rate must be from 0 to 1, found 2',
    ],
  ] satisfies [EmulatorOptions, string][])('rejects options out of range: %o', async (options, message) => {
    await expect(startEmulator(options)).rejects.toThrow(new RangeError(message))
  })
})

describe('close', () => {
  it('leaves no socket, whatever is in flight', async () => {
    const emulator = await startEmulator()
    const faults = [
      { _tag: 'Stall', at: 'beforeResponse' },
      { _tag: 'Stall', at: 'withinBody' },
      { _tag: 'Drip', msPerByte: 3_600_000 },
      { _tag: 'Drip', msPerByte: 1 },
      { _tag: 'EndlessBody' },
    ] as const
    const exchanges = faults.map(fault => rawExchange(emulator.serve({ body: '{}', fault })))
    await Promise.all([emulator.refusedUrl(), emulator.handshakeResetUrl(), emulator.selfSignedUrl()])
    await eventually(() => emulator.requests.length === faults.length)
    await emulator.close()
    expect(await Promise.all(exchanges)).toHaveLength(faults.length)
  })

  it('lets a process that did all this exit by itself', async () => {
    const program = `
      import { connect } from 'node:net'
      import { startEmulator } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)}
      const emulator = await startEmulator()
      const faults = [
        { _tag: 'Stall', at: 'beforeResponse' },
        { _tag: 'Drip', msPerByte: 3600000 },
        { _tag: 'Reset', at: 'withinBody' },
        { _tag: 'EndlessBody' },
      ]
      const clients = faults.map(fault => {
        const { pathname, port, hostname } = new URL(emulator.serve({ body: '{}', fault }))
        const client = connect(Number(port), hostname).on('error', () => {}).resume()
        client.write('GET ' + pathname + ' HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')
        return client
      })
      await emulator.refusedUrl()
      await emulator.handshakeResetUrl()
      await emulator.selfSignedUrl()
      const turn = () => new Promise(resolve => setImmediate(resolve))
      while (emulator.requests.length < faults.length) await turn()
      await emulator.close()
      for (const client of clients) client.destroy()
      await turn(); await turn(); await turn()
      process.stdout.write(JSON.stringify(process.getActiveResourcesInfo().filter(kind => kind !== 'PipeWrap')))
    `
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      program,
    ])
    expect({ stdout, stderr }).toEqual({ stdout: '[]', stderr: '' })
  })

  it('can be called again, even concurrently', async () => {
    const emulator = await startEmulator()
    await Promise.all([emulator.close(), emulator.close()])
    await emulator.close()
  })

  it('refuses connections and starts no other servers afterwards', async () => {
    const emulator = await startEmulator()
    await emulator.close()
    expect(await codeOf(fetch(emulator.url))).toBe('ECONNREFUSED')
    await expect(emulator.refusedUrl()).rejects.toThrow('the emulator is closed')
    await expect(emulator.selfSignedUrl()).rejects.toThrow('the emulator is closed')
  })

  it('ends servers that are about to start', async () => {
    const emulator = await startEmulator()
    const starting = emulator.selfSignedUrl()
    await emulator.close()
    await expect(starting).rejects.toThrow('the emulator is closed')
  })
})
