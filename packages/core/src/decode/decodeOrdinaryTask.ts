/**
 * The body of an ordinary answer → what became of its task.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { ContractFault } from '../error/ContractFault.js'
import type { SubmissionError } from '../error/TaskError.js'
import { type JsonDocument, readJsonDocument } from '../json/JsonDocument.js'
import type { JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import { readEntries } from '../wire/BatchTaskResponse.js'
import { toExtra } from '../wire/fields.js'
import { cleanTask } from './cleanAnswer.js'
import { readOrdinary } from '../wire/OrdinaryTaskResponse.js'
import type { ShapeFault } from '../wire/ShapeFault.js'
import { type TaskIdPlace, pathOf } from '../wire/TaskIdPlace.js'
import { type NotAny, ifReadable } from './body.js'
import { conclude, malformedJson } from './conclude.js'
import { judgeEntries } from './entries.js'
import { withExtra } from './extra.js'
import type { OrdinaryDecodeOptions } from './OrdinaryDecodeOptions.js'
import { verdictOf } from './verdict.js'

/**
 * Decodes the body of an ordinary answer: a text, or its bytes.
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
 * The same, with a codec for the fields that the format does not name, or with another place of the task's id. Where the
 * codec fails on an accepted task, the result is a `ShapeError` with the id in `recovered`.
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
export const decodeOrdinaryTaskWith =
  <Extra = JsonRecord>(
    reading: OrdinaryDecodeOptions<Extra>,
  ): (<Body extends string | Uint8Array>(
    body: NotAny<Body>,
  ) => E.Either<SubmissionError, AcceptedTask<Extra>>) =>
  body =>
    ifReadable(body, readable =>
      pipe(decodeOrdinaryTaskAt(reading.taskIdAt)(readable), E.chain(withExtra(reading.extra, readable))),
    )

/** @internal */
export const decodeOrdinaryTaskAt =
  (taskIdAt: TaskIdPlace = 'requestId') =>
  (body: string | Uint8Array): E.Either<SubmissionError, AcceptedTask> => {
    const clean = taskIdAt === 'requestId' ? cleanTask(body) : undefined
    return clean === undefined ? decodeWithCare(taskIdAt)(body) : E.right(clean)
  }

/**
 * What `decodeOrdinaryTask` gives, whatever the body.
 *
 * @internal
 */
export const decodeWithCare =
  (taskIdAt: TaskIdPlace) =>
  (body: string | Uint8Array): E.Either<SubmissionError, AcceptedTask> =>
    pipe(readJsonDocument(body), E.mapLeft(malformedJson), E.chainW(judge(taskIdAt)))

const judge =
  (taskIdAt: TaskIdPlace) =>
  (document: JsonDocument): E.Either<SubmissionError, AcceptedTask> => {
    const shapeFaults: ShapeFault[] = []
    const reading = readOrdinary(document.root, taskIdAt, shapeFaults)
    if (reading === undefined) return conclude(document, { shapeFaults })
    const { fields, detailsWithEntries } = reading
    const verdict = verdictOf('request', fields)
    if (detailsWithEntries.length > 0) {
      // Row 14: "ordinary asked for and `detail` has entries".
      const { entries } = judgeEntries(detailsWithEntries.flatMap(detail => readEntries(detail, [])))
      const found = { shapeFaults, contractFaults: [otherFormat], entries }
      return conclude(document, verdict._tag === 'Refused' ? { ...found, refused: verdict } : found)
    }
    switch (verdict._tag) {
      case 'Accepted': // Row 1.
        return conclude(document, {
          shapeFaults,
          outcome: {
            _tag: 'AcceptedTask',
            taskId: verdict.taskId,
            message: fields.message,
            codeDesc: fields.codeDesc,
            extra: toExtra(fields.others),
          },
        })
      case 'Refused': // Row 2.
        return conclude(document, { shapeFaults, refused: verdict })
      case 'IdMissing': // Row 3.
        return conclude(document, {
          shapeFaults,
          contractFaults: [{ _tag: 'MissingTaskId', path: pathOf(taskIdAt) }],
        })
      case 'Unclear':
        return conclude(document, { shapeFaults })
    }
  }

const otherFormat: ContractFault = { _tag: 'OtherFormat', asked: 'ordinary', answered: 'batch' }
