/**
 * @since 0.1.0
 */
import type * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { struct } from '../codec/struct.js'
import type { JsonObject, JsonValue } from '../json/JsonValue.js'
import { isJsonObject, readCode, readId, valuesOf } from './fields.js'
import { ResourceId } from './ResourceId.js'
import { TaskId } from './TaskId.js'
import { namesInData } from './TaskIdPlace.js'

/**
 * A task id that could be read from a body that is otherwise an error: the task may be running.
 *
 * Source: PROTOCOL.md, section 3: "Every `TaskError`, of whichever kind, carries `recovered`".
 *
 * @category model
 * @since 0.1.0
 */
export interface RecoveredTask {
  readonly taskId: TaskId
  /**
   * The resource under whose name the id stands; absent where it stands at the top of the answer, in its `data`, or in a
   * list.
   */
  readonly resourceId?: ResourceId
  /** The code beside the id: 0 says that the task was accepted. Absent where it could not be read. */
  readonly code?: number
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
  { resourceId: ResourceId, code: integer },
)

/**
 * Every task id that stands where one of the two formats has one, whatever else is wrong with the body, in its order;
 * what is equal in id, resource and code counts once.
 *
 * @internal
 */
export const recoverTasks = (body: JsonValue | undefined): ReadonlyArray<RecoveredTask> => {
  if (!isJsonObject(body)) return []
  const found: RecoveredTask[] = []

  /** Takes the ids of one place. */
  const collectorAt = (object: JsonObject, resourceId?: ResourceId): ((requestId: JsonValue) => void) => {
    const code = soleCode(object)
    const place = {
      ...(resourceId === undefined ? {} : { resourceId }),
      ...(code === undefined ? {} : { code }),
    }
    return requestId => {
      const id = readId(requestId)
      if (id._tag === 'Id') found.push({ taskId: id.id, ...place })
    }
  }
  const recoverFromEntry = (entry: JsonValue, resourceId?: ResourceId): void => {
    if (isJsonObject(entry)) valuesOf(entry, 'requestId').forEach(collectorAt(entry, resourceId))
  }

  const collectAtTop = collectorAt(body)
  for (const { name, value } of body.members) {
    if (name === 'requestId') collectAtTop(value)
    if (name === 'data' && isJsonObject(value))
      for (const nameOfId of namesInData) valuesOf(value, nameOfId).forEach(collectAtTop)
    if (name !== 'detail' || typeof value !== 'object' || value === null) continue
    if (value._tag === 'JsonObject')
      for (const entry of value.members) recoverFromEntry(entry.value, entry.name as ResourceId)
    // "any other list is a shape error (the ids of its readable entries still recovered)"
    if (value._tag === 'JsonArray') for (const entry of value.items) recoverFromEntry(entry)
  }
  return distinctTasks(found)
}

/** The code beside an id, unless there are several that differ. */
const soleCode = (entry: JsonObject): number | undefined => {
  const [code, ...others] = valuesOf(entry, 'code')
  return code === undefined || others.length > 0 ? undefined : readCode(code)
}

/**
 * Tasks from one answer or several; what is equal in id, resource and code counts once.
 *
 * @internal
 */
export const distinctTasks = (tasks: ReadonlyArray<RecoveredTask>): ReadonlyArray<RecoveredTask> => {
  const distinct = new Map<string, RecoveredTask>()
  // A resource's name may be a megabyte long, and its ids many: the resources are told apart by a number.
  const numbers = new Map<ResourceId | undefined, number>()
  for (const task of tasks) {
    const number = numbers.get(task.resourceId) ?? numbers.size
    numbers.set(task.resourceId, number)
    distinct.set(`${number} ${task.code ?? ''} ${task.taskId}`, task)
  }
  return [...distinct.values()]
}
