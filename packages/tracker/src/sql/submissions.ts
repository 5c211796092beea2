/**
 * Statements that write submissions and their tasks.
 *
 * @internal
 */
import { asArray, ofMs } from './expressions.js'

/** account, key, action, resource ids, rate of a new account. Returns nothing if the key is known. */
export const intend = `
  WITH account AS (
    INSERT INTO task_outcome.accounts (account, per_second, next_query_at)
    VALUES ($1::text, $5::float8, now())
    ON CONFLICT DO NOTHING
  )
  INSERT INTO task_outcome.submissions (account, key, action, resource_ids, state)
  VALUES ($1::text, $2::text, $3::text, ${asArray('$4')}, 'Intended')
  ON CONFLICT (account, key) DO NOTHING
  RETURNING id::text`

/** id, ms until the response is overdue. Only one sender gets a row. */
export const send = `
  UPDATE task_outcome.submissions
  SET state = 'Sent', sent_at = now(), response_due_at = now() + ${ofMs('$2::float8')}
  WHERE id = $1::bigint AND state = 'Intended'
  RETURNING id::text`

/** Adds the tasks in `$tasks` of the rows of `submission`, and follows them. */
const addTasks = (submission: string, tasks: string, delayMs: string): string => `
  added AS (
    INSERT INTO task_outcome.tasks (submission, account, action, task_id, resource_ids, task)
    SELECT ${submission}.id, ${submission}.account, ${submission}.action, t.task_id, t.resource_ids, t.task::json
    FROM ${submission}, json_to_recordset(${tasks}::text::json) AS t (task_id text, resource_ids text[], task text)
    RETURNING id, account, action
  ), followed AS (
    INSERT INTO task_outcome.followed (task, account, action, due_at)
    SELECT id, account, action, now() + ${ofMs(`${delayMs}::float8`)} FROM added
    RETURNING task
  ), woken AS (
    SELECT count(pg_notify('task_outcome_due', '')) FROM (SELECT FROM followed LIMIT 1) AS one
  )`

/** id, state, result, tasks, ms until the first query. A result also comes after a settlement: it is still true. */
export const answer = `
  WITH answered AS (
    UPDATE task_outcome.submissions
    SET state = CASE WHEN state = 'Settled' THEN state ELSE $2::text END, answered_at = now(), result = $3::text::json
    WHERE id = $1::bigint AND state IN ('Sent', 'Settled') AND result IS NULL
    RETURNING id, account, action
  ), ${addTasks('answered', '$4', '$5')}
  SELECT id::text FROM answered, woken`

/** id, settlement, tasks, ms until the first query. Returns nothing if the submission is not in doubt. */
export const settle = `
  WITH settled AS (
    UPDATE task_outcome.submissions
    SET state = 'Settled', settled_at = now(), settlement = $2::text::json
    WHERE id = $1::bigint AND (state = 'InDoubt' OR state = 'Sent' AND response_due_at <= now())
    RETURNING id, account, action
  ), ${addTasks('settled', '$3', '$4')}
  SELECT id::text FROM settled, woken`

/** account, queries per second. */
export const setRate = `
  INSERT INTO task_outcome.accounts (account, per_second, next_query_at)
  VALUES ($1::text, $2::float8, now())
  ON CONFLICT (account) DO UPDATE SET per_second = excluded.per_second`
