/**
 * Settles submissions in doubt.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type Database, type StoreFailed, attempt } from '../database/Database.js'
import { isId } from '../record/isId.js'
import { readSubmission } from '../record/readRow.js'
import { taskRows } from '../record/searchable.js'
import { findInDoubt, submissionById } from '../sql/records.js'
import { settle as settleStatement } from '../sql/submissions.js'
import { type InDoubt, Settlement, type Submission } from './Submission.js'

/**
 * The submission is not in doubt (any more), or there is none with this id: nothing was changed.
 *
 * @category model
 * @since 0.1.0
 */
export interface NotInDoubt {
  readonly _tag: 'NotInDoubt'
  readonly submission?: Submission
}

/**
 * The settlement is none.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidSettlement {
  readonly _tag: 'InvalidSettlement'
  readonly issue: string
}

/**
 * Finds out what became of a submission in doubt, such as by asking for its resources. Returns `undefined` if that is not known yet.
 *
 * @category model
 * @since 0.1.0
 */
export type FindOut = (submission: InDoubt) => Promise<Settlement | undefined>

/** @internal */
export const settle =
  (database: Database, firstQueryAfterMs: number) =>
  (
    submissionId: string,
    settlement: Settlement,
  ): TE.TaskEither<StoreFailed | NotInDoubt | InvalidSettlement, Submission> =>
  async () => {
    if (!isId(submissionId)) return E.left({ _tag: 'NotInDoubt' })
    if (!Settlement.is(settlement))
      return E.left({
        _tag: 'InvalidSettlement',
        issue: 'expected { _tag: "Started", tasks, note } or { _tag: "NotStarted", note }',
      })
    const tasks = settlement._tag === 'Started' ? settlement.tasks : []
    const settled = await attempt(async () => {
      const values = [submissionId, JSON.stringify(settlement), taskRows(tasks), firstQueryAfterMs]
      const changed = await database.query(settleStatement, values)
      const [row] = await database.query(submissionById, [submissionId])
      return { isChanged: changed.length > 0, submission: row && readSubmission(row) }
    })()
    if (E.isLeft(settled)) return settled
    const { isChanged, submission } = settled.right
    if (submission === undefined) return E.left({ _tag: 'NotInDoubt' })
    return isChanged ? E.right(submission) : E.left({ _tag: 'NotInDoubt', submission })
  }

/** @internal */
export const inDoubt =
  (database: Database) =>
  (page: ReadonlyArray<unknown>): TE.TaskEither<StoreFailed, ReadonlyArray<InDoubt>> =>
    attempt(async () => (await database.query(findInDoubt, page)).map(row => readSubmission(row) as InDoubt))
