/**
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { struct } from '../codec/struct.js'
import { type JsonPointer, child, root } from '../json/JsonPointer.js'
import type { JsonObject, JsonValue } from '../json/JsonValue.js'
import { parseJson } from '../json/parseJson.js'
import { unpolluted } from '../json/unpolluted.js'
import { readCode, readId, valuesOf } from './fields.js'
import { ResourceId } from './ResourceId.js'
import { TaskId } from './TaskId.js'
import { taskIdNames } from './TaskIdPath.js'

/**
 * A task id that was recovered from a body that is an error. The task may be running.
 *
 * Source: PROTOCOL.md, section 3: "Every `TaskError` carries `recovered`".
 *
 * @category model
 * @since 0.1.0
 */
export interface RecoveredTask {
  readonly taskId: TaskId
  /**
   * The resource of the id: the nearest member name above the id that names a resource. The name of an entry of `detail` always
   * does. Elsewhere the name of an object does, but not that of an array, nor a name that responses use for their parts, such as
   * `data`, `result` or `Response`. Absent if there is no such name.
   */
  readonly resourceId?: ResourceId
  /**
   * The code of the nearest object around the id that has one; for an id in an entry of `detail`, the code of the entry. 0 means
   * that the task was accepted. Absent if it could not be read. A number in API 2.0, text in API 3.0.
   */
  readonly code?: number | string
  /**
   * The path of the id. If the body as a whole is not JSON, the path starts at the outermost object or array around the id.
   * Absent if the id is not in an object or array that could be read. Of an id in JSON that is a string, the path goes on in it.
   */
  readonly path?: JsonPointer
}

/**
 * The codec of a recovered task.
 *
 * @category codecs
 * @since 0.1.0
 */
export const RecoveredTask: t.Type<RecoveredTask> = struct(
  'RecoveredTask',
  { taskId: TaskId },
  { resourceId: ResourceId, code: t.union([integer, t.string]), path: t.string },
)

/** The context of a value. */
interface Place {
  readonly path: JsonPointer
  readonly resourceId: ResourceId | undefined
  readonly code: number | undefined
  /** Where the outermost `detail`, with the entries of a batch, is: within the value, the value itself, or around it. */
  readonly detail: 'within' | 'here' | 'around'
  /** The number of strings around it that are JSON. */
  readonly encodings: number
}

/** One for a body that was encoded twice, and one for JSON in a string of it. */
const mostEncodings = 2

/**
 * Whether a string may be JSON in which ids are looked for.
 *
 * @internal
 */
export const beginsJson = (text: string): boolean => /^\s*[[{"]/.test(text)

/**
 * Finds every task id in a body, wherever it is and whatever else is wrong, in the order of the body. Tasks with equal id,
 * resource and code count once. Looks into strings that are JSON, too. The body must not be nested deeper than 512.
 *
 * @param idNames - the names of the members that hold task ids
 *
 * @internal
 */
export const recoverTasks = (
  body: JsonValue,
  idNames: ReadonlySet<string> = taskIdNames,
): ReadonlyArray<RecoveredTask> => {
  const found: RecoveredTask[] = []

  const look = (value: JsonValue, place: Place): void => {
    if (value === null || typeof value !== 'object' || value._tag === 'JsonNumber') return
    if (value._tag === 'JsonArray') {
      value.items.forEach((item, index) => look(...decoded(item, placeOfItem(place, index))))
      return
    }
    const { path, resourceId } = place
    const code = codeOf(value, place.code)
    const owner = {
      ...(resourceId === undefined ? {} : { resourceId }),
      ...(code === undefined ? {} : { code }),
    }
    const here = { ...place, code }
    for (const { name, value: member } of value.members) {
      const id = idNames.has(name) ? readId(member) : undefined
      if (id?._tag === 'Id') found.push({ taskId: id.id, ...owner, path: child(path, name) })
      // A message is a text, even one that quotes JSON.
      else if (typeof member !== 'string' || name !== 'message') {
        const [inner, place] = decoded(member, here)
        look(inner, placeOfMember(place, name, inner))
      }
    }
  }

  look(
    ...decoded(body, { path: root, resourceId: undefined, code: undefined, detail: 'within', encodings: 0 }),
  )
  return distinctTasks(found)
}

/** Parses a string that is JSON. Any other value stays as it is. */
const decoded = (value: JsonValue, place: Place): readonly [value: JsonValue, place: Place] => {
  const inner =
    typeof value === 'string' && place.encodings < mostEncodings && beginsJson(value)
      ? parseJson(value)
      : undefined
  return inner !== undefined && E.isRight(inner)
    ? decoded(inner.right.value, { ...place, encodings: place.encodings + 1 })
    : [value, place]
}

const placeOfItem = (array: Place, index: number): Place => {
  const path = child(array.path, index)
  return array.detail === 'here'
    ? { ...array, path, resourceId: undefined, code: undefined, detail: 'around' }
    : { ...array, path }
}

const placeOfMember = (object: Place, name: string, value: JsonValue): Place => {
  const path = child(object.path, name)
  // An entry does not inherit the code of the response.
  if (object.detail === 'here')
    return { ...object, path, resourceId: name as ResourceId, code: undefined, detail: 'around' }
  if (name === 'detail' && object.detail === 'within' && object.resourceId === undefined)
    return { ...object, path, detail: 'here' }
  if (namesPart(name) || isArray(value)) return { ...object, path }
  return { ...object, path, resourceId: name as ResourceId }
}

const isArray = (value: JsonValue): boolean =>
  typeof value === 'object' && value !== null && value._tag === 'JsonArray'

/** Whether responses use a name for a part, such as `data` or `Response`, so that it is not the id of a resource. */
const namesPart = (name: string): boolean => name.length <= 12 && parts.has(name.toLowerCase())

const parts: ReadonlySet<string> = new Set([
  ...['data', 'detail', 'details', 'output', 'result', 'results', 'response', 'error', 'errors', 'info'],
  ...['body', 'content', 'payload', 'extra', 'status', 'list', 'items', 'item', 'entries', 'entry'],
  ...['task', 'tasks', 'flow', 'flows', 'job', 'jobs', 'request', 'message', 'code', 'codedesc'],
  ...['requestid', 'taskid', 'flowid'],
])

/** Returns the code of an object, or the outer code if it has none. `undefined` if it is invalid or a duplicate that differs. */
const codeOf = (object: JsonObject, outer: number | undefined): number | undefined => {
  const [code, ...others] = valuesOf(object, 'code')
  if (code === undefined) return outer
  return others.length > 0 ? undefined : readCode(code)
}

/**
 * Removes duplicates: of tasks with equal id, resource and code, keeps the first.
 *
 * @internal
 */
export const distinctTasks = (tasks: ReadonlyArray<RecoveredTask>): ReadonlyArray<RecoveredTask> => {
  const distinct = new Map<string, RecoveredTask>()
  // Resources are numbered to keep the keys short: a name may be a megabyte long and have many ids.
  const numbers = new Map<ResourceId | undefined, number>()
  for (const task of tasks) {
    const resourceId = unpolluted(task, 'resourceId')
    const number = numbers.get(resourceId) ?? numbers.size
    numbers.set(resourceId, number)
    const key = `${number} ${unpolluted(task, 'code') ?? ''} ${task.taskId}`
    if (!distinct.has(key)) distinct.set(key, task)
  }
  return [...distinct.values()]
}
