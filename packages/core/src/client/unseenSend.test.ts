import { describe, expect, test } from 'vitest'
import { recoverFromBody } from '../decode/recovered.js'
import { unseenSend } from './unseenSend.js'

const rejected = { status: 200, body: '{"code":4400,"message":"too fast"}' }
const accepted = { status: 200, body: '{"code":0,"requestId":"17"}' }
const refused = { thrown: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) }
const reset = (): Error => Object.assign(new Error('reset'), { code: 'ECONNRESET' })

const idsOf = (unseen: ReturnType<typeof unseenSend>): ReadonlyArray<string> | undefined =>
  unseen?.response && recoverFromBody(unseen.response.body).map(({ taskId }) => taskId)

const json = '{"code":0,"requestId":"77"}'

describe('a task id that the response lacks shows a request', () => {
  const cyclic: Record<string, unknown> = { data: { requestId: '77' } }
  cyclic.itself = cyclic
  const opaque = Object.defineProperty({ body: json }, 'socket', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })

  test.each<[string, unknown]>([
    ['the text of a body', json],
    ['bytes', new TextEncoder().encode(json)],
    ['an ArrayBuffer', new TextEncoder().encode(json).buffer],
    ['parsed data', { code: 0, requestId: 77 }],
    ['a bigint', { requestId: 77n }],
    ['data in a response', { status: 200, data: { requestId: '77' } }],
    ['text in a response', { status: 200, data: json }],
    ['bytes in a response', { body: new TextEncoder().encode(json) }],
    ['an array', [undefined, { taskId: '77' }]],
    ['an error with a response', Object.assign(new Error('no'), { response: { data: { flowId: '77' } } })],
    ['a graph with a cycle', cyclic],
    ['an object with a getter that throws', opaque],
    ['an id without its name, as text', '77'],
    ['an id without its name, as a number', 77],
  ])('in %s, returned or thrown', (_, result) => {
    for (const hasThrown of [true, false])
      expect(idsOf(unseenSend({ result, hasThrown, response: rejected, failure: undefined }))).toEqual(['77'])
  })

  test('even after a response with another id', () => {
    const end = { result: json, hasThrown: false, response: accepted, failure: undefined }
    expect(idsOf(unseenSend(end))).toEqual(['77'])
  })

  test('even if nothing went through the exchange', () => {
    const end = {
      result: { response: { data: json } },
      hasThrown: true,
      response: undefined,
      failure: undefined,
    }
    expect(idsOf(unseenSend(end))).toEqual(['77'])
  })
})

describe('what interceptors usually make of a response shows no request', () => {
  test.each<[string, unknown]>([
    ['its data', { code: 4400, message: 'too fast' }],
    ['its text', rejected.body],
    ['a part of it', 'too fast'],
    ['its code', 4400],
    ['its status', 200],
    ['nothing', undefined],
    ['null', null],
    ['a flag', false],
    ['an empty object', {}],
    ['a number that is no id', 1.5],
    ['ids of the request', { config: { params: { taskId: '5' } }, request: { taskId: '5' } }],
    ['bytes that are not JSON', { body: new Uint8Array([255]) }],
    ['functions', { retry: () => json }],
  ])('%s', (_, result) => {
    expect(unseenSend({ result, hasThrown: false, response: rejected, failure: undefined })).toBeUndefined()
    expect(unseenSend({ result, hasThrown: true, response: rejected, failure: undefined })).toBeUndefined()
  })

  test('its own id', () => {
    const end = { hasThrown: false, response: accepted, failure: undefined }
    expect(unseenSend({ ...end, result: { id: '17', requestId: '17' } })).toBeUndefined()
    expect(unseenSend({ ...end, result: '17' })).toBeUndefined()
  })

  test.each([rejected.body, `${rejected.body} \xff`])('the code of its bytes (%s)', body => {
    const response = { status: 200, body: Uint8Array.from(body, character => character.charCodeAt(0)) }
    expect(unseenSend({ result: 4400, hasThrown: false, response, failure: undefined })).toBeUndefined()
  })
})

describe('without a response', () => {
  test.each([true, 'offline', { offline: true }, 0])('a returned value shows a request (%j)', result => {
    for (const failure of [refused, undefined])
      expect(unseenSend({ result, hasThrown: false, response: undefined, failure })).toHaveProperty(
        'response',
      )
  })

  test.each([undefined, null])('%s shows none', result => {
    expect(unseenSend({ result, hasThrown: false, response: undefined, failure: refused })).toBeUndefined()
  })
})

describe('a network failure', () => {
  const thrown = { hasThrown: true, result: reset() }

  test.each([
    ['after a rejection', { response: rejected, failure: undefined }],
    ['after another failure', { response: undefined, failure: refused }],
  ])('%s shows a request', (_, before) => {
    expect(unseenSend({ ...thrown, ...before })).toEqual({})
  })

  test.each([
    ['before anything was sent', { response: undefined, failure: undefined }],
    ['after a 401', { response: { status: 401, body: '{"code":4100}' }, failure: undefined }],
  ])('%s is that of a request for a token', (_, before) => {
    expect(unseenSend({ ...thrown, ...before })).toBeUndefined()
  })

  test('after an accepted task does not matter', () => {
    expect(unseenSend({ ...thrown, response: accepted, failure: undefined })).toBeUndefined()
  })

  test('with the code of the last failure is that failure', () => {
    const again = new Error('wrapped', { cause: refused.thrown })
    expect(
      unseenSend({ hasThrown: true, result: again, response: undefined, failure: refused }),
    ).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['without a code', new TypeError('no response to read')],
    ['with a code of the application', Object.assign(new Error('too fast'), { code: 'LimitExceeded' })],
  ])('does not include an error %s', (_, result) => {
    expect(unseenSend({ hasThrown: true, result, response: rejected, failure: undefined })).toBeUndefined()
    expect(unseenSend({ hasThrown: true, result, response: undefined, failure: refused })).toBeUndefined()
  })
})
