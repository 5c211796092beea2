/**
 * @since 0.1.0
 */
import type { BatchOutcome, JsonRecord, SubmissionError } from '@task-outcome/core'
import { aborted } from '@task-outcome/core/adapter'
import type * as E from 'fp-ts/lib/Either.js'
import { merge, nothingSubmitted } from './merge.js'
import { readRequested } from './readRequested.js'
import { readSubmission } from './readSubmission.js'
import type { SubmissionResult } from './SubmissionResult.js'

/**
 * Compares the result of a submission with the resources that were requested. Each requested resource gets exactly one outcome:
 * accepted, rejected, in doubt (also if the response has no entry for it), or not submitted, if nothing was sent. Entries of
 * other resources are in `unrequested`, and every task id is kept. An id that is requested twice counts once. Never throws.
 *
 * Decode the response without the option `expected`, which makes an error of a response that misses a resource. To submit the
 * rejected resources again, pass the result to `resumeSubmission`.
 *
 * If an argument is invalid, which TypeScript rules out, `end` is `Aborted` (`resourceIds`), or the resources are in doubt
 * (`result`).
 *
 * Source: PROTOCOL.md, section 6.
 *
 * @example
 * import { decodeBatchTask } from '@task-outcome/core'
 * import { reconcile } from '@task-outcome/wait'
 *
 * const result = decodeBatchTask('{"code":0,"detail":{"ins-1":{"code":0,"requestId":"17"}}}')
 * const { resources } = reconcile(['ins-1', 'ins-2'], result)
 * // ins-1 is a ResourceAccepted, ins-2 is a ResourceInDoubt: MissingInResponse
 *
 * @category submitting
 * @since 0.1.0
 */
export const reconcile = <ResponseExtra = JsonRecord, Extra = JsonRecord>(
  resourceIds: ReadonlyArray<string>,
  result: E.Either<SubmissionError, BatchOutcome<ResponseExtra, Extra>>,
): SubmissionResult<Extra> => {
  const { items, issue } = readRequested(resourceIds)
  const known = merge<Extra>(nothingSubmitted(items), items, readSubmission<Extra>(result).result)
  if (issue !== undefined) return { ...known, end: aborted(new TypeError(issue)) }
  return { ...known, end: { _tag: 'Waiting' } }
}
