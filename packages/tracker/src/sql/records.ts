/**
 * Statements that read what is stored, and the one that deletes it.
 *
 * @internal
 */
import { inMs } from './expressions.js'

/** Of `s`. A response that is overdue puts a submission in doubt, although its row still says that it was sent. */
const submissionColumns = `
  s.id::text,
  s.account,
  s.key,
  s.action,
  array_to_json(s.resource_ids)::text AS resource_ids,
  CASE WHEN s.state = 'Sent' AND s.response_due_at <= now() THEN 'InDoubt' ELSE s.state END AS state,
  ${inMs('s.intended_at')} AS intended_at,
  ${inMs('s.sent_at')} AS sent_at,
  ${inMs('s.answered_at')} AS answered_at,
  ${inMs('s.settled_at')} AS settled_at,
  s.result::text,
  s.settlement::text`

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
  t.ending::text`

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
  state: value => `CASE WHEN s.state = 'Sent' AND s.response_due_at <= now() THEN 'InDoubt' ELSE s.state END
    = ${value}::text`,
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

/** after which id, how many. */
export const findInDoubt = `
  SELECT ${submissionColumns} FROM task_outcome.submissions s
  WHERE s.state IN ('Intended', 'Sent', 'InDoubt')
    AND (s.state = 'InDoubt' OR s.state = 'Sent' AND s.response_due_at <= now())
    AND s.id > $1::bigint
  ORDER BY s.id
  LIMIT $2::integer`

/** account, or null for all. */
export const countAll = `
  SELECT 'submissions' AS kind,
    CASE WHEN state = 'Sent' AND response_due_at <= now() THEN 'InDoubt' ELSE state END AS state,
    count(*)::float8 AS number
  FROM task_outcome.submissions
  WHERE $1::text IS NULL OR account = $1::text
  GROUP BY 2
  UNION ALL
  SELECT 'tasks', state, count(*)::float8
  FROM task_outcome.tasks
  WHERE $1::text IS NULL OR account = $1::text
  GROUP BY state`

/**
 * ms since 1970, how many. Deletes submissions that are over since before that time: nothing of them is open, given up or in doubt,
 * and every subscriber has had all their ends.
 */
export const deleteBefore = `
  DELETE FROM task_outcome.submissions
  WHERE id IN (
    SELECT s.id FROM task_outcome.submissions s
    WHERE s.intended_at < to_timestamp($1::float8 / 1000)
      AND s.state IN ('Accepted', 'Rejected', 'NotSent', 'Settled')
      AND coalesce(s.settled_at, s.answered_at) < to_timestamp($1::float8 / 1000)
      AND NOT EXISTS (
        SELECT FROM task_outcome.tasks t
        WHERE t.submission = s.id AND (t.state <> 'Ended' OR t.ended_at >= to_timestamp($1::float8 / 1000)))
      AND NOT EXISTS (
        SELECT FROM task_outcome.tasks t JOIN task_outcome.feed f ON f.task = t.id
        WHERE t.submission = s.id AND (
          f.position IS NULL OR EXISTS (SELECT FROM task_outcome.subscribers WHERE position < f.position)))
    ORDER BY s.id
    LIMIT $2::integer
  )
  RETURNING id::text`
