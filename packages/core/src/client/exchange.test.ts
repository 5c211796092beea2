import * as E from 'fp-ts/lib/Either.js'
import { beforeEach, describe, expect, test } from 'vitest'
import type { HttpAnswer } from '../decode/HttpAnswer.js'
import type { TaskError } from '../error/TaskError.js'
import { type Attempt, type ExchangeLimits, type Platform, exchange } from './exchange.js'
import type { BodyStream } from './body.js'

/** A platform whose time is moved by hand. */
const makePlatform = () => {
  let now = 0
  const timers = new Map<number, { readonly at: number; readonly callback: () => void }>()
  let lastTimer = 0
  const platform: Platform<AbortSignal, number> = {
    AbortController,
    setTimeout: (callback, ms) => {
      timers.set(++lastTimer, { at: now + ms, callback })
      return lastTimer
    },
    clearTimeout: timer => timers.delete(timer),
  }
  const pass = (ms: number): void => {
    now += ms
    for (const [timer, { at, callback }] of [...timers].sort(([, a], [, b]) => a.at - b.at)) {
      if (at > now) continue
      timers.delete(timer)
      callback()
    }
  }
  return { platform, pass, timers }
}

/** A signal that knows its listeners: those to anything but `abort` would wait in vain. */
const makeSignal = () => {
  const listeners = new Set<() => void>()
  const listenersTo = (type: string): Set<() => void> => (type === 'abort' ? listeners : new Set())
  const signal = {
    aborted: false,
    reason: undefined as unknown,
    addEventListener: (type: string, listener: () => void): void => void listenersTo(type).add(listener),
    removeEventListener: (type: string, listener: () => void): void =>
      void listenersTo(type).delete(listener),
  }
  const abort = (reason: unknown): void => {
    Object.assign(signal, { aborted: true, reason })
    for (const listener of [...listeners]) listener()
  }
  return { signal, abort, listeners }
}

const run = (
  send: (attempt: Attempt<AbortSignal>) => Promise<HttpAnswer>,
  limits: ExchangeLimits = {},
  { platform } = makePlatform(),
): Promise<E.Either<TaskError, HttpAnswer>> => exchange(platform, limits, send)

const never = new Promise<never>(() => undefined)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more })

describe('an exchange', () => {
  test('gives the answer, its body in one piece', async () => {
    const result = await run(async attempt => {
      await attempt.send(async () => undefined)
      return attempt.readBody({ status: 201, redirectOrigin: 'http://a' }, [bytes('{"co'), bytes('de":0}')])
    })
    expect(result).toEqual(E.right({ status: 201, redirectOrigin: 'http://a', body: bytes('{"code":0}') }))
  })

  test('leaves no timer and no listener behind, however it ends', async () => {
    for (const send of [
      async (): Promise<HttpAnswer> => ({ status: 200, body: '' }),
      async (): Promise<HttpAnswer> => Promise.reject(coded('ECONNRESET')),
      (): Promise<HttpAnswer> => {
        throw new Error('at once')
      },
    ]) {
      const { signal, listeners } = makeSignal()
      const clock = makePlatform()
      let meanwhile: ReadonlyArray<number> = []
      await run(
        attempt => {
          attempt.follow(signal)
          attempt.limitTime(5)
          meanwhile = [listeners.size, clock.timers.size]
          return send()
        },
        { timeoutMs: 10 },
        clock,
      )
      expect(meanwhile).toEqual([1, 2])
      expect([listeners.size, clock.timers.size]).toEqual([0, 0])
    }
  })

  test('takes on no limit once it is over', async () => {
    const { signal, listeners } = makeSignal()
    const clock = makePlatform()
    let over: Attempt<AbortSignal> | undefined
    await run(
      async attempt => {
        over = attempt
        return { status: 200, body: '' }
      },
      {},
      clock,
    )
    over?.follow(signal)
    const lift = over?.limitTime(5)
    expect([listeners.size, clock.timers.size]).toEqual([0, 0])
    lift?.()
    await expect(over?.send(async () => 'asked')).rejects.toThrow('over')
  })
})

describe('a time limit', () => {
  test('ends the exchange, even if the client goes on', async () => {
    const clock = makePlatform()
    let signal: AbortSignal | undefined
    const running = run(
      attempt => {
        return attempt.send(own => {
          signal = own
          return never
        })
      },
      { timeoutMs: 1000 },
      clock,
    )
    clock.pass(999)
    expect(signal?.aborted).toBe(false)
    clock.pass(1)
    expect(await running).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut', timeoutMs: 1000 }, recovered: [] }),
    )
    expect(signal?.aborted).toBe(true)
  })

  test.each([
    ['answers', (resolve: (answer: HttpAnswer) => void) => resolve({ status: 200, body: 'late' })],
    ['fails', (_: unknown, reject: (reason: Error) => void) => reject(coded('ECONNRESET'))],
  ])('has the last word: what %s after it is ignored', async (_, endLate) => {
    const clock = makePlatform()
    let end: () => void = () => undefined
    const client = new Promise<HttpAnswer>((resolve, reject) => {
      end = () => endLate(resolve, reject)
    })
    const running = run(() => client, { timeoutMs: 1 }, clock)
    clock.pass(1)
    end()
    await client.catch(() => undefined)
    expect(await running).toMatchObject({ left: { reason: { _tag: 'TimedOut' } } })
  })

  test('before the request was begun: NotSent', async () => {
    const clock = makePlatform()
    const running = run(() => never, { timeoutMs: 1 }, clock)
    clock.pass(1)
    expect(await running).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'TimedOut' } } })
  })

  test('the shortest of several counts', async () => {
    const clock = makePlatform()
    const running = run(
      attempt => {
        attempt.limitTime(20)
        attempt.limitTime(30)
        return never
      },
      { timeoutMs: 40 },
      clock,
    )
    clock.pass(100)
    expect(await running).toMatchObject({ left: { reason: { timeoutMs: 20 } } })
  })

  test('that is none may be lifted, too', async () => {
    const result = await run(async attempt => {
      attempt.limitTime(2 ** 31)()
      attempt.limitTime(-1)()
      return never
    })
    expect(result).toMatchObject({ left: { _tag: 'NotSent', reason: { name: 'RangeError' } } })
  })

  test('that is lifted counts no more', async () => {
    const clock = makePlatform()
    const running = run(
      async attempt => {
        const lift = attempt.limitTime(20)
        lift()
        lift()
        clock.pass(100)
        return { status: 200, body: '' }
      },
      { timeoutMs: 1000 },
      clock,
    )
    expect(await running).toMatchObject({ _tag: 'Right' })
    expect(clock.timers.size).toBe(0)
  })

  test('between two sendings, the first of which was surely not sent: NotSent', async () => {
    const clock = makePlatform()
    const running = run(
      async attempt => {
        await attempt.send(() => Promise.reject(coded('ENOTFOUND'))).catch(() => undefined)
        clock.pass(10)
        return never
      },
      { timeoutMs: 10 },
      clock,
    )
    expect(await running).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'TimedOut' } } })
  })

  test('longer than timers can count to is none', async () => {
    const timersWithin = async (timeoutMs: number): Promise<number> => {
      const clock = makePlatform()
      let timers = NaN
      await run(
        async () => {
          timers = clock.timers.size
          return { status: 200, body: '' }
        },
        { timeoutMs },
        clock,
      )
      return timers
    }
    expect(await timersWithin(2 ** 31)).toBe(0)
    expect(await timersWithin(2 ** 31 - 1)).toBe(1)
  })

  test.each([
    { timeoutMs: 0 },
    { timeoutMs: -1 },
    { timeoutMs: Number.NaN },
    { maxBodyBytes: -1 },
    { maxBodyBytes: Number.NaN },
  ])('that is none (%j) is an error of its own, and nothing is sent', async limits => {
    let isCalled = false
    const result = await run(() => {
      isCalled = true
      return never
    }, limits)
    expect(isCalled).toBe(false)
    expect(result).toMatchObject({
      left: {
        _tag: 'NotSent',
        reason: {
          _tag: 'ClientFailed',
          name: 'RangeError',
          code: expect.stringContaining(Object.keys(limits)[0] ?? '') as string,
        },
      },
    })
  })
})

describe('the client gets a signal', () => {
  const signalsOf = async (prepare: (attempt: Attempt<AbortSignal>) => void, limits: ExchangeLimits = {}) => {
    const signals: (AbortSignal | undefined)[] = []
    await run(async attempt => {
      const ask = async (signal: AbortSignal | undefined) => {
        signals.push(signal)
      }
      await attempt.send(ask)
      prepare(attempt)
      await attempt.send(ask)
      await attempt.send(ask)
      return { status: 200, body: '' }
    }, limits)
    return signals
  }

  test('not where nothing can end the exchange', async () => {
    expect(await signalsOf(() => undefined)).toEqual([undefined, undefined, undefined])
  })

  test.each([
    ['a limit of time', attempt => attempt.limitTime(60_000)],
    ['a signal of the caller’s', attempt => attempt.follow(makeSignal().signal)],
  ] satisfies ReadonlyArray<[string, (attempt: Attempt<AbortSignal>) => void]>)(
    'where %s can, always the same one',
    async (_, prepare) => {
      const [before, one, other] = await signalsOf(prepare)
      expect([before, one]).toEqual([undefined, expect.any(AbortSignal)])
      expect(other).toBe(one)
    },
  )

  test('from the start, where the limits of the exchange have a time', async () => {
    expect((await signalsOf(() => undefined, { timeoutMs: 60_000 }))[0]).toBeInstanceOf(AbortSignal)
  })
})

describe('a signal', () => {
  test.each([
    [Object.assign(new Error('the user has left'), { name: 'UserLeft' }), 'UserLeft', 'the user has left'],
    [
      new DOMException('This operation was aborted', 'AbortError'),
      'AbortError',
      'This operation was aborted',
    ],
    ['enough', 'string', 'enough'],
    [undefined, 'undefined', ''],
    [{ secret: 's3cret' }, 'object', ''],
  ])('ends the exchange with the name and the message of its reason (%s)', async (reason, name, message) => {
    const { signal, abort } = makeSignal()
    const running = run(attempt => {
      attempt.follow(signal)
      return attempt.send(() => never)
    })
    abort(reason)
    expect(await running).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'Aborted', name, message }, recovered: [] }),
    )
  })

  test('whose reason throws when it is looked at does no harm', async () => {
    const reason = Object.defineProperty({}, 'name', {
      get: () => {
        throw new Error('hostile')
      },
    })
    const { signal, abort } = makeSignal()
    const running = run(attempt => {
      attempt.follow(signal)
      return never
    })
    abort(reason)
    expect(await running).toMatchObject({
      left: { reason: { _tag: 'Aborted', name: 'object', message: '' } },
    })
  })

  test('that is followed twice is listened to once', async () => {
    const { signal, listeners } = makeSignal()
    let meanwhile = NaN
    await run(async attempt => {
      attempt.follow(signal)
      attempt.follow(signal)
      meanwhile = listeners.size
      return { status: 200, body: '' }
    })
    expect([meanwhile, listeners.size]).toEqual([1, 0])
  })

  test('that can’t be left and aborts after the end does no harm', async () => {
    const { signal, abort } = makeSignal()
    let own: AbortSignal | undefined
    const result = await run(attempt => {
      attempt.follow({ aborted: false, addEventListener: signal.addEventListener })
      return attempt.send(async given => {
        own = given
        return { status: 200, body: '' }
      })
    })
    abort('too late')
    expect(result).toMatchObject({ _tag: 'Right' })
    expect(own?.aborted).toBe(false)
  })

  test('aborted before the call: NotSent, and the client is not asked', async () => {
    const result = await run(async attempt => {
      attempt.follow(AbortSignal.abort())
      return attempt.send(async () => ({ status: 200, body: 'must not be' }))
    })
    expect(result).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Aborted', name: 'AbortError' } },
    })
  })

  test('of a kind without listeners is looked at once', async () => {
    expect(
      await run(async attempt => {
        attempt.follow({ aborted: false })
        return { status: 200, body: '' }
      }),
    ).toMatchObject({ _tag: 'Right' })
  })
})

describe('a body', () => {
  const batch = '{"code":0,"detail":{"a":{"code":0,"requestId":"1"},"b":{"code":0,"requestId":2'
  const arrived = [{ taskId: '1', resourceId: 'a', code: 0, path: '/detail/a/requestId' }]

  test('that breaks off: the ids that had arrived are recovered', async () => {
    const breaking = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes(batch.slice(0, 20))
      yield bytes(batch.slice(20))
      throw coded('ECONNRESET')
    }
    const result = await run(async attempt => {
      await attempt.send(async () => undefined)
      return attempt.readBody({ status: 200 }, breaking())
    })
    expect(result).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NetworkFailed', code: 'ECONNRESET' },
        recovered: arrived,
      }),
    )
  })

  test('that breaks off after many ids under a name of a megabyte: all are recovered', async () => {
    const ids = Array.from({ length: 30_000 }, (_, index) => `"requestId":${index},`).join('')
    const breaking = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes(`{"detail":{"${'x'.repeat(1_000_000)}":{${ids}`)
      throw coded('ECONNRESET')
    }
    const result = await run(async attempt => attempt.readBody({ status: 200 }, breaking()))
    expect(E.isLeft(result) && result.left.recovered.length).toBe(30_000)
  })

  test('that never ends its time: the ids that had arrived are recovered', async () => {
    const clock = makePlatform()
    const stalling = async function* (): AsyncGenerator<Uint8Array> {
      yield bytes(batch)
      clock.pass(1000)
      await never
    }
    const result = await run(
      async attempt => {
        await attempt.send(async () => undefined)
        return attempt.readBody({ status: 200 }, stalling())
      },
      { timeoutMs: 1000 },
      clock,
    )
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown', recovered: arrived } })
  })

  test('that fails with a code of connecting has been delivered all the same', async () => {
    const result = await run(async attempt => {
      await attempt.send(async () => undefined)
      return attempt.readBody(
        { status: 200 },
        (async function* (): AsyncGenerator<Uint8Array> {
          yield bytes('')
          throw coded('ECONNREFUSED')
        })(),
      )
    })
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
  })

  test('larger than the limit is left there: its stream is closed, and what had arrived is recovered', async () => {
    let given = 0
    let isClosed = false
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield bytes(batch)
        for (;;) {
          given++
          yield bytes(' '.repeat(100))
        }
      } finally {
        isClosed = true
      }
    }
    let signal: AbortSignal | undefined
    const result = await run(
      async attempt => {
        await attempt.send(async own => {
          signal = own
        })
        return attempt.readBody({ status: 200 }, endless())
      },
      { maxBodyBytes: 1000, timeoutMs: 60_000 },
    )
    expect(result).toEqual(
      E.left({
        _tag: 'ResponseTooLarge',
        maxBodyBytes: 1000,
        httpStatus: 200,
        recovered: [...arrived, { taskId: '2', resourceId: 'b', code: 0, path: '/detail/b/requestId' }],
      }),
    )
    expect([isClosed, given <= 10, signal?.aborted]).toEqual([true, true, true])
  })

  test('larger than the limit says nothing about the answer to a later sending', async () => {
    const result = await run(
      async attempt => {
        await attempt.send(async () => undefined)
        await attempt.readBody({ status: 200 }, [bytes(batch)]).catch(() => undefined)
        const signal = await attempt.send(async own => own)
        expect(signal?.aborted).toBe(false)
        return attempt.readBody({ status: 200 }, [bytes('{}')])
      },
      { maxBodyBytes: 10, timeoutMs: 60_000 },
    )
    const recovered = arrived
    expect(result).toEqual(E.right({ status: 200, body: bytes('{}'), recovered }))
  })

  test('that was answered by sending again: its ids are recovered all the same', async () => {
    const retrying = (last: (attempt: Attempt<AbortSignal>) => Promise<HttpAnswer>) =>
      run(async attempt => {
        for (const id of [17, 18]) {
          await attempt.send(async () => undefined)
          await attempt.readBody({ status: 500 }, [bytes(`{"code":0,"requestId":${id}}`)])
        }
        return last(attempt)
      })
    const earlier = [
      { taskId: '17', code: 0 },
      { taskId: '18', code: 0 },
    ]
    expect(
      await retrying(attempt => attempt.send(() => Promise.reject(coded('ECONNREFUSED')))),
    ).toMatchObject({
      left: { _tag: 'DeliveryUnknown', recovered: earlier },
    })
    const last = async (attempt: Attempt<AbortSignal>): Promise<HttpAnswer> => {
      await attempt.send(async () => undefined)
      return attempt.readBody({ status: 200 }, [bytes('{"code":0,"requestId":19}')], 10)
    }
    expect(await retrying(last)).toMatchObject({
      left: { _tag: 'ResponseTooLarge', recovered: [...earlier, { taskId: '19', code: 0 }] },
    })
  })

  test('that is read without a sending between: the ids of the one before are recovered', async () => {
    const result = await run(async attempt => {
      await attempt.send(async () => undefined)
      await attempt.readBody({ status: 200 }, [bytes('{"code":0,"requestId":17}')])
      return attempt.readBody({ status: 200 }, [bytes('{"code":0,"requestId":18}'), 5 as never])
    })
    expect(result).toMatchObject({
      left: {
        recovered: [
          { taskId: '17', code: 0 },
          { taskId: '18', code: 0 },
        ],
      },
    })
  })

  test('to which others came before has their ids with it, each once', async () => {
    const answers = ['{"code":0,"requestId":17}', '{"code":0,"requestId":17}', '{"code":4400,"requestId":18}']
    const result = await run(async attempt => {
      let last: HttpAnswer = { status: 0, body: '' }
      for (const answer of answers) {
        await attempt.send(async () => undefined)
        last = await attempt.readBody({ status: 500 }, [bytes(answer)])
      }
      return last
    })
    expect(result).toEqual(
      E.right({
        status: 500,
        body: bytes('{"code":4400,"requestId":18}'),
        recovered: [
          { taskId: '17', code: 0, path: '/requestId' },
          { taskId: '18', code: 4400, path: '/requestId' },
        ],
      }),
    )
  })

  test('is what was read, whatever else its head may hold', async () => {
    const head = { status: 200, body: 'no', headers: {} }
    expect(await run(async attempt => attempt.readBody(head, [bytes('{}')]))).toEqual(
      E.right({ status: 200, body: bytes('{}') }),
    )
  })

  test('may be exactly as large as the limit, also when the limit is 0', async () => {
    for (const [text, maxBodyBytes] of [
      ['12345', 5],
      ['', 0],
    ] as const)
      expect(
        await run(async attempt => attempt.readBody({ status: 200 }, [bytes(text)]), { maxBodyBytes }),
      ).toEqual(E.right({ status: 200, body: bytes(text) }))
  })

  test('may have 16 MiB by default', async () => {
    const mebibyte = new Uint8Array(1024 * 1024)
    const read = (count: number) =>
      run(async attempt => attempt.readBody({ status: 200 }, new Array<Uint8Array>(count).fill(mebibyte)))
    expect(await read(16)).toMatchObject({ _tag: 'Right' })
    expect(await read(17)).toMatchObject({
      left: { _tag: 'ResponseTooLarge', maxBodyBytes: 16 * 1024 * 1024 },
    })
  })

  test.each([
    [4, 5],
    [5, 4],
    [4, 4],
  ])('may be no larger than the smaller of two limits (%s and %s)', async (own, maxBodyBytes) => {
    expect(
      await run(async attempt => attempt.readBody({ status: 200 }, [bytes('12345')], own), { maxBodyBytes }),
    ).toMatchObject({ left: { _tag: 'ResponseTooLarge', maxBodyBytes: 4 } })
  })

  const buffer = bytes('{"code":0}').slice().buffer

  test.each([
    ['texts', ['{"co', 'de":0}']],
    ['buffers', [buffer.slice(0, 4), buffer.slice(4)]],
    ['views', [new DataView(buffer, 0, 4), new DataView(buffer, 4)]],
    ['a single text', '{"code":0}'],
    ['its bytes', bytes('{"code":0}')],
  ])('may come as %s, whatever its type says', async (_, body) => {
    expect(await run(async attempt => attempt.readBody({ status: 200 }, body as BodyStream))).toEqual(
      E.right({ status: 200, body: bytes('{"code":0}') }),
    )
  })

  test.each([[[7]], [[{}]], [[null]]])('of %j can’t be read: the exchange ends', async body => {
    const chunks = [bytes(batch), ...(body as unknown[])] as Uint8Array[]
    expect(await run(async attempt => attempt.readBody({ status: 200 }, chunks))).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { code: 'ERR_BODY_CHUNK' },
        recovered: arrived,
      },
    })
  })

  describe('through a reader', () => {
    let cancelled = 0
    const readable = (
      chunks: ReadonlyArray<Uint8Array | undefined>,
      cancel: () => Promise<void> = async () => undefined,
    ) => ({
      getReader: () => {
        let at = 0
        return {
          read: async () => (at < chunks.length ? { done: false, value: chunks[at++] } : { done: true }),
          cancel: () => {
            cancelled++
            return cancel()
          },
        }
      },
    })
    beforeEach(() => {
      cancelled = 0
    })

    test('is read to its end', async () => {
      expect(
        await run(async attempt =>
          attempt.readBody({ status: 200 }, readable([bytes('12'), undefined, bytes('345')])),
        ),
      ).toEqual(E.right({ status: 200, body: bytes('12345') }))
      expect(cancelled).toBe(0)
    })

    test.each([
      ['done', async () => undefined],
      ['refused', () => Promise.reject(new Error('the stream can not be closed'))],
      ['never answered', () => new Promise<void>(() => undefined)],
    ])('is cancelled when it is too large, be that %s', async (_, cancel) => {
      const body = readable([bytes('12'), bytes('345')], cancel)
      expect(
        await run(async attempt => attempt.readBody({ status: 200 }, body), { maxBodyBytes: 1 }),
      ).toMatchObject({ left: { _tag: 'ResponseTooLarge' } })
      expect(cancelled).toBe(1)
    })
  })
})

describe('a client that fails', () => {
  const failingWith = (
    thrown: unknown,
    ...earlier: ReadonlyArray<unknown>
  ): Promise<E.Either<TaskError, HttpAnswer>> =>
    run(async attempt => {
      for (const failure of earlier)
        await attempt.send(() => Promise.reject(failure as Error)).catch(() => undefined)
      return attempt.send(() => Promise.reject(thrown as Error))
    })

  const connecting = { syscall: 'connect' }

  test.each([
    ['ENOTFOUND', coded('ENOTFOUND', { syscall: 'getaddrinfo' })],
    ['EAI_AGAIN', coded('EAI_AGAIN')],
    ['EAI_SYSTEM', coded('EAI_SYSTEM', { syscall: 'getaddrinfo' })],
    ['ECONNREFUSED', coded('ECONNREFUSED')],
    ['ETIMEDOUT', coded('ETIMEDOUT', connecting)],
    ['EHOSTUNREACH', coded('EHOSTUNREACH', connecting)],
    ['UND_ERR_CONNECT_TIMEOUT', new TypeError('fetch failed', { cause: coded('UND_ERR_CONNECT_TIMEOUT') })],
    ['ERR_INVALID_URL', new TypeError('Failed to parse URL', { cause: coded('ERR_INVALID_URL') })],
    ['CERT_HAS_EXPIRED', coded('ERR_NETWORK', { cause: coded('CERT_HAS_EXPIRED') })],
    ['ERR_TLS_CERT_ALTNAME_INVALID', coded('ERR_TLS_CERT_ALTNAME_INVALID')],
    [
      'ECONNREFUSED',
      new AggregateError(
        [coded('ECONNREFUSED', connecting), coded('ENETUNREACH', connecting)],
        'all attempts failed',
      ),
    ],
  ])('with %s has surely not sent', async (code, thrown) => {
    expect(await failingWith(thrown)).toEqual(
      E.left({ _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code }, recovered: [] }),
    )
  })

  test.each([
    ['ECONNRESET', coded('ECONNRESET', { syscall: 'read' })],
    ['ETIMEDOUT', coded('ETIMEDOUT', { syscall: 'read' })],
    ['EPIPE', coded('EPIPE')],
    ['EPROTO', coded('EPROTO')],
    ['UND_ERR_SOCKET', new TypeError('fetch failed', { cause: coded('UND_ERR_SOCKET') })],
    ['HPE_INVALID_CONSTANT', coded('HPE_INVALID_CONSTANT')],
    ['ECONNREFUSED', new AggregateError([coded('ECONNREFUSED', connecting), coded('ECONNRESET')])],
  ])('with %s may have sent', async (code, thrown) => {
    expect(await failingWith(thrown)).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'NetworkFailed', code }, recovered: [] }),
    )
  })

  const circular = new Error('circular')
  circular.cause = circular
  test.each([
    ['TypeError', new TypeError('Failed to fetch https://host/?Token=s3cret')],
    ['Error', circular],
    ['DOMException', Object.assign(new DOMException('no', 'DOMException'))],
    ['string', 'https://host/?Token=s3cret'],
    ['undefined', undefined],
    ['object', null],
  ])('without a code may have sent, and only its name is told (%s)', async (name, thrown) => {
    expect(await failingWith(thrown)).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'ClientFailed', name }, recovered: [] }),
    )
  })

  test('after an earlier sending that may have arrived: DeliveryUnknown, though the last was surely not sent', async () => {
    expect(await failingWith(coded('ECONNREFUSED'), coded('ECONNRESET'))).toMatchObject({
      left: { _tag: 'DeliveryUnknown' },
    })
    expect(await failingWith(coded('ECONNREFUSED'), coded('ENOTFOUND'))).toMatchObject({
      left: { _tag: 'NotSent' },
    })
  })

  test('while another request is under way: DeliveryUnknown, though it was surely not sent itself', async () => {
    const result = await run(async attempt => {
      const refused = attempt.send(() => Promise.reject(coded('ECONNREFUSED')))
      void attempt.send(() => never)
      return refused
    })
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
  })

  test('that gives no signal to end it with: NotSent, and the client is not asked', async () => {
    const { platform } = makePlatform()
    const without = { ...platform, AbortController: undefined as never }
    let isAsked = false
    const result = await exchange(without, { timeoutMs: 1000 }, attempt =>
      attempt.send(async () => {
        isAsked = true
        return { status: 200, body: '' }
      }),
    )
    expect(result).toMatchObject({ left: { _tag: 'NotSent', reason: { name: 'TypeError' } } })
    expect(isAsked).toBe(false)
  })

  test('before it has begun: NotSent, whatever it says', async () => {
    expect(await run(() => Promise.reject(coded('ECONNRESET')))).toMatchObject({ left: { _tag: 'NotSent' } })
  })
})
