/**
 * Classifies the failure of a client: why the request ended, and whether it was certainly not sent.
 *
 * @internal
 */
import { type TransportReason, clientFailed, misused } from '../error/TransportReason.js'
import { property } from '../error/thrown.js'

export interface Failure {
  /** Whether the request was certainly not sent. */
  readonly neverSent: boolean
  readonly reason: TransportReason
}

/**
 * Classifies what a client threw before the response began. Only codes count, not messages, which can contain a URL with
 * secrets. The value itself has a code, or its cause (behind `fetch failed`), or each of several attempts to connect (in an
 * `AggregateError`). All of them must prove that nothing was sent: a reset is not undone by a refused connection behind it.
 */
export const failureOf = (thrown: unknown): Failure => {
  const [first, ...others] = origins(thrown, maxCauses)
  if (first === undefined) return { neverSent: false, reason: clientFailed(thrown) }
  return {
    neverSent: [first, ...others].every(isNeverSent),
    reason:
      first.code === invalidUrl ? wrongUrl : { _tag: 'NetworkFailed', code: first.code, ...addressOf(first) },
  }
}

/** An error as the system or the runtime reports it. */
interface Origin {
  readonly code: string
  /** The system call that failed, such as `connect` or `getaddrinfo`. */
  readonly syscall: unknown
  /** Where it failed: an IP address, or the name that could not be resolved. */
  readonly host: unknown
  readonly port: unknown
}

/** Returns the innermost errors with a code in the chain of causes, and before them an outer one that contradicts them. */
const origins = (thrown: unknown, causes: number): ReadonlyArray<Origin> => {
  if (causes === 0) return []
  const several = property(thrown, 'errors')
  const deeper = [
    ...(Array.isArray(several) ? (several as unknown[]) : []),
    property(thrown, 'cause'),
  ].flatMap(cause => origins(cause, causes - 1))
  const own = originOf(thrown)
  return own !== undefined && deeper.every(isNeverSent) && !isWrapper(own, deeper) ? [own, ...deeper] : deeper
}

const originOf = (thrown: unknown): Origin | undefined => {
  const code = property(thrown, 'code')
  if (typeof code !== 'string') return undefined
  const [syscall, address, port, hostname] = ['syscall', 'address', 'port', 'hostname'].map(name =>
    property(thrown, name),
  )
  return { code, syscall, host: address ?? hostname, port }
}

/** Whether an error agrees with its causes: it is not sent either, repeats a code of theirs, or is axios' wrapper. */
const isWrapper = (outer: Origin, causes: ReadonlyArray<Origin>): boolean =>
  causes.length > 0 &&
  (isNeverSent(outer) ||
    outer.code === 'ERR_NETWORK' ||
    (outer.syscall === undefined && causes.some(({ code }) => code === outer.code)))

/** Tells which hop failed: the API, or a proxy on the way to it. */
const addressOf = ({ host, port }: Origin): { readonly address?: string } => {
  if (typeof host !== 'string') return {}
  return { address: typeof port === 'number' ? `${host}:${port}` : host }
}

const maxCauses = 8

/**
 * PROTOCOL.md, section 6: "Name not resolved, connection refused, connect timeout, certificate not accepted,
 * aborted before the request started: **not sent**. … Everything else … **delivery unknown**."
 */
const isNeverSent = ({ code, syscall }: Origin): boolean =>
  syscall === 'getaddrinfo' || syscall === 'connect' || neverSentCodes.has(code)

const invalidUrl = 'ERR_INVALID_URL'

/** The URL itself is not shown: it can contain a secret. */
const wrongUrl = misused('the URL is not valid: an absolute URL is expected')

const neverSentCodes: ReadonlySet<string> = new Set([
  // the name: getaddrinfo and c-ares
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  // the connection
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  // the address
  invalidUrl,
  // the certificate: https://nodejs.org/api/tls.html#x509-certificate-error-codes
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CRL_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CRL_LAST_UPDATE_FIELD',
  'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])
