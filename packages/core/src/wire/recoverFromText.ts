/**
 * Recovers the task ids in a body.
 *
 * PROTOCOL.md, section 3: "Every `TaskError` carries `recovered`: each task id that could be read".
 *
 * @internal
 */
import type { JsonDocument } from '../json/JsonDocument.js'
import { readLoosely } from '../json/looseJson.js'
import { scanNumber, scanString } from '../json/parseJson.js'
import { jsonNumber } from '../json/JsonValue.js'
import { settleRepeats } from '../json/repeatedMembers.js'
import { readId } from './fields.js'
import { type RecoveredTask, distinctTasks, recoverTasks } from './RecoveredTask.js'
import type { TaskId } from './TaskId.js'
import { taskIdNames } from './TaskIdPath.js'

/** Recovers the ids in JSON. If it is nested too deep, the value omits a part of the text. */
export const recoverFromDocument = (
  { root, tooDeepAt, text }: JsonDocument,
  idNames: ReadonlySet<string> = taskIdNames,
): ReadonlyArray<RecoveredTask> =>
  tooDeepAt === undefined ? recoverTasks(root, idNames) : recoverFromText(text, idNames)

/** Returns the ids in the objects and arrays that can be read, then those that are found only by their name. */
export const recoverFromText = (
  text: string,
  idNames: ReadonlySet<string> = taskIdNames,
): ReadonlyArray<RecoveredTask> => {
  const placed = readLoosely(text).flatMap(value => recoverTasks(settleRepeats(value).value, idNames))
  const known = new Set(placed.map(({ taskId }) => taskId))
  const others = namedIds(text, idNames).filter(taskId => !known.has(taskId))
  return distinctTasks([...placed, ...others.map(taskId => ({ taskId }))])
}

/**
 * Finds the ids that follow one of their names and a colon. After a missing or superfluous quotation mark a JSON reader takes
 * names for values; this search finds the ids all the same.
 */
const namedIds = (text: string, idNames: ReadonlySet<string>): ReadonlyArray<TaskId> => {
  const found: TaskId[] = []
  for (const { 0: matched, index } of text.matchAll(nameAndColon(idNames))) {
    const start = index + matched.length
    // A name that ends with `\"requestId` is another name.
    if (text.charAt(index - 1) === '\\') continue
    const id = idAt(text, start)
    if (id !== undefined) found.push(id)
  }
  return found
}

const nameAndColon = (idNames: ReadonlySet<string>): RegExp =>
  new RegExp(`"(?:${Array.from(idNames, escapePattern).join('|')})"[ \\n\\r\\t]*:[ \\n\\r\\t]*`, 'g')

const escapePattern = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

const idAt = (text: string, start: number): TaskId | undefined => {
  const isString = text.charAt(start) === '"'
  const scanned = isString
    ? { value: '', ...scanString(text, start) }
    : { value: '', ...scanNumber(text, start) }
  // A number at the end of the text may lack digits.
  if (scanned.expected !== undefined || (!isString && scanned.end === text.length)) return undefined
  const id = readId(isString ? scanned.value : jsonNumber(text.slice(start, scanned.end)))
  return id._tag === 'Id' ? id.id : undefined
}
