/**
 * Finds the task ids in entries and in extra fields. An outcome keeps them where the response had them.
 *
 * @internal
 */
import { type BatchEntry, type RecoveredTask, recoverFromBody } from '@task-outcome/core'

/** Finds the ids in an entry, without the id of the task that it accepts. */
export const tasksInEntry = (entry: BatchEntry<unknown>): ReadonlyArray<RecoveredTask> => {
  const { _tag, resourceId, extra } = entry
  if (_tag === 'AcceptedEntry') return tasksInFields(resourceId, 0, extra)
  const { taskId, code } = entry
  const own = taskId === undefined ? [] : [{ taskId, resourceId, code }]
  return [...own, ...tasksInFields(resourceId, code, extra)]
}

/** Finds the ids in extra fields as core does in the same entry of a body. Most entries have none. */
const tasksInFields = (
  resourceId: string,
  code: number | string,
  extra: unknown,
): ReadonlyArray<RecoveredTask> =>
  tasksInJson(() => {
    const fields = { ...(extra as object) }
    return Object.keys(fields).length === 0 ? undefined : { detail: { [resourceId]: { code, ...fields } } }
  })

/** Finds the ids in the extra fields of a response, or anywhere in what is no response: a parsed body, or its text. */
export const tasksAnywhere = (value: unknown): ReadonlyArray<RecoveredTask> =>
  typeof value === 'string' ? recoverFromBody(value) : tasksInJson(() => value)

/** Finds the ids in what is JSON. A codec of the caller can make anything of extra fields, and so can untyped code. */
const tasksInJson = (read: () => unknown): ReadonlyArray<RecoveredTask> => {
  try {
    const text = JSON.stringify(read(), withAllDigits) as string | undefined // `undefined` has no text
    return text === undefined ? [] : recoverFromBody(text)
  } catch {
    return []
  }
}

/** Keeps the digits of an id that `JSON.stringify` would write with an exponent, or would not write at all. */
const withAllDigits = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'number' && value >= 1e21 && value < Infinity)
    ? BigInt(value).toString()
    : value

/** Returns the tasks that are not in `known`. Tasks with equal id and resource are the same. */
export const newTasks = (
  known: ReadonlyArray<RecoveredTask>,
  tasks: ReadonlyArray<RecoveredTask>,
): ReadonlyArray<RecoveredTask> => {
  const keys = new Set(known.map(keyOf))
  return tasks.filter(task => {
    const key = keyOf(task)
    return !keys.has(key) && keys.add(key)
  })
}

const keyOf = ({ taskId, resourceId }: RecoveredTask): string => JSON.stringify([taskId, resourceId])
