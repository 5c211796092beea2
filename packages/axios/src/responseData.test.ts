import type { InternalAxiosRequestConfig, ResponseType } from 'axios'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { runInNewContext } from 'node:vm'
import { dataFor, streamOf } from './responseData.js'

afterEach(() => vi.unstubAllGlobals())

const config = (responseType?: ResponseType): InternalAxiosRequestConfig =>
  ({ responseType }) as InternalAxiosRequestConfig

/** A part of a larger buffer, as streams yield them. */
const bytes = new TextEncoder().encode('xx{"code":0}yy').subarray(2, -2)

describe('the data that interceptors get', () => {
  test.each([undefined, 'json', 'text', 'document'] as const)('is text for responseType %s', responseType => {
    expect(dataFor('http', config(responseType), bytes)).toBe('{"code":0}')
  })

  test.each(['http', 'fetch'] as const)(
    'is a stream for stream, of the kind that the %s adapter returns',
    async kind => {
      const stream = dataFor(kind, config('stream'), bytes) as AsyncIterable<Uint8Array>
      const chunks: Uint8Array[] = []
      for await (const chunk of stream) chunks.push(chunk)
      expect(Buffer.concat(chunks).toString()).toBe('{"code":0}')
      expect(stream instanceof ReadableStream).toBe(kind === 'fetch')
      expect(stream).not.toMatchObject({ readableObjectMode: true })
    },
  )

  test('is text for stream on a platform without streams', () => {
    vi.stubGlobal('process', undefined)
    expect(dataFor('xhr', config('stream'), bytes)).toBe('{"code":0}')
  })

  test.each([
    ['latin1', 'Ã¼'],
    ['utf8', 'ü'],
    ['UTF-8', 'ü'],
    ['hex', 'c3bc'],
    [undefined, 'ü'],
  ])('is text in the requested encoding: %s', (responseEncoding, text) => {
    const config = { responseEncoding } as InternalAxiosRequestConfig
    expect(dataFor('http', config, new TextEncoder().encode('ü'))).toBe(text)
  })

  test('is decoded as UTF-8 on a platform without Buffer', () => {
    vi.stubGlobal('Buffer', undefined)
    const config = { responseEncoding: 'latin1' } as InternalAxiosRequestConfig
    expect(dataFor('xhr', config, new TextEncoder().encode('ü'))).toBe('ü')
  })

  test('is the same from text as from bytes', () => {
    expect(dataFor('other', config(), '{"code":0}')).toBe('{"code":0}')
  })

  test('is a Buffer for arraybuffer in Node', () => {
    const data = dataFor('http', config('arraybuffer'), bytes)
    expect(Buffer.isBuffer(data) && data.toString()).toBe('{"code":0}')
  })

  test('is an ArrayBuffer of just these bytes on other platforms', () => {
    vi.stubGlobal('Buffer', undefined)
    const data = dataFor('http', config('arraybuffer'), bytes)
    expect(data).toBeInstanceOf(ArrayBuffer)
    expect(new TextDecoder().decode(data as ArrayBuffer)).toBe('{"code":0}')
  })

  test('is a Blob for blob', async () => {
    const data = dataFor('http', config('blob'), bytes)
    expect(data instanceof Blob && (await data.text())).toBe('{"code":0}')
  })
})

describe('the body of an adapter’s response', () => {
  test('is the stream of a Blob', async () => {
    const stream = streamOf(new Blob(['{"code":0}'])) as ReadableStream<Uint8Array>
    expect(await new Response(stream).text()).toBe('{"code":0}')
  })

  test('is a stream unchanged, even one that only has a reader', () => {
    const iterable = (async function* () {
      yield bytes
    })()
    const readable = { getReader: () => undefined }
    expect(streamOf(iterable)).toBe(iterable)
    expect(streamOf(readable)).toBe(readable)
  })

  test.each([undefined, null])('is empty for %s', data => {
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
  ])('is one chunk of bytes for %s', (_, data) => {
    expect(streamOf(data)).toEqual([new TextEncoder().encode('{"code":0}')])
  })

  test.each([true, 7, 1.5, 1e-7])('is JSON for %s', data => {
    expect(streamOf(data)).toEqual([new TextEncoder().encode(String(data))])
  })

  test('rejects an integer that may have been rounded', () => {
    expect(() => streamOf({ ids: [2 ** 53] })).toThrow('beyond 2^53')
  })
})
