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
import { storable } from '../record/storable.js'
import { findInDoubt, submissionById } from '../sql/records.js'
import { settle as settleStatement } from '../sql/submissions.js'
import { type InDoubt, Settlement, type Submission } from './Submission.js'

/**
 * There is no submission with this id, or it is not in doubt, or no longer: then `submission` is its record. Nothing was changed.
 *
 * @category model
 * @since 0.1.0
 */
export interface NotInDoubt {
  readonly _tag: 'NotInDoubt'
  readonly submission?: Submission
}

/**
 * The settlement is invalid. Nothing was changed.
 *
 * @category model
 * @since 0.1.0
 */
export interface InvalidSettlement {
  readonly _tag: 'InvalidSettlement'
  /** Says what a settlement must be. */
  readonly issue: string
}

/**
 * Finds out what a submission in doubt has started, such as by querying its resources. Return `undefined` if that is not known yet.
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
    const read = storable(Settlement, settlement)
    if (read === undefined)
      return E.left({
        _tag: 'InvalidSettlement',
        issue:
          'the settlement must be { _tag: "Started", tasks, note } or { _tag: "NotStarted", note }, with tasks that have a taskId and resourceIds',
      })
    const tasks = read.value._tag === 'Started' ? read.value.tasks : []
    const settled = await attempt(async () => {
      let isChanged = false
      // For each state in doubt, since a statement that waited for a late result does not see its tasks.
      for (const before of ['Sent', 'InDoubt']) {
        const values = [submissionId, before, read.json, taskRows(tasks), firstQueryAfterMs]
        isChanged ||= (await database.query(settleStatement, values)).length > 0
      }
      const [row] = await database.query(submissionById, [submissionId])
      return { isChanged, submission: row && readSubmission(row) }
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
