/**
 * Statements that read what is stored, and the one that deletes it.
 *
 * @internal
 */
import { inMs, isInDoubt, stateOf } from './expressions.js'

/** Of `s`. */
const submissionColumns = `
  s.id::text,
  s.account,
  s.key,
  s.action,
  array_to_json(s.resource_ids)::text AS resource_ids,
  ${stateOf('s')} AS state,
  ${inMs('s.intended_at')} AS intended_at,
  ${inMs('s.sent_at')} AS sent_at,
  ${inMs('s.answered_at')} AS answered_at,
  ${inMs('s.settled_at')} AS settled_at,
  s.result::text,
  s.settlement::text,
  s.traceparent`

/** Of `t`. */
export const taskColumns = `
  t.id::text,
  t.submission::text,
  t.account,
  t.action,
  t.state,
  t.task::text,
  ${inMs('t.accepted_at')} AS accepted_at,
  ${inMs('t.ended_at')} AS ended_at,
  t.ending::text,
  t.traceparent`

export const submissionByKey = `
  SELECT ${submissionColumns} FROM task_outcome.submissions s WHERE s.account = $1::text AND s.key = $2::text`

export const submissionById = `SELECT ${submissionColumns} FROM task_outcome.submissions s WHERE s.id = $1::bigint`

/** Beside what it looks for, every statement takes: after which id, how many. */
const page = (conditions: ReadonlyArray<string>, of: string, after: number): string => `
  WHERE ${[...conditions, `${of}.id > $${after}::bigint`].join(' AND ')}
  ORDER BY ${of}.id
  LIMIT $${after + 1}::integer`

export type Condition =
  'account' | 'key' | 'action' | 'resourceId' | 'taskId' | 'state' | 'sinceMs' | 'untilMs'

const submissionConditions: Readonly<Record<Condition, (parameter: string) => string>> = {
  account: value => `s.account = ${value}::text`,
  key: value => `s.key = ${value}::text`,
  action: value => `s.action = ${value}::text`,
  resourceId: value => `s.resource_ids @> ARRAY[${value}::text]`,
  taskId: value => `s.id IN (SELECT submission FROM task_outcome.tasks WHERE task_id = ${value}::text)`,
  state: value => `${stateOf('s')} = ${value}::text`,
  sinceMs: value => `s.intended_at >= to_timestamp(${value}::float8 / 1000)`,
  untilMs: value => `s.intended_at < to_timestamp(${value}::float8 / 1000)`,
}

const taskConditions: Readonly<Record<Condition, (parameter: string) => string>> = {
  account: value => `t.account = ${value}::text`,
  key: value => `t.submission IN (SELECT id FROM task_outcome.submissions WHERE key = ${value}::text)`,
  action: value => `t.action = ${value}::text`,
  resourceId: value => `t.resource_ids @> ARRAY[${value}::text]`,
  taskId: value => `t.task_id = ${value}::text`,
  state: value => `t.state = ${value}::text`,
  sinceMs: value => `t.accepted_at >= to_timestamp(${value}::float8 / 1000)`,
  untilMs: value => `t.accepted_at < to_timestamp(${value}::float8 / 1000)`,
}

/** The conditions, in the order of their values. */
export const findSubmissions = (conditions: ReadonlyArray<Condition>): string => `
  SELECT ${submissionColumns} FROM task_outcome.submissions s
  ${page(
    conditions.map((name, index) => submissionConditions[name](`$${index + 1}`)),
    's',
    conditions.length + 1,
  )}`

export const findTasks = (conditions: ReadonlyArray<Condition>): string => `
  SELECT ${taskColumns} FROM task_outcome.tasks t
  ${page(
    conditions.map((name, index) => taskConditions[name](`$${index + 1}`)),
    't',
    conditions.length + 1,
  )}`

/** account, or null for all; after which id, how many. The first condition is that of the index. */
export const findInDoubt = `
  SELECT ${submissionColumns} FROM task_outcome.submissions s
  WHERE s.state IN ('Intended', 'Sent', 'InDoubt')
    AND ${isInDoubt('s')}
    AND ($1::text IS NULL OR s.account = $1::text)
    AND s.id > $2::bigint
  ORDER BY s.id
  LIMIT $3::integer`

/** account, or null for all. */
export const countAll = `
  SELECT 'submissions' AS kind, ${stateOf('s')} AS state, count(*)::float8 AS number
  FROM task_outcome.submissions s
  WHERE $1::text IS NULL OR account = $1::text
  GROUP BY 2
  UNION ALL
  SELECT 'tasks', state, count(*)::float8
  FROM task_outcome.tasks
  WHERE $1::text IS NULL OR account = $1::text
  GROUP BY state`

/** Of `s`: nothing of it is open, given up or in doubt, all was over before `$1` (ms since 1970), and all ends were delivered. */
const isDeletable = `
  s.intended_at < to_timestamp($1::float8 / 1000)
  AND s.state IN ('Accepted', 'Rejected', 'NotSent', 'Settled')
  AND greatest(s.settled_at, s.answered_at) < to_timestamp($1::float8 / 1000)
  AND NOT EXISTS (
    SELECT FROM task_outcome.tasks t
    WHERE t.submission = s.id AND (t.state <> 'Ended' OR t.ended_at >= to_timestamp($1::float8 / 1000)))
  AND NOT EXISTS (
    SELECT FROM task_outcome.tasks t JOIN task_outcome.feed f ON f.task = t.id
    WHERE t.submission = s.id AND (
      f.position IS NULL OR EXISTS (SELECT FROM task_outcome.subscribers WHERE position < f.position)))`

/** ms since 1970, how many. Locks submissions that are over. Run it before `deleteLocked`, in one transaction. */
export const lockDeletable = `
  SELECT s.id::text FROM task_outcome.submissions s
  WHERE ${isDeletable}
  ORDER BY s.id
  LIMIT $2::integer
  FOR UPDATE`

/**
 * ms since 1970, ids as a JSON array. Checks all again: a result can have been stored, with tasks, while `lockDeletable` waited for
 * its lock, and that statement does not see these tasks.
 */
export const deleteLocked = `
  DELETE FROM task_outcome.submissions s
  WHERE s.id IN (SELECT value::bigint FROM json_array_elements_text($2::text::json)) AND ${isDeletable}
  RETURNING s.id::text`
