/**
 * The result of a wait → the data of a page.
 *
 * @since 0.1.0
 */
import { showTaskError } from '@task-outcome/core'
import { type PendingReason, type WaitResult, finishedTasks, pendingTasks } from '@task-outcome/wait'
import type { PageData, PageRow } from './PageData.js'
import { type PageOptions, withTimes } from './PageOptions.js'
import { doubtfulRow, endedRow, rejectedRow } from './rows.js'

/**
 * Makes the data of a page from the result of `waitForBatch`, also from a snapshot of one that is still running.
 *
 * @example
 * import { pageOfWait } from '@task-outcome/page'
 * import { initialWaitResult } from '@task-outcome/wait'
 * import type { BatchOutcome } from '@task-outcome/core'
 *
 * const pageOf = (outcome: BatchOutcome) => pageOfWait(initialWaitResult(outcome), { title: 'StartInstances' })
 *
 * @category constructors
 * @since 0.1.0
 */
export const pageOfWait = (result: WaitResult<unknown, unknown>, options: PageOptions = {}): PageData => ({
  version: 1,
  title: options.title ?? 'Wait',
  rows: withTimes(
    [
      ...pendingTasks(result).flatMap(({ taskId, resourceIds, reason }) =>
        orOne(resourceIds).map(resource => pendingRow(resource, taskId, reason)),
      ),
      ...finishedTasks(result).flatMap(task =>
        orOne(task.resourceIds).map(resource => endedRow(resource, task.taskId, task)),
      ),
      ...(result._tag === 'NothingToWaitFor'
        ? [
            ...result.rejected.map(entry =>
              // Ids that were found elsewhere in the response may be tasks of any of its resources.
              entry.taskId === undefined && result.recovered.length === 0
                ? rejectedRow(entry.resourceId, entry)
                : doubtfulRow(entry, `${entry.meaning}; a task may be running`),
            ),
            ...result.recovered.map(task => doubtfulRow(task, 'look up the task')),
          ]
        : []),
    ],
    options.timesOf,
  ),
  inDoubt: false,
  notes: result._tag === 'InvalidInput' ? [`Nothing was queried: ${result.reason.message}`] : [],
  responses: [],
})

/** @internal */
export const pendingRow = (resource: string | undefined, task: string, reason: PendingReason): PageRow => ({
  state: stateOf(reason),
  resource,
  task,
  reason: reasonOf(reason),
  message: '',
  again: 'look-first',
})

/** After a query that can't succeed, nothing is known of the task. */
const stateOf = ({ _tag }: PendingReason): PageRow['state'] =>
  _tag === 'QueryFailed' ? 'in-doubt' : _tag === 'Waiting' ? 'in-progress' : 'given-up'

const reasonOf = (reason: PendingReason): string => {
  switch (reason._tag) {
    case 'Waiting':
      return ''
    case 'TimedOut':
      return 'the time was over'
    case 'Aborted':
      return reason.message
    case 'PolicyGaveUp':
      return 'queried as often as the policy allows'
    case 'QueryFailed':
      return showTaskError(reason.error)
  }
}

const orOne = (ids: ReadonlyArray<string>): ReadonlyArray<string | undefined> =>
  ids.length === 0 ? [undefined] : ids
