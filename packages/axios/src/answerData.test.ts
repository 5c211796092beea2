import type { InternalAxiosRequestConfig, ResponseType } from 'axios'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { runInNewContext } from 'node:vm'
import { dataFor, streamOf } from './answerData.js'

afterEach(() => vi.unstubAllGlobals())

const config = (responseType?: ResponseType): InternalAxiosRequestConfig =>
  ({ responseType }) as InternalAxiosRequestConfig

/** A part of a larger buffer, as streams give them. */
const bytes = new TextEncoder().encode('xx{"code":0}yy').subarray(2, -2)

describe('what interceptors get of the bytes', () => {
  test.each([undefined, 'json', 'text', 'stream', 'document'] as const)('text, for %s', responseType => {
    expect(dataFor(config(responseType), bytes)).toBe('{"code":0}')
  })

  test('a Buffer for arraybuffer, in Node', () => {
    const data = dataFor(config('arraybuffer'), bytes)
    expect(Buffer.isBuffer(data) && data.toString()).toBe('{"code":0}')
  })

  test('an ArrayBuffer of just these bytes, elsewhere', () => {
    vi.stubGlobal('Buffer', undefined)
    const data = dataFor(config('arraybuffer'), bytes)
    expect(data).toBeInstanceOf(ArrayBuffer)
    expect(new TextDecoder().decode(data as ArrayBuffer)).toBe('{"code":0}')
  })

  test('a Blob for blob', async () => {
    const data = dataFor(config('blob'), bytes)
    expect(data instanceof Blob && (await data.text())).toBe('{"code":0}')
  })
})

describe('the bytes in what adapters give', () => {
  test('the stream of a blob', async () => {
    const stream = streamOf(new Blob(['{"code":0}'])) as ReadableStream<Uint8Array>
    expect(await new Response(stream).text()).toBe('{"code":0}')
  })

  test('a stream is taken as it is, one that only has a reader too', () => {
    const iterable = (async function* () {
      yield bytes
    })()
    const readable = { getReader: () => undefined }
    expect(streamOf(iterable)).toBe(iterable)
    expect(streamOf(readable)).toBe(readable)
  })

  test.each([undefined, null])('nothing: %s', data => {
    expect(streamOf(data)).toEqual([new Uint8Array()])
  })

  test.each([
    ['text', '{"code":0}'],
    ['a view', bytes],
    ['an ArrayBuffer', bytes.slice().buffer],
    [
      'an ArrayBuffer of another realm',
      runInNewContext('Uint8Array.from(bytes).buffer', { bytes: [...bytes] }),
    ],
    ['an object', { code: 0 }],
  ])('%s, in one piece', (_, data) => {
    expect(streamOf(data)).toEqual([new TextEncoder().encode('{"code":0}')])
  })

  test.each([true, 7, 1.5, 1e-7])('JSON of %s', data => {
    expect(streamOf(data)).toEqual([new TextEncoder().encode(String(data))])
  })

  test('but no integer that may have been rounded', () => {
    expect(() => streamOf({ ids: [2 ** 53] })).toThrow('beyond 2^53')
  })
})
