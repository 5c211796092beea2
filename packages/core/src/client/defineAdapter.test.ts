import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { decodeOrdinaryResponse } from '../decode/decodeResponse.js'
import { type AdapterCall, defineAdapter } from './defineAdapter.js'
import type { OpenResponse } from './exchange.js'

const summary = { method: 'POST', origin: 'https://host', path: '/' }
const describeIt = () => ({ summary, secrets: ['s3cret'] })

/** A transport over a client that never responds, and tells when it was asked. */
const stalling = (
  signals: AdapterCall<AbortSignal>['signals'],
  sendSignals: AdapterCall<AbortSignal>['signals'] = [],
) => {
  let asked!: () => void
  const wasAsked = new Promise<void>(resolve => {
    asked = resolve
  })
  let own: AbortSignal | undefined
  const transport = defineAdapter(globalThis, {}, () => ({
    ...(signals === undefined ? {} : { signals }),
    run: context =>
      context.send(
        signal => {
          own = signal
          asked()
          return new Promise<OpenResponse>(() => undefined)
        },
        { signals: sendSignals },
      ),
    describe: describeIt,
  }))
  return { transport, wasAsked, ownSignal: () => own }
}

describe('a signal of the caller', () => {
  test.each<[string, (signal: AbortSignal) => ReturnType<typeof stalling>]>([
    ['given for the call', signal => stalling([null, undefined, signal])],
    ['given for a send', signal => stalling(undefined, [null, undefined, signal])],
  ])('%s ends the exchange and the request', async (_, start) => {
    const controller = new AbortController()
    const { transport, wasAsked, ownSignal } = start(controller.signal)
    const running = transport()()
    await wasAsked
    controller.abort()
    expect(await running).toMatchObject({
      left: { _tag: 'DeliveryUnknown', reason: { _tag: 'Aborted' }, request: summary },
    })
    expect(ownSignal()?.aborted).toBe(true)
  })

  test('that has already aborted sends nothing', async () => {
    const { transport, ownSignal } = stalling([AbortSignal.abort()])
    expect(await transport()()).toMatchObject({ left: { _tag: 'NotSent', reason: { _tag: 'Aborted' } } })
    expect(ownSignal()).toBeUndefined()
  })
})

test('the errors of a decoder show the request of the transport, but no secret of it', async () => {
  const body = '{"code":4100,"message":"no such key: s3cret"}'
  const transport = defineAdapter(globalThis, {}, () => ({
    run: context => context.send(async () => ({ head: { status: 200 }, body: [body] })),
    describe: describeIt,
  }))
  const response = await transport()()
  if (E.isLeft(response)) throw new Error('expected a response')
  expect(decodeOrdinaryResponse(response.right)).toMatchObject({
    left: { _tag: 'Rejected', message: 'no such key: ******', request: summary },
  })
})

test('a decoder takes every send of the transport into account', async () => {
  const bodies = ['{"code":0,"requestId":"111"}', '{"code":4400,"message":""}']
  const transport = defineAdapter(globalThis, {}, () => ({
    run: async context => {
      const send = (body = '') => context.send(async () => ({ head: { status: 200 }, body: [body] }))
      await send(bodies[0])
      return send(bodies[1])
    },
    describe: describeIt,
  }))
  const response = await transport()()
  if (E.isLeft(response)) throw new Error('expected a response')
  expect(decodeOrdinaryResponse(response.right)).toMatchObject({
    left: {
      _tag: 'DeliveryUnknown',
      reason: { _tag: 'SentMoreThanOnce', lastResult: { _tag: 'Rejected', code: 4400 } },
      recovered: [{ taskId: '111' }],
      request: summary,
    },
  })
})
