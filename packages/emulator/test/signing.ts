/** Signs requests as a client does, for tests that need more freedom than a published client gives. */
import { createHash, createHmac } from 'node:crypto'

export const credential = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
}

/** The time of all tests with a clock, in seconds and in milliseconds. */
export const timestamp = 1551113065
export const now = timestamp * 1000

/** Returns the parameters with a signature of API 2.0. */
export const sign2 = (
  own: Readonly<Record<string, string>>,
  { method = 'GET', host = 'host', path = '/v2/index.php', secretKey = credential.secretKey } = {},
): Record<string, string> => {
  const parameters: Record<string, string> = {
    SecretId: credential.secretId,
    Nonce: '11886',
    Timestamp: String(timestamp),
    ...own,
  }
  const text = Object.keys(parameters)
    .sort()
    .map(name => `${name}=${parameters[name]}`)
    .join('&')
  const algorithm = parameters.SignatureMethod === 'HmacSHA256' ? 'sha256' : 'sha1'
  const Signature = createHmac(algorithm, secretKey)
    .update(`${method}${host}${path}?${text}`)
    .digest('base64')
  return { ...parameters, Signature }
}

export interface Signing3 {
  readonly service?: string
  readonly version?: string
  readonly host?: string
  readonly at?: number
  readonly date?: string
  readonly secretId?: string
  readonly secretKey?: string
  readonly token?: string
  readonly contentType?: string
}

/** Returns a signed request of API 3.0, with the body as it is or as JSON. */
export const sign3 = (action: string, body: unknown, signing: Signing3 = {}) => {
  const { service = 'clb', version = '2018-03-17', host = 'host', at = timestamp } = signing
  const { secretId = credential.secretId, secretKey = credential.secretKey } = signing
  const { contentType = 'application/json', date = new Date(at * 1000).toISOString().slice(0, 10) } = signing
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const names = 'content-type;host;x-tc-action'
  const canonical = `POST\n/\n\ncontent-type:${contentType}\nhost:${host}\nx-tc-action:${action.toLowerCase()}\n\n${names}\n${sha256(bytes)}`
  const scope = `${date}/${service}/tc3_request`
  const key = hmac(hmac(hmac(`TC3${secretKey}`, date), service), 'tc3_request')
  const signature = hmac(key, `TC3-HMAC-SHA256\n${at}\n${scope}\n${sha256(canonical)}`).toString('hex')
  const headers: Record<string, string> = {
    host,
    'content-type': contentType,
    'x-tc-action': action,
    'x-tc-version': version,
    'x-tc-timestamp': String(at),
    authorization: `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    ...(signing.token === undefined ? {} : { 'x-tc-token': signing.token }),
  }
  return { method: 'POST', headers, body: bytes }
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')
