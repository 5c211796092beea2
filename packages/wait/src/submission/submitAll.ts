/**
 * @since 0.1.0
 */
import type { BatchOutcome, JsonRecord, ResourceId, SubmissionError } from '@task-outcome/core'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as T from 'fp-ts/lib/Task.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type Known, nothingSubmitted } from './merge.js'
import { readRequested } from './readRequested.js'
import { readResult } from './readResult.js'
import { startSubmission } from './startSubmission.js'
import { type SubmitAllOptions, settingsOf } from './SubmitOptions.js'
import type { SubmissionResult } from './SubmissionResult.js'

/**
 * Submits some resources in one request.
 *
 * @category model
 * @since 0.1.0
 */
export type SubmitBatch<ResponseExtra = JsonRecord, Extra = JsonRecord> = (
  resourceIds: ReadonlyNonEmptyArray<ResourceId>,
) => TE.TaskEither<SubmissionError, BatchOutcome<ResponseExtra, Extra>>

/**
 * Submits a list of resources in chunks, and submits again, in rounds, what was not sent or was rejected and can be accepted later.
 * Returns one outcome for each resource, with its history. Never rejects. Running it twice submits twice.
 *
 * A resource is submitted only while it is certain that no task was started for it: never again after it was accepted, and never
 * again after a submission without a valid response, or whose rejection leaves open what was started: it has code 4500, or the
 * response holds the id of a task for it, wherever it is. If an id in a response belongs to no resource, this applies to all
 * resources that the response rejects. An error of one chunk does not affect the others, unless it is fatal.
 *
 * An id that is listed twice is submitted once. If the list, an option or `submit` is invalid, nothing is submitted, and `end` is
 * `Aborted`, with a message that says what was expected.
 *
 * Source: PROTOCOL.md, section 6, "A rejected resource of a batch was not started: submitting that resource alone again is
 * safe. Accepted resources are never submitted again."
 *
 * @param submit - submits some of the resources: builds the request and passes it to the `submitBatch` method of a task client.
 * Called for each submission, so that each request has a new `Nonce`. It must not send a request twice: disable retries in the
 * HTTP client
 *
 * @example
 * import { createFetchTaskClient } from '@task-outcome/fetch'
 * import { acceptedEntries, submitAll } from '@task-outcome/wait'
 *
 * const tasks = createFetchTaskClient(fetch, { timeoutMs: 10_000 })
 *
 * const startInstances = async (instanceIds: ReadonlyArray<string>) => {
 *   const result = await submitAll(
 *     instanceIds,
 *     some =>
 *       tasks.submitBatch('https://cvm.api.qcloud.com/v2/index.php', {
 *         method: 'POST',
 *         body: new URLSearchParams({
 *           Action: 'StartInstances',
 *           ...Object.fromEntries(some.map((id, index) => [`instanceIds.${index}`, id])),
 *         }),
 *       }),
 *     { chunkSize: 50 },
 *   )()
 *   return acceptedEntries(result)
 * }
 *
 * @category submitting
 * @since 0.1.0
 */
export const submitAll =
  <ResponseExtra = JsonRecord, Extra = JsonRecord>(
    resourceIds: ReadonlyArray<string>,
    submit: SubmitBatch<ResponseExtra, Extra>,
    options: SubmitAllOptions<NoInfer<Extra>> = {},
  ): T.Task<SubmissionResult<Extra>> =>
  () => {
    const { items, issue } = readRequested(resourceIds)
    return start<Extra>(nothingSubmitted(items), issue, submit, options)
  }

/**
 * Continues from a stored snapshot, from the result of an earlier call, or from `reconcile`, as `submitAll` does: submits what
 * was not submitted, and what was rejected and can be accepted later. A resource that is accepted or in doubt anywhere in `result`
 * is never submitted. The policy begins anew.
 *
 * Decode a stored result, as below. If part of `result` does not match its type, nothing is submitted. `end` is then `Aborted`, a
 * `TypeError` that says what was expected, and `resources` has those that could be read.
 *
 * @example
 * import { type SubmitBatch, SubmissionResult, resumeSubmission } from '@task-outcome/wait'
 * import { either as E } from 'fp-ts'
 *
 * const continueFrom = (stored: string, submit: SubmitBatch) =>
 *   E.map((result: SubmissionResult) => resumeSubmission(result, submit))(SubmissionResult.decode(JSON.parse(stored)))
 *
 * @category submitting
 * @since 0.1.0
 */
export const resumeSubmission =
  <ResponseExtra = JsonRecord, Extra = JsonRecord>(
    result: SubmissionResult<Extra>,
    submit: SubmitBatch<ResponseExtra, Extra>,
    options: SubmitAllOptions<NoInfer<Extra>> = {},
  ): T.Task<SubmissionResult<Extra>> =>
  () => {
    const { known, issue } = readResult<Extra>(result)
    return start(known, issue, submit, options)
  }

const start = <Extra>(
  known: Known<Extra>,
  issue: string | undefined,
  submit: unknown,
  options: SubmitAllOptions<Extra>,
): Promise<SubmissionResult<Extra>> =>
  startSubmission<never, never, Extra, SubmissionResult<Extra>>(
    {
      known,
      fates: new Map(),
      issue,
      settings: () => ({ submit: settingsOf(options), taskPerResource: false }),
      resultOf: ({ known, end }) => ({ ...known, end }),
      progressOf: progress => progress,
    },
    submit,
  )
