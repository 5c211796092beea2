/**
 * Reads the result of a submission.
 *
 * @internal
 */
import { RecoveredTask, SubmissionError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { readEntries, readItems } from './readEntries.js'
import { tasksAnywhere } from '../result/mentionedTasks.js'
import { type BatchResponse, taskOf } from './rounds.js'

/**
 * Reads the Either that a submission returned. Anything else may come from a response that started tasks, so it becomes a
 * `DeliveryUnknown` with every id that can be read.
 */
export const readSubmission = <Extra>(result: unknown): E.Either<SubmissionError, BatchResponse<Extra>> => {
  try {
    return readEither<Extra>(result)
  } catch {
    return E.left(misused([], result)) // reading it throws
  }
}

const readEither = <Extra>(result: unknown): E.Either<SubmissionError, BatchResponse<Extra>> => {
  const { _tag, left, right } = result as Readonly<Record<string, unknown>>
  if (_tag === 'Right') {
    const { items, issue } = readEntries<Extra>(right)
    if (issue === undefined)
      return E.right({ entries: items, extra: (right as Readonly<Record<string, unknown>>).extra })
    const accepted = items.flatMap(entry => (entry._tag === 'AcceptedEntry' ? [taskOf(entry)] : []))
    return E.left(misused(accepted, right))
  }
  if (_tag !== 'Left') return E.left(misused([], result))
  const error = { ...(left as object) }
  if (SubmissionError.is(error)) return E.left(error)
  const { recovered } = error as Readonly<Record<string, unknown>>
  return E.left(misused(readItems('recovered', recovered, RecoveredTask.is).items, left))
}

const misused = (read: ReadonlyArray<RecoveredTask>, from?: unknown): SubmissionError => {
  const ids = new Set(read.map(({ taskId }) => taskId))
  return {
    _tag: 'DeliveryUnknown',
    reason: { _tag: 'ClientFailed', name: 'TypeError', code: 'ERR_SUBMIT_RESULT' },
    recovered: [...read, ...tasksAnywhere(from).filter(({ taskId }) => !ids.has(taskId))],
  }
}
