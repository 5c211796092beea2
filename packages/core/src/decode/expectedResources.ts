/**
 * Compares the requested resources with those that have an entry in the response.
 *
 * @internal
 */
import type { ResourceMismatch } from '../error/ContractIssue.js'
import type { ResourceId } from '../wire/ResourceId.js'

/** Returns how the entries differ from the requested resources, or `undefined` if they match. */
export type CheckResources = (entries: ReadonlyArray<HasResource>) => ResourceMismatch | undefined

interface HasResource {
  readonly resourceId: ResourceId
}

export const checkResources = (expected: ReadonlyArray<string>): CheckResources => {
  const asked: ReadonlySet<string> = new Set(expected)
  return entries => {
    const answered = new Set(entries.map(({ resourceId }) => resourceId))
    const missing = [...(asked as ReadonlySet<ResourceId>)].filter(resourceId => !answered.has(resourceId))
    const unrequested = [...answered].filter(resourceId => !asked.has(resourceId))
    return missing.length + unrequested.length === 0
      ? undefined
      : { _tag: 'ResourceMismatch', missing, unrequested }
  }
}
