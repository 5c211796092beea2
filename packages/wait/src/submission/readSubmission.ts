/**
 * Reads the result of a submission.
 *
 * @internal
 */
import { RecoveredTask, SubmissionError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { ignoreRejection } from '../clock/ignoreErrors.js'
import { itemsOf, readEntries, readItems } from './readEntries.js'
import { tasksAnywhere } from '../result/mentionedTasks.js'
import { type BatchResponse, taskOf } from './merge.js'

export interface ReadSubmission<Extra> {
  readonly result: E.Either<SubmissionError, BatchResponse<Extra>>
  /** Whether the submit function does not do what its type says, so that it would fail again. */
  readonly isMisused: boolean
}

/**
 * Reads the Either that a submission returned. Anything else may come from a response that started tasks, so it becomes a
 * `DeliveryUnknown` with every id that can be read.
 */
export const readSubmission = <Extra>(result: unknown): ReadSubmission<Extra> => {
  try {
    return readEither<Extra>(result)
  } catch {
    return misused([], result) // reading it throws
  }
}

const readEither = <Extra>(result: unknown): ReadSubmission<Extra> => {
  const { _tag, left, right } = result as Readonly<Record<string, unknown>>
  if (_tag === 'Right') {
    const { items, issue } = readEntries<Extra>(right)
    if (issue === undefined) {
      const { codeDesc, extra } = right as Readonly<Record<string, unknown>>
      return { result: E.right({ entries: items, codeDesc, extra }), isMisused: false }
    }
    const accepted = items.flatMap(entry => (entry._tag === 'AcceptedEntry' ? [taskOf(entry)] : []))
    return misused(accepted, right)
  }
  if (_tag !== 'Left') return misused([], result)
  const fields = { ...(left as Readonly<Record<string, unknown>>) }
  const { recovered } = fields
  const error = Array.isArray(recovered) ? { ...fields, recovered: itemsOf(recovered) } : fields
  if (SubmissionError.is(error)) return { result: E.left(error), isMisused: false }
  return misused(readItems('recovered', error.recovered, RecoveredTask.is).items, left)
}

const misused = (read: ReadonlyArray<RecoveredTask>, from: unknown): ReadSubmission<never> => {
  ignoreRejection(from)
  const ids = new Set(read.map(({ taskId }) => taskId))
  const error: SubmissionError = {
    _tag: 'DeliveryUnknown',
    reason: { _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_SUBMIT_RESULT' },
    recovered: [...read, ...tasksAnywhere(from).filter(({ taskId }) => !ids.has(taskId))],
  }
  return { result: E.left(error), isMisused: true }
}
