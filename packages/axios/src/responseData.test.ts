import type { InternalAxiosRequestConfig, ResponseType } from 'axios'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { runInNewContext } from 'node:vm'
import { dataFor, streamOf } from './responseData.js'

afterEach(() => vi.unstubAllGlobals())

const config = (responseType?: ResponseType): InternalAxiosRequestConfig =>
  ({ responseType }) as InternalAxiosRequestConfig

/** A part of a larger buffer, as streams give them. */
const bytes = new TextEncoder().encode('xx{"code":0}yy').subarray(2, -2)

describe('what interceptors get of the bytes', () => {
  test.each([undefined, 'json', 'text', 'document'] as const)('text, for %s', responseType => {
    expect(dataFor('http', config(responseType), bytes)).toBe('{"code":0}')
  })

  test.each(['http', 'fetch'] as const)('a stream for stream, as the adapter %s gives one', async kind => {
    const stream = dataFor(kind, config('stream'), bytes) as AsyncIterable<Uint8Array>
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe('{"code":0}')
    expect(stream instanceof ReadableStream).toBe(kind === 'fetch')
  })

  test('text for stream, where there are no streams', () => {
    vi.stubGlobal('process', undefined)
    expect(dataFor('xhr', config('stream'), bytes)).toBe('{"code":0}')
  })

  test.each([
    ['latin1', 'Ã¼'],
    ['utf8', 'ü'],
    ['UTF-8', 'ü'],
    ['hex', 'c3bc'],
    [undefined, 'ü'],
  ])('text in the encoding that was asked for: %s', (responseEncoding, text) => {
    const asked = { responseEncoding } as InternalAxiosRequestConfig
    expect(dataFor('http', asked, new TextEncoder().encode('ü'))).toBe(text)
  })

  test('UTF-8 where there is no Buffer to read another encoding with', () => {
    vi.stubGlobal('Buffer', undefined)
    const asked = { responseEncoding: 'latin1' } as InternalAxiosRequestConfig
    expect(dataFor('xhr', asked, new TextEncoder().encode('ü'))).toBe('ü')
  })

  test('of a text as of its bytes', () => {
    expect(dataFor('other', config(), '{"code":0}')).toBe('{"code":0}')
  })

  test('a Buffer for arraybuffer, in Node', () => {
    const data = dataFor('http', config('arraybuffer'), bytes)
    expect(Buffer.isBuffer(data) && data.toString()).toBe('{"code":0}')
  })

  test('an ArrayBuffer of just these bytes, elsewhere', () => {
    vi.stubGlobal('Buffer', undefined)
    const data = dataFor('http', config('arraybuffer'), bytes)
    expect(data).toBeInstanceOf(ArrayBuffer)
    expect(new TextDecoder().decode(data as ArrayBuffer)).toBe('{"code":0}')
  })

  test('a Blob for blob', async () => {
    const data = dataFor('http', config('blob'), bytes)
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
