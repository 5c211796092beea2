/**
 * The `data` of an axios response: from what an adapter gives to bytes, and from bytes to what interceptors get.
 *
 * @internal
 */
import type { BodyStream } from '@task-outcome/core/adapter'
import type { InternalAxiosRequestConfig } from 'axios'

/** The body that an adapter has handed over, whatever form it gave it. */
export const streamOf = (data: unknown): BodyStream => {
  if (isStream(data)) return data
  return isBlob(data) ? data.stream() : [bytesOf(data ?? '')]
}

const isBlob = (data: unknown): data is Blob => Object.prototype.toString.call(data) === '[object Blob]'

/** Of any realm. */
const isArrayBuffer = (data: unknown): data is ArrayBuffer =>
  Object.prototype.toString.call(data) === '[object ArrayBuffer]'

const isStream = (data: unknown): data is BodyStream =>
  typeof data === 'object' && data !== null && (Symbol.asyncIterator in data || 'getReader' in data)

const bytesOf = (data: unknown): Uint8Array => {
  if (isArrayBuffer(data)) return new Uint8Array(data)
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return new TextEncoder().encode(typeof data === 'string' ? data : JSON.stringify(data, refuseRounded))
}

/** A stand-in for tests may give an object instead of bytes. An integer beyond 2^53 in it may have lost digits already. */
const refuseRounded = (_: string, value: unknown): unknown => {
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw Object.assign(new Error('An integer beyond 2^53 is no longer exact. Respond with text.'), {
      code: 'ERR_UNSAFE_INTEGER',
    })
  return value
}

/** What axios' own adapters give for the response type and the encoding that the caller has chosen. */
export const dataFor = (
  kind: 'http' | 'fetch' | 'xhr' | 'other',
  { responseType, responseEncoding }: InternalAxiosRequestConfig,
  body: Uint8Array | string,
): unknown => {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  switch (responseType) {
    case 'arraybuffer':
      return asBuffer(bytes) ?? bytes.slice().buffer
    case 'blob':
      return new Blob([bytes.slice()])
    case 'stream':
      return readable(kind, bytes) ?? textOf(bytes)
    default:
      return textOf(bytes, responseEncoding)
  }
}

const textOf = (bytes: Uint8Array, encoding = 'utf8'): string => {
  const buffer = /^utf-?8$/i.test(encoding) ? undefined : asBuffer(bytes)
  return buffer === undefined ? new TextDecoder().decode(bytes) : buffer.toString(encoding as BufferEncoding)
}

const readable = (kind: 'http' | 'fetch' | 'xhr' | 'other', bytes: Uint8Array): unknown => {
  if (kind === 'fetch') return new Response(bytes.slice()).body
  const { process } = globalThis as { readonly process?: Partial<NodeJS.Process> }
  // Imported, it would be looked for in browsers as well.
  return process?.getBuiltinModule?.('node:stream').Readable.from([bytes], { objectMode: false })
}

/** Node's own kind of bytes, which its users know; undefined elsewhere. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer | undefined =>
  (globalThis as { readonly Buffer?: typeof Buffer }).Buffer?.from(buffer, byteOffset, byteLength)
