import { afterEach, describe, expect, test } from 'vitest'
import { isPlatformFetch, isStream } from './sendsOnce.js'

/** As undici names its classes. */
class Agent {
  dispatch(): boolean {
    return true
  }
}
class RetryAgent extends Agent {}
class Dispatcher1Wrapper extends Agent {}

/** As undici's `compose` makes it. */
const withInterceptors = new Proxy(new Agent(), {
  get: (agent, name): unknown => (name === 'dispatch' ? () => true : Reflect.get(agent, name)),
})

const slots = globalThis as Record<symbol, unknown>
const first = Symbol.for('undici.globalDispatcher.1')
const second = Symbol.for('undici.globalDispatcher.2')
const original = [slots[first], slots[second]] as const
const setDispatchers = (one: unknown, two: unknown): void => {
  slots[first] = one
  slots[second] = two
}
afterEach(() => {
  setDispatchers(...original)
})

describe('a fetch', () => {
  test.each([
    ['before its first request', undefined, undefined],
    ['of Node 20 and 22', new Agent(), undefined],
    ['of Node 24', new Agent(), new Agent()],
    ['of Node 26', new Dispatcher1Wrapper(), new Agent()],
  ])('of Node sends once: %s', (_, one, two) => {
    setDispatchers(one, two)
    expect(isPlatformFetch(fetch)).toBe(true)
  })

  test.each([
    ['a RetryAgent', new RetryAgent(), undefined],
    ['a RetryAgent of undici 7', new RetryAgent(), new RetryAgent()],
    ['a RetryAgent of undici 8', new Dispatcher1Wrapper(), new RetryAgent()],
    ['a wrapper around an unknown dispatcher', new Dispatcher1Wrapper(), undefined],
    ['interceptors', withInterceptors, undefined],
    ['interceptors of undici 8', new Dispatcher1Wrapper(), withInterceptors],
    ['an unknown dispatcher that undici 8 would have set', new RetryAgent(), new Agent()],
    ['null', null, undefined],
    ['an object without a prototype', Object.create(null), undefined],
    ['null as the second', new Agent(), null],
  ])('of Node is not known to send once over %s', (_, one, two) => {
    setDispatchers(one, two)
    expect(isPlatformFetch(fetch)).toBe(false)
  })

  test.each([
    ['another function', (url: string) => fetch(url)],
    ['a bound one', fetch.bind(globalThis)],
    ['native code, as Bun’s, which sends a GET again', Math.max],
    ['no function', { fetch }],
    ['nothing', undefined],
  ])('is not known to send once if it is %s', (_, other) => {
    expect(isPlatformFetch(other)).toBe(false)
  })
})

describe('a body', () => {
  test.each([
    ['a web stream', new ReadableStream()],
    ['an async iterable', (async function* () {})()],
    ['a web stream of a browser, which has only a reader', { getReader: () => undefined }],
    ['a stream of Node', { pipe: () => undefined }],
  ])('is a stream if it is %s', (_, body) => {
    expect(isStream(body)).toBe(true)
  })

  test.each([
    ['a text', 'a=b'],
    ['bytes', new Uint8Array()],
    ['a form', new URLSearchParams()],
    ['null', null],
    ['nothing', undefined],
  ])('is no stream if it is %s', (_, body) => {
    expect(isStream(body)).toBe(false)
  })
})
