/** What untyped callers return where no promise is expected: its rejection must not end the process. */
import type { HttpResponse, Transport, TransportError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fastClock } from '../../test/FastClock.js'
import { documented } from '../../test/requests.js'
import { clb } from '../../test/services.js'
import type { Clock } from './Clock.js'
import { type TencentCloudOptions, createTencentCloud } from './createTencentCloud.js'

const rejections: unknown[] = []
const note = (reason: unknown): void => {
  rejections.push(reason)
}
beforeEach(() => {
  rejections.length = 0
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
})
afterEach(async () => {
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve))
  process.off('unhandledRejection', note)
  process.off('uncaughtException', note)
  expect(rejections).toEqual([])
})

const reject = (): never => Promise.reject(new Error('of an untyped caller')) as never

const unknown: TransportError = {
  _tag: 'DeliveryUnknown',
  reason: { _tag: 'TimedOut', timeoutMs: 1 },
  recovered: [],
}
const lossy: Transport = () => async (): Promise<E.Either<TransportError, HttpResponse>> => E.left(unknown)

const submit = (options: Partial<TencentCloudOptions>) =>
  createTencentCloud({
    transport: lossy,
    credentials: documented,
    clock: fastClock(),
    resend: { maxResends: 1 },
    ...options,
  })
    .v3(clb)
    .submit('CreateLoadBalancer', {})()

const fast = fastClock()
test.each<[string, Partial<TencentCloudOptions>, object]>([
  ['random', { random: reject }, { _tag: 'NotSent', reason: { _tag: 'Misused' } }],
  ['clock.now', { clock: { ...fast, now: reject } }, { _tag: 'NotSent', reason: { _tag: 'Misused' } }],
  ['clock.monotonicNow', { clock: { ...fast, monotonicNow: reject } }, unknown],
  ['clock.after', { clock: { ...fast, after: reject } }, unknown],
  ['the function that cancels a timer', { clock: cancelledBy(reject) }, unknown],
  ['credentials', { credentials: reject }, { _tag: 'NotSent', reason: { _tag: 'ClientFailed' } }],
  ['the transport', { transport: reject }, { _tag: 'DeliveryUnknown', reason: { _tag: 'ClientFailed' } }],
])('a promise of %s that rejects is handled', async (_, options, left) => {
  expect(await submit(options)).toMatchObject({ left })
})

/** Its timers are cancelled by that function. */
function cancelledBy(cancel: () => void): Clock {
  const clock = fastClock()
  return {
    ...clock,
    after: (delayMs, run) => {
      clock.after(delayMs, run)
      return cancel
    },
  }
}

const broken: ReadonlyArray<[string, () => unknown]> = [
  [
    'throws',
    () => {
      throw new TypeError('no')
    },
  ],
  ['rejects', reject],
]
test.each(broken)('a function that cancels a timer can be one that %s', async (_, cancel) => {
  expect(await submit({ clock: cancelledBy(cancel) })).toMatchObject({ left: unknown })
})

test('a clock whose timers can not be cancelled ends a call, and its timers do nothing', async () => {
  const timers: Array<() => void> = []
  const clock = {
    ...fastClock(),
    after: (_: number, run: () => void) => timers.push(run),
  } as unknown as Clock
  expect(await submit({ clock })).toMatchObject({ left: unknown })
  expect(await submit({ clock, credentials: () => new Promise<never>(() => undefined) })).toMatchObject({
    left: { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'TypeError' } },
  })
  expect(timers).toHaveLength(2)
  for (const run of timers) expect(run).not.toThrow()
})

test('a clock that calls at once, before it has returned, ends the delay', async () => {
  const clock: Clock = {
    ...fastClock(),
    after: (_, run) => {
      run()
      return () => undefined
    },
  }
  let sends = 0
  const transport: Transport = request => {
    sends++
    return lossy(request)
  }
  await submit({ clock, transport })
  expect(sends).toBe(2)
})

const task = { status: 200, body: '{"Response":{"TaskId":17,"RequestId":"r"}}' }
const lost = (recovered: unknown) => ({
  _tag: 'DeliveryUnknown',
  reason: { _tag: 'ClientFailed', name: 'TypeError' },
  recovered,
})

test.each<[string, unknown]>([
  ['is an async function', async () => E.right(task)],
  ['resolves to the response', () => async () => task],
  ['resolves to the body', () => async () => task.body],
  ['is an async function that returns the response', async () => task],
  ['returns the response', () => task],
  ['resolves to a Left without recovered', () => async () => E.left({ data: task.body })],
])('no id is lost if the transport of an untyped caller %s', async (_, transport) => {
  const recovered = [expect.objectContaining({ taskId: '17' })]
  expect(await submit({ transport: transport as Transport })).toMatchObject({ left: lost(recovered) })
})
