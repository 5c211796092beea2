/**
 * @internal
 */
import type { Fields } from '../wire/fields.js'
import { type Rejection, rejection } from '../wire/Rejection.js'
import type { TaskId } from '../wire/TaskId.js'

/**
 * The meaning of `code` and `requestId` together, in an ordinary response or in an entry of a batch:
 * - `Accepted`: code 0 and an id;
 * - `Refused`: another code, with or without an id;
 * - `IdMissing`: code 0 and no id;
 * - `Invalid`: a code that could not be read, or code 0 with an id that could not. Reading it has added an issue.
 */
export type Classification =
  | { readonly _tag: 'Accepted'; readonly taskId: TaskId }
  | Refused
  | { readonly _tag: 'IdMissing' }
  | { readonly _tag: 'Invalid' }

export interface Refused {
  readonly _tag: 'Refused'
  readonly rejection: Rejection
  readonly taskId: TaskId | undefined
}

export const classify = (of: 'request' | 'entry', fields: Fields): Classification => {
  const { code, taskId } = fields
  if (code === undefined) return { _tag: 'Invalid' }
  if (code !== 0) return refusalOf(of, code, fields)
  if (taskId._tag === 'Id') return { _tag: 'Accepted', taskId: taskId.id }
  return { _tag: taskId._tag === 'Absent' ? 'IdMissing' : 'Invalid' }
}

/** Classifies a code other than 0. */
export const refusalOf = (of: 'request' | 'entry', code: number, fields: Fields): Refused => ({
  _tag: 'Refused',
  rejection: rejection(of, code, fields),
  taskId: fields.taskId._tag === 'Id' ? fields.taskId.id : undefined,
})
