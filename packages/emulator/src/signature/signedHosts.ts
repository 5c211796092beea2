/**
 * @internal
 */

/**
 * Returns the hosts that a client may sign when it sends this `Host` header. The vendor's servers listen at the default port,
 * so no document says whether the port is signed. Clients differ: `tencentcloud-sdk-nodejs` sends the port and signs the host
 * without it.
 */
export const signedHosts = (host: string): ReadonlyArray<string> => [
  ...new Set([host, host.replace(/:[0-9]+$/, '')]),
]
