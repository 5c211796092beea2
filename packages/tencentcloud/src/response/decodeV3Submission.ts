/**
 * The responses of API 3.0 to submissions.
 *
 * @since 0.1.0
 */
import type {
  AcceptedEntry,
  AcceptedTask,
  BatchOutcome,
  HttpResponse,
  JsonRecord,
  ResourceId,
  SubmissionError,
  TaskId,
} from '@task-outcome/core'
import { type DecodeReport, createSubmissionDecoder } from '@task-outcome/core/adapter'
import { type JsonObject, JsonPointer, type JsonValue, toPlainRecord } from '@task-outcome/core/json'
import { type Rejection, type ShapeIssue, describeFound, shapeIssue } from '@task-outcome/core/wire'
import type * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import type { ResultCode, TaskNaming } from '../actions/Service.js'
import { type Envelope, readEnvelope, readIdAt, readMessage, rejection, responsePointer } from './envelope.js'
import { locate, textOf, without } from './jsonPath.js'
import { namesFor } from './taskIdNames.js'

/**
 * Creates the decoder of the responses to an action of API 3.0 that starts one task. The outcomes and errors are those of API
 * 2.0: what each means is in the documentation of core's `decodeOrdinaryResponse`.
 *
 * - `AcceptedTask`: `extra` has the other members of `Response`, such as the `RequestId` if it is not the task.
 * - `Rejected`: the response has an `Error`, or a result code that reports a failure. `code` is text, such as
 *   `RequestLimitExceeded.UinLimitExceeded`; the advice is that of {@link lookupV3ErrorCode}. The `RequestId` of a refused
 *   request is no task. `DryRunOperation` is a `Rejected` with the advice `never`: nothing was started.
 * - `ContractViolation`: neither an `Error` nor a task id.
 * - `ShapeError`: no `Response`, or a member of another type.
 *
 * For `RequestIdPerResource`, use {@link decodeV3Batch}, unless the request names one resource.
 *
 * Source: docs/reference/API3.md.
 *
 * @param naming - how the response names its task: `task` of a {@link SubmitAction}
 *
 * @example
 * import { decodeV3Submission } from '@task-outcome/tencentcloud'
 *
 * const decode = decodeV3Submission({ _tag: 'Member', path: ['TaskId'] })
 *
 * decode({ status: 200, body: '{"Response":{"TaskId":9007199254740993123,"RequestId":"r-1"}}' })
 * // right: taskId '9007199254740993123', extra: { RequestId: 'r-1' }
 *
 * decode({ status: 200, body: '{"Response":{"Error":{"Code":"InternalError","Message":""},"RequestId":"r-2"}}' })
 * // left: Rejected, code 'InternalError', advice 'later'
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeV3Submission = (
  naming: TaskNaming,
): ((response: HttpResponse) => E.Either<SubmissionError, AcceptedTask>) =>
  createSubmissionDecoder({
    read: readTask(naming, (taskId, extra) => ({
      outcome: { _tag: 'AcceptedTask', taskId, message: '', codeDesc: '', extra },
    })),
    taskIdNames: namesFor(naming),
    hasTask,
  })

/**
 * Creates the decoder of the responses to an action of API 3.0 that names many resources. API 3.0 accepts or refuses all of them:
 * the outcome is `AllAccepted`, with an entry for each resource and the id of the task in each, or the error is a `Rejected`.
 *
 * With `RequestIdPerResource` the same `RequestId` and each resource together name a task: query each entry with
 * {@link decodeV3Statuses}. With `Member` or `RequestId` all resources share one task.
 *
 * @param naming - how the response names its task: `task` of a {@link SubmitAction}
 * @param resourceIds - the resources of the request, at least one; duplicates count once
 *
 * @example
 * import { decodeV3Batch } from '@task-outcome/tencentcloud'
 *
 * const decode = decodeV3Batch({ _tag: 'RequestIdPerResource', parameter: 'InstanceIds' }, ['ins-1', 'ins-2'])
 *
 * decode({ status: 200, body: '{"Response":{"RequestId":"r-1"}}' })
 * // right: AllAccepted, with taskId 'r-1' for ins-1 and ins-2
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeV3Batch = (
  naming: TaskNaming,
  resourceIds: ReadonlyArray<string>,
): ((response: HttpResponse) => E.Either<SubmissionError, BatchOutcome>) => {
  const distinct = [...new Set(resourceIds as ReadonlyArray<ResourceId>)]
  return createSubmissionDecoder({
    read: readTask(naming, (taskId, extra) => {
      const accepted = distinct.map((resourceId, position): AcceptedEntry => ({
        _tag: 'AcceptedEntry',
        position,
        resourceId,
        taskId,
        message: '',
        codeDesc: '',
        extra: {},
      }))
      return isNonEmpty(accepted)
        ? { outcome: { _tag: 'AllAccepted', accepted, message: '', codeDesc: '', extra } }
        : {
            shapeIssues: [
              shapeIssue(JsonPointer.root, 'a response to a request that names resources', 'no resource'),
            ],
          }
    }),
    taskIdNames: namesFor(naming),
    hasTask,
  })
}

/** Whether an id is in the envelope: a gateway can add ids of its own. */
const hasTask = ({ recovered }: SubmissionError): boolean =>
  recovered.some(({ path }) => path?.startsWith(`${responsePointer}/`))

/** Reads the task of a response and builds its outcome. */
const readTask =
  <Outcome>(
    naming: TaskNaming,
    accept: (taskId: TaskId, extra: JsonRecord) => DecodeReport<Outcome>,
  ): ((root: JsonValue) => DecodeReport<Outcome>) =>
  root => {
    const shapeIssues: ShapeIssue[] = []
    const envelope = readEnvelope(root, shapeIssues)
    if (envelope === undefined) return { shapeIssues }
    const member = naming._tag === 'Member' ? naming : undefined
    const path = member?.path ?? ['RequestId']
    const id = member === undefined ? envelope.requestId : readIdAt(envelope.response, path, shapeIssues)
    const refused =
      envelope.refused ??
      (member?.resultCode && readResultCode(envelope.response, member.resultCode, shapeIssues))
    if (refused !== undefined) {
      // The `RequestId` of a refused request is no task.
      const taskId = member !== undefined && id._tag === 'Id' ? id.id : undefined
      return { shapeIssues, refused: { rejection: refused, taskId } }
    }
    if (shapeIssues.length > 0 || id._tag === 'Invalid') return { shapeIssues }
    if (id._tag === 'Absent')
      return {
        contractIssues: [{ _tag: 'MissingTaskId', path: path.reduce(JsonPointer.child, responsePointer) }],
      }
    return accept(id.id, extraOf(envelope, path))
  }

/** Reads a code beside the id. Returns a rejection if it reports a failure, and adds an issue if it can't be read. */
const readResultCode = (
  response: JsonObject,
  { path, accepted, message: messagePath }: ResultCode,
  issues: ShapeIssue[],
): Rejection | undefined => {
  const located = locate(response, path, responsePointer, issues)
  if (located === undefined) return undefined
  const code = textOf(located.value)
  if (code === undefined || code === '') {
    issues.push(shapeIssue(located.pointer, 'a code: a string or a number', describeFound(located.value)))
    return undefined
  }
  if (accepted.includes(code)) return undefined
  const message = messagePath === undefined ? '' : readMessage(response, messagePath, responsePointer, issues)
  return rejection(code, message ?? '')
}

const extraOf = ({ response, others }: Envelope, path: ReadonlyArray<string>): JsonRecord =>
  toPlainRecord([...others, ...without(response, path).members])
