import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../../test/rawExchange.js'
import { credential, now, sign2, sign3 } from '../../test/signing.js'
import { type Emulator, type EmulatorOptions, type Fault, startEmulator } from '../index.js'

const running: Emulator[] = []
const start = async (options?: EmulatorOptions) => {
  const emulator = await startEmulator({ credentials: [credential], clock: () => now, ...options })
  running.push(emulator)
  return emulator
}
afterEach(async () => {
  await Promise.all(running.splice(0).map(emulator => emulator.close()))
})

const hostOf = ({ url }: Emulator) => new URL(url).host

/** Returns a URL and an init for fetch. The same submission gives the same bytes. */
type Call = readonly [url: string, init: RequestInit]

const submission2 = (emulator: Emulator, Nonce = '1'): Call => {
  const own = { Action: 'ResetInstances', instanceId: `ins-${Nonce}`, Nonce }
  const body = new URLSearchParams(sign2(own, { method: 'POST', host: hostOf(emulator) }))
  return [emulator.endpoint, { method: 'POST', body }]
}

const submission3 = (emulator: Emulator, ClientToken = '1', more = {}): Call => {
  const request = sign3(
    'CreateLoadBalancer',
    { LoadBalancerName: `lb-${ClientToken}`, VpcId: `vpc-${ClientToken}`, ClientToken, ...more },
    { host: hostOf(emulator) },
  )
  return [emulator.url, { ...request, body: request.body.toString() }]
}

const textOf = async ([url, init]: Call): Promise<string> => (await fetch(url, init)).text()

const submissions = [
  ['2.0', submission2],
  ['3.0', submission3],
] as const

describe('without credentials', () => {
  it('nothing changes: signatures are not checked, and there is no API 3.0', async () => {
    const emulator = await startEmulator()
    running.push(emulator)
    expect(await textOf([`${emulator.endpoint}?Action=CreateLoadBalancer&Signature=x`, {}])).toContain(
      '"code":0',
    )
    expect((await fetch(...submission3(emulator))).status).toBe(404)
    expect(emulator.tasks).toHaveLength(1)
  })
})

describe('with credentials', () => {
  it('both APIs start tasks of the same emulator, and report failures with HTTP 200', async () => {
    const emulator = await start({ rejections: { 'ins-9': { code: 5000, message: 'none' } } })
    for (const request of [submission2(emulator), submission3(emulator)]) await textOf(request)
    expect(emulator.tasks).toMatchObject([
      { resourceIds: ['ins-1'] },
      { service: 'clb', resourceIds: ['vpc-1'] },
    ])
    for (const request of [
      submission2(emulator, '9'),
      [emulator.endpoint, {}],
      [emulator.url, { method: 'POST', body: '{}' }],
    ] as Call[]) {
      const response = await fetch(...request)
      expect([response.status, await response.text()]).toEqual([
        200,
        expect.stringMatching(/"code":[45]000|"Code":"MissingParameter"/),
      ])
    }
  })

  it('another method is refused before its signature is checked', async () => {
    const { endpoint, url } = await start()
    expect(await textOf([endpoint, { method: 'PUT' }])).toContain('"code":4600')
    expect(await textOf([url, {}])).toContain('"Code":"UnsupportedProtocol"')
  })

  it('ids beyond 2^53 keep their digits', async () => {
    const emulator = await start({ firstTaskId: 9007199254740993n, idFormat: 'number' })
    expect(await textOf(submission2(emulator))).toContain('"requestId":9007199254740993}')
    const { body, ...request } = sign3(
      'ClearInstance',
      { InstanceId: 'crs-1' },
      { service: 'redis', version: '2018-04-12', host: hostOf(emulator) },
    )
    expect(await textOf([emulator.url, { ...request, body: body.toString() }])).toContain(
      '"TaskId":9007199254740994,',
    )
  })

  it.each(submissions)('too many requests in a second are refused, in API %s', async (_, submission) => {
    let time = now
    const emulator = await start({ clock: () => time, maxRequestsPerSecond: 2 })
    const isRefused = async (nonce: string) =>
      /4400|RequestLimitExceeded/.test(await textOf(submission(emulator, nonce)))
    expect([await isRefused('1'), await isRefused('2'), await isRefused('3')]).toEqual([false, false, true])
    expect(emulator.tasks).toHaveLength(2)
    time += 1000
    // the refused request used up neither its nonce nor its token
    expect(await isRefused('3')).toBe(false)
  })

  it.each([
    [{ clockToleranceMs: -1 }, 'clockToleranceMs must be at least 0, found -1'],
    [{ maxRequestsPerSecond: 0 }, 'maxRequestsPerSecond must be greater than 0, found 0'],
  ])('options out of range are rejected: %o', async (options, message) => {
    await expect(start(options)).rejects.toThrow(new RangeError(message))
  })

  it('the tolerance of the clock is that of API 2.0', async () => {
    const late = { clock: () => now + 300_001 }
    const isRefused = async (emulator: Emulator, request: Call) => {
      await textOf(request)
      return emulator.tasks.length === 0
    }
    const [two, strict, three] = [
      await start(late),
      await start({ ...late, clockToleranceMs: 300_000 }),
      await start(late),
    ]
    expect(await isRefused(two, submission2(two))).toBe(false)
    expect(await isRefused(strict, submission2(strict))).toBe(true)
    expect(await isRefused(three, submission3(three))).toBe(true)
  })
})

const faults: readonly [Fault, ...Fault[]] = [
  { _tag: 'Reset', at: 'beforeResponse' },
  { _tag: 'Reset', at: 'withinHead' },
  { _tag: 'Reset', at: 'withinBody' },
  { _tag: 'Close', at: 'beforeResponse' },
  { _tag: 'Close', at: 'withinBody' },
  { _tag: 'GatewayPage', status: 503 },
  { _tag: 'ServiceUnavailable', retryAfterSeconds: 0 },
  { _tag: 'NoContent' },
]

describe.each(submissions)('a submission in API %s that is sent again after', (_, submission) => {
  it.each(faults)('%o starts one task, or none', async fault => {
    let isFaulty = true
    const emulator = await start({
      chaos: { rate: 0.5, random: () => (isFaulty ? 0 : 0.9), faults: [fault] },
    })
    await textOf(submission(emulator)).catch(() => undefined)
    isFaulty = false
    await textOf(submission(emulator))
    expect(emulator.tasks).toHaveLength(1)
  })

  it('a timeout starts one task', async () => {
    let isFaulty = true
    const emulator = await start({
      chaos: { rate: 0.5, random: () => (isFaulty ? 0 : 0.9), faults: [{ _tag: 'Stall', at: 'withinBody' }] },
    })
    const timeout = new AbortController()
    const [url, init] = submission(emulator)
    const sent = fetch(url, { ...init, signal: timeout.signal }).then(response => response.text())
    await eventually(() => emulator.tasks.length === 1)
    timeout.abort()
    await expect(sent).rejects.toThrow()
    isFaulty = false
    await textOf(submission(emulator))
    expect(emulator.tasks).toHaveLength(1)
  })

  it('the client was killed starts one task', async () => {
    const emulator = await start()
    const [url, init] = submission(emulator)
    const request = new Request(url, init)
    const body = await request.text()
    const head = [
      `POST ${new URL(url).pathname} HTTP/1.1`,
      `Host: ${hostOf(emulator)}`,
      ...[...request.headers].map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ].join('\r\n')
    const kill = async (sent: string, isTimeTo: () => boolean) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1').resume()
      socket.on('error', () => undefined).write(sent)
      await eventually(isTimeTo)
      const closed = once(socket, 'close')
      socket.resetAndDestroy()
      await closed
    }
    let isSent = false
    setImmediate(() => (isSent = true))
    await kill(`${head}\r\n\r\n${body.slice(0, -1)}`, () => isSent)
    await kill(`${head}\r\n\r\n${body}`, () => emulator.tasks.length === 1)
    await textOf([url, init])
    expect(emulator.tasks).toHaveLength(1)
  })

  it('1,000 random faults starts one task', async () => {
    let seed = 20261127
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
    const emulator = await start({ chaos: { rate: 0.7, random, faults } })
    const isAnswered = (request: Call) =>
      textOf(request).then(
        text => /"code":(0|4500)|"LoadBalancerIds":/.test(text),
        () => false,
      )
    let submitted = 0
    let failed = 0
    const submitUntilEnough = async () => {
      while (failed < 1000) {
        const nonce = String(++submitted)
        while (!(await isAnswered(submission(emulator, nonce)))) failed++
      }
    }
    await Promise.all(Array.from({ length: 8 }, submitUntilEnough))
    expect(emulator.tasks).toHaveLength(submitted)
    expect(new Set(emulator.tasks.map(task => task.resourceIds[0])).size).toBe(submitted)
  })
})
