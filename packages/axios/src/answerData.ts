/**
 * The `data` of an axios response: from what an adapter gives to bytes, and from bytes to what interceptors get.
 *
 * @internal
 */
import type { BodyStream } from '@task-outcome/core'
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
    throw Object.assign(new Error('An integer beyond 2^53 is no longer exact. Answer with text.'), {
      code: 'ERR_ANSWER_NOT_EXACT',
    })
  return value
}

/** What axios' own adapters give for the response type that the caller has chosen. */
export const dataFor = ({ responseType }: InternalAxiosRequestConfig, body: Uint8Array): unknown => {
  switch (responseType) {
    case 'arraybuffer':
      return asBuffer(body) ?? body.slice().buffer
    case 'blob':
      return new Blob([body.slice()])
    default:
      return new TextDecoder().decode(body)
  }
}

/** Node's own kind of bytes, which its users know; undefined elsewhere. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array | undefined =>
  (globalThis as { readonly Buffer?: typeof Buffer }).Buffer?.from(buffer, byteOffset, byteLength)
