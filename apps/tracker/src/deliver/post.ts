/**
 * Posts to an address that a webhook may reach.
 */
import { lookup } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { type LookupFunction, isIP } from 'node:net'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type Networks, isPublic } from '../configuration/networks.js'

export interface PostOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Networks that are allowed although they are not public. */
  readonly allowed: Networks
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/**
 * Posts, and returns why it was not accepted: any status but 2xx, a redirect among them, is a `Left`.
 *
 * The address is checked when it is connected to, after the name was resolved, so that a name can't lead elsewhere the second time.
 * What is sent without TLS is only sent to the networks that are allowed.
 */
export const post =
  ({ url, headers, body, allowed, timeoutMs, signal }: PostOptions): TE.TaskEither<string, void> =>
  () =>
    new Promise(resolve => {
      const { protocol, hostname } = new URL(url)
      const isSecure = protocol === 'https:'
      const mayReach: Networks = address => allowed(address) || (isSecure && isPublic(address))
      const host = hostname.replace(/^\[(.*)\]$/, '$1')
      if (isIP(host) !== 0 && !mayReach(host)) {
        resolve(E.left(refused))
        return
      }
      const checked: LookupFunction = (name, options, callback) => {
        lookup(name, { ...options, all: true }, (error, addresses) => {
          if (error !== null) {
            callback(error, '', 0)
            return
          }
          const reachable = addresses.filter(({ address }) => mayReach(address))
          const [first] = reachable
          if (first === undefined) callback(new Error(refused), '', 0)
          else if (options.all === true) callback(null, reachable)
          else callback(null, first.address, first.family)
        })
      }
      const deadline = AbortSignal.timeout(timeoutMs)
      const request = (isSecure ? httpsRequest : httpRequest)(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          lookup: checked,
          // Its own, without a proxy of the environment, which would resolve the name itself.
          agent: isSecure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }),
          signal: AbortSignal.any([deadline, signal]),
        },
        response => {
          const { statusCode = 0 } = response
          // Nothing of the body is read: the status says it all.
          response.destroy()
          resolve(
            statusCode >= 200 && statusCode < 300 ? E.right(undefined) : E.left(`HTTP status ${statusCode}`),
          )
        },
      )
      request.on('error', error => {
        resolve(E.left(deadline.aborted ? `no response within ${timeoutMs} ms` : error.message))
      })
      request.end(body)
    })

const refused = 'the address is not public, and TRACKER_WEBHOOK_NETWORKS does not allow it'
