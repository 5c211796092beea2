/**
 * The ordinary format: one resource for each request.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { integer } from '../codec/integer.js'
import { struct } from '../codec/struct.js'
import type { JsonRecord } from '../json/Json.js'
import * as JsonPointer from '../json/JsonPointer.js'
import {
  type JsonMember,
  type JsonObject,
  type JsonValue,
  jsonNumber,
  jsonObject,
} from '../json/JsonValue.js'
import {
  type Fields,
  extraFields,
  isJsonObject,
  readFields,
  readIdInData,
  toExtra,
  valuesOf,
} from './fields.js'
import { type ShapeIssue, describeFound, shapeIssue } from './ShapeIssue.js'
import { TaskId } from './TaskId.js'
import { type TaskIdPath, nameInData } from './TaskIdPath.js'
import { type Reading, wireCodec, writeMembers } from './wireCodec.js'

/**
 * A response in the ordinary format: `code` 0 with the id of the started task, or the reason of a rejection.
 *
 * @category model
 * @since 0.1.0
 */
export interface OrdinaryTaskResponse {
  readonly code: number
  /** `''` if the response has none. */
  readonly message: string
  /** The name of the result, such as `InvalidParameter.ProjectIdNotFound`; `''` if the response has none. */
  readonly codeDesc: string
  readonly requestId?: TaskId
  /** The extra fields. */
  readonly extra: JsonRecord
}

// -------------------------------------------------------------------------------------
// codecs
// -------------------------------------------------------------------------------------

const read = (value: JsonValue): Reading<OrdinaryTaskResponse> => {
  const issues: ShapeIssue[] = []
  const reading = readOrdinary(value, 'requestId', issues)
  const response = reading === undefined ? undefined : toOrdinaryTaskResponse(reading.fields)
  return response === undefined || issues.length > 0 ? E.left(issues) : E.right(response)
}

const is = (u: unknown): u is OrdinaryTaskResponse => shape.is(u)

const shape = struct(
  'OrdinaryTaskResponse',
  { code: integer, message: t.string, codeDesc: t.string, extra: extraFields('withRequestId') },
  { requestId: TaskId },
)

const namedMembers = (response: OrdinaryTaskResponse): ReadonlyArray<JsonMember> => [
  { name: 'code', value: jsonNumber(String(response.code)) },
  { name: 'message', value: response.message },
  ...(response.codeDesc === '' ? [] : [{ name: 'codeDesc', value: response.codeDesc }]),
  ...(response.requestId === undefined ? [] : [{ name: 'requestId', value: response.requestId }]),
]

/**
 * The codec of the ordinary format on the wire. It decodes a `JsonValue` (see `parseJson`) or the plain JSON of `JSON.parse`, and
 * rejects an id that `JSON.parse` may have rounded. It encodes to a `JsonValue`, which `stringifyJson` turns into text.
 * {@link OrdinaryTaskResponseFromText} decodes and encodes text.
 *
 * @example
 * import { OrdinaryTaskResponse } from '@task-outcome/core/wire'
 *
 * OrdinaryTaskResponse.decode({ code: 0, requestId: 6356502 })
 * // right({ code: 0, message: '', codeDesc: '', requestId: '6356502', extra: {} })
 *
 * @category codecs
 * @since 0.1.0
 */
export const OrdinaryTaskResponse: t.Type<OrdinaryTaskResponse, JsonValue> = wireCodec(
  'OrdinaryTaskResponse',
  is,
  read,
  response => jsonObject(writeMembers('withRequestId', namedMembers(response), response.extra)),
)

// -------------------------------------------------------------------------------------
// for the other modules of core
// -------------------------------------------------------------------------------------

/**
 * The fields of an ordinary response, as far as they could be read.
 *
 * @internal
 */
export interface OrdinaryReading {
  readonly fields: Fields
  /** The values of `detail` with entries. Row 14: "an object with a value that has a `code` or a `requestId`". */
  readonly detailsWithEntries: ReadonlyArray<JsonObject>
}

/**
 * Reads an ordinary response and adds issues to `issues`. Returns `undefined` if it is not an object.
 *
 * @internal
 */
export const readOrdinary = (
  value: JsonValue,
  taskIdAt: TaskIdPath,
  issues: ShapeIssue[],
): OrdinaryReading | undefined => {
  if (!isJsonObject(value)) {
    issues.push(shapeIssue(JsonPointer.root, 'an object', describeFound(value)))
    return undefined
  }
  return {
    fields: readFieldsAndId(value, taskIdAt, issues),
    detailsWithEntries: valuesOf(value, 'detail')
      .filter(isJsonObject)
      .filter(detail => detail.members.some(member => looksLikeEntry(member.value))),
  }
}

const readFieldsAndId = (object: JsonObject, taskIdAt: TaskIdPath, issues: ShapeIssue[]): Fields => {
  const name = nameInData(taskIdAt)
  if (name === undefined)
    return readFields(
      object,
      JsonPointer.root,
      taskIdAt === 'taskId' ? 'withTaskId' : 'withRequestId',
      issues,
    )
  const fields = readFields(object, JsonPointer.root, 'inCommon', issues)
  return { ...fields, taskId: readIdInData(object, JsonPointer.root, name, issues) }
}

const looksLikeEntry = (value: JsonValue): boolean =>
  isJsonObject(value) && value.members.some(({ name }) => name === 'code' || name === 'requestId')

/**
 * Builds the response from its fields. Returns `undefined` if the code or the id is invalid.
 *
 * @internal
 */
export const toOrdinaryTaskResponse = (fields: Fields): OrdinaryTaskResponse | undefined => {
  const { code, message, codeDesc, taskId } = fields
  if (code === undefined || taskId._tag === 'Invalid') return undefined
  const response = { code, message, codeDesc, extra: toExtra(fields.others) }
  return taskId._tag === 'Id' ? { ...response, requestId: taskId.id } : response
}
