/**
 * The output of `curl -i`: the head of each response, then the body of the last.
 *
 * @internal
 */
import { type ResponseHead, responseHead } from '@task-outcome/core/adapter'

export interface HttpMessage {
  readonly head: ResponseHead
  /** Where the body starts, in bytes. */
  readonly bodyStart: number
}

/** A head is short; the search for its end must not read all of a large body. */
const longestHead = 64 * 1024

/** Returns the last head at the start of the bytes, or `undefined` if they start with none. */
export const readHttpMessage = (bytes: Uint8Array): HttpMessage | undefined => {
  let last: HttpMessage | undefined
  // A proxy, `100 Continue` and redirects have a head each.
  for (;;) {
    const next = readHead(bytes, last?.bodyStart ?? 0)
    if (next === undefined) return last
    last = next
  }
}

const readHead = (bytes: Uint8Array, start: number): HttpMessage | undefined => {
  const text = Buffer.from(bytes.subarray(start, start + longestHead)).toString('latin1')
  const [whole, status, lines = ''] =
    /^HTTP\/[\d.]+ (\d{3})(?: [^\r\n]*)?\r?\n((?:[^\r\n]+\r?\n)*)\r?\n/.exec(text) ?? []
  if (whole === undefined) return undefined
  const headers = new Map(
    Array.from(lines.matchAll(/^([^:\r\n]+):[ \t]*(.*?)[ \t]*\r?$/gm), ([, name = '', value = '']) => [
      name.toLowerCase(),
      value,
    ]),
  )
  return {
    head: responseHead(Number(status), name => headers.get(name), 'https://unknown.invalid/'),
    bodyStart: start + whole.length,
  }
}
