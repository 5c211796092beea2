/**
 * The suite for transports of neutral requests.
 */
import { type Transport, createTaskClient } from '@task-outcome/core'
import { type Emulator, startEmulator } from '@task-outcome/emulator'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** Declares the tests for one transport: it sends requests unchanged and shows no secret. */
export const describeTransport = (name: string, create: () => Transport): void => {
  describe(`${name}, a transport`, () => {
    let emulator: Emulator
    beforeAll(async () => {
      emulator = await startEmulator()
    })
    afterAll(() => emulator.close())

    const accepted = '{"code":0,"message":"","requestId":9007199254740993123}'
    const textOf = (body: string | Uint8Array = ''): string =>
      typeof body === 'string' ? body : new TextDecoder().decode(body)
    const lastRequest = () => emulator.requests[emulator.requests.length - 1]

    test('sends a neutral request with GET by default, and a task client decodes the response', async () => {
      const tasks = createTaskClient(create())
      const url = emulator.serve({ body: accepted })
      expect(
        await tasks.submit({ url: `${url}?Action=CreateImage`, headers: { 'x-team': 'cloud' } })(),
      ).toMatchObject({
        right: { taskId: '9007199254740993123' },
      })
      expect(lastRequest()).toMatchObject({
        method: 'GET',
        headers: { 'x-team': 'cloud' },
        parameters: { Action: 'CreateImage' },
      })
    })

    test.each([
      ['JSON with spaces around it', ' {"TaskId": 9007199254740993123} '],
      ['text', 'a=b&c= d'],
      ['bytes', new TextEncoder().encode(' {"TaskId": 9007199254740993123} ')],
      ['a view of larger bytes', new TextEncoder().encode('xx {"a": 1} xx').subarray(2, 12)],
    ])('sends a body as it is: %s', async (_, body) => {
      const tasks = createTaskClient(create())
      const headers = { 'content-type': 'application/json' }
      expect(
        await tasks.submit({ url: emulator.serve({ body: accepted }), method: 'POST', headers, body })(),
      ).toMatchObject({ _tag: 'Right' })
      const text = textOf(body)
      expect(lastRequest()).toMatchObject({ method: 'POST', headers })
      expect(textOf(lastRequest()?.body)).toBe(text)
    })

    test('returns a response whatever its status, and follows the signal of the request', async () => {
      const transport = create()
      const response = await transport({ url: emulator.serve({ status: 503, body: 'busy' }) })()
      expect(E.isRight(response) && [response.right.status, textOf(response.right.body)]).toEqual([
        503,
        'busy',
      ])
      expect(await transport({ url: emulator.url, signal: AbortSignal.abort() })()).toMatchObject({
        left: { _tag: 'NotSent', reason: { _tag: 'Aborted' } },
      })
    })

    test('masks the secrets of the request in its own errors and in those of a decoder', async () => {
      const transport = create()
      const query = '?Action=CreateImage&SecretId=AKID12345678'
      const lost = await transport({ url: `${await emulator.refusedUrl()}/${query}` })()
      expect(lost).toMatchObject({ left: { _tag: 'NotSent', request: { action: 'CreateImage' } } })
      const echo = emulator.serve({ body: '{"code":4100,"message":"no such key: AKID12345678"}' })
      const rejected = await createTaskClient(transport).submit({ url: `${echo}${query}` })()
      expect(rejected).toMatchObject({ left: { _tag: 'Rejected', message: 'no such key: ************' } })
      expect(JSON.stringify([lost, rejected])).not.toContain('AKID12345678')
    })

    test.each([
      ['nothing', undefined],
      [
        'a request whose URL throws',
        {
          get url(): string {
            throw new TypeError('no URL')
          },
        },
      ],
    ])('never throws and sends nothing: given %s', async (_, request) => {
      const transport = create()
      const before = emulator.requests.length
      expect(await transport(request as never)()).toMatchObject({ left: { _tag: 'NotSent' } })
      expect(emulator.requests).toHaveLength(before)
    })
  })
}
