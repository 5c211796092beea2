/**
 * Compares the ranges of peer dependencies in the manifests with the tested versions.
 */
import type { Manifest } from './publishedPackages.js'
import type { Peers } from './versions.js'

/** Reports each range that does not begin at the lowest tested version: each range is a caret and its lowest version. */
export const rangeIssues = (
  { name, peerDependencies = {} }: Manifest,
  lowest: Peers,
  highest: Peers,
): ReadonlyArray<string> =>
  Object.entries(peerDependencies).flatMap(([peer, range]) => {
    if (!isPeer(peer, lowest)) return [`${name}: the peer ${peer} is tested at no version`]
    const [low, high] = [lowest[peer], highest[peer]]
    return [
      ...(range === `^${low}` ? [] : [`${name}: the range of ${peer} is ${range}, tested is ^${low}`]),
      ...(major(low) === major(high) ? [] : [`${name}: ${peer} ${high} is beyond ^${low}`]),
    ]
  })

const isPeer = (name: string, peers: Peers): name is keyof Peers => Object.hasOwn(peers, name)

const major = (version: string): string => version.split('.', 1).join('')
