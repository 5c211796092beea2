import { describe, expect, test } from 'vitest'
import { recoverFromBody } from '../decode/recovered.js'
import { isCopyOf, unseenSend } from './unseenSend.js'

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

  test.each<[string, unknown]>([
    ['its own id', '17'],
    ['its own id in other data', { id: '17', requestId: '17' }],
    ['another id, such as that of a trace', { code: 0, requestId: 'trace-1' }],
    ['a failure afterwards', reset()],
  ])('of an accepted task: %s', (_, result) => {
    for (const hasThrown of [true, false])
      expect(unseenSend({ result, hasThrown, response: accepted, failure: undefined })).toBeUndefined()
  })

  test('an id of the request, or of a header of the response', () => {
    const knownTexts = (): ReadonlyArray<string> => [
      'https://api.example/?taskId=17&x=y',
      'trace-1',
      'a: b/18;c',
    ]
    const end = { hasThrown: true, response: rejected, failure: undefined, knownTexts }
    for (const requestId of ['17', 'trace-1', '18'])
      expect(unseenSend({ ...end, result: { requestId } })).toBeUndefined()
    expect(idsOf(unseenSend({ ...end, result: { requestId: '7' } }))).toEqual(['7'])
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

describe('a failure of another request', () => {
  const coded = (code: string): Error => Object.assign(new Error('no'), { code })
  const named = (name: string): Error => Object.assign(new Error('no'), { name })
  const gateway = { status: 504 }

  test.each<[string, unknown]>([
    ['of the network', reset()],
    ['of the HTTP parser', coded('HPE_INVALID_CONSTANT')],
    ['of the decompression', coded('Z_DATA_ERROR')],
    ['of undici', new TypeError('fetch failed', { cause: coded('UND_ERR_SOCKET') })],
    ['of fetch, without a code', new TypeError('fetch failed', { cause: new Error('HTTPParserError') })],
    ['of a time limit', named('TimeoutError')],
    ['of a time limit, as a cause', new Error('no', { cause: named('TimeoutError') })],
    ['of a signal', new DOMException('no', 'AbortError')],
    ['with a response of another status', Object.assign(new Error('no'), { response: gateway })],
    ['in an array', [coded('EPIPE'), undefined]],
    ['in an object', { ok: false, error: named('AbortError') }],
    ['in settled promises', [{ status: 'rejected', reason: coded('ERR_NETWORK') }]],
  ])('%s shows it, thrown or returned', (_, result) => {
    for (const hasThrown of [true, false])
      expect(unseenSend({ result, hasThrown, response: rejected, failure: undefined })).toEqual({})
    expect(unseenSend({ result, hasThrown: true, response: undefined, failure: refused })).toEqual({})
  })

  test.each([
    ['before anything was sent', { response: undefined, failure: undefined }],
    ['after a 401', { response: { status: 401, body: '{"code":4100}' }, failure: undefined }],
  ])('%s is that of a request for a token', (_, before) => {
    expect(unseenSend({ result: reset(), hasThrown: true, ...before })).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['itself', refused.thrown],
    ['as a cause', new Error('wrapped', { cause: new Error('twice', { cause: refused.thrown }) })],
    ['by its code', Object.assign(new Error('replaced'), { code: 'ECONNREFUSED' })],
  ])('is not that of the last request: %s', (_, result) => {
    expect(unseenSend({ result, hasThrown: true, response: undefined, failure: refused })).toBeUndefined()
  })

  test('is not that of the last request, if that was aborted', () => {
    const aborted = { thrown: named('AbortError') }
    const end = { hasThrown: true, response: undefined, failure: aborted }
    expect(unseenSend({ ...end, result: aborted.thrown })).toBeUndefined()
    expect(unseenSend({ ...end, result: named('AbortError') })).toEqual({})
  })

  test('is an issue of parsing, if the last request failed', () => {
    const end = { hasThrown: true, result: new SyntaxError('no') }
    expect(unseenSend({ ...end, response: undefined, failure: refused })).toEqual({})
    expect(unseenSend({ ...end, response: rejected, failure: undefined })).toBeUndefined()
  })

  test.each<[string, unknown]>([
    ['without a code', new TypeError('no response to read')],
    ...['ERROR', 'EXCEEDED_QUOTA', 'ERR_API', 'LimitExceeded', 'ECONNRESET_NOT'].map(
      (code): [string, unknown] => [`with the code ${code} of the application`, coded(code)],
    ),
    ['with the response itself', Object.assign(new Error('no'), { response: { status: 200 } })],
    ['too deep to be looked for', { a: { b: { c: reset() } } }],
  ])('is no error %s', (_, result) => {
    expect(unseenSend({ result, hasThrown: true, response: rejected, failure: undefined })).toBeUndefined()
  })
})

describe('a response is a copy of another', () => {
  const copyOf = (original: string, copy: string | Uint8Array): boolean =>
    isCopyOf({ status: 200, body: original }, { status: 503, body: copy })

  test('with the same text or bytes', () => {
    expect(copyOf('<html>', '<html>')).toBe(true)
    expect(copyOf('<html>', new TextEncoder().encode('<html>'))).toBe(true)
    expect(copyOf('<html>', '<html></html>')).toBe(false)
  })

  test('with the same JSON', () => {
    expect(copyOf(rejected.body, ' {"code": 4400, "message": "too fast"}')).toBe(true)
    expect(copyOf(rejected.body, '{"code": 4400}')).toBe(false)
  })

  test('with no other task ids, be they rounded', () => {
    expect(copyOf(accepted.body, '{"taskId":"17"}')).toBe(true)
    expect(copyOf(accepted.body, '{}')).toBe(true)
    expect(copyOf(accepted.body, '{"taskId":"18"}')).toBe(false)
    const long = '{"code":0,"requestId":9007199254740993123}'
    expect(copyOf(long, JSON.stringify(JSON.parse(long)))).toBe(true)
    expect(copyOf('{"requestId":"bj/17"}', '{"requestId":"bj/17", "x":1}')).toBe(true)
    expect(copyOf(`{"requestId":${'9'.repeat(400)}}`, '{"requestId":"1"}')).toBe(false)
  })
})
