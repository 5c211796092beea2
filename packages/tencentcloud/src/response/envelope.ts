/**
 * The envelope of every response of API 3.0: `{"Response":{…,"RequestId":"…"}}`.
 *
 * Source: https://www.tencentcloud.com/document/product/597/35338.
 *
 * @internal
 */
import { type JsonMember, type JsonObject, JsonPointer, type JsonValue } from '@task-outcome/core/json'
import {
  type IdField,
  type Rejection,
  type ShapeIssue,
  describeFound,
  readId,
  shapeIssue,
} from '@task-outcome/core/wire'
import { lookupV3ErrorCode } from './errorCodes.js'
import { isJsonObject, locate, textOf, valuesOf } from './jsonPath.js'

export interface Envelope {
  /** The members of `Response`. */
  readonly response: JsonObject
  /** The members beside `Response`. */
  readonly others: ReadonlyArray<JsonMember>
  /** The request id, which every response has, also that to a refused request. */
  readonly requestId: IdField
  /** "The presence of the Error field indicates that the request has failed." */
  readonly refused: Rejection | undefined
}

export const responsePointer: JsonPointer.JsonPointer = /* @__PURE__ */ JsonPointer.child(
  JsonPointer.root,
  'Response',
)

/** Reads the envelope and adds issues to `issues`. Returns `undefined` if there is none, or two that differ. */
export const readEnvelope = (root: JsonValue, issues: ShapeIssue[]): Envelope | undefined => {
  if (!isJsonObject(root)) {
    issues.push(shapeIssue(JsonPointer.root, 'an object', describeFound(root)))
    return undefined
  }
  const [response, ...differing] = valuesOf(root, 'Response')
  if (differing.length > 0) return undefined
  if (!isJsonObject(response)) {
    issues.push(shapeIssue(responsePointer, 'an object', describeFound(response)))
    return undefined
  }
  const others = root.members.filter(({ name }) => name !== 'Response')
  for (const { name, value } of others) {
    const expected =
      valuesOf(response, name).length > 0
        ? 'no member that Response has too'
        : reportsFailure(name, value)
          ? 'no failure beside Response: null, or the code 0'
          : undefined
    if (expected !== undefined)
      issues.push(shapeIssue(JsonPointer.child(JsonPointer.root, name), expected, describeFound(value)))
  }
  return {
    response,
    others,
    requestId: readIdAt(response, ['RequestId'], issues),
    refused: readError(response, issues),
  }
}

/** Whether a member beside `Response` contradicts an accepted task: it has the name of an error, here or in API 2.0. */
const reportsFailure = (name: string, value: JsonValue): boolean => {
  switch (name.toLowerCase()) {
    case 'error':
      return value !== null
    case 'code':
      return value !== null && textOf(value) !== '0'
    default:
      return false
  }
}

/** Reads the id at a path below `Response`. */
export const readIdAt = (
  response: JsonObject,
  path: ReadonlyArray<string>,
  issues: ShapeIssue[],
): IdField => {
  const located = locate(response, path, responsePointer, issues)
  if (located === undefined) return { _tag: 'Invalid' }
  const id = readId(located.value ?? null)
  if (id._tag === 'Invalid') issues.push(shapeIssue(located.pointer, anId, describeFound(located.value)))
  return id
}

/** An `Error` without a `Code` is an issue, never a success. */
const readError = (response: JsonObject, issues: ShapeIssue[]): Rejection | undefined => {
  const error = locate(response, ['Error'], responsePointer, issues)?.value ?? null
  if (error === null) return undefined
  const pointer = JsonPointer.child(responsePointer, 'Error')
  if (!isJsonObject(error)) {
    issues.push(shapeIssue(pointer, 'an object', describeFound(error)))
    return undefined
  }
  const code = locate(error, ['Code'], pointer, issues)
  const message = readMessage(error, ['Message'], pointer, issues)
  if (code === undefined || message === undefined) return undefined
  if (typeof code.value !== 'string' || code.value === '') {
    issues.push(shapeIssue(code.pointer, 'a string that is not empty', describeFound(code.value)))
    return undefined
  }
  return rejection(code.value, message)
}

/** Reads a message: absent and `null` count as `''`. Returns `undefined` after an issue. */
export const readMessage = (
  object: JsonObject,
  path: ReadonlyArray<string>,
  pointer: JsonPointer.JsonPointer,
  issues: ShapeIssue[],
): string | undefined => {
  const located = locate(object, path, pointer, issues)
  if (located === undefined) return undefined
  const message = located.value ?? ''
  if (typeof message === 'string') return message
  issues.push(shapeIssue(located.pointer, 'a string', describeFound(message)))
  return undefined
}

/** Builds the rejection for a code. */
export const rejection = (code: string, message: string): Rejection => {
  const { meaning, advice } = lookupV3ErrorCode(code)
  return { code, meaning, advice, message, codeDesc: '' }
}

export const anId = 'a task id: a string or a non-negative integer'
