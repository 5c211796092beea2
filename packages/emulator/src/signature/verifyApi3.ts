/**
 * The signature of API 3.0, TC3-HMAC-SHA256, computed from the bytes that were received. It is written from the vendor's documents,
 * and shares no code with the packages that it tests.
 *
 * @internal
 */
import { createHash, createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { signedHosts } from './signedHosts.js'

/** The header `Authorization`, in its parts. */
export interface Authorization {
  readonly secretId: string
  /** The day of the signature in UTC, such as `2019-02-25`. */
  readonly date: string
  /** The service that was signed, such as `clb`. */
  readonly service: string
  /** The names of the signed headers, in lower case. */
  readonly signedHeaders: ReadonlyArray<string>
  readonly signature: string
}

/** Returns `undefined` if the header has another form, or signs neither `content-type` nor `host`, which are obligatory. */
export const parseAuthorization = (header: string): Authorization | undefined => {
  const [, secretId, date, service, names, signature] = form.exec(header) ?? []
  if (!secretId || !date || !service || !names || !signature) return undefined
  const signedHeaders = names.split(';')
  if (!obligatory.every(name => signedHeaders.includes(name))) return undefined
  return { secretId, date, service, signedHeaders, signature }
}

const form =
  /^TC3-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{4}-\d\d-\d\d)\/([^/,\s]+)\/tc3_request, *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/

const obligatory = ['content-type', 'host']

/** What is signed of a request. Its path is `/`. */
export interface Api3Request {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

export const hasValidTc3Signature = (
  request: Api3Request,
  { date, service, signedHeaders, signature }: Authorization,
  secretKey: string,
): boolean => {
  const scope = `${date}/${service}/tc3_request`
  const timestamp = headerText(request.headers['x-tc-timestamp'])
  const key = [date, service, 'tc3_request'].reduce<Buffer | string>(
    (parent, part) => hmac(parent, part).digest(),
    `TC3${secretKey}`,
  )
  return signedHosts(headerText(request.headers.host)).some(host => {
    const canonical = canonicalRequest(request, signedHeaders, host)
    const text = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')
    return hmac(key, text).digest('hex') === signature
  })
}

const canonicalRequest = (
  { method, headers, body }: Api3Request,
  signedHeaders: ReadonlyArray<string>,
  host: string,
): string => {
  const names = [...signedHeaders].sort()
  const lines = names.map(name => {
    const value = name === 'host' ? host : headerText(headers[name])
    return `${name}:${value.trim().toLowerCase()}\n`
  })
  // the path, and the query, which is empty for POST
  return [method, '/', '', lines.join(''), names.join(';'), sha256(body)].join('\n')
}

/** A header that was not received counts as empty, so its signature is wrong. */
const headerText = (value: string | string[] | undefined): string =>
  typeof value === 'string' ? value : (value ?? []).join(', ')

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text, 'utf8')

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
