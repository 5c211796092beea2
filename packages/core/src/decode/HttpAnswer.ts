/**
 * An HTTP answer → what became of the task or the batch.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { partition } from 'fp-ts/lib/ReadonlyArray.js'
import type * as t from 'io-ts'
import type { ContractFault } from '../error/ContractFault.js'
import type { HttpStatusError, OtherFault, TaskError } from '../error/TaskError.js'
import type { JsonRecord } from '../json/Json.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import { type BatchEntry, type BatchOutcome, entries } from '../outcome/BatchOutcome.js'
import type { BatchExtraCodecs } from './BatchExtraCodecs.js'
import { showStart } from '../json/utf8.js'
import { decodeBatchTask } from './decodeBatchTask.js'
import { decodeOrdinaryTask } from './decodeOrdinaryTask.js'
import { withExtra, withExtras } from './extra.js'
import { recoverFromBody } from './recovered.js'

/**
 * What a client has to hand over of an HTTP answer. The content type is not consulted.
 *
 * @category model
 * @since 0.1.0
 */
export interface HttpAnswer {
  readonly status: number
  /** The body as it came, decompressed: its bytes, or its text if the client has only that. */
  readonly body: Uint8Array | string
  /** The origin that the `Location` header of a redirect points to. */
  readonly redirectOrigin?: string
}

/**
 * Decodes an HTTP answer to an ordinary submission.
 *
 * Beside the results of `decodeOrdinaryTask`: a `Rejected` has the status where that is not 2xx; an accepted task under
 * such a status is a `ContractViolation`; any other body under it is an `HttpStatusError`.
 *
 * Source: PROTOCOL.md, section 3, rows 15–17.
 *
 * @example
 * import { decodeOrdinaryAnswer } from '@task-outcome/core'
 *
 * decodeOrdinaryAnswer({ status: 502, body: '<html>Bad Gateway</html>' }) // left: HttpStatusError
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeOrdinaryAnswer = (answer: HttpAnswer): E.Either<TaskError, AcceptedTask> =>
  pipe(
    decodeOrdinaryTask(answer.body),
    underStatus(answer, () => []),
  )

/**
 * Decodes an HTTP answer to a batch submission. See {@link decodeOrdinaryAnswer}: rows 15–17 hold for batches, too.
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeBatchAnswer = (answer: HttpAnswer): E.Either<TaskError, BatchOutcome> =>
  pipe(decodeBatchTask(answer.body), underStatus(answer, entries))

/**
 * {@link decodeOrdinaryAnswer} with a codec for the fields that the format does not name.
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeOrdinaryAnswerWith =
  <Extra>(
    extra: t.Decoder<unknown, Extra>,
  ): ((answer: HttpAnswer) => E.Either<TaskError, AcceptedTask<Extra>>) =>
  answer =>
    pipe(decodeOrdinaryAnswer(answer), E.chain(withExtra(extra, answer.body)))

/**
 * {@link decodeBatchAnswer} with codecs for the fields that the format does not name.
 *
 * @category decoding
 * @since 0.1.0
 */
export const decodeBatchAnswerWith =
  <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
    extras: BatchExtraCodecs<ResponseExtra, EntryExtra>,
  ): ((answer: HttpAnswer) => E.Either<TaskError, BatchOutcome<ResponseExtra, EntryExtra>>) =>
  answer =>
    pipe(decodeBatchAnswer(answer), E.chain(withExtras(extras, answer.body)))

/** What the body says, seen together with the status. */
const underStatus =
  <Outcome>(answer: HttpAnswer, entriesOf: (outcome: Outcome) => ReadonlyArray<BatchEntry>) =>
  (decoded: E.Either<TaskError, Outcome>): E.Either<TaskError, Outcome> => {
    const { status } = answer
    if (status >= 200 && status < 300) return decoded
    // Row 16: "body has an accepted task, or gives row 6".
    if (E.isRight(decoded))
      return E.left({
        _tag: 'ContractViolation',
        faults: [statusContradiction(status)],
        alsoFound: [],
        entries: entriesOf(decoded.right),
        recovered: recoverFromBody(answer.body),
      })
    const error = decoded.left
    switch (error._tag) {
      case 'Rejected': // Row 15.
        return E.left({ ...error, httpStatus: status })
      case 'ContractViolation': // Row 16 again: "with the status and the entries".
        if (hasAcceptedTask(error))
          return E.left({ ...error, faults: [statusContradiction(status), ...error.faults] })
        return E.left(httpStatusError(answer, error))
      case 'ShapeError':
        if (hasAcceptedTask(error)) {
          const { left: others, right: contractFaults } = partition(isContractFault)(error.alsoFound)
          return E.left({
            _tag: 'ContractViolation',
            faults: [statusContradiction(status), ...contractFaults],
            alsoFound: [...error.faults, ...others],
            entries: [],
            recovered: error.recovered,
          })
        }
        return E.left(httpStatusError(answer, error))
      default: // Row 17.
        return E.left(httpStatusError(answer, error))
    }
  }

const hasAcceptedTask = ({ recovered }: TaskError): boolean => recovered.some(({ code }) => code === 0)

const statusContradiction = (httpStatus: number): ContractFault => ({
  _tag: 'StatusContradiction',
  httpStatus,
})

const isContractFault = (fault: OtherFault): fault is ContractFault =>
  fault._tag !== 'ShapeFault' && fault._tag !== 'Rejection'

/** Row 17: "status, first KiB of the body". */
const httpStatusError = (answer: HttpAnswer, { recovered }: TaskError): HttpStatusError => ({
  _tag: 'HttpStatusError',
  httpStatus: answer.status,
  bodyStart: showStart(answer.body, 1024),
  ...(answer.redirectOrigin === undefined ? {} : { redirectOrigin: answer.redirectOrigin }),
  recovered,
})
