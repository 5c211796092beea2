/**
 * Reads the fields of a response. PROTOCOL.md, section 3, "Reading values".
 *
 * Reading goes on after an issue: one pass finds every issue, and errors keep the fields that could be read.
 *
 * @internal
 */
import type * as t from 'io-ts'
import { refine } from '../codec/refine.js'
import { JsonRecord, noExtra } from '../json/Json.js'
import { type JsonPointer, child } from '../json/JsonPointer.js'
import { type JsonMember, type JsonObject, type JsonValue, toPlainRecord } from '../json/JsonValue.js'
import { type ShapeIssue, describeFound, shapeIssue } from './ShapeIssue.js'
import type { TaskId } from './TaskId.js'

/** The common fields of responses and entries, as far as they could be read. */
export interface Fields {
  /** `undefined` if it is missing, not an integer, or a duplicate with different values. */
  readonly code: number | undefined
  readonly message: string
  readonly codeDesc: string
  readonly taskId: IdField
  /** The extra fields, in the order of the body. */
  readonly others: ReadonlyArray<JsonMember>
}

/**
 * The field of an id: an id, absent, or a value that is not an id.
 *
 * @category model
 * @since 0.1.0
 */
export type IdField =
  { readonly _tag: 'Id'; readonly id: TaskId } | { readonly _tag: 'Absent' } | { readonly _tag: 'Invalid' }

/**
 * The fields that a format defines. An ordinary response and an entry of a batch have a `requestId`, or a `taskId` with some
 * products. A batch response has a `detail`, a response about the state of a task a `data`. A response with its task id inside
 * another field has only the common fields.
 */
export type Format = 'withRequestId' | 'withTaskId' | 'withDetail' | 'withData' | 'inCommon'

const inCommon = ['code', 'message', 'codeDesc'] as const

export const fieldNames: Readonly<Record<Format, ReadonlyArray<string>>> = {
  withRequestId: [...inCommon, 'requestId'],
  withTaskId: [...inCommon, 'taskId'],
  withDetail: [...inCommon, 'detail'],
  withData: [...inCommon, 'data'],
  inCommon,
}

/** The name of the task id, in the formats that have one. */
const idNames: Readonly<Partial<Record<Format, string>>> = {
  withRequestId: 'requestId',
  withTaskId: 'taskId',
}

/** The codec of the extra fields of a format. */
export const extraFields = (format: Format): t.Type<JsonRecord> =>
  refine('fields that the format does not name', JsonRecord, extra =>
    fieldNames[format].every(name => !Object.hasOwn(extra, name)),
  )

/** Reads the fields of the object at `path` and adds issues to `issues`. */
export const readFields = (
  object: JsonObject,
  path: JsonPointer,
  format: Format,
  issues: ShapeIssue[],
): Fields => {
  const others: JsonMember[] = []
  let code: number | undefined
  let codeCount = 0
  let taskId = absent
  let idCount = 0
  let message = ''
  let codeDesc = ''
  const idName = idNames[format]
  for (const member of object.members) {
    const { name, value } = member
    if (name === 'code') {
      code = readCode(value)
      codeCount++
      if (code === undefined) issues.push(issue(path, name, anInteger, value))
    } else if (name === 'message') {
      const text = readText(value)
      if (text === undefined) issues.push(issue(path, name, aString, value))
      else message = text
    } else if (name === 'codeDesc') {
      const text = readText(value)
      if (text === undefined) issues.push(issue(path, name, aString, value))
      else codeDesc = text
    } else if (name === idName) {
      taskId = readId(value)
      idCount++
      if (taskId === invalid) issues.push(issue(path, name, anId, value))
    } else if (!fieldNames[format].includes(name)) others.push(member)
  }
  if (codeCount === 0) issues.push(issue(path, 'code', anInteger, undefined))
  return {
    code: codeCount === 1 ? code : undefined,
    message,
    codeDesc,
    taskId: idCount > 1 ? invalid : taskId,
    others,
  }
}

/** Reads the id `name` in `data` of the object at `path` and adds issues to `issues`. */
export const readIdInData = (
  object: JsonObject,
  path: JsonPointer,
  name: string,
  issues: ShapeIssue[],
): IdField => {
  const data = readData(object, path, issues)
  if (data === undefined) return absent
  if (data === 'invalid') return invalid
  const ids = valuesOf(data, name).map(value => {
    const id = readId(value)
    if (id === invalid) issues.push(issue(child(path, 'data'), name, anId, value))
    return id
  })
  return ids.length > 1 ? invalid : (ids[0] ?? absent)
}

/**
 * Reads the object `data`. Returns `undefined` if it is absent or empty ("The servers are PHP: an empty map is written `[]`"),
 * and `'invalid'` if it is something else, or a duplicate with different values.
 */
export const readData = (
  object: JsonObject,
  path: JsonPointer,
  issues: ShapeIssue[],
): JsonObject | 'invalid' | undefined => {
  const [data = null, ...others] = valuesOf(object, 'data')
  if (others.length > 0) return 'invalid'
  if (isEmpty(data)) return undefined
  if (isJsonObject(data)) return data
  issues.push(issue(path, 'data', 'an object', data))
  return 'invalid'
}

/** Whether a value is `null` or `[]`, which is how PHP writes an empty map. */
export const isEmpty = (value: JsonValue): boolean =>
  value === null || (typeof value === 'object' && value._tag === 'JsonArray' && value.items.length === 0)

const issue = (path: JsonPointer, name: string, expected: string, found: JsonValue | undefined): ShapeIssue =>
  shapeIssue(child(path, name), expected, describeFound(found))

const anInteger = 'an integer in the safe range'
const aString = 'a string'
const anId = 'a task id: a string or a non-negative integer'
const absent: IdField = { _tag: 'Absent' }
const invalid: IdField = { _tag: 'Invalid' }

/**
 * "an integer literal in the safe range, or a string that is exactly such a literal (`"0"`, `"5100"`, `"-8000"`) …
 * `"00"`, `"+1"`, `" 0"`, `""`, `"0.0"`, `0.0`, `1e0`, `0.5`, `false` are shape errors."
 */
export const readCode = (value: JsonValue): number | undefined => {
  const literal = isJsonNumber(value) ? value.literal : value
  if (typeof literal !== 'string' || !/^-?(?:0|[1-9][0-9]*)$/.test(literal)) return undefined
  const code = Number(literal)
  return Number.isSafeInteger(code) ? code + 0 : undefined // + 0: the literal -0 is 0
}

/**
 * Reads the value of a task id. PROTOCOL.md, section 3: "a non-empty string, or a non-negative integer literal (including `0`) of
 * any length, kept digit for digit as a string … `""` and `null` count as absent. `-5`, `12.5`, `1e3`, objects are shape errors."
 *
 * @example
 * import { jsonNumber } from '@task-outcome/core/json'
 * import { readId } from '@task-outcome/core/wire'
 *
 * readId(jsonNumber('9007199254740993123')) // { _tag: 'Id', id: '9007199254740993123' }
 * readId(null) // { _tag: 'Absent' }
 * readId(true) // { _tag: 'Invalid' }
 *
 * @category destructors
 * @since 0.1.0
 */
export const readId = (value: JsonValue): IdField => {
  if (value === null || value === '') return absent
  if (typeof value === 'string') return { _tag: 'Id', id: value as TaskId }
  return isJsonNumber(value) && /^[0-9]+$/.test(value.literal)
    ? { _tag: 'Id', id: value.literal as TaskId }
    : invalid
}

/** "strings; absent and `null` count as `""`". */
const readText = (value: JsonValue): string | undefined => {
  if (value === null) return ''
  return typeof value === 'string' ? value : undefined
}

/** Converts the extra fields to plain JSON for the caller. */
export const toExtra = (others: ReadonlyArray<JsonMember>): JsonRecord =>
  others.length === 0 ? noExtra : toPlainRecord(others)

/** Returns the values of the members `name`: more than one only if they differ. */
export const valuesOf = (object: JsonObject, name: string): ReadonlyArray<JsonValue> =>
  object.members.filter(member => member.name === name).map(member => member.value)

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && value._tag === 'JsonObject'

const isJsonNumber = (value: JsonValue): value is Extract<JsonValue, { readonly _tag: 'JsonNumber' }> =>
  typeof value === 'object' && value !== null && value._tag === 'JsonNumber'
