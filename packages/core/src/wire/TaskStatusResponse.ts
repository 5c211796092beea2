/**
 * Reads the response to a query for the state of a task. PROTOCOL.md, section 4.
 *
 * @internal
 */
import * as JsonPointer from '../json/JsonPointer.js'
import type { JsonMember, JsonValue } from '../json/JsonValue.js'
import { type Fields, isJsonObject, readCode, readData, readFields, valuesOf } from './fields.js'
import { type ShapeIssue, describeFound, shapeIssue } from './ShapeIssue.js'

export interface StatusReading {
  readonly fields: Fields
  /** `undefined` if the query failed or the state could not be read. */
  readonly state: StateReading | undefined
}

interface StateReading {
  readonly status: 'Succeeded' | 'Failed' | 'InProgress'
  /** `null` if absent. */
  readonly output: JsonValue
  /** `null` if absent. */
  readonly data: JsonValue
  /** The other fields beside the status, in the order of the body. */
  readonly others: ReadonlyArray<JsonMember>
}

/** Reads a response and adds issues to `issues`. Returns `undefined` if it is not an object. */
export const readTaskStatus = (value: JsonValue, issues: ShapeIssue[]): StatusReading | undefined => {
  if (!isJsonObject(value)) {
    issues.push(shapeIssue(JsonPointer.root, 'an object', describeFound(value)))
    return undefined
  }
  const fields = readFields(value, JsonPointer.root, 'withData', issues)
  // "`code` not 0 means that the *query* failed and says nothing about the task."
  if (fields.code !== 0) return { fields, state: undefined }
  const data = readData(value, JsonPointer.root, issues)
  if (data === 'invalid') return { fields, state: undefined }
  const members = data === undefined ? [] : data.members
  const [found, ...contradictions] = members.filter(({ name }) => name === 'status')
  const status = found === undefined ? undefined : statusOf(found.value)
  if (status === undefined) issues.push(shapeIssue(statusPath, aStatus, describeFound(found?.value)))
  if (data === undefined || status === undefined || contradictions.length > 0)
    return { fields, state: undefined }
  const [output = null] = valuesOf(data, 'output')
  const [result = null] = valuesOf(data, 'data')
  const others = members.filter(({ name }) => name !== 'status' && name !== 'output' && name !== 'data')
  return { fields, state: { status, output, data: result, others } }
}

/** "`status` 0 succeeded, 1 failed, 2 in progress. … Any other `status` is a shape error." */
const statusOf = (value: JsonValue): StateReading['status'] | undefined => {
  switch (readCode(value)) {
    case 0:
      return 'Succeeded'
    case 1:
      return 'Failed'
    case 2:
      return 'InProgress'
    default:
      return undefined
  }
}

const aStatus = '0 (succeeded), 1 (failed) or 2 (in progress)'
const statusPath = JsonPointer.child(JsonPointer.child(JsonPointer.root, 'data'), 'status')
