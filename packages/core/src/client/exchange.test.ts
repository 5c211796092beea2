import * as E from 'fp-ts/lib/Either.js'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { polluted } from '../../test/polluted.js'
import type { HttpResponse } from '../decode/HttpResponse.js'
import type { TransportError } from '../error/TaskError.js'
import { type Exchange, type ExchangeLimits, type OpenResponse, type Platform, exchange } from './exchange.js'
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
    for (;;) {
      // One may set another.
      const [due] = [...timers].filter(([, { at }]) => at <= now).sort(([, a], [, b]) => a.at - b.at)
      if (due === undefined) return
      const [timer, { callback }] = due
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
  send: (context: Exchange<AbortSignal>) => Promise<HttpResponse>,
  limits: ExchangeLimits = {},
  { platform } = makePlatform(),
): Promise<E.Either<TransportError, HttpResponse>> => exchange(platform, limits, send)

/** Not in the types of this target. */
const Resizable = ArrayBuffer as unknown as new (
  byteLength: number,
  options: { readonly maxByteLength: number },
) => ArrayBuffer & { readonly resize: (byteLength: number) => void }

const never = new Promise<never>(() => undefined)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more })

/** A response with these chunks, or with this body. */
const responding =
  (body: BodyStream | ReadonlyArray<string>, more: Partial<OpenResponse> = {}) =>
  async (): Promise<OpenResponse> => ({
    head: { status: 200 },
    body: isTexts(body) ? body.map(bytes) : body,
    ...more,
  })

const isTexts = (body: BodyStream | ReadonlyArray<string>): body is ReadonlyArray<string> =>
  Array.isArray(body) && typeof body[0] === 'string'

const failing = (thrown: unknown) => async (): Promise<never> => {
  throw thrown
}

/** These chunks, then what `end` does; with a note of what was read and whether it was closed. */
const makeStream = (chunks: Iterable<string | Uint8Array>, end: () => unknown = () => undefined) => {
  const seen = { pulls: 0, isClosed: false }
  const stream = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of chunks) {
        seen.pulls++
        yield typeof chunk === 'string' ? bytes(chunk) : chunk
      }
      await end()
    } finally {
      seen.isClosed = true
    }
  }
  return { body: stream(), seen }
}

/** A promise that settles when it is told to. */
const makeDeferred = <A>() => {
  let resolve: (value: A) => void = () => undefined
  let reject: (reason: unknown) => void = () => undefined
  const promise = new Promise<A>((onValue, onReason) => {
    resolve = onValue
    reject = onReason
  })
  return { promise, resolve, reject }
}

/** Lets everything run that is ready to run. */
const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Fails if a rejection is left unhandled meanwhile. */
const withoutUnhandledRejections = async <A>(action: () => Promise<A>): Promise<A> => {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  try {
    const result = await action()
    await settle()
    expect(unhandled).toEqual([])
    return result
  } finally {
    process.off('unhandledRejection', note)
  }
}

describe('an exchange', () => {
  test('returns the response with its body in one piece', async () => {
    const head = { status: 201, redirectOrigin: 'http://a', retryAfterMs: 5 }
    const result = await run(context => context.send(responding(['{"co', 'de":0}'], { head })))
    expect(result).toEqual(E.right({ ...head, body: bytes('{"code":0}') }))
  })

  test.each<[string, (context: Exchange<AbortSignal>) => Promise<HttpResponse>]>([
    ['with a response', async () => ({ status: 200, body: '' })],
    ['with a rejection', () => Promise.reject(coded('ECONNRESET'))],
    [
      'with an exception',
      () => {
        throw new Error('at once')
      },
    ],
    ['with a misuse', context => context.refuse('wrong')],
  ])('leaves no timer and no listener behind when it ends %s', async (_, end) => {
    const { signal, listeners } = makeSignal()
    const clock = makePlatform()
    let meanwhile: ReadonlyArray<number> = []
    await run(
      context => {
        context.follow(signal)
        void context.send(() => never, { timeoutMs: 5 })
        meanwhile = [listeners.size, clock.timers.size]
        return end(context)
      },
      { timeoutMs: 10 },
      clock,
    )
    expect(meanwhile).toEqual([1, 2])
    expect([listeners.size, clock.timers.size]).toEqual([0, 0])
  })

  test('accepts no limit and sends nothing once it is over', async () => {
    const { signal, listeners } = makeSignal()
    const clock = makePlatform()
    let over: Exchange<AbortSignal> | undefined
    const result = await run(
      async context => {
        over = context
        return { status: 200, body: '' }
      },
      {},
      clock,
    )
    let isAsked = false
    const ask = async (): Promise<never> => {
      isAsked = true
      return never
    }
    over?.follow(signal)
    await expect(over?.send(ask, { timeoutMs: 5 })).rejects.toThrow('The exchange is over.')
    void over?.refuse('too late')
    expect([listeners.size, clock.timers.size, isAsked]).toEqual([0, 0, false])
    expect(result).toEqual(E.right({ status: 200, body: '' }))
  })

  test('ends with its result even if a cleanup fails', async () => {
    const clock = makePlatform()
    const clearTimeout = (): never => {
      throw new Error('clearTimeout')
    }
    const hostile = { ...clock, platform: { ...clock.platform, clearTimeout } }
    const signal = {
      aborted: false,
      addEventListener: () => undefined,
      removeEventListener: () => {
        throw new Error('removeEventListener')
      },
    }
    const answered = run(
      context => {
        context.follow(signal)
        return context.send(responding(['{}']), { timeoutMs: 5 })
      },
      { timeoutMs: 10 },
      hostile,
    )
    expect(await withoutUnhandledRejections(() => answered)).toMatchObject({ _tag: 'Right' })
    const timedOut = run(() => never, { timeoutMs: 10 }, hostile)
    clock.pass(10)
    expect(await withoutUnhandledRejections(() => timedOut)).toMatchObject({ left: { _tag: 'NotSent' } })
  })

  test('ends with its result even if the client’s signal can’t be aborted', async () => {
    const { platform, pass } = makePlatform()
    class Unabortable extends AbortController {
      override abort(): void {
        throw new Error('abort')
      }
    }
    const hostile = { ...platform, AbortController: Unabortable }
    const timedOut = exchange(hostile, { timeoutMs: 10 }, context => context.send(() => never))
    pass(10)
    expect(await timedOut).toMatchObject({ left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut' } } })
    const tooLarge = exchange(hostile, { maxBodyBytes: 1, timeoutMs: 10 }, context =>
      context.send(responding(['12'])),
    )
    expect(await tooLarge).toMatchObject({ left: { _tag: 'ResponseTooLarge' } })
  })

  test('ends with Misused if the adapter refuses the call, and reports whether something was sent', async () => {
    const reason = { _tag: 'Misused', message: 'fetch is unavailable here' }
    expect(await run(context => context.refuse('fetch is unavailable here'))).toEqual(
      E.left({ _tag: 'NotSent', reason, recovered: [] }),
    )
    expect(
      await run(async context => {
        await context.send(failing(coded('ECONNRESET'))).catch(() => undefined)
        return context.refuse('fetch is unavailable here')
      }),
    ).toEqual(E.left({ _tag: 'DeliveryUnknown', reason, recovered: [] }))
  })
})

describe('the timeout of an exchange', () => {
  test('ends the exchange even if the client goes on', async () => {
    const clock = makePlatform()
    let signal: AbortSignal | undefined
    const running = run(
      context =>
        context.send(own => {
          signal = own
          return never
        }),
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

  test('aborts the signal of every send in flight, and of no other', async () => {
    const clock = makePlatform()
    const signals: (AbortSignal | undefined)[] = []
    const running = run(
      async context => {
        await context.send(async own => {
          signals.push(own)
          return { head: { status: 200 }, body: [] }
        })
        for (let count = 0; count < 2; count++)
          void context.send(own => {
            signals.push(own)
            return never
          })
        clock.pass(10)
        return never
      },
      { timeoutMs: 10 },
      clock,
    )
    await running
    expect(signals.map(signal => signal?.aborted)).toEqual([false, true, true])
  })

  test.each([
    ['answers', (resolve: (response: HttpResponse) => void) => resolve({ status: 200, body: 'late' })],
    ['fails', (_: unknown, reject: (reason: Error) => void) => reject(coded('ECONNRESET'))],
  ])('decides the result even if the client %s afterwards', async (_, endLate) => {
    const clock = makePlatform()
    const client = makeDeferred<HttpResponse>()
    const running = run(() => client.promise, { timeoutMs: 1 }, clock)
    clock.pass(1)
    endLate(client.resolve, client.reject)
    await client.promise.catch(() => undefined)
    expect(await running).toMatchObject({ left: { reason: { _tag: 'TimedOut' } } })
  })

  test('returns NotSent if nothing was sent yet', async () => {
    const clock = makePlatform()
    const running = run(() => never, { timeoutMs: 1 }, clock)
    clock.pass(1)
    expect(await running).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'TimedOut' } } })
  })

  test('returns DeliveryUnknown if the client is busy after a send that failed to leave: it may send past the exchange', async () => {
    const clock = makePlatform()
    const running = run(
      async context => {
        await context.send(failing(coded('ENOTFOUND')), { sendsOnce: true }).catch(() => undefined)
        clock.pass(10)
        return never
      },
      { timeoutMs: 10 },
      clock,
    )
    expect(await running).toMatchObject({ left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut' } } })
  })

  test('has no effect if it exceeds the longest timer', async () => {
    const timersWithin = async (timeoutMs: number, ofSend: number): Promise<number> => {
      const clock = makePlatform()
      let timers = NaN
      await run(
        async context => {
          await context.send(responding([]), { timeoutMs: ofSend })
          void context.send(() => never, { timeoutMs: ofSend })
          timers = clock.timers.size
          return { status: 200, body: '' }
        },
        { timeoutMs },
        clock,
      )
      return timers
    }
    expect(await timersWithin(2 ** 31, 2 ** 31)).toBe(0)
    expect(await timersWithin(2 ** 31 - 1, 2 ** 31 - 1)).toBe(2)
  })
})

describe('a limit out of its range', () => {
  test.each([
    [{ timeoutMs: 0 }, 'timeoutMs must be greater than 0'],
    [{ timeoutMs: -1 }, 'timeoutMs must be greater than 0'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs must be greater than 0'],
    [{ maxBodyBytes: -1 }, 'maxBodyBytes must not be negative'],
    [null as never, 'expected an object with limits'],
    [5000 as never, 'expected an object with limits'],
    [{ maxBodyBytes: Number.NaN }, 'maxBodyBytes must not be negative'],
  ])('of the exchange is Misused, and nothing is sent (%j)', async (limits, message) => {
    let isCalled = false
    const clock = makePlatform()
    const result = await run(
      () => {
        isCalled = true
        return never
      },
      limits,
      clock,
    )
    expect([isCalled, clock.timers.size]).toEqual([false, 0])
    expect(result).toEqual(E.left({ _tag: 'NotSent', reason: { _tag: 'Misused', message }, recovered: [] }))
  })

  test.each([0, -1, Number.NaN])('of a send is Misused, and nothing is sent (%s)', async timeoutMs => {
    let isAsked = false
    const result = await run(context =>
      context.send(
        async () => {
          isAsked = true
          return never
        },
        { timeoutMs },
      ),
    )
    expect(isAsked).toBe(false)
    expect(result).toEqual(
      E.left({
        _tag: 'NotSent',
        reason: { _tag: 'Misused', message: 'the timeout of a request must be greater than 0' },
        recovered: [],
      }),
    )
  })
})

describe('the timeout of a send', () => {
  const timedOut = { _tag: 'TimedOut', timeoutMs: 20 } as const

  test('ends the exchange with TimedOut if no other send follows', async () => {
    const clock = makePlatform()
    let signal: AbortSignal | undefined
    const running = run(
      context =>
        context.send(
          own => {
            signal = own
            return never
          },
          { timeoutMs: 20 },
        ),
      { timeoutMs: 1000 },
      clock,
    )
    clock.pass(19)
    expect(signal?.aborted).toBe(false)
    clock.pass(1)
    expect(await withoutUnhandledRejections(() => running)).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: timedOut, recovered: [] }),
    )
    expect([signal?.aborted, clock.timers.size]).toEqual([true, 0])
  })

  test('ends only its send: another one may follow, and the first one may have arrived', async () => {
    const clock = makePlatform()
    const running = run(
      async context => {
        const first = context.send(() => never, { timeoutMs: 20, sendsOnce: true })
        clock.pass(20)
        await expect(first).rejects.toThrow('timed out')
        return context.send(responding(['{}']))
      },
      {},
      clock,
    )
    expect(await running).toEqual(
      E.right({ status: 200, body: bytes('{}'), otherSends: [{ _tag: 'Unanswered', recovered: [] }] }),
    )
  })

  test('ends with DeliveryUnknown even if the client later fails with a connection code', async () => {
    const clock = makePlatform()
    const client = makeDeferred<never>()
    const running = run(
      context => context.send(() => client.promise, { timeoutMs: 20, sendsOnce: true }),
      {},
      clock,
    )
    clock.pass(20)
    client.reject(coded('ECONNREFUSED'))
    expect(await withoutUnhandledRejections(() => running)).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: timedOut, recovered: [] }),
    )
  })

  test('ignores a later response', async () => {
    const clock = makePlatform()
    const late = makeDeferred<OpenResponse>()
    const running = run(
      async context => {
        const first = context.send(() => late.promise, { timeoutMs: 20 })
        clock.pass(20)
        await first.catch(() => undefined)
        late.resolve({ head: { status: 200 }, body: [bytes('{"code":0,"requestId":17}')] })
        await settle()
        return context.send(responding(['{}']))
      },
      {},
      clock,
    )
    expect(await running).toMatchObject({ right: { otherSends: [{ _tag: 'Unanswered', recovered: [] }] } })
  })

  test('stops reading, and the ids that have arrived are recovered', async () => {
    const clock = makePlatform()
    const { body } = makeStream(['{"code":0,"requestId":17,'], () => {
      clock.pass(20)
      return never
    })
    expect(await run(context => context.send(responding(body), { timeoutMs: 20 }), {}, clock)).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        reason: timedOut,
        recovered: [{ taskId: '17', code: 0, path: '/requestId' }],
      }),
    )
  })

  test('stops reading a client that ignores its signal, after one chunk at most', async () => {
    const clock = makePlatform()
    const { body, seen } = makeStream(
      (function* () {
        yield '{'
        clock.pass(20)
        for (;;) yield ' '
      })(),
    )
    await run(context => context.send(responding(body), { timeoutMs: 20 }), {}, clock)
    await settle()
    expect(seen).toEqual({ pulls: 2, isClosed: true })
  })

  test('is cancelled once the response is read or the send has failed', async () => {
    const clock = makePlatform()
    const running = run(
      async context => {
        await context.send(responding(['{}']), { timeoutMs: 20 })
        await context.send(failing(coded('ECONNRESET')), { timeoutMs: 20 }).catch(() => undefined)
        expect(clock.timers.size).toBe(1)
        clock.pass(100)
        return { status: 200, body: '' }
      },
      { timeoutMs: 1000 },
      clock,
    )
    expect(await running).toMatchObject({ _tag: 'Right' })
    expect(clock.timers.size).toBe(0)
  })

  test('is cancelled if the client throws before it returns a promise', async () => {
    const clock = makePlatform()
    const result = await withoutUnhandledRejections(() =>
      run(
        context =>
          context.send(
            () => {
              throw coded('ECONNRESET')
            },
            { timeoutMs: 20 },
          ),
        {},
        clock,
      ),
    )
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown', reason: { code: 'ECONNRESET' } } })
    expect(clock.timers.size).toBe(0)
  })

  test('has no effect if it is longer than that of the exchange', async () => {
    const clock = makePlatform()
    const running = run(context => context.send(() => never, { timeoutMs: 30 }), { timeoutMs: 20 }, clock)
    clock.pass(100)
    expect(await running).toMatchObject({ left: { reason: { timeoutMs: 20 } } })
  })
})

describe('the client gets a signal', () => {
  const signalsOf = async (
    prepare: (context: Exchange<AbortSignal>) => void,
    limits: ExchangeLimits = {},
    timeoutMs?: number,
  ) => {
    const signals: (AbortSignal | undefined)[] = []
    await run(async context => {
      const ask = async (signal: AbortSignal | undefined): Promise<OpenResponse> => {
        signals.push(signal)
        return { head: { status: 200 }, body: [] }
      }
      await context.send(ask, { timeoutMs })
      prepare(context)
      await context.send(ask)
      await context.send(ask)
      return { status: 200, body: '' }
    }, limits)
    return signals
  }

  test('only if something can end its request', async () => {
    expect(await signalsOf(() => undefined)).toEqual([undefined, undefined, undefined])
  })

  test('if a signal of the caller is followed, a different one for each send', async () => {
    const [before, one, other] = await signalsOf(context => context.follow(makeSignal().signal))
    expect([before, one, other]).toEqual([undefined, expect.any(AbortSignal), expect.any(AbortSignal)])
    expect(other).not.toBe(one)
  })

  test('if the exchange has a timeout', async () => {
    expect((await signalsOf(() => undefined, { timeoutMs: 60_000 }))[0]).toBeInstanceOf(AbortSignal)
  })

  test('if the send has a timeout', async () => {
    const [limited, other] = await signalsOf(() => undefined, {}, 60_000)
    expect([limited, other]).toEqual([expect.any(AbortSignal), undefined])
  })

  test('not if the platform has no AbortController: the request goes on, and its result is ignored', async () => {
    const { platform, pass } = makePlatform()
    const signals: unknown[] = []
    const running = exchange({ ...platform, AbortController: undefined }, { timeoutMs: 1000 }, context =>
      context.send(
        signal => {
          signals.push(signal)
          return never
        },
        { timeoutMs: 2000 },
      ),
    )
    pass(1000)
    expect(await running).toMatchObject({ left: { _tag: 'DeliveryUnknown', reason: { _tag: 'TimedOut' } } })
    expect(signals).toEqual([undefined])
  })

  test('that aborts if the body of its response breaks off or is too large', async () => {
    for (const response of [
      responding(['12345']),
      responding(makeStream(['1'], failing(new Error())).body),
    ]) {
      let signal: AbortSignal | undefined
      await run(
        context =>
          context.send(own => {
            signal = own
            return response()
          }),
        { maxBodyBytes: 4, timeoutMs: 60_000 },
      )
      expect(signal?.aborted).toBe(true)
    }
  })

  test('that does not abort if its request fails or its response is read', async () => {
    for (const ask of [responding(['{}']), failing(coded('ECONNRESET'))]) {
      let signal: AbortSignal | undefined
      await run(
        context =>
          context.send(own => {
            signal = own
            return ask()
          }),
        { timeoutMs: 60_000 },
      )
      expect(signal?.aborted).toBe(false)
    }
  })
})

describe('a signal of the caller', () => {
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
    const running = run(context => {
      context.follow(signal)
      return context.send(() => never)
    })
    abort(reason)
    expect(await running).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'Aborted', name, message }, recovered: [] }),
    )
  })

  test('ends the exchange even if its reason throws when it is read', async () => {
    const reason = Object.defineProperty({}, 'name', {
      get: () => {
        throw new Error('hostile')
      },
    })
    const { signal, abort } = makeSignal()
    const running = run(context => {
      context.follow(signal)
      return never
    })
    abort(reason)
    expect(await running).toMatchObject({
      left: { reason: { _tag: 'Aborted', name: 'object', message: '' } },
    })
  })

  test('that is followed twice gets one listener', async () => {
    const { signal, listeners } = makeSignal()
    let meanwhile = NaN
    await run(async context => {
      context.follow(signal)
      context.follow(signal)
      meanwhile = listeners.size
      return { status: 200, body: '' }
    })
    expect([meanwhile, listeners.size]).toEqual([1, 0])
  })

  test('that forty exchanges follow gets one listener, which is removed when they are over', async () => {
    const { signal, listeners } = makeSignal()
    const added = vi.spyOn(signal, 'addEventListener')
    const ends = Array.from({ length: 40 }, () => makeDeferred<HttpResponse>())
    const running = ends.map(({ promise }) =>
      run(context => {
        context.follow(signal)
        return promise
      }),
    )
    for (const { resolve } of ends) {
      expect(listeners.size).toBe(1)
      resolve({ status: 200, body: '' })
      await settle()
    }
    await Promise.all(running)
    expect([added.mock.calls.length, listeners.size]).toEqual([1, 0])
  })

  test('ends each of forty exchanges that follow it, and leaves no listener', async () => {
    const { signal, abort, listeners } = makeSignal()
    const running = Array.from({ length: 40 }, () =>
      run(context => {
        context.follow(signal)
        return never
      }),
    )
    expect(listeners.size).toBe(1)
    abort('enough')
    const results = await Promise.all(running)
    const reason = { _tag: 'Aborted', name: 'string', message: 'enough' }
    expect(results).toEqual(running.map(() => E.left({ _tag: 'NotSent', reason, recovered: [] })))
    expect(listeners.size).toBe(0)
  })

  test('that can’t remove its listener does no harm if it aborts after the end', async () => {
    const { signal, abort } = makeSignal()
    let own: AbortSignal | undefined
    const result = await run(context => {
      context.follow({ aborted: false, addEventListener: signal.addEventListener })
      return context.send(given => {
        own = given
        return responding([])()
      })
    })
    abort('too late')
    expect(result).toMatchObject({ _tag: 'Right' })
    expect(own?.aborted).toBe(false)
  })

  test('that aborted before the call ends it with NotSent, and the client is not called', async () => {
    let isAsked = false
    const result = await run(async context => {
      context.follow(AbortSignal.abort())
      return context.send(async () => {
        isAsked = true
        return never
      })
    })
    expect(isAsked).toBe(false)
    expect(result).toMatchObject({
      left: { _tag: 'NotSent', reason: { _tag: 'Aborted', name: 'AbortError' } },
    })
  })

  test('without addEventListener is checked once', async () => {
    expect(
      await run(async context => {
        context.follow({ aborted: false })
        return { status: 200, body: '' }
      }),
    ).toMatchObject({ _tag: 'Right' })
  })
})

describe('a body', () => {
  const batch = '{"code":0,"detail":{"a":{"code":0,"requestId":"1"},"b":{"code":0,"requestId":2'
  const arrived = [{ taskId: '1', resourceId: 'a', code: 0, path: '/detail/a/requestId' }]
  const arrivedWhole = [...arrived, { taskId: '2', resourceId: 'b', code: 0, path: '/detail/b/requestId' }]

  test('that breaks off: the ids that have arrived are recovered', async () => {
    const { body } = makeStream([batch.slice(0, 20), batch.slice(20)], failing(coded('ECONNRESET')))
    expect(await run(context => context.send(responding(body)))).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NetworkFailed', code: 'ECONNRESET' },
        recovered: arrived,
      }),
    )
  })

  test('that breaks off after many ids under a name of 1 MB: all are recovered', async () => {
    const ids = Array.from({ length: 30_000 }, (_, index) => `"requestId":${index},`).join('')
    const { body } = makeStream(
      [`{"detail":{"${'x'.repeat(1_000_000)}":{${ids}`],
      failing(coded('ECONNRESET')),
    )
    const result = await run(context => context.send(responding(body)))
    expect(E.isLeft(result) && result.left.recovered.length).toBe(30_000)
  })

  test('that stalls until the timeout: the ids that have arrived are recovered', async () => {
    const clock = makePlatform()
    const { body } = makeStream([batch], () => {
      clock.pass(1000)
      return never
    })
    expect(await run(context => context.send(responding(body)), { timeoutMs: 1000 }, clock)).toMatchObject({
      left: { _tag: 'DeliveryUnknown', recovered: arrived },
    })
  })

  test('that fails with a connection code means that the request arrived', async () => {
    const { body } = makeStream([''], failing(coded('ECONNREFUSED')))
    expect(await run(context => context.send(responding(body), { sendsOnce: true }))).toMatchObject({
      left: { _tag: 'DeliveryUnknown' },
    })
  })

  test('larger than the limit: its stream is closed, and the ids that have arrived are recovered', async () => {
    const { body, seen } = makeStream(
      (function* () {
        yield batch
        for (;;) yield ' '.repeat(100)
      })(),
    )
    expect(await run(context => context.send(responding(body)), { maxBodyBytes: 1000 })).toEqual(
      E.left({
        _tag: 'ResponseTooLarge',
        maxBodyBytes: 1000,
        httpStatus: 200,
        recovered: arrivedWhole,
      }),
    )
    expect(seen).toEqual({ pulls: 11, isClosed: true })
  })

  test('larger than the limit does not decide a later send, but its ids are recovered', async () => {
    const result = await run(
      async context => {
        await context.send(responding([batch])).catch(() => undefined)
        return context.send(async signal => {
          expect(signal?.aborted).toBe(false)
          return responding(['{}'])()
        })
      },
      { maxBodyBytes: 10, timeoutMs: 60_000 },
    )
    expect(result).toEqual(
      E.right({
        status: 200,
        body: bytes('{}'),
        otherSends: [{ _tag: 'Unanswered', recovered: arrived }],
      }),
    )
  })

  test('of an earlier response: its ids are recovered', async () => {
    const retrying = (last: (context: Exchange<AbortSignal>) => Promise<HttpResponse>) =>
      run(async context => {
        for (const id of [17, 18, 17]) await context.send(responding([`{"code":0,"requestId":${id}}`]))
        return last(context)
      })
    const earlier = [
      { taskId: '17', code: 0, path: '/requestId' },
      { taskId: '18', code: 0, path: '/requestId' },
    ]
    expect(
      await retrying(context => context.send(failing(coded('ECONNREFUSED')), { sendsOnce: true })),
    ).toMatchObject({ left: { _tag: 'DeliveryUnknown', recovered: earlier } })
    const tooLarge = responding(['{"code":0,"requestId":19}'], { maxBodyBytes: 10 })
    expect(await retrying(context => context.send(tooLarge))).toMatchObject({
      left: { _tag: 'ResponseTooLarge', recovered: [...earlier, { taskId: '19', code: 0 }] },
    })
  })

  test('is the body that was read, even if the head has another', async () => {
    const head = { status: 200, body: 'no', headers: {} }
    expect(await run(context => context.send(responding(['{}'], { head })))).toEqual(
      E.right({ status: 200, body: bytes('{}') }),
    )
  })

  test('may be exactly as large as the limit, even if the limit is 0', async () => {
    for (const [text, maxBodyBytes] of [
      ['12345', 5],
      ['', 0],
    ] as const)
      expect(await run(context => context.send(responding([text])), { maxBodyBytes })).toEqual(
        E.right({ status: 200, body: bytes(text) }),
      )
  })

  test('may have 16 MiB by default', async () => {
    const mebibyte = new Uint8Array(1024 * 1024)
    const read = (count: number) =>
      run(context => context.send(responding(new Array<Uint8Array>(count).fill(mebibyte))))
    expect(await read(16)).toMatchObject({ _tag: 'Right' })
    expect(await read(17)).toMatchObject({
      left: { _tag: 'ResponseTooLarge', maxBodyBytes: 16 * 1024 * 1024 },
    })
  })

  test.each([
    [4, 5],
    [5, 4],
    [4, 4],
  ])('must not exceed the smaller of two limits (%s and %s)', async (own, maxBodyBytes) => {
    expect(
      await run(context => context.send(responding(['12345'], { maxBodyBytes: own })), { maxBodyBytes }),
    ).toMatchObject({ left: { _tag: 'ResponseTooLarge', maxBodyBytes: 4 } })
  })

  test.each([-1, Number.NaN])('exceeds a limit of its client that is out of range (%s)', async own => {
    expect(await run(context => context.send(responding([''], { maxBodyBytes: own })))).toMatchObject({
      left: { _tag: 'ResponseTooLarge' },
    })
  })

  const buffer = bytes('{"code":0}').slice().buffer

  test.each<[string, unknown]>([
    ['strings', ['{"co', 'de":0}']],
    ['buffers', [buffer.slice(0, 4), buffer.slice(4)]],
    ['views', [new DataView(buffer, 0, 4), new DataView(buffer, 4)]],
    ['one string', '{"code":0}'],
    ['bytes', bytes('{"code":0}')],
  ])('may come as %s, whatever its type says', async (_, body) => {
    const open: OpenResponse = { head: { status: 200 }, body: body as BodyStream }
    expect(await run(context => context.send(async () => open))).toEqual(
      E.right({ status: 200, body: bytes('{"code":0}') }),
    )
  })

  test('in one piece must not exceed the limit, and its ids are recovered', async () => {
    const open: OpenResponse = { head: { status: 200 }, body: bytes(batch) as never }
    expect(await run(context => context.send(async () => open), { maxBodyBytes: 10 })).toMatchObject({
      left: { _tag: 'ResponseTooLarge', recovered: arrived },
    })
  })

  test.each([[7], [{}], [null]])('with a chunk %j ends the exchange', async chunk => {
    const open: OpenResponse = { head: { status: 200 }, body: [bytes(batch), chunk as never] }
    expect(await run(context => context.send(async () => open))).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { code: 'ERR_BODY_CHUNK' }, recovered: arrived },
    })
  })

  test('that is not a body ends the exchange', async () => {
    const open: OpenResponse = { head: { status: 200 }, body: undefined as never }
    expect(await run(context => context.send(async () => open))).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'ClientFailed', name: 'TypeError' } },
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

    test('is read completely', async () => {
      const body = readable([bytes('12'), undefined, bytes('345')])
      expect(await run(context => context.send(responding(body)))).toEqual(
        E.right({ status: 200, body: bytes('12345') }),
      )
      expect(cancelled).toBe(0)
    })

    test.each<[string, () => Promise<void>]>([
      ['resolves', async () => undefined],
      ['rejects', () => Promise.reject(new Error('the stream can not be closed'))],
      ['never settles', () => never],
      [
        'throws',
        () => {
          throw new Error('the stream can not be closed')
        },
      ],
    ])('is cancelled if it is too large, even if cancelling %s', async (_, cancel) => {
      const body = readable([bytes('12'), bytes('345')], cancel)
      const result = await withoutUnhandledRejections(() =>
        run(context => context.send(responding(body)), { maxBodyBytes: 1 }),
      )
      expect(result).toMatchObject({ left: { _tag: 'ResponseTooLarge' } })
      expect(cancelled).toBe(1)
    })
  })

  test.each<[string, () => unknown]>([
    ['never settles', () => never],
    ['rejects', () => Promise.reject(new Error('return'))],
    [
      'throws',
      () => {
        throw new Error('return')
      },
    ],
  ])('is discarded if it is too large, even if closing its iterator %s', async (_, close) => {
    let closed = 0
    const body = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false as const, value: bytes('12') }),
        return: () => {
          closed++
          return close() as Promise<IteratorResult<Uint8Array>>
        },
      }),
    }
    const result = await withoutUnhandledRejections(() =>
      run(context => context.send(responding(body)), { maxBodyBytes: 1 }),
    )
    expect(result).toMatchObject({ left: { _tag: 'ResponseTooLarge' } })
    expect(closed).toBe(1)
  })

  test('whose iterator can’t be closed is discarded if it is too large', async () => {
    const body = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: bytes('12') }) }) }
    expect(await run(context => context.send(responding(body)), { maxBodyBytes: 1 })).toMatchObject({
      left: { _tag: 'ResponseTooLarge' },
    })
  })

  test('of a client that ignores its signal is read for one chunk more at most', async () => {
    const clock = makePlatform()
    const { body, seen } = makeStream(
      (function* () {
        yield batch
        clock.pass(1000)
        for (;;) yield ' '
      })(),
    )
    const result = await withoutUnhandledRejections(() =>
      run(context => context.send(responding(body)), { timeoutMs: 1000 }, clock),
    )
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown', recovered: arrived } })
    expect(seen).toEqual({ pulls: 2, isClosed: true })
  })

  test('whose head arrives after the end is closed without an error', async () => {
    const clock = makePlatform()
    const late = makeDeferred<OpenResponse>()
    const { body, seen } = makeStream(['1', '2', '3'])
    const running = run(context => context.send(() => late.promise), { timeoutMs: 10 }, clock)
    clock.pass(10)
    late.resolve({ head: { status: 200 }, body })
    expect(await withoutUnhandledRejections(() => running)).toMatchObject({ left: { recovered: [] } })
    expect(seen).toEqual({ pulls: 1, isClosed: true })
  })
})

describe('a chunk whose buffer was transferred', () => {
  const transferred = (text: string): Uint8Array => {
    const chunk = bytes(text).slice()
    structuredClone(chunk.buffer, { transfer: [chunk.buffer] })
    return chunk
  }
  /** Chunks the second of which is taken away once the third is asked for. */
  const takingAway = (end: () => unknown) => {
    const second = bytes('{"code":0,"requestId":2},"c":{"code":0,"requestId":9').slice()
    return makeStream(
      (function* () {
        yield '{"code":0,"detail":{"a":{"code":0,"requestId":1},"b":'
        yield second
        structuredClone(second.buffer, { transfer: [second.buffer] })
        yield '8},"d":{"code":0,"requestId":4}}}'
      })(),
      end,
    ).body
  }
  const beforeTheGap = [{ taskId: '1', resourceId: 'a', code: 0, path: '/detail/a/requestId' }]

  test('after it was read fails the send: ids before it are recovered, and none are invented after it', async () => {
    const result = await withoutUnhandledRejections(() =>
      run(context => context.send(responding(takingAway(() => undefined)))),
    )
    expect(result).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NetworkFailed', code: 'ERR_BODY_CHUNK' },
        recovered: beforeTheGap,
      }),
    )
  })

  test('still leads to a result when the timeout expires', async () => {
    const clock = makePlatform()
    const body = takingAway(() => {
      clock.pass(10)
      return never
    })
    const result = await withoutUnhandledRejections(() =>
      run(context => context.send(responding(body)), { timeoutMs: 10 }, clock),
    )
    expect(result).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'TimedOut', timeoutMs: 10 },
        recovered: beforeTheGap,
      }),
    )
  })

  test('as the only one leaves a result without ids', async () => {
    const only = bytes('{"code":0,"requestId":1}').slice()
    const { body } = makeStream([only], () => {
      structuredClone(only.buffer, { transfer: [only.buffer] })
    })
    expect(await run(context => context.send(responding(body)))).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NetworkFailed', code: 'ERR_BODY_CHUNK' },
        recovered: [],
      }),
    )
  })

  test('by a message port is treated in the same way', async () => {
    const first = bytes('{"code":0,"requestId":1').slice()
    const { port1, port2 } = new MessageChannel()
    const { body } = makeStream(
      (function* () {
        yield first
        port1.postMessage(first.buffer, [first.buffer])
        yield ',"x":{"requestId":2}}'
      })(),
    )
    const result = await withoutUnhandledRejections(() => run(context => context.send(responding(body))))
    port1.close()
    port2.close()
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown', recovered: [] } })
  })

  test('before it was read counts as an empty one', async () => {
    const chunks = [bytes('{"code"'), transferred('lost'), bytes(':0}')]
    expect(await run(context => context.send(responding(chunks)))).toMatchObject({
      right: { body: bytes('{"code":0}') },
    })
  })

  test('does not take the ids of other sends with it', async () => {
    const response: HttpResponse = { status: 200, body: '{"code":0,"requestId":1}' }
    /** What a client's own class of bytes may do. */
    class Unreadable extends Uint8Array {
      isLost = false
      override get byteLength(): number {
        if (this.isLost) throw new TypeError('detached')
        return super.byteLength
      }
    }
    const chunk = new Unreadable(bytes('{}'))
    const { body } = makeStream([chunk], () => {
      chunk.isLost = true
    })
    const result = await withoutUnhandledRejections(() =>
      run(async context => {
        context.sentUnseen(response)
        return context.send(responding(body))
      }),
    )
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '1' }] } })
  })
})

describe('a client that fails', () => {
  const failingWith = (
    thrown: unknown,
    earlier: ReadonlyArray<unknown> = [],
    sendsOnce = true,
  ): Promise<E.Either<TransportError, HttpResponse>> =>
    run(async context => {
      for (const failure of earlier)
        await context.send(failing(failure), { sendsOnce }).catch(() => undefined)
      return context.send(failing(thrown), { sendsOnce })
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
    ['CERT_HAS_EXPIRED', coded('ERR_NETWORK', { cause: coded('CERT_HAS_EXPIRED') })],
    ['ERR_TLS_CERT_ALTNAME_INVALID', coded('ERR_TLS_CERT_ALTNAME_INVALID')],
    [
      'ECONNREFUSED',
      new AggregateError(
        [coded('ECONNREFUSED', connecting), coded('ENETUNREACH', connecting)],
        'all attempts failed',
      ),
    ],
    [
      'ETIMEDOUT',
      Object.assign(new AggregateError([coded('ETIMEDOUT', connecting), coded('ENETUNREACH', connecting)]), {
        code: 'ETIMEDOUT',
      }),
    ],
    ['EHOSTUNREACH', coded('EHOSTUNREACH', { cause: coded('EHOSTUNREACH', connecting) })],
    ['ENOTFOUND', coded('ECONNREFUSED', { cause: coded('ENOTFOUND') })],
  ])('with %s has certainly not sent, if it sends once', async (code, thrown) => {
    const reason = { _tag: 'NetworkFailed', code }
    expect(await failingWith(thrown)).toEqual(E.left({ _tag: 'NotSent', reason, recovered: [] }))
    expect(await failingWith(thrown, [], false)).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason, recovered: [] }),
    )
  })

  test('with an invalid URL is misused: a wrong URL stays wrong', async () => {
    const thrown = new TypeError('Failed to parse URL', { cause: coded('ERR_INVALID_URL') })
    expect(await failingWith(thrown)).toMatchObject({
      left: {
        _tag: 'NotSent',
        reason: { _tag: 'Misused', message: expect.stringContaining('URL') as string },
      },
    })
  })

  test('with a connection code proves nothing unless it is known to send once', async () => {
    expect(await run(context => context.send(failing(coded('ECONNREFUSED'))))).toMatchObject({
      left: { _tag: 'DeliveryUnknown' },
    })
  })

  test.each([
    ['ECONNRESET', coded('ECONNRESET', { syscall: 'read' })],
    ['ETIMEDOUT', coded('ETIMEDOUT', { syscall: 'read' })],
    ['EPIPE', coded('EPIPE')],
    ['EPROTO', coded('EPROTO')],
    ['UND_ERR_SOCKET', new TypeError('fetch failed', { cause: coded('UND_ERR_SOCKET') })],
    ['HPE_INVALID_CONSTANT', coded('HPE_INVALID_CONSTANT')],
    ['ECONNREFUSED', new AggregateError([coded('ECONNREFUSED', connecting), coded('ECONNRESET')])],
    ['ECONNRESET', coded('ECONNRESET', { cause: coded('ECONNREFUSED') })],
    ['ECONNRESET', coded('ECONNRESET', { errors: [coded('ECONNREFUSED'), coded('ENOTFOUND')] })],
    [
      'EPIPE',
      new Error('x', {
        cause: coded('EPIPE', { cause: coded('ERR_NETWORK', { cause: coded('ENOTFOUND') }) }),
      }),
    ],
    ['ETIMEDOUT', coded('ETIMEDOUT', { syscall: 'read', cause: coded('ETIMEDOUT', connecting) })],
  ])('with %s may have sent', async (code, thrown) => {
    expect(await failingWith(thrown)).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'NetworkFailed', code }, recovered: [] }),
    )
  })

  test.each([
    ['127.0.0.1:3128', { address: '127.0.0.1', port: 3128 }],
    ['10.0.0.1', { address: '10.0.0.1' }],
    ['cvm.api.qcloud.com', { hostname: 'cvm.api.qcloud.com' }],
    ['127.0.0.1:443', { address: '127.0.0.1', port: 443, hostname: 'cvm.api.qcloud.com' }],
    ['10.0.0.1', { address: '10.0.0.1', port: '443' }],
  ])('reports the address %s of its error', async (address, more) => {
    const reason = { _tag: 'NetworkFailed', code: 'ECONNREFUSED', address }
    for (const thrown of [
      coded('ECONNREFUSED', more),
      new TypeError('fetch failed', { cause: coded('ECONNREFUSED', more) }),
      new AggregateError([
        coded('ECONNREFUSED', more),
        coded('ENETUNREACH', { ...connecting, address: 'b' }),
      ]),
    ])
      expect(await failingWith(thrown)).toEqual(E.left({ _tag: 'NotSent', reason, recovered: [] }))
  })

  test.each([{}, { port: 443 }, { address: 5 }, { address: null }])(
    'tells no address where its error names none (%j)',
    async more => {
      expect(await failingWith(coded('ECONNRESET', more))).toEqual(
        E.left({
          _tag: 'DeliveryUnknown',
          reason: { _tag: 'NetworkFailed', code: 'ECONNRESET' },
          recovered: [],
        }),
      )
    },
  )

  const growing = async function* (): AsyncGenerator<Uint8Array> {
    const buffer = new Resizable(2, { maxByteLength: 8 })
    yield bytes('{')
    yield new Uint8Array(buffer)
    buffer.resize(8)
  }

  test.each<[string, Parameters<typeof responding>, object]>([
    [
      'is too large',
      [['{}'], { maxBodyBytes: 1 }],
      { code: 'ERR_BODY_TOO_LARGE', message: 'The body is larger than the limit.' },
    ],
    [
      'is too large in one piece',
      ['{}', { maxBodyBytes: 1 }],
      { code: 'ERR_BODY_TOO_LARGE', message: 'The body is larger than the limit.' },
    ],
    [
      'has something else for a chunk',
      [[5] as never],
      { code: 'ERR_BODY_CHUNK', message: 'A chunk of the body is neither bytes nor text.' },
    ],
    [
      'has a chunk that has changed its size',
      [growing()],
      { code: 'ERR_BODY_CHUNK', message: 'The buffer of a body chunk was detached.' },
    ],
    [
      'is from elsewhere',
      [['{}'], { wasRedirected: true }],
      { code: 'ERR_REDIRECT_FOLLOWED', message: 'A redirect was followed.' },
    ],
  ])('rejects with a code if the body %s', async (_, [body, more], error) => {
    let thrown: unknown
    await run(context =>
      context.send(responding(body, more)).catch((caught: unknown) => {
        thrown = caught
        throw caught
      }),
    )
    expect(thrown).toMatchObject(error)
  })

  test('rejects with a code at a timeout, and if the exchange is over', async () => {
    const clock = makePlatform()
    let send!: Exchange<AbortSignal>['send']
    const thrown: unknown[] = []
    const result = run(
      context => {
        ;({ send } = context)
        return send(() => never, { timeoutMs: 5 }).catch((caught: unknown) => {
          thrown.push(caught)
          throw caught
        })
      },
      {},
      clock,
    )
    clock.pass(5)
    await result
    expect(thrown).toMatchObject([{ code: 'ERR_TIME_LIMIT', message: 'The request timed out.' }])
    await expect(send(() => never)).rejects.toThrow('The exchange is over.')
  })

  test('does not copy a body of one chunk', async () => {
    const chunk = bytes('{}')
    const result = await run(context => context.send(responding([chunk])))
    expect(E.isRight(result) && result.right.body).toBe(chunk)
  })

  test.each([
    ['cause', coded('ECONNREFUSED')],
    ['errors', [coded('ECONNREFUSED')]],
    ['code', 'ECONNREFUSED'],
    ['syscall', 'connect'],
    ['address', '10.0.0.1'],
    ['sendsOnce', true],
    ['timeoutMs', 1],
    ['maxBodyBytes', 1],
    ['signals', [AbortSignal.abort()]],
    ['wasRedirected', true],
    ['redirectOrigin', 'https://elsewhere'],
    ['retryAfterMs', 1],
    ['neverLeft', true],
    ['received', { chunks: [new Uint8Array(9)], byteCount: 9, maxBodyBytes: 1, head: { status: 1 } }],
    ['response', { status: 200, body: '{"requestId":"9"}' }],
    ['failure', { _tag: 'Aborted', name: 'x', message: 'y' }],
    ['reason', new Error('polluted')],
  ])('ends the same if something has added "%s" to Object.prototype', async (name, value) => {
    const unknown = { _tag: 'DeliveryUnknown', recovered: [] }
    const failures = [
      [{ sendsOnce: true }, { left: { ...unknown, reason: { _tag: 'ClientFailed', name: 'TypeError' } } }],
      [{}, { left: { ...unknown, reason: { _tag: 'ClientFailed', name: 'TypeError' } } }],
    ] as const
    for (const [options, result] of failures)
      expect(
        await polluted(name, value, () => run(context => context.send(failing(new TypeError('x')), options))),
      ).toEqual({ _tag: 'Left', ...result })
    expect(
      await polluted(name, value, () => run(context => context.send(failing(coded('ECONNREFUSED')), {}))),
    ).toEqual(E.left({ ...unknown, reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' } }))
    expect(await polluted(name, value, () => run(context => context.send(responding(['{}']))))).toStrictEqual(
      E.right({ status: 200, body: bytes('{}') }),
    )
    expect(
      await polluted(name, value, () =>
        run(context => {
          context.sentUnseen()
          return context.send(responding(['{}']))
        }),
      ),
    ).toStrictEqual(
      E.right({ status: 200, body: bytes('{}'), otherSends: [{ _tag: 'Unanswered', recovered: [] }] }),
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
  ])('without a code may have sent, and only its name is reported (%s)', async (name, thrown) => {
    expect(await failingWith(thrown)).toEqual(
      E.left({ _tag: 'DeliveryUnknown', reason: { _tag: 'ClientFailed', name }, recovered: [] }),
    )
  })

  test('after an earlier send that may have arrived is DeliveryUnknown, even if the last certainly did not leave', async () => {
    expect(await failingWith(coded('ECONNREFUSED'), [coded('ECONNRESET')])).toMatchObject({
      left: { _tag: 'DeliveryUnknown' },
    })
    expect(await failingWith(coded('ECONNREFUSED'), [coded('ENOTFOUND')])).toMatchObject({
      left: { _tag: 'NotSent' },
    })
  })

  test('while another request is in flight is DeliveryUnknown, even if its own certainly did not leave', async () => {
    const result = await run(async context => {
      const refused = context.send(failing(coded('ECONNREFUSED')), { sendsOnce: true })
      void context.send(() => never)
      return refused
    })
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown' } })
  })

  test('before it begins is NotSent, whatever it throws', async () => {
    expect(await run(() => Promise.reject(coded('ECONNRESET')))).toMatchObject({ left: { _tag: 'NotSent' } })
  })

  test.each([
    ['in sending', failing(coded('ECONNRESET'))],
    ['in reading', responding(makeStream(['{'], failing(coded('ECONNRESET'))).body)],
  ])('%s is reported, even if an interceptor throws another error afterwards', async (_, ask) => {
    const result = await run(async context => {
      try {
        return await context.send(ask)
      } catch {
        throw new TypeError('Cannot read properties of undefined')
      }
    })
    expect(result).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'NetworkFailed', code: 'ECONNRESET' } },
    })
  })

  test('after its response was read is reported by its own error, with the ids of the response', async () => {
    const result = await run(async context => {
      await context.send(responding(['{"code":0,"requestId":17}']))
      throw new TypeError('Cannot read properties of undefined')
    })
    expect(result).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'ClientFailed', name: 'TypeError' },
        recovered: [{ taskId: '17' }],
      },
    })
  })

  test('after its response was too large is ResponseTooLarge, whatever it throws', async () => {
    const result = await run(
      async context => {
        await context.send(responding(['12'])).catch(() => undefined)
        throw new TypeError('Cannot read properties of undefined')
      },
      { maxBodyBytes: 1 },
    )
    expect(result).toMatchObject({ left: { _tag: 'ResponseTooLarge' } })
  })
})

describe('other sends', () => {
  const own = '{"code":0,"requestId":2}'

  test('with a response are listed in the result, in their order', async () => {
    const result = await run(async context => {
      await context.send(responding(['1']))
      await context.send(responding(['2'], { head: { status: 500 } }))
      return context.send(responding([own]))
    })
    expect(result).toEqual(
      E.right({
        status: 200,
        body: bytes(own),
        otherSends: [
          { _tag: 'Answered', response: { status: 200, body: bytes('1') } },
          { _tag: 'Answered', response: { status: 500, body: bytes('2') } },
        ],
      }),
    )
  })

  test('are absent if all of them certainly did not leave', async () => {
    const result = await run(async context => {
      await context.send(failing(coded('ENOTFOUND')), { sendsOnce: true }).catch(() => undefined)
      return context.send(responding([own]))
    })
    expect(result).toEqual(E.right({ status: 200, body: bytes(own) }))
  })

  test('may get their response after the one that is returned', async () => {
    const result = await run(async context => {
      const first = await context.send(responding([own]))
      await context.send(responding(['later']))
      return first
    })
    expect(result).toEqual(
      E.right({
        status: 200,
        body: bytes(own),
        otherSends: [{ _tag: 'Answered', response: { status: 200, body: bytes('later') } }],
      }),
    )
  })

  test('that are in flight when the exchange ends may have arrived, with the ids that have arrived', async () => {
    const { body } = makeStream(['{"code":0,"requestId":1,'], () => never)
    const result = await run(async context => {
      void context.send(() => never)
      void context.send(responding(body))
      await settle()
      return context.send(responding([own]))
    })
    expect(result).toEqual(
      E.right({
        status: 200,
        body: bytes(own),
        otherSends: [
          { _tag: 'Unanswered', recovered: [] },
          { _tag: 'Unanswered', recovered: [{ taskId: '1', code: 0, path: '/requestId' }] },
        ],
      }),
    )
  })

  test('that were reported by sentUnseen count, with the ids of their responses', async () => {
    const unseen: HttpResponse = { status: 200, body: '{"code":0,"requestId":1}' }
    expect(
      await run(async context => {
        context.sentUnseen()
        context.sentUnseen(unseen)
        return context.send(responding([own]))
      }),
    ).toEqual(
      E.right({
        status: 200,
        body: bytes(own),
        otherSends: [
          { _tag: 'Unanswered', recovered: [] },
          { _tag: 'Answered', response: unseen },
        ],
      }),
    )
    expect(
      await run(async context => {
        context.sentUnseen(unseen)
        throw coded('ECONNREFUSED')
      }),
    ).toMatchObject({ left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '1' }] } })
  })

  test('are absent if the only response was reported by sentUnseen', async () => {
    const unseen: HttpResponse = { status: 200, body: own }
    expect(
      await run(async context => {
        context.sentUnseen(unseen)
        return unseen
      }),
    ).toEqual(E.right(unseen))
  })

  test('include an only send without a response, if the response comes from somewhere else', async () => {
    const made: HttpResponse = { status: 200, body: own }
    expect(
      await run(async context => {
        await context.send(failing(coded('ECONNRESET'))).catch(() => undefined)
        return made
      }),
    ).toEqual(E.right({ ...made, otherSends: [{ _tag: 'Unanswered', recovered: [] }] }))
  })

  test('do not include the send whose response was copied', async () => {
    expect(await run(async context => ({ ...(await context.send(responding([own]))) }))).toEqual(
      E.right({ status: 200, body: bytes(own) }),
    )
    expect(
      await run(async context => {
        context.sentUnseen()
        return { ...(await context.send(responding([own]))) }
      }),
    ).toMatchObject({ right: { otherSends: [{ _tag: 'Unanswered' }] } })
  })

  test('do not include a response that is none to another request', async () => {
    const readTwice = (isNoSend: boolean): Promise<E.Either<TransportError, HttpResponse>> =>
      run(async context => {
        const first = await context.send(responding([own]))
        const read = await context.send(responding(['copy']), {
          isNoSend: ({ body }) => (expect(body).toEqual(bytes('copy')), isNoSend),
        })
        expect(read.body).toEqual(bytes('copy'))
        return first
      })
    expect(await readTwice(true)).toEqual(E.right({ status: 200, body: bytes(own) }))
    expect(await readTwice(false)).toMatchObject({ right: { otherSends: [{ _tag: 'Answered' }] } })
  })

  test('include an equal response of an earlier send', async () => {
    const unseen: HttpResponse = { status: 200, body: own }
    expect(
      await run(async context => {
        context.sentUnseen({ ...unseen })
        context.sentUnseen(unseen)
        return unseen
      }),
    ).toEqual(E.right({ ...unseen, otherSends: [{ _tag: 'Answered', response: unseen }] }))
  })

  test('are reported even if the adapter returns no response', async () => {
    expect(
      await run(async context => {
        await context.send(failing(coded('ECONNRESET'))).catch(() => undefined)
        return undefined as never
      }),
    ).toEqual(E.right({ otherSends: [{ _tag: 'Unanswered', recovered: [] }] }))
  })
})

describe('a response to which a redirect was followed', () => {
  test('does not come from the API: its ids are recovered, and the request may have arrived', async () => {
    const result = await run(context =>
      context.send(async () => ({
        head: { status: 200 },
        body: [bytes('{"code":0,"requestId":17}')],
        wasRedirected: true,
      })),
    )
    expect(result).toEqual(
      E.left({
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'NetworkFailed', code: 'ERR_REDIRECT_FOLLOWED' },
        recovered: [{ taskId: '17', code: 0, path: '/requestId' }],
      }),
    )
  })
})
