/**
 * Turns what was found in a body into its result.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import { type ReadonlyNonEmptyArray, map } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { ContractIssue } from '../error/ContractIssue.js'
import type { MalformedJson, Issue, ShapeError, SubmissionError } from '../error/TaskError.js'
import type { JsonDocument, MalformedDocument } from '../json/JsonDocument.js'
import { root } from '../json/JsonPointer.js'
import { makeSharingToPlain } from '../json/JsonValue.js'
import type { BatchEntry } from '../outcome/BatchOutcome.js'
import type { RecoveredTask } from '../wire/RecoveredTask.js'
import { recoverFromDocument, recoverFromText } from '../wire/recoverFromText.js'
import type { Rejection } from '../wire/Rejection.js'
import { type ShapeIssue, shapeIssue } from '../wire/ShapeIssue.js'
import type { TaskId } from '../wire/TaskId.js'

/** Row 12: not JSON. */
export const malformedJson = (
  { position, expected, found, text }: MalformedDocument,
  idNames?: ReadonlySet<string>,
): MalformedJson => ({
  _tag: 'MalformedJson',
  ...position,
  expected,
  found,
  recovered: recoverFromText(text, idNames),
})

/**
 * What the JSON of a body says: an outcome or a rejection, and every issue.
 *
 * @category model
 * @since 0.1.0
 */
export interface DecodeReport<Outcome> {
  /** The outcome, unless an issue prevents it. */
  readonly outcome?: Outcome
  /** The rejection, if the API rejected the request as a whole. */
  readonly refused?: { readonly rejection: Rejection; readonly taskId: TaskId | undefined }
  readonly shapeIssues?: ReadonlyArray<ShapeIssue>
  readonly contractIssues?: ReadonlyArray<ContractIssue>
  /** The entries of a batch that could be classified. */
  readonly entries?: ReadonlyArray<BatchEntry>
}

/**
 * "If several rows apply: `MalformedJson` before `ShapeError` before `ContractViolation` before `Rejected`. The
 * error lists the issues of all kinds that were found." Only a body without issues becomes an outcome.
 */
export const toResult = <Outcome>(
  document: JsonDocument,
  found: DecodeReport<Outcome>,
  idNames?: ReadonlySet<string>,
): E.Either<SubmissionError, Outcome> => {
  const { outcome, refused, entries, ...issuesOf } = { ...nothing, ...found }
  const shapeIssues = [...nestingIssues(document), ...issuesOf.shapeIssues]
  const contractIssues = [...duplicateMembers(document), ...issuesOf.contractIssues]
  const rejections = refused === undefined ? [] : [{ _tag: 'Rejection' as const, ...refused.rejection }]
  const recovered = (): ReadonlyArray<RecoveredTask> => recoverFromDocument(document, idNames)

  if (isNonEmpty(shapeIssues))
    return E.left(shapeError(shapeIssues, recovered(), [...contractIssues, ...rejections]))
  if (isNonEmpty(contractIssues)) {
    const issues = contractIssues
    return E.left({
      _tag: 'ContractViolation',
      issues,
      alsoFound: rejections,
      entries,
      recovered: recovered(),
    })
  }
  if (refused !== undefined) {
    const taskId = refused.taskId === undefined ? {} : { taskId: refused.taskId }
    return E.left({ _tag: 'Rejected', ...refused.rejection, ...taskId, recovered: recovered() })
  }
  return outcome === undefined ? E.left(shapeError([noResponse], recovered())) : E.right(outcome)
}

/** Has every member, so that none is inherited from a polluted `Object.prototype`. */
const nothing = {
  outcome: undefined,
  refused: undefined,
  shapeIssues: [],
  contractIssues: [],
  entries: [],
}

/** Row 11. */
export const shapeError = (
  issues: ReadonlyNonEmptyArray<ShapeIssue>,
  recovered: ReadonlyArray<RecoveredTask>,
  alsoFound: ReadonlyArray<Issue> = [],
): ShapeError => ({ _tag: 'ShapeError', issues, alsoFound, recovered })

/** A safeguard: a body without an outcome is never a success, even if no issue was found. */
const noResponse = shapeIssue(root, 'a response in a known format', 'another one')

/** Row 11: "Nesting deeper than 512 is a `ShapeError`." */
const nestingIssues = ({ tooDeepAt }: JsonDocument): ReadonlyArray<ShapeIssue> =>
  tooDeepAt === undefined
    ? []
    : [shapeIssue(tooDeepAt, 'at most 512 levels of nesting', 'an array or an object nested deeper')]

/** Row 13: "a duplicate member with different values, anywhere". */
const duplicateMembers = ({ repeated }: JsonDocument): ReadonlyArray<ContractIssue> => {
  // Duplicates can nest 512 levels deep. Converted again for each level, the innermost would exhaust the memory.
  const toPlain = makeSharingToPlain()
  return repeated.map(({ path, values }) => ({ _tag: 'DuplicateMember', path, values: map(toPlain)(values) }))
}
