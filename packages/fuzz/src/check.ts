/**
 * One body against core and the reference.
 */
import {
  type AcceptedTask,
  type BatchOutcome,
  type TaskError,
  decodeBatchAnswer,
  decodeOrdinaryAnswer,
  entries,
  showTaskError,
} from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { type Asked, type Verdict, judgeByReference, place, showVerdict } from './reference.js'

export interface Input {
  readonly body: string | Uint8Array
  readonly asked: Asked
  readonly status: number
}

/** What is wrong, in a line; `undefined` if all is as it should be. */
export const check = ({ body, asked, status }: Input): string | undefined => {
  const expected = judgeByReference(body, asked, status)
  let found: Verdict
  try {
    const decode = asked === 'ordinary' ? decodeOrdinaryAnswer : decodeBatchAnswer
    const result: E.Either<TaskError, AcceptedTask | BatchOutcome> = decode({ status, body })
    if (E.isLeft(result) && /[\n\r]/.test(showTaskError(result.left)))
      return 'the error takes more than one line'
    found = verdictOf(result)
  } catch (thrown) {
    return `threw ${String(thrown)}`
  }
  const agree = found.tag === expected.tag && [...expected.ids].every(id => found.ids.has(id))
  return agree ? undefined : `expected ${showVerdict(expected)}, found ${showVerdict(found)}`
}

const verdictOf = (result: E.Either<TaskError, AcceptedTask | BatchOutcome>): Verdict => {
  if (E.isLeft(result)) {
    const { _tag: tag, recovered } = result.left
    return { tag, ids: new Set(recovered.map(({ taskId, resourceId }) => place(taskId, resourceId))) }
  }
  const outcome = result.right
  if (outcome._tag === 'AcceptedTask') return { tag: outcome._tag, ids: new Set([place(outcome.taskId)]) }
  const top = outcome.extra.requestId // of a batch it is a field that the format does not name
  return {
    tag: outcome._tag,
    ids: new Set([
      ...entries(outcome).flatMap(({ taskId, resourceId }) =>
        taskId === undefined ? [] : [place(taskId, resourceId)],
      ),
      ...(typeof top === 'string' || typeof top === 'number' ? [place(String(top))] : []),
    ]),
  }
}
