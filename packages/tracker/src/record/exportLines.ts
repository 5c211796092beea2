/**
 * Exports records as NDJSON.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Database, type Row, type StoreFailed, attempt } from '../database/Database.js'
import { findSubmissions, findTasks } from '../sql/records.js'
import { Submission } from '../submission/Submission.js'
import { readSubmission, readTask } from './readRow.js'
import { searchable } from './searchable.js'
import { TrackedTask } from './TrackedTask.js'

/**
 * A line of an export: a submission or a task, told apart by `_tag`.
 *
 * @category model
 * @since 0.1.0
 */
export type StoredRecord = Submission | TrackedTask

/**
 * The codec of a line of an export.
 *
 * @category codecs
 * @since 0.1.0
 */
export const StoredRecord: t.Type<StoredRecord> = t.union([Submission, TrackedTask], 'StoredRecord')

/** @internal */
export async function* exportLines(
  database: Database,
  account: string | undefined,
): AsyncGenerator<E.Either<StoreFailed, string>> {
  const conditions = account === undefined ? [] : (['account'] as const)
  const values = account === undefined ? [] : [searchable(account)]
  const kinds: ReadonlyArray<readonly [string, (row: Row) => StoredRecord]> = [
    [findSubmissions(conditions), readSubmission],
    [findTasks(conditions), readTask],
  ]
  for (const [statement, read] of kinds) {
    let after = '0'
    for (;;) {
      const page = await attempt(async () =>
        (await database.query(statement, [...values, after, recordsAtOnce])).map(read),
      )()
      if (E.isLeft(page)) {
        yield page
        return
      }
      for (const record of page.right) {
        after = record.id
        yield E.right(JSON.stringify(StoredRecord.encode(record)))
      }
      if (page.right.length === 0) break
    }
  }
}

const recordsAtOnce = 1000
