/**
 * From what was found in a body to its one result.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import { type ReadonlyNonEmptyArray, map } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { ContractFault } from '../error/ContractFault.js'
import type { MalformedJson, OtherFault, ShapeError, SubmissionError } from '../error/TaskError.js'
import type { JsonDocument, MalformedDocument } from '../json/JsonDocument.js'
import { root } from '../json/JsonPointer.js'
import { makeSharingToPlain } from '../json/JsonValue.js'
import type { BatchEntry } from '../outcome/BatchOutcome.js'
import { type RecoveredTask, recoverTasks } from '../wire/RecoveredTask.js'
import { recoverFromText } from '../wire/recoverFromText.js'
import { type ShapeFault, shapeFault } from '../wire/ShapeFault.js'
import type { Refused } from './verdict.js'

/** Row 12: not JSON. */
export const malformedJson = ({ position, expected, found, text }: MalformedDocument): MalformedJson => ({
  _tag: 'MalformedJson',
  ...position,
  expected,
  found,
  recovered: recoverFromText(text),
})

/** What was found in a body that is JSON. */
export interface Findings<Outcome> {
  /** The outcome, if no fault stands in its way. */
  readonly outcome?: Outcome
  /** The API refused the request as a whole. */
  readonly refused?: Refused
  readonly shapeFaults?: ReadonlyArray<ShapeFault>
  readonly contractFaults?: ReadonlyArray<ContractFault>
  /** The entries of a batch that could be judged. */
  readonly entries?: ReadonlyArray<BatchEntry>
}

/**
 * "Where several rows fit: `MalformedJson` before `ShapeError` before `ContractViolation` before `Rejected`, and the
 * error lists the faults of all kinds that were found." Only a body without any is an outcome.
 */
export const conclude = <Outcome>(
  document: JsonDocument,
  found: Findings<Outcome>,
): E.Either<SubmissionError, Outcome> => {
  const shapeFaults = [...nestingFaults(document), ...(found.shapeFaults ?? [])]
  const contractFaults = [...repeatFaults(document), ...(found.contractFaults ?? [])]
  const { refused, entries = [], outcome } = found
  const rejections = refused === undefined ? [] : [{ _tag: 'Rejection' as const, ...refused.rejection }]
  const recovered = (): ReadonlyArray<RecoveredTask> => recoverTasks(document.root)

  if (isNonEmpty(shapeFaults))
    return E.left(shapeError(shapeFaults, recovered(), [...contractFaults, ...rejections]))
  if (isNonEmpty(contractFaults)) {
    const faults = contractFaults
    return E.left({
      _tag: 'ContractViolation',
      faults,
      alsoFound: rejections,
      entries,
      recovered: recovered(),
    })
  }
  if (refused !== undefined) {
    const taskId = refused.taskId === undefined ? {} : { taskId: refused.taskId }
    return E.left({ _tag: 'Rejected', ...refused.rejection, ...taskId, recovered: recovered() })
  }
  return outcome === undefined ? E.left(shapeError([noAnswer], recovered())) : E.right(outcome)
}

/** Row 11. */
export const shapeError = (
  faults: ReadonlyNonEmptyArray<ShapeFault>,
  recovered: ReadonlyArray<RecoveredTask>,
  alsoFound: ReadonlyArray<OtherFault> = [],
): ShapeError => ({ _tag: 'ShapeError', faults, alsoFound, recovered })

/** Whatever else may go wrong: a body is never taken for a success because no fault was noted. */
const noAnswer = shapeFault(root, 'an answer', 'none that can be judged')

/** Row 11: "Nesting deeper than 512 is a `ShapeError`." */
const nestingFaults = ({ tooDeepAt }: JsonDocument): ReadonlyArray<ShapeFault> =>
  tooDeepAt === undefined
    ? []
    : [shapeFault(tooDeepAt, 'nesting no deeper than 512', 'a list or an object nested deeper')]

/** Row 13: "a member name twice with different values, anywhere". */
const repeatFaults = ({ repeated }: JsonDocument): ReadonlyArray<ContractFault> => {
  // Repeats can stand within repeats, 512 deep: made plain again and again, the innermost would fill the memory.
  const toPlain = makeSharingToPlain()
  return repeated.map(({ path, values }) => ({ _tag: 'RepeatedMember', path, values: map(toPlain)(values) }))
}
