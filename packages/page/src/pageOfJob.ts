/**
 * The result of a job or of a submission → the data of a page.
 *
 * @since 0.1.0
 */
import { showTaskError } from '@task-outcome/core'
import type {
  JobResult,
  ResourceFate,
  ResourceInDoubt,
  ResourceOutcome,
  SubmissionHistory,
  SubmissionResult,
} from '@task-outcome/wait'
import { last } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { describeResponse } from './describeResponse.js'
import type { PageData, PageRow } from './PageData.js'
import { type PageOptions, withTimes } from './PageOptions.js'
import { acceptedRow, doubtfulEntryRow, doubtfulRow, endedRow, rejectedRow, withRounds } from './rows.js'
import { pendingRow } from './pageOfWait.js'

/**
 * Makes the data of a page from the result of `runJob`, `submitAll` or `reconcile`, also from a snapshot of one that is still
 * running. A resource that was rejected before has a history.
 *
 * @example
 * import { decodeBatchTask } from '@task-outcome/core'
 * import { pageOfJob } from '@task-outcome/page'
 * import { reconcile } from '@task-outcome/wait'
 *
 * const response = decodeBatchTask('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}')
 * pageOfJob(reconcile(['ins-1', 'ins-2'], response), { title: 'StartInstances' }).rows
 * // ins-1 is accepted, ins-2 is missing
 *
 * @category constructors
 * @since 0.1.0
 */
export const pageOfJob = (
  result: JobResult<unknown, unknown, unknown> | SubmissionResult<unknown>,
  options: PageOptions = {},
): PageData => ({
  version: 1,
  title: options.title ?? (result._tag === 'JobResult' ? 'Job' : 'Submission'),
  rows: withTimes([...rowsOfResources(result.resources), ...rowsOfHistory(result)], options.timesOf),
  inDoubt: false,
  notes: [...endNotes(result.end)],
  responses: result.failures.map(({ error, resourceIds }) =>
    describeResponse(error, {
      source: resourceIds.length === 1 ? resourceIds[0] : `a submission of ${resourceIds.length} resources`,
    }),
  ),
})

type AnyResource = ResourceOutcome<unknown> | ResourceFate<unknown, unknown, unknown>

/** @internal */
export const rowsOfResources = (resources: ReadonlyArray<AnyResource>): ReadonlyArray<PageRow> =>
  resources.flatMap((resource): ReadonlyArray<PageRow> => {
    const { resourceId } = resource
    switch (resource._tag) {
      case 'ResourceAccepted':
        return [withRounds(acceptedRow(resourceId, resource.accepted), resource.rejections)]
      case 'ResourceSucceeded':
      case 'ResourceFailed':
        return [withRounds(endedRow(resourceId, resource.accepted.taskId, resource), resource.rejections)]
      case 'ResourcePending':
        return [
          withRounds(pendingRow(resourceId, resource.accepted.taskId, resource.reason), resource.rejections),
        ]
      case 'ResourceRejected': {
        const { rejections } = resource
        return [withRounds(rejectedRow(resourceId, last(rejections)), rejections.slice(0, -1))]
      }
      case 'ResourceInDoubt':
        return rowsInDoubt(resource)
      case 'ResourceNotSubmitted':
        return [
          {
            state: 'not-submitted',
            resource: resourceId,
            reason: 'not submitted: nothing was started',
            message: '',
            again: 'yes',
          },
        ]
    }
  })

/** A row for each task that may be running for the resource. */
const rowsInDoubt = ({
  resourceId,
  reason,
  rejections,
  recovered,
}: ResourceInDoubt): ReadonlyArray<PageRow> => {
  const latest = rejections[rejections.length - 1]
  const tasks = recovered.length === 0 ? [{ code: latest?.code }] : recovered
  return tasks.map(task =>
    withRounds(
      {
        ...doubtfulRow(
          { resourceId, code: latest?.code, ...task } as Parameters<typeof doubtfulRow>[0],
          doubtReasons[reason._tag],
          reason._tag === 'MissingInResponse' && recovered.length === 0 ? 'missing' : 'in-doubt',
        ),
        resource: resourceId,
        message: latest?.message ?? '',
      },
      rejections,
    ),
  )
}

const doubtReasons: Readonly<Record<ResourceInDoubt['reason']['_tag'], string>> = {
  NoResponseYet: 'submitted, without a response yet',
  MissingInResponse: 'requested, but not in the response',
  SubmissionFailed: 'the submission failed, and a task may be running',
  TaskFound: 'not accepted, but the response has a task id: look up the task',
  Replayed: 'the first request most likely arrived: a task may be running',
}

/** The tasks of no requested resource. @internal */
export const rowsOfHistory = ({
  unrequested,
  recovered,
}: Pick<SubmissionHistory<unknown>, 'unrequested' | 'recovered'>): ReadonlyArray<PageRow> => [
  ...unrequested.map(entry => doubtfulEntryRow(entry, 'it was not requested: a task may be running')),
  ...recovered.map(task => doubtfulRow(task, 'an id that belongs to no resource: look up the task')),
]

const endNotes = (end: SubmissionHistory['end']): ReadonlyArray<string> => {
  switch (end._tag) {
    case 'TimedOut':
      return ['The time was over before all had ended.']
    case 'Aborted':
      return [`It was aborted: ${end.message}`]
    case 'PolicyGaveUp':
      return ['Some were rejected as often as they may be submitted again.']
    case 'SubmissionFailed':
      return [`It stopped at an error: ${showTaskError(end.error)}`]
    default:
      return []
  }
}
