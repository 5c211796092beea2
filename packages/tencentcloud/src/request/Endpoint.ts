/**
 * The address of an API.
 *
 * @internal
 */
import { type RequestIssue, issueAt } from './RequestIssue.js'
import * as E from 'fp-ts/lib/Either.js'

export interface Endpoint {
  readonly url: string
  /** As the client sends it in the header `Host`: with the port, unless it is the default port. */
  readonly host: string
  readonly path: string
}

/** Reads an endpoint. A query, a fragment or user info in it would be sent, but not be signed. */
export const readEndpoint = (endpoint: string): E.Either<RequestIssue, Endpoint> => {
  const url = parseUrl(endpoint)
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return E.left(issueAt('expected an absolute URL with http or https', 'endpoint'))
  if (url.href !== `${url.origin}${url.pathname}`)
    return E.left(issueAt('expected a URL without user info, query and fragment', 'endpoint'))
  return E.right({ url: url.href, host: url.host, path: url.pathname })
}

const parseUrl = (endpoint: string): URL | undefined => {
  try {
    return new URL(endpoint)
  } catch {
    return undefined
  }
}
