/**
 * One body against core and the reference.
 */
import {
  type AcceptedTask,
  type BatchOutcome,
  type TaskError,
  type TaskStatus,
  decodeBatchResponse,
  decodeOrdinaryResponse,
  decodeStatusResponse,
  entries,
  showTaskError,
} from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import {
  type Operation,
  type Classification,
  anywhere,
  judgeByReference,
  place,
  showVerdict,
} from './reference.js'

export interface Input {
  readonly body: string | Uint8Array
  readonly operation: Operation
  readonly status: number
}

/** What is wrong, in a line; `undefined` if all is as it should be. */
export const check = ({ body, operation, status }: Input): string | undefined => {
  const expected = judgeByReference(body, operation, status)
  let found: Classification
  try {
    const result: Result = decoders[operation]({ status, body })
    if (E.isLeft(result) && /[\n\r]/.test(showTaskError(result.left)))
      return 'the error takes more than one line'
    found = classify(result)
  } catch (thrown) {
    return `threw ${String(thrown)}`
  }
  const agree =
    found.tag === expected.tag &&
    [...expected.ids].every(id => found.ids.has(id)) &&
    [...found.ids].every(id => isPossible(id, expected.possible))
  return agree ? undefined : `expected ${showVerdict(expected)}, found ${showVerdict(found)}`
}

/** Of an id with its resource: whether it may be found so, or at least with any resource. */
const isPossible = (id: string, possible: ReadonlySet<string> | undefined): boolean => {
  const [taskId, ...resource] = JSON.parse(id) as [string, ...unknown[]]
  const isAnywhere = resource.length === 0
  return possible === undefined || isAnywhere || possible.has(id) || possible.has(anywhere(taskId))
}

type Result = E.Either<TaskError, AcceptedTask | BatchOutcome | TaskStatus>

const decoders = {
  ordinary: decodeOrdinaryResponse,
  batch: decodeBatchResponse,
  status: decodeStatusResponse,
}

const classify = (result: Result): Classification => {
  if (E.isLeft(result)) {
    const { _tag: tag, recovered } = result.left
    return {
      tag,
      ids: new Set(
        recovered.flatMap(({ taskId, resourceId }) => [place(taskId, resourceId), anywhere(taskId)]),
      ),
    }
  }
  const outcome = result.right
  if (outcome._tag === 'AcceptedTask') return { tag: outcome._tag, ids: new Set([place(outcome.taskId)]) }
  if (outcome._tag === 'Succeeded' || outcome._tag === 'Failed' || outcome._tag === 'InProgress')
    return { tag: outcome._tag, ids: new Set() }
  return {
    tag: outcome._tag,
    ids: new Set(
      entries(outcome).flatMap(({ taskId, resourceId }) =>
        taskId === undefined ? [] : [place(taskId, resourceId)],
      ),
    ),
  }
}
