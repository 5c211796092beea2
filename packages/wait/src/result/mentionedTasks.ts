/**
 * Finds the task ids in entries and in other fields. An outcome keeps them where the response had them.
 *
 * @internal
 */
import { type BatchEntry, type RecoveredTask, recoverFromBody } from '@task-outcome/core'

/** Finds the ids in an entry, without the id of the task that it accepts. */
export const tasksInEntry = (entry: BatchEntry<unknown>): ReadonlyArray<RecoveredTask> => {
  const { _tag, resourceId } = entry
  if (_tag === 'AcceptedEntry') return tasksInFields(resourceId, 0, entry)
  const { taskId, code } = entry
  const own = taskId === undefined ? [] : [{ taskId, resourceId, code }]
  return [...own, ...tasksInFields(resourceId, code, entry)]
}

/** The fields of a response or of an entry that may have ids, beside its own. */
export interface OtherFields {
  readonly codeDesc?: unknown
  readonly extra: unknown
}

/** Finds the ids in other fields as core does in the same entry of a body. Most entries have none. */
const tasksInFields = (
  resourceId: string,
  code: number | string,
  { codeDesc, extra }: OtherFields,
): ReadonlyArray<RecoveredTask> =>
  tasksInJson(() => {
    const fields = { ...jsonIn(codeDesc), ...(extra as object) }
    return Object.keys(fields).length === 0 ? undefined : { detail: { [resourceId]: { code, ...fields } } }
  })

/** Finds the ids in the other fields of a response. */
export const tasksInResponse = ({ codeDesc, extra }: OtherFields): ReadonlyArray<RecoveredTask> => [
  ...tasksAnywhere(extra, withAllDigits),
  ...tasksInJson(() => jsonIn(codeDesc)),
]

/** A `codeDesc` is usually a name, such as `Success`, but can be JSON. */
const jsonIn = (codeDesc: unknown): { readonly codeDesc: string } | undefined =>
  typeof codeDesc === 'string' && beginsJson.test(codeDesc) ? { codeDesc } : undefined

const beginsJson = /^\s*[[{"]/

/** Finds the ids anywhere in a value of untyped code, such as a parsed body, or in the text of a body. */
export const tasksAnywhere = (value: unknown, replacer = exactOnly): ReadonlyArray<RecoveredTask> =>
  typeof value === 'string' ? recoverFromBody(value) : tasksInJson(() => value, replacer)

/**
 * Leaves out a number beyond 2^53. `JSON.parse` has rounded it, so as an id it would name another task. The codecs of core keep such
 * an id as text, unless a number has all of its digits.
 */
const exactOnly = (name: string, value: unknown): unknown =>
  typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)
    ? undefined
    : withAllDigits(name, value)

/** Finds the ids in what is JSON. A codec of the caller can make anything of extra fields, and so can untyped code. */
const tasksInJson = (read: () => unknown, replacer = withAllDigits): ReadonlyArray<RecoveredTask> => {
  try {
    const text = JSON.stringify(read(), replacer) as string | undefined // `undefined` has no text
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
