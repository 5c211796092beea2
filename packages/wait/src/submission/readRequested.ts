/**
 * Reads a list of requested resources from a caller's input, which can be anything in untyped code.
 *
 * @internal
 */
import { ResourceId } from '@task-outcome/core'
import { attempt } from '../result/attempt.js'
import { describe } from '../result/describe.js'
import type { ReadItems } from './readEntries.js'

/** Reads each id once, in the order of the list. */
export const readRequested = (resourceIds: unknown): ReadItems<ResourceId> =>
  attempt<ReadItems<ResourceId>>(
    () => {
      if (!Array.isArray(resourceIds))
        return { items: [], issue: `expected an array of resource ids, found ${describe(resourceIds)}` }
      const all = Array.from(resourceIds as ArrayLike<unknown>)
      const items = [...new Set(all.filter(ResourceId.is))]
      const index = all.findIndex(id => !ResourceId.is(id))
      return index < 0
        ? { items }
        : { items, issue: `item ${index}: expected a resource id, found ${describe(all[index])}` }
    },
    issue => ({ items: [], issue }),
  )
