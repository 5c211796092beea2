import type { HttpResponse, SubmissionError, Transport, TransportError } from '@task-outcome/core'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { type FastClock, fastClock } from '../../test/FastClock.js'
import { type Fate, type SimulatedServer, fates, simulateServer } from '../../test/SimulatedServer.js'
import { documented } from '../../test/requests.js'
import { clb } from '../../test/services.js'
import type { Clock } from './Clock.js'
import { createTencentCloud } from './createTencentCloud.js'
import type { ResendPolicy } from './ResendPolicy.js'

const endpoint = 'https://lb.api.qcloud.com/v2/index.php'

const cloudWith = (transport: Transport, resend: ResendPolicy | undefined, clock: Clock) =>
  createTencentCloud({
    transport,
    credentials: documented,
    clock,
    ...(resend === undefined ? {} : { resend }),
  })

const submitV2 = (
  { transport }: Pick<SimulatedServer, 'transport'>,
  resend: ResendPolicy | undefined = { maxResends: 3 },
  clock: Clock = fastClock(),
) => cloudWith(transport, resend, clock).v2(endpoint).submit('CreateLoadBalancer', { name: 'a' })()

const submitV3 = (
  { transport }: Pick<SimulatedServer, 'transport'>,
  action: keyof typeof clb.submits,
  resend: ResendPolicy | undefined = { maxResends: 3 },
  clock: Clock = fastClock(),
) => cloudWith(transport, resend, clock).v3(clb).submit(action, { Name: 'a' })()

const leftOf = (result: E.Either<SubmissionError, unknown>): SubmissionError => {
  if (E.isRight(result)) throw new Error('expected a Left')
  return result.left
}

/** What must hold whatever happened to the requests of one submission. */
const holds = (
  server: SimulatedServer,
  result: E.Either<SubmissionError, { readonly taskId: string }>,
): void => {
  const started = server.started()
  expect(started.length).toBeLessThanOrEqual(1)
  if (E.isRight(result)) expect(started).toEqual([result.right.taskId])
  else if (result.left._tag === 'NotSent' || result.left._tag === 'Rejected') expect(started).toEqual([])
}

const randomFates = fc.array(fc.constantFrom(...fates), { maxLength: 6 })

describe('one submission never starts two tasks, and is never said to have started none if it may have', () => {
  test('API 2.0', async () => {
    await fc.assert(
      fc.asyncProperty(randomFates, fc.nat(5), async (fatesInOrder, maxResends) => {
        const server = simulateServer(fatesInOrder)
        holds(server, await submitV2(server, { maxResends }))
        expect(new Set(server.sent).size).toBeLessThanOrEqual(1)
      }),
      { numRuns: 1000 },
    )
  })

  test('API 3.0 with a ClientToken', async () => {
    await fc.assert(
      fc.asyncProperty(randomFates, fc.nat(5), async (fatesInOrder, maxResends) => {
        const server = simulateServer(fatesInOrder)
        holds(server, await submitV3(server, 'CreateLoadBalancer', { maxResends }))
      }),
      { numRuns: 1000 },
    )
  })

  test('API 3.0 without one: it is sent once', async () => {
    await fc.assert(
      fc.asyncProperty(randomFates, async fatesInOrder => {
        const server = simulateServer(fatesInOrder)
        holds(server, await submitV3(server, 'CreateListener'))
        expect(server.sent).toHaveLength(1)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a submission of API 2.0 whose delivery is unknown', () => {
  test('is not sent again by default', async () => {
    const server = simulateServer(['isLost'])
    const { transport } = server
    const cloud = createTencentCloud({ transport, credentials: documented })
    const result = await cloud.v2(endpoint).submit('CreateLoadBalancer', {})()
    expect(leftOf(result)._tag).toBe('DeliveryUnknown')
    expect(server.sent).toHaveLength(1)
  })

  test('is sent again as the same request, and accepted if it is the first to arrive', async () => {
    const server = simulateServer(['isLost', 'isLost'])
    expect(await submitV2(server)).toMatchObject({ right: { taskId: '9007199254740993100' } })
    expect(server.sent).toHaveLength(3)
    expect(new Set(server.sent).size).toBe(1)
  })

  test('stays in doubt if the request that is sent again is a replay', async () => {
    const server = simulateServer(['isUnanswered'])
    expect(await submitV2(server)).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        reason: {
          _tag: 'SentMoreThanOnce',
          lastResult: expect.objectContaining({ _tag: 'Rejected', code: 4500 }) as object,
        },
        recovered: [],
      }),
    )
    expect(server.started()).toHaveLength(1)
  })

  test('stays in doubt if the request that is sent again is not sent', async () => {
    const server = simulateServer(['isLost', 'isNotSent', 'isNotSent', 'isNotSent'])
    expect(leftOf(await submitV2(server))).toMatchObject({
      _tag: 'DeliveryUnknown',
      reason: { code: 'ECONNRESET' },
    })
    expect(server.sent).toHaveLength(4)
  })

  test.each<[Fate]>([['isStopped'], ['isHidden'], ['isRefused']])(
    'is sent again if the response of a request that is sent again says nothing about it (%s)',
    async fate => {
      const server = simulateServer(['isLost', fate])
      await submitV2(server)
      expect(server.sent).toHaveLength(3)
    },
  )

  test('stays in doubt if every response says nothing about it', async () => {
    const busy = simulateServer(['isLost', 'isRefused', 'isRefused', 'isRefused'])
    expect(leftOf(await submitV2(busy))).toMatchObject({
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'SentMoreThanOnce', lastResult: { code: 4400 } },
    })
    const stopped = simulateServer(['isLost', 'isStopped', 'isStopped', 'isStopped'])
    expect(leftOf(await submitV2(stopped))._tag).toBe('HttpStatusError')
  })
})

describe('a submission is not sent again', () => {
  test.each<[Fate, SubmissionError['_tag']]>([
    ['isNotSent', 'NotSent'],
    ['isStopped', 'HttpStatusError'],
    ['isRefused', 'Rejected'],
  ])('if its first send ends in a result that is no unknown delivery (%s)', async (fate, tag) => {
    const server = simulateServer([fate])
    expect(leftOf(await submitV2(server))._tag).toBe(tag)
    expect(server.sent).toHaveLength(1)
  })

  /** A transport with those results, in that order. */
  const scripted = (...results: ReadonlyArray<E.Either<TransportError, HttpResponse>>) => {
    let sends = 0
    const transport: Transport = () => async () => results[sends++]!
    return { transport, sends: () => sends }
  }
  const unknown = { _tag: 'DeliveryUnknown', recovered: [] } as const
  const timedOut: TransportError = { ...unknown, reason: { _tag: 'TimedOut', timeoutMs: 1 } }
  const respond = (body: string, more: Partial<HttpResponse> = {}) => E.right({ status: 200, body, ...more })

  test('if the caller has aborted it', async () => {
    const reason = { _tag: 'Aborted', name: 'AbortError', message: '' } as const
    const { transport, sends } = scripted(E.left({ ...unknown, reason }))
    await submitV2({ transport })
    expect(sends()).toBe(1)
  })

  test('if a part of its response shows a task', async () => {
    const recovered = [{ taskId: '17' as never }]
    const { transport, sends } = scripted(E.left({ ...timedOut, recovered }))
    expect(leftOf(await submitV2({ transport })).recovered).toEqual(recovered)
    expect(sends()).toBe(1)
  })

  test.each([
    ['malformed JSON', respond('<html>')],
    ['a refusal for good', respond('{"code":4000}')],
    ['a refusal with a task', respond('{"code":4400,"requestId":"17"}')],
    ['a redirect', respond('', { status: 302 })],
    [
      'a response that is too large',
      E.left({ _tag: 'ResponseTooLarge', maxBodyBytes: 1, httpStatus: 200, recovered: [] } as const),
    ],
  ])('after %s', async (_, result) => {
    const { transport, sends } = scripted(E.left(timedOut), result)
    const error = leftOf(await submitV2({ transport }))
    expect(sends()).toBe(2)
    expect(error._tag).not.toBe('Rejected')
  })

  test('if the transport itself may have sent more than once', async () => {
    const otherSends = [{ _tag: 'Unanswered', recovered: [] }] as const
    const { transport, sends } = scripted(
      E.left(timedOut),
      respond('{"code":0,"requestId":1}', { otherSends }),
    )
    expect(leftOf(await submitV2({ transport }))).toMatchObject({
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'SentMoreThanOnce' },
    })
    expect(sends()).toBe(2)
  })

  test('if the transport itself may have sent more than once, and the last send was refused', async () => {
    const otherSends = [{ _tag: 'Unanswered', recovered: [] }] as const
    const { transport, sends } = scripted(E.left(timedOut), respond('{"code":4400}', { otherSends }))
    expect(leftOf(await submitV2({ transport }))).toMatchObject({
      reason: { _tag: 'SentMoreThanOnce', lastResult: { code: 4400 } },
    })
    expect(sends()).toBe(2)
  })

  test('if a part of a later response shows a task, whose id is kept', async () => {
    const recovered = [{ taskId: '17' as never }]
    const { transport, sends } = scripted(E.left(timedOut), E.left({ ...timedOut, recovered }))
    expect(leftOf(await submitV2({ transport })).recovered).toEqual(recovered)
    expect(sends()).toBe(2)
  })

  test('if the caller aborts it during the delay', async () => {
    const controller = new AbortController()
    const server = simulateServer(['isLost'])
    const waiting: FastClock = fastClock()
    let cancelled = 0
    const clock: Clock = {
      now: waiting.now,
      after: () => {
        queueMicrotask(() => controller.abort())
        return () => cancelled++
      },
    }
    const result = await cloudWith(server.transport, { maxResends: 3 }, clock)
      .v2(endpoint)
      .submit('X', {}, { signal: controller.signal })()
    expect(leftOf(result)._tag).toBe('DeliveryUnknown')
    expect(server.sent).toHaveLength(1)
    expect(cancelled).toBe(1)
  })

  test('if the clock throws', async () => {
    const server = simulateServer(['isLost'])
    const clock = {
      now: () => 0,
      after: () => {
        throw new Error('no')
      },
    }
    expect(leftOf(await submitV2(server, { maxResends: 3 }, clock))._tag).toBe('DeliveryUnknown')
  })
})

describe('the delay before a submission is sent again', () => {
  test('does not begin if the signal is aborted already', async () => {
    const controller = new AbortController()
    const clock = fastClock()
    const server = simulateServer(['isLost'])
    const transport: Transport = request => async () => {
      controller.abort()
      return server.transport(request)()
    }
    const { signal } = controller
    await cloudWith(transport, { maxResends: 3 }, clock).v2(endpoint).submit('X', {}, { signal })()
    expect(clock.delays).toEqual([])
    expect(server.sent).toHaveLength(1)
  })

  const lost = Array.from({ length: 9 }, (): Fate => 'isLost')

  test('doubles each time', async () => {
    const clock = fastClock()
    await submitV2(simulateServer(lost), { maxResends: 4, delayMs: 100 }, clock)
    expect(clock.delays).toEqual([100, 200, 400, 800])
  })

  test('is a second at first by default', async () => {
    const clock = fastClock()
    await submitV2(simulateServer(lost), { maxResends: 1 }, clock)
    expect(clock.delays).toEqual([1000])
  })

  test('ends within the window in which the API accepts the timestamp', async () => {
    const clock = fastClock()
    await submitV2(simulateServer(lost), { maxResends: 9, windowMs: 7000 }, clock)
    expect(clock.delays).toEqual([1000, 2000, 4000])
    const byDefault = fastClock()
    await submitV2(simulateServer(lost), { maxResends: 9, delayMs: 80_000 }, byDefault)
    expect(byDefault.delays).toEqual([80_000, 160_000])
  })

  test('is as long as the API asks for', async () => {
    const clock = fastClock()
    let sends = 0
    const transport: Transport = () => async () =>
      sends++ === 0
        ? E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 1 }, recovered: [] })
        : E.right({ status: sends === 2 ? 503 : 200, body: '{"code":4400}', retryAfterMs: 5000 })
    await submitV2({ transport }, { maxResends: 3 }, clock)
    expect(clock.delays).toEqual([1000, 5000, 5000])
    sends = 0
    const gateway: Transport = request => async () => {
      const sent = await transport(request)()
      return E.isLeft(sent) ? sent : E.right({ ...sent.right, status: 503, body: '' })
    }
    await submitV2({ transport: gateway }, { maxResends: 2 }, clock)
    expect(clock.delays).toEqual([1000, 5000, 5000, 1000, 5000])
  })

  test('never ends in another send after the clock was set back', async () => {
    const clock = fastClock()
    const server = simulateServer(lost)
    const transport: Transport = request => async () => {
      clock.set(0)
      return server.transport(request)()
    }
    await submitV2({ transport }, { maxResends: 3 }, clock)
    expect(server.sent).toHaveLength(1)
  })
})

describe('the window in which a submission is sent again', () => {
  const lost = Array.from({ length: 9 }, (): Fate => 'isLost')

  /** A clock whose delays take longer by that time: the event loop was blocked, or the machine was suspended. */
  const lateClock = (lateMs: number): FastClock => {
    const clock = fastClock()
    return {
      ...clock,
      after: (delayMs, run) =>
        clock.after(delayMs, () => {
          clock.set(clock.now() + lateMs)
          run()
        }),
    }
  }

  test('is over if the delay took too long', async () => {
    const inTime = simulateServer(lost)
    await submitV2(inTime, { maxResends: 1, windowMs: 7000 }, lateClock(6000))
    expect(inTime.sent).toHaveLength(2)
    const tooLate = simulateServer(lost)
    await submitV2(tooLate, { maxResends: 1, windowMs: 7000 }, lateClock(6001))
    expect(tooLate.sent).toHaveLength(1)
  })

  test.each([2 ** 31, Infinity])('is over if the delay is longer than a timer: %d ms', async delayMs => {
    const server = simulateServer(lost)
    const clock = fastClock()
    await submitV2(server, { maxResends: 1, windowMs: Infinity, delayMs }, clock)
    expect(clock.delays).toEqual([])
    expect(server.sent).toHaveLength(1)
  })

  test('is over if the service may have forgotten the token meanwhile', async () => {
    const server = simulateServer(lost)
    await submitV3(server, 'CreateCluster', { maxResends: 1 }, lateClock(1401))
    expect(server.sent).toHaveLength(1)
  })

  test('is over if the credentials arrived too late', async () => {
    const clock = fastClock()
    const server = simulateServer(['isUnanswered', 'arrives'])
    let calls = 0
    const cloud = createTencentCloud({
      transport: server.transport,
      credentials: async () => {
        if (calls++ > 0) clock.set(clock.now() + 1401)
        return documented
      },
      clock,
      resend: { maxResends: 9 },
    })
    const result = await cloud.v3(clb).submit('CreateCluster', {})()
    expect(leftOf(result)._tag).toBe('DeliveryUnknown')
    expect([calls, server.sent.length]).toEqual([2, 1])
  })

  test('is not longer if the clock is set back after it was read once more', async () => {
    const clock = fastClock()
    const server = simulateServer(lost)
    let sends = 0
    const transport: Transport = request => async () => {
      if (++sends === 2) clock.set(clock.now() - 500)
      return server.transport(request)()
    }
    await submitV2({ transport }, { maxResends: 9 }, clock)
    expect(server.sent).toHaveLength(2)
  })

  test('is measured with the monotonic clock, too, which setting the time does not affect', async () => {
    const times = { now: 1_551_113_065_000, monotonic: 7 }
    const clock: Clock = {
      now: () => times.now,
      monotonicNow: () => times.monotonic,
      after: (delayMs, run) => {
        queueMicrotask(() => {
          times.monotonic += delayMs // and the time stands still, because it is set back
          run()
        })
        return () => undefined
      },
    }
    const server = simulateServer(lost)
    await submitV2(server, { maxResends: 9, windowMs: 5000 }, clock)
    expect(server.sent).toHaveLength(3)
  })

  test.each([NaN, 'soon'])('is over if the clock gives no time: %o', async broken => {
    const server = simulateServer(lost)
    const clock = fastClock()
    let isBroken = false
    const transport: Transport = request => async () => {
      isBroken = true
      return server.transport(request)()
    }
    const now = (): number => (isBroken ? (broken as number) : clock.now())
    await submitV2({ transport }, { maxResends: 9 }, { ...clock, now })
    const monotonicNow = (): number => (isBroken ? (broken as number) : 0)
    isBroken = false
    await submitV2({ transport }, { maxResends: 9 }, { ...clock, monotonicNow })
    expect(server.sent).toHaveLength(2)
  })
})

describe('a submission of API 3.0 with a ClientToken', () => {
  const tokenIn = (body: unknown): unknown =>
    (JSON.parse(body as string) as Readonly<Record<string, unknown>>).ClientToken

  test('is signed anew with the same token when it is sent again', async () => {
    const server = simulateServer(['isUnanswered'])
    expect(await submitV3(server, 'CreateLoadBalancer')).toMatchObject({
      right: { taskId: '9007199254740993100' },
    })
    const [first, second] = server.sent
    expect(second!.body).toBe(first!.body)
    expect(tokenIn(first!.body)).toMatch(/^[\da-f]{32}$/)
    expect(first!.headers!['X-TC-Timestamp']).toBe('1551113065')
    expect(second!.headers!['X-TC-Timestamp']).toBe('1551113066')
    expect(second!.headers!.Authorization).not.toBe(first!.headers!.Authorization)
  })

  test('is not sent again when the service may have forgotten the token', async () => {
    const clock = fastClock()
    const server = simulateServer(['isLost', 'isLost', 'isLost', 'isLost'])
    const result = await submitV3(server, 'CreateCluster', { maxResends: 9, windowMs: 99_000 }, clock)
    expect(leftOf(result)._tag).toBe('DeliveryUnknown')
    expect(clock.delays).toEqual([1000]) // the token is remembered for 3 seconds, and a request takes time to arrive
  })

  test('has another token at each run', async () => {
    const server = simulateServer([])
    const submit = cloudWith(server.transport, undefined, fastClock())
      .v3(clb)
      .submit('CreateLoadBalancer', {})
    await submit()
    await submit()
    expect(new Set(server.sent.map(({ body }) => tokenIn(body))).size).toBe(2)
    expect(server.started()).toHaveLength(2)
  })

  test('keeps the token of the caller', async () => {
    const server = simulateServer([])
    const submit = cloudWith(server.transport, undefined, fastClock())
      .v3(clb)
      .submit('CreateLoadBalancer', { ClientToken: 'mine' })
    await submit()
    await submit()
    expect(server.sent.map(({ body }) => tokenIn(body))).toEqual(['mine', 'mine'])
    expect(server.started()).toHaveLength(1)
  })

  test.each(['', ' ', 'a b', '\u00a0', null, undefined, 0, 17, true, [], ['a'], {}])(
    'is not sent with a token that the service may not take for one: %o',
    async ClientToken => {
      const server = simulateServer(['isUnanswered'])
      const result = await cloudWith(server.transport, { maxResends: 3 }, fastClock())
        .v3(clb)
        .submit('CreateLoadBalancer', { ClientToken } as never)()
      expect(leftOf(result)).toMatchObject({
        _tag: 'NotSent',
        reason: {
          _tag: 'Misused',
          message: expect.stringContaining('/parameters/ClientToken: expected a non-empty string') as string,
        },
      })
      expect(server.sent).toEqual([])
    },
  )

  test('is sent again with the same body, although the caller changes the parameters', async () => {
    const server = simulateServer(['isUnanswered'])
    const parameters = { ClientToken: 'one', Tags: [{ TagKey: 'a' }] }
    const run = cloudWith(server.transport, { maxResends: 1 }, fastClock())
      .v3(clb)
      .submit('CreateLoadBalancer', parameters)()
    parameters.ClientToken = 'two'
    parameters.Tags[0]!.TagKey = 'b'
    expect(await run).toMatchObject({ right: { taskId: '9007199254740993100' } })
    expect(server.sent.map(({ body }) => body)).toEqual([
      '{"ClientToken":"one","Tags":[{"TagKey":"a"}]}',
      '{"ClientToken":"one","Tags":[{"TagKey":"a"}]}',
    ])
    expect(server.started()).toHaveLength(1)
  })

  /** Sends to a server that starts a task for each token of each account. */
  const submitAs = async (...secretIds: readonly [string, ...ReadonlyArray<string>]) => {
    const server = simulateServer(['isUnanswered', 'isUnanswered', 'isUnanswered'])
    let calls = 0
    const cloud = createTencentCloud({
      transport: server.transport,
      credentials: () => ({
        ...documented,
        token: `token-${calls}`,
        get secretId() {
          return secretIds[Math.min(calls++, secretIds.length - 1)]!
        },
      }),
      clock: fastClock(),
      resend: { maxResends: 2 },
    })
    const result = await cloud.v3(clb).submit('CreateLoadBalancer', {})()
    return { result, sent: server.sent.length, calls }
  }

  test('is sent again with a new temporary token of the same secret id', async () => {
    expect(await submitAs('one')).toMatchObject({ sent: 3, calls: 3 })
  })

  test('is not sent again as another account, in which it would start a second task', async () => {
    const { result, sent } = await submitAs('one', 'two')
    expect(leftOf(result)).toMatchObject({ _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } })
    expect(sent).toBe(1)
    expect(await submitAs('one', 'one', 'two')).toMatchObject({ sent: 2 })
  })

  test('stays in doubt if the credentials to sign it again do not arrive', async () => {
    const server = simulateServer(['isLost'])
    let calls = 0
    const { transport } = server
    const cloud = createTencentCloud({
      transport,
      credentials: () => (calls++ === 0 ? documented : new Promise<never>(() => undefined)),
      clock: fastClock(),
      resend: { maxResends: 2 },
    })
    const result = await cloud.v3(clb).submit('CreateLoadBalancer', {})()
    expect(leftOf(result)).toMatchObject({ _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } })
    expect(server.sent).toHaveLength(1)
  })

  test('stays in doubt if it can’t be signed again', async () => {
    const server = simulateServer(['isLost'])
    let calls = 0
    const { transport } = server
    const cloud = createTencentCloud({
      transport,
      credentials: () => {
        if (calls++ > 0) throw new Error('expired')
        return documented
      },
      clock: fastClock(),
      resend: { maxResends: 2 },
    })
    const result = await cloud.v3(clb).submit('CreateLoadBalancer', {})()
    expect(leftOf(result)).toMatchObject({ _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } })
    expect(calls).toBe(3)
  })
})
