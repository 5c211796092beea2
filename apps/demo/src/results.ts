/**
 * Results as rows of a table.
 */
import {
  type AcceptedTask,
  type BatchOutcome,
  type TaskError,
  type TaskStatus,
  toEithers,
  showTaskError,
} from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

export type Submitted = E.Either<TaskError, AcceptedTask | BatchOutcome>
export type Result = E.Either<TaskError, AcceptedTask | BatchOutcome | TaskStatus>

/** Returns the tag of a result. */
export const ending = (result: Result): string => (E.isLeft(result) ? result.left._tag : result.right._tag)

/** Returns a row for each resource: its id, whether it was accepted, and its task id or the reason. */
export const resourceRows = (result: Submitted): ReadonlyArray<readonly [string, string, string]> => {
  if (E.isLeft(result)) return [['–', 'error', showTaskError(result.left)]]
  const outcome = result.right
  if (outcome._tag === 'AcceptedTask') return [['(new)', 'accepted', outcome.taskId]]
  return toEithers(outcome).map(resource =>
    pipe(
      resource,
      E.match(
        ({ resourceId, code, meaning, message }) => [
          resourceId,
          'rejected',
          `${String(code)} ${meaning}: ${message}`,
        ],
        ({ resourceId, taskId }) => [resourceId, 'accepted', taskId],
      ),
    ),
  )
}

/** Returns every task id of a result. An error can also contain ids of tasks that may be running. */
export const taskIds = (result: Result): ReadonlyArray<string> => {
  if (E.isLeft(result)) return result.left.recovered.map(({ taskId }) => taskId)
  const outcome = result.right
  switch (outcome._tag) {
    case 'AcceptedTask':
      return [outcome.taskId]
    case 'Succeeded':
    case 'Failed':
    case 'InProgress':
      return []
    default:
      return idsOfEntries(outcome)
  }
}

const idsOfEntries = (outcome: BatchOutcome): ReadonlyArray<string> =>
  toEithers(outcome).flatMap(
    E.match(
      ({ taskId }) => (taskId === undefined ? [] : [taskId]),
      ({ taskId }) => [taskId],
    ),
  )

export const inOneLine = (result: Result): string =>
  E.isLeft(result) ? showTaskError(result.left) : [ending(result), ...taskIds(result)].join(' ')
