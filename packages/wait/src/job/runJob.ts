/**
 * @since 0.1.0
 */
import type { Json, JsonRecord } from '@task-outcome/core'
import type * as T from 'fp-ts/lib/Task.js'
import { checkFunction, checkObject } from '../option/check.js'
import type { QueryTaskStatus } from '../query/QueryTaskStatus.js'
import type { QueryTaskStatuses } from '../query/QueryTaskStatuses.js'
import { type TaskQuery, askingWith, isOfMany } from '../query/TaskQuery.js'
import { waitForBatch } from '../wait/waitForBatch.js'
import { type WaitOptions, settingsOf as waitSettingsOf } from '../wait/WaitOptions.js'
import { nameOf } from '../submission/FollowedTasks.js'
import { nothingSubmitted } from '../submission/merge.js'
import { readRequested } from '../submission/readRequested.js'
import { startSubmission } from '../submission/startSubmission.js'
import type { Snapshot } from '../submission/step.js'
import type { SubmitBatch } from '../submission/submitAll.js'
import type { ResourceOutcome, SubmissionResult } from '../submission/SubmissionResult.js'
import { type SubmitOptions, settingsOf } from '../submission/SubmitOptions.js'
import type { JobProgress, JobResult, ResourceFate } from './JobResult.js'
import { type ReadJob, readJob } from './readJob.js'

/**
 * Options of a job. All have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface JobOptions<Output = Json, Data = Json, Extra = JsonRecord> extends SubmitOptions {
  /** How tasks are followed. The limits are those of all queries of the job. */
  readonly wait?: Omit<WaitOptions, 'timeoutMs' | 'signal' | 'clock' | 'random'>
  /**
   * Called with a snapshot to store: before and after each submission, at most once a second when tasks have finished, and at the
   * end. Pass it to `resumeJob` to continue, even after the process was killed. A submission begins only after its promise is
   * fulfilled, and it is never called again before that. If it throws or rejects, or returns a `Left` or a `Task` that was not run,
   * nothing more is submitted, the waits end, and `end` is `Aborted`. The snapshot is a copy.
   */
  readonly store?: (soFar: JobResult<Output, Data, Extra>) => unknown
  /**
   * Called when the result of a submission or the end of a task is known. If it throws or rejects, the job ends with `Aborted`.
   */
  readonly onProgress?: (progress: JobProgress) => unknown
}

/**
 * Runs a job: submits a list of resources as `submitAll` does, and follows their tasks as `waitForBatch` does. Tasks are followed
 * as soon as they are accepted, while other resources are still being submitted. Returns what came of each resource: its task
 * succeeded or failed, or is pending; it was rejected or not submitted; or it is in doubt. Never rejects.
 *
 * It is over when nothing is left to submit and no task left to follow. If `timeoutMs` passes or `signal` is aborted before, tasks
 * are left pending. It always waits for a submission in flight, since the response has the task ids.
 *
 * With `store`, another process can continue with `resumeJob` after this one was killed at any moment: no resource is submitted
 * twice. A resource whose submission had begun is in doubt then.
 *
 * @param submit - submits some of the resources in one request; see `submitAll`
 * @param query - queries the status of one task, or of the tasks of a submission; see `waitForBatch`. If the API names a task by its
 * id and its resource, pass a `QueryTaskStatuses` with `taskPerResource`: each resource then has the fate of its own task
 *
 * @example
 * import { type QueryTaskStatus, type SubmitBatch, runJob } from '@task-outcome/wait'
 *
 * const restart = async (instanceIds: ReadonlyArray<string>, submit: SubmitBatch, query: QueryTaskStatus) => {
 *   const { resources } = await runJob(instanceIds, submit, query, { chunkSize: 100, timeoutMs: 600_000 })()
 *   return resources.filter(({ _tag }) => _tag !== 'ResourceSucceeded')
 * }
 *
 * @category jobs
 * @since 0.1.0
 */
export const runJob =
  <ResponseExtra = JsonRecord, Extra = JsonRecord, Output = Json, Data = Json>(
    resourceIds: ReadonlyArray<string>,
    submit: SubmitBatch<ResponseExtra, Extra>,
    query: QueryTaskStatus<Output, Data> | QueryTaskStatuses<Output, Data>,
    options: JobOptions<NoInfer<Output>, NoInfer<Data>, NoInfer<Extra>> = {},
  ): T.Task<JobResult<Output, Data, Extra>> =>
  () => {
    const { items, issue } = readRequested(resourceIds)
    const read = { known: nothingSubmitted(items), fates: new Map<never, never>() }
    return start<Output, Data, Extra>(issue === undefined ? read : { ...read, issue }, submit, query, options)
  }

/**
 * Continues a job from a stored snapshot or its result, as `runJob` does. Tasks that have ended are not queried again, and a
 * resource that is accepted or in doubt anywhere is not submitted again. It can also begin with the result of `submitAll` or
 * `reconcile`.
 *
 * Decode a stored job with the codec `JobResult`. If part of `job` does not match its type, nothing is submitted and no task
 * is queried. `end` is then `Aborted`, a `TypeError` that says what was expected, and `resources` has those that could be read.
 *
 * @example
 * import { JobResult, type QueryTaskStatus, type SubmitBatch, resumeJob } from '@task-outcome/wait'
 * import { either as E } from 'fp-ts'
 *
 * const continueFrom = (stored: string, submit: SubmitBatch, query: QueryTaskStatus) =>
 *   E.map((job: JobResult) => resumeJob(job, submit, query))(JobResult.decode(JSON.parse(stored)))
 *
 * @category jobs
 * @since 0.1.0
 */
export const resumeJob =
  <ResponseExtra = JsonRecord, Extra = JsonRecord, Output = Json, Data = Json>(
    job: JobResult<Output, Data, Extra> | SubmissionResult<Extra>,
    submit: SubmitBatch<ResponseExtra, Extra>,
    query: QueryTaskStatus<Output, Data> | QueryTaskStatuses<Output, Data>,
    options: JobOptions<NoInfer<Output>, NoInfer<Data>, NoInfer<Extra>> = {},
  ): T.Task<JobResult<Output, Data, Extra>> =>
  () =>
    start<Output, Data, Extra>(readJob(job), submit, query, options)

const start = <Output, Data, Extra>(
  { known, fates, issue }: ReadJob<Output, Data, Extra>,
  submit: unknown,
  query: TaskQuery<Output, Data>,
  options: JobOptions<Output, Data, Extra>,
): Promise<JobResult<Output, Data, Extra>> =>
  startSubmission<Output, Data, Extra, JobResult<Output, Data, Extra>>(
    {
      known,
      fates,
      issue,
      settings: () => {
        if (!isOfMany(query)) checkFunction('query', query)
        const { taskPerResource } = askingWith(query)
        const settings = settingsOf(options)
        const { wait = {}, random } = options
        checkObject('wait', wait)
        const { clock } = settings
        const waitOptions = { ...wait, clock, ...(random === undefined ? {} : { random }) }
        // One pace for the waits of all chunks.
        const { pace } = waitSettingsOf(waitOptions)
        const { concurrency: _, maxQueriesPerSecond: __, ...others } = waitOptions
        return {
          submit: settings,
          taskPerResource,
          follow: (tasks, signal, onFinish) =>
            waitForBatch<Output, Data>(tasks, query, {
              ...others,
              pace,
              signal,
              onFinish,
            })(),
        }
      },
      resultOf,
      progressOf: ({ accepted, rejected, inDoubt, notSubmitted }, { succeeded, failed }): JobProgress => ({
        succeeded,
        failed,
        pending: accepted - succeeded - failed,
        inDoubt,
        rejected,
        notSubmitted,
      }),
    },
    submit,
  )

const resultOf = <Output, Data, Extra>({
  known,
  end,
  fates,
  pending,
}: Snapshot<Output, Data, Extra>): JobResult<Output, Data, Extra> => {
  const fateOf = (resource: ResourceOutcome<Extra>): ResourceFate<Output, Data, Extra> => {
    if (resource._tag !== 'ResourceAccepted') return resource
    const { resourceId, accepted, rejections } = resource
    const parts = { resourceId, accepted, rejections }
    const fate = fates.get(nameOf(accepted)) ?? pending
    if (fate._tag !== 'Ended') return { _tag: 'ResourcePending', ...parts, reason: fate }
    const { _tag, status, ...times } = fate
    return status._tag === 'Succeeded'
      ? { _tag: 'ResourceSucceeded', ...parts, status, ...times }
      : { _tag: 'ResourceFailed', ...parts, status, ...times }
  }
  return { ...known, _tag: 'JobResult', resources: known.resources.map(fateOf), end }
}
