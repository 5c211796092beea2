/**
 * The tasks of an outcome that turns out to be an error after all, as `recovered` lists them.
 *
 * @internal
 */
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { BatchEntry } from '../outcome/BatchOutcome.js'
import type { RecoveredTask } from '../wire/RecoveredTask.js'

export const recoveredFromTask = ({ taskId }: AcceptedTask): ReadonlyArray<RecoveredTask> => [
  { taskId, code: 0 },
]

export const recoveredFromEntries = (entries: ReadonlyArray<BatchEntry>): ReadonlyArray<RecoveredTask> =>
  entries.flatMap(entry => {
    const { resourceId, taskId } = entry
    if (taskId === undefined) return []
    return [{ taskId, resourceId, code: entry._tag === 'AcceptedEntry' ? 0 : entry.code }]
  })
