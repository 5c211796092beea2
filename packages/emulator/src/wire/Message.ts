/**
 * An HTTP response as bytes.
 *
 * @internal
 */
import { STATUS_CODES } from 'node:http'

/** A response before its body is framed with a length or chunks. */
export interface Message {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

/** Names and values in wire order. A name may occur twice. */
export type Headers = ReadonlyArray<readonly [name: string, value: string]>

/** The status line, the headers and the empty line. */
export const headBytes = (status: number, headers: Headers): Uint8Array =>
  Buffer.from(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      ...headers.map(([name, value]) => `${name}: ${value}`),
      '\r\n',
    ].join('\r\n'),
    'latin1',
  )

/** The headers with the length of the body, unless HTTP forbids a body. */
export const framedHeaders = ({ status, headers, body }: Message): Headers =>
  mayHaveBody(status) ? [...headers, contentLength(body.length)] : headers

export const contentLength = (bytes: number): readonly [string, string] => ['Content-Length', String(bytes)]

/** RFC 9110, section 6.4.1: informational responses, 204 and 304 have no body. */
export const mayHaveBody = (status: number): boolean => status >= 200 && status !== 204 && status !== 304

/** Sets a header. */
export const withHeader = (headers: Headers, name: string, value: string): Headers => [
  ...headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase()),
  [name, value],
]

export const headerOf = (headers: Headers, name: string): string | undefined =>
  headers.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1]
