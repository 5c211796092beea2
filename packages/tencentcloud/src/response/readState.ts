/**
 * The state of a task in a response, by the description of the action: shared by both APIs.
 *
 * @internal
 */
import type { TaskStatus } from '@task-outcome/core'
import { type JsonObject, type JsonPointer, toPlain } from '@task-outcome/core/json'
import { type ShapeIssue, describeFound, shapeIssue } from '@task-outcome/core/wire'
import type { StateDescription } from '../actions/Service.js'
import { locate, textOf, without } from './jsonPath.js'

export interface StateReading {
  readonly fields: Pick<TaskStatus, '_tag' | 'message' | 'codeDesc' | 'output'>
  /** The other members of the object. */
  readonly rest: JsonObject
}

/** Reads the state in the object at `pointer` and adds issues to `issues`. */
export const readState = (
  { state, output, succeeded, failed, inProgress }: StateDescription,
  object: JsonObject,
  pointer: JsonPointer.JsonPointer,
  issues: ShapeIssue[],
): StateReading | undefined => {
  const found = locate(object, state, pointer, issues)
  const reason = output === undefined ? undefined : locate(object, output, pointer, issues)?.value
  if (found === undefined) return undefined
  const text = textOf(found.value)
  const isOneOf = (values: ReadonlyArray<string>): boolean => text !== undefined && values.includes(text)
  // Success last: a table that lists a value twice must not end a task.
  const tag = isOneOf(inProgress)
    ? 'InProgress'
    : isOneOf(failed)
      ? 'Failed'
      : isOneOf(succeeded)
        ? 'Succeeded'
        : undefined
  if (tag === undefined) {
    const known = [...succeeded, ...failed, ...inProgress].join(', ')
    issues.push(shapeIssue(found.pointer, `one of the states ${known}`, describeFound(found.value)))
    return undefined
  }
  const rest = without(object, state)
  return {
    fields: {
      _tag: tag,
      message: '',
      codeDesc: '',
      ...(reason === undefined || reason === null ? {} : { output: toPlain(reason) }),
    },
    rest: output === undefined ? rest : without(rest, output),
  }
}
