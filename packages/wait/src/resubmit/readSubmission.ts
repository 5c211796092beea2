/**
 * Reads the result of a submission.
 *
 * @internal
 */
import { type BatchEntry, RecoveredTask, SubmissionError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { readEntries, readItems } from './readEntries.js'
import { taskOf } from './rounds.js'

/**
 * Reads the Either that a submission returned. Anything else may come from a response that started tasks, so it becomes a
 * `DeliveryUnknown` with every id that can be read.
 */
export const readSubmission = <Extra>(
  result: unknown,
): E.Either<SubmissionError, ReadonlyArray<BatchEntry<Extra>>> => {
  try {
    return readEither<Extra>(result)
  } catch {
    return E.left(misused([])) // reading it throws
  }
}

const readEither = <Extra>(result: unknown): E.Either<SubmissionError, ReadonlyArray<BatchEntry<Extra>>> => {
  const { _tag, left, right } = result as Readonly<Record<string, unknown>>
  if (_tag === 'Right') {
    const { items, issue } = readEntries<Extra>(right)
    if (issue === undefined) return E.right(items)
    return E.left(misused(items.flatMap(entry => (entry._tag === 'AcceptedEntry' ? [taskOf(entry)] : []))))
  }
  const error = { ...(left as object) }
  if (_tag === 'Left' && SubmissionError.is(error)) return E.left(error)
  const { recovered } = error as Readonly<Record<string, unknown>>
  return E.left(misused(readItems('recovered', recovered, RecoveredTask.is).items))
}

const misused = (recovered: ReadonlyArray<RecoveredTask>): SubmissionError => ({
  _tag: 'DeliveryUnknown',
  reason: { _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_SUBMIT_RESULT' },
  recovered,
})
