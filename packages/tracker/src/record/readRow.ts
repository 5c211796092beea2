/**
 * Reads rows of the database.
 *
 * @internal
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { Row } from '../database/Database.js'
import { Submission } from '../submission/Submission.js'
import { TrackedTask } from './TrackedTask.js'

/** Reads a submission. Throws if the row is invalid, which only another program can have written. */
export const readSubmission = (row: Row): Submission =>
  decode(Submission, {
    _tag: row.state,
    id: row.id,
    account: row.account,
    key: row.key,
    action: row.action,
    resourceIds: json(row.resource_ids),
    intendedAtMs: row.intended_at,
    ...present({
      sentAtMs: row.sent_at,
      answeredAtMs: row.answered_at,
      result: json(row.result),
      settledAtMs: row.settled_at,
      settlement: json(row.settlement),
      traceparent: row.traceparent,
    }),
  })

/** Reads a task. Throws if the row is invalid. */
export const readTask = (row: Row): TrackedTask =>
  decode(TrackedTask, {
    _tag: row.state,
    id: row.id,
    submissionId: row.submission,
    account: row.account,
    action: row.action,
    ...(json(row.task) as object),
    acceptedAtMs: row.accepted_at,
    ...present({ endedAtMs: row.ended_at, ending: json(row.ending), traceparent: row.traceparent }),
  })

/** Parses a column of JSON. Returns `null` if it is empty. */
export const json = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : null)

/** Leaves out empty columns. */
const present = (values: Row): Row =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

export const decode = <A>(codec: t.Type<A>, value: unknown): A => {
  const decoded = codec.decode(value)
  if (E.isLeft(decoded)) throw new TypeError(`a row in the schema task_outcome is not a valid ${codec.name}`)
  return decoded.right
}
