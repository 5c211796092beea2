/**
 * The body of an ordinary response → its task.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { ContractIssue } from '../error/ContractIssue.js'
import type { SubmissionError } from '../error/TaskError.js'
import { type JsonDocument, readJsonDocument } from '../json/JsonDocument.js'
import type { JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import { readEntries } from '../wire/BatchTaskResponse.js'
import { toExtra } from '../wire/fields.js'
import { fastDecodeOrdinary } from '../fast-path/fastDecode.js'
import { readOrdinary } from '../wire/OrdinaryTaskResponse.js'
import type { ShapeIssue } from '../wire/ShapeIssue.js'
import { type TaskIdPath, pathOf } from '../wire/TaskIdPath.js'
import { type NotAny, ifReadable } from './body.js'
import { toResult, malformedJson } from './toResult.js'
import { judgeEntries } from './entries.js'
import { decodeTaskExtra } from './extra.js'
import type { OrdinaryDecodeOptions } from './OrdinaryDecodeOptions.js'
import { classify } from './classification.js'
import { decoderWith, readOrdinaryOptions } from './readOptions.js'

/**
 * Decodes the body of an ordinary response, as text or bytes.
 *
 * `Right`: the task was accepted. `Left`: `Rejected`, `ContractViolation`, `ShapeError` or `MalformedJson`. It never
 * throws, and every task id in the body is in the `Right` or in `recovered`.
 *
 * Source: PROTOCOL.md, section 3, rows 1–3 and 11–14.
 *
 * @example
 * import { decodeOrdinaryTask } from '@task-outcome/core'
 *
 * decodeOrdinaryTask('{"code":0,"message":"","requestId":6356502}') // right: taskId '6356502'
 * decodeOrdinaryTask('{"code":4400,"message":"too fast"}') // left: Rejected, advice 'later'
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeOrdinaryTask = <Body extends string | Uint8Array>(
  body: NotAny<Body>,
): E.Either<SubmissionError, AcceptedTask> => ifReadable(body, decodeOrdinaryTaskAt('requestId'))

/**
 * {@link decodeOrdinaryTask} with a codec for the extra fields, or with another place of the task id. If the codec fails on an
 * accepted task, the result is a `ShapeError` with the id in `recovered`.
 *
 * @example
 * import * as t from 'io-ts'
 * import { decodeOrdinaryTaskWith } from '@task-outcome/core'
 *
 * const decodeListener = decodeOrdinaryTaskWith({ extra: t.type({ listenerIds: t.array(t.string) }) })
 *
 * decodeListener('{"code":0,"requestId":28557,"listenerIds":["lbl-hox8i4q0"]}') // right: extra.listenerIds is string[]
 *
 * const decodeFlow = decodeOrdinaryTaskWith({ taskIdAt: 'data.flowId' })
 *
 * decodeFlow('{"code":0,"data":{"flowId":17}}') // right: taskId '17'
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeOrdinaryTaskWith = <Extra = JsonRecord>(
  options: OrdinaryDecodeOptions<Extra>,
): (<Body extends string | Uint8Array>(
  body: NotAny<Body>,
) => E.Either<SubmissionError, AcceptedTask<Extra>>) => {
  const decode = decoderWith(readOrdinaryOptions(options), ({ extra, taskIdAt }) => {
    const decodeTask = decodeOrdinaryTaskAt(taskIdAt)
    return body => pipe(decodeTask(body), E.chain(decodeTaskExtra(extra, body)))
  })
  return body => ifReadable(body, decode)
}

/** @internal */
export const decodeOrdinaryTaskAt =
  (taskIdAt: TaskIdPath = 'requestId') =>
  (body: string | Uint8Array): E.Either<SubmissionError, AcceptedTask> => {
    const fast = taskIdAt === 'requestId' ? fastDecodeOrdinary(body) : undefined
    return fast ?? decodeStrict(taskIdAt)(body)
  }

/**
 * Decodes every body as `decodeOrdinaryTask` does, without the fast path.
 *
 * @internal
 */
export const decodeStrict =
  (taskIdAt: TaskIdPath) =>
  (body: string | Uint8Array): E.Either<SubmissionError, AcceptedTask> =>
    pipe(readJsonDocument(body), E.mapLeft(malformedJson), E.chainW(judge(taskIdAt)))

const judge =
  (taskIdAt: TaskIdPath) =>
  (document: JsonDocument): E.Either<SubmissionError, AcceptedTask> => {
    const shapeIssues: ShapeIssue[] = []
    const reading = readOrdinary(document.root, taskIdAt, shapeIssues)
    if (reading === undefined) return toResult(document, { shapeIssues })
    const { fields, detailsWithEntries } = reading
    const classification = classify('request', fields)
    if (detailsWithEntries.length > 0) {
      // Row 14: "ordinary requested and `detail` has entries".
      const { entries } = judgeEntries(detailsWithEntries.flatMap(detail => readEntries(detail, [])))
      const found = { shapeIssues, contractIssues: [formatMismatch], entries }
      return toResult(
        document,
        classification._tag === 'Refused' ? { ...found, refused: classification } : found,
      )
    }
    switch (classification._tag) {
      case 'Accepted': // Row 1.
        return toResult(document, {
          shapeIssues,
          outcome: {
            _tag: 'AcceptedTask',
            taskId: classification.taskId,
            message: fields.message,
            codeDesc: fields.codeDesc,
            extra: toExtra(fields.others),
          },
        })
      case 'Refused': // Row 2.
        return toResult(document, { shapeIssues, refused: classification })
      case 'IdMissing': // Row 3.
        return toResult(document, {
          shapeIssues,
          contractIssues: [{ _tag: 'MissingTaskId', path: pathOf(taskIdAt) }],
        })
      case 'Invalid':
        return toResult(document, { shapeIssues })
    }
  }

const formatMismatch: ContractIssue = { _tag: 'FormatMismatch', requested: 'ordinary', received: 'batch' }
