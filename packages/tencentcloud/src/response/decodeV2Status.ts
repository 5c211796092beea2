/**
 * The responses of API 2.0 to queries for the state of a task.
 *
 * @since 0.1.0
 */
import { type HttpResponse, type QueryError, type TaskStatus, lookupErrorCode } from '@task-outcome/core'
import { type DecodeReport, createQueryDecoder } from '@task-outcome/core/adapter'
import { JsonPointer, type JsonValue, toPlain, toPlainRecord } from '@task-outcome/core/json'
import {
  type Rejection,
  type ShapeIssue,
  describeFound,
  parseModuleCode,
  shapeIssue,
  taskIdNames,
} from '@task-outcome/core/wire'
import type * as E from 'fp-ts/lib/Either.js'
import type { V2QueryAction } from '../actions/Service.js'
import { readMessage } from './envelope.js'
import { isJsonObject, locate, textOf, without } from './jsonPath.js'
import { readState } from './readState.js'

/**
 * Creates the decoder of the responses to an action of API 2.0 that tells the state of a task. `Left` is an error of the query,
 * which says nothing about the task, or of the state, if it has a value that the action does not list.
 *
 * Core's `decodeStatusResponse` is the same for actions whose state is at `data.status` and 0, 1 or 2.
 *
 * Source: PROTOCOL.md, section 4.
 *
 * @example
 * import { decodeV2Status } from '@task-outcome/tencentcloud'
 * import { v2Queries } from '@task-outcome/tencentcloud/services'
 *
 * const decode = decodeV2Status(v2Queries.bm.DescriptionOperationResult)
 *
 * decode({ status: 200, body: '{"code":0,"data":{"status":1}}' }) // right: Succeeded
 * decode({ status: 200, body: '{"code":0,"data":{"status":4}}' }) // right: InProgress
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeV2Status = (
  action: V2QueryAction,
): ((response: HttpResponse) => E.Either<QueryError, TaskStatus>) =>
  createQueryDecoder({ read: root => readStatus(action, root), taskIdNames: () => taskIdNames })

const readStatus = (action: V2QueryAction, root: JsonValue): DecodeReport<TaskStatus> => {
  const shapeIssues: ShapeIssue[] = []
  if (!isJsonObject(root)) {
    shapeIssues.push(shapeIssue(JsonPointer.root, 'an object', describeFound(root)))
    return { shapeIssues }
  }
  const code = readCode(root, shapeIssues)
  const message = readMessage(root, ['message'], JsonPointer.root, shapeIssues) ?? ''
  const codeDesc = readMessage(root, ['codeDesc'], JsonPointer.root, shapeIssues) ?? ''
  if (code === undefined) return { shapeIssues }
  if (code !== 0)
    return { shapeIssues, refused: { rejection: rejection(code, message, codeDesc), taskId: undefined } }
  const described = { output: ['data', 'output'], ...action }
  const state = readState(described, root, JsonPointer.root, shapeIssues)
  const result = locate(root, ['data', 'data'], JsonPointer.root, shapeIssues)?.value ?? null
  if (state === undefined || shapeIssues.length > 0) return { shapeIssues }
  const { members } = without(state.rest, ['data', 'data'])
  const data = members.find(({ name }) => name === 'data')?.value
  return {
    outcome: {
      ...state.fields,
      message,
      codeDesc,
      ...(result === null ? {} : { data: toPlain(result) }),
      statusExtra: isJsonObject(data) ? toPlainRecord(data.members) : {},
      extra: toPlainRecord(members.filter(({ name }) => !common.includes(name))),
    },
  }
}

const common = ['code', 'message', 'codeDesc', 'data']

/** "an integer literal in the safe range, or a string that is exactly such a literal". */
const readCode = (root: Parameters<typeof locate>[0], issues: ShapeIssue[]): number | undefined => {
  const located = locate(root, ['code'], JsonPointer.root, issues)
  if (located === undefined) return undefined
  const text = textOf(located.value) ?? ''
  const code = Number(text)
  if (/^-?(?:0|[1-9][0-9]*)$/.test(text) && Number.isSafeInteger(code)) return code
  issues.push(shapeIssue(located.pointer, 'an integer in the safe range', describeFound(located.value)))
  return undefined
}

const rejection = (code: number, message: string, codeDesc: string): Rejection => {
  const { meaning, adviceForRequest: advice } = lookupErrorCode(code)
  const moduleCode = parseModuleCode(message)
  return { code, meaning, advice, message, codeDesc, ...(moduleCode === undefined ? {} : { moduleCode }) }
}
