/**
 * The signature of API 2.0, computed from the request as it was received. It is written from the vendor's documents, and shares no
 * code with the packages that it tests.
 *
 * @internal
 */
import { createHmac } from 'node:crypto'
import { signedHosts } from './signedHosts.js'

/** What is signed of a request. */
export interface Api2Request {
  readonly method: string
  /** The `Host` header. */
  readonly host: string
  readonly path: string
  /** The parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>
}

export const hasValidSignature = (request: Api2Request, secretKey: string): boolean => {
  const { Signature, SignatureMethod } = request.parameters
  const algorithm = SignatureMethod === 'HmacSHA256' ? 'sha256' : 'sha1'
  return stringsToSign(request).some(
    text => createHmac(algorithm, secretKey).update(text, 'utf8').digest('base64') === Signature,
  )
}

type Pair = readonly [name: string, value: string]

/**
 * The texts that a client may sign for a request. A `_` in a name counts as `.`, but no document says whether names are sorted
 * before or after that; the vendor's own clients do both, so both are accepted.
 */
const stringsToSign = ({ method, host, path, parameters }: Api2Request): ReadonlyArray<string> => {
  const signed = Object.entries(parameters).filter(
    // a value that begins with @ was a file once: by POST it is not signed
    ([name, value]) => name !== 'Signature' && !(method === 'POST' && value.startsWith('@')),
  )
  const texts = [sorted(signed).map(renamed), sorted(signed.map(renamed))].map(pairs =>
    pairs.map(([name, value]) => `${name}=${value}`).join('&'),
  )
  return signedHosts(host).flatMap(signedHost => texts.map(text => `${method}${signedHost}${path}?${text}`))
}

const renamed = ([name, value]: Pair): Pair => [name.replaceAll('_', '.'), value]

/** By the bytes of the names, so upper case is before lower case, and `ids.10` before `ids.2`. */
const sorted = (pairs: ReadonlyArray<Pair>): ReadonlyArray<Pair> =>
  [...pairs].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
