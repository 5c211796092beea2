/**
 * The `data` of an axios response: from an adapter's result to bytes, and from bytes to what interceptors get.
 *
 * @internal
 */
import type { BodyStream } from '@task-outcome/core/adapter'
import type { InternalAxiosRequestConfig } from 'axios'

/** Returns the body of an adapter's response as a stream, whatever its type. */
export const streamOf = (data: unknown): BodyStream => {
  if (isStream(data)) return data
  return isBlob(data) ? data.stream() : [bytesOf(data ?? '')]
}

const isBlob = (data: unknown): data is Blob => Object.prototype.toString.call(data) === '[object Blob]'

/** Accepts an `ArrayBuffer` of any realm. */
const isArrayBuffer = (data: unknown): data is ArrayBuffer =>
  Object.prototype.toString.call(data) === '[object ArrayBuffer]'

const isStream = (data: unknown): data is BodyStream =>
  typeof data === 'object' && data !== null && (Symbol.asyncIterator in data || 'getReader' in data)

const bytesOf = (data: unknown): Uint8Array => {
  if (isArrayBuffer(data)) return new Uint8Array(data)
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return new TextEncoder().encode(typeof data === 'string' ? data : JSON.stringify(data, refuseRounded))
}

/** Rejects an integer beyond 2^53 in an object that a stub returned instead of bytes: it may have lost digits already. */
const refuseRounded = (_: string, value: unknown): unknown => {
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw Object.assign(new Error('An integer beyond 2^53 may have been rounded; return the body as text'), {
      code: 'ERR_UNSAFE_INTEGER',
    })
  return value
}

/** Returns what axios' own adapters return for the caller's `responseType` and `responseEncoding`. */
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
  // An import would break in browsers.
  return process?.getBuiltinModule?.('node:stream').Readable.from([bytes], { objectMode: false })
}

/** A Node `Buffer`; `undefined` on other platforms. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer | undefined =>
  (globalThis as { readonly Buffer?: typeof Buffer }).Buffer?.from(buffer, byteOffset, byteLength)
