/**
 * Statements that write submissions and their tasks.
 *
 * @internal
 */
import { asArray, isInDoubt, ofMs } from './expressions.js'

/** account, key, action, resource ids, traceparent or null. Returns nothing if the key is known. */
export const intend = `
  WITH account AS (
    INSERT INTO task_outcome.accounts (account, next_query_at) VALUES ($1::text, now()) ON CONFLICT DO NOTHING
  )
  INSERT INTO task_outcome.submissions (account, key, action, resource_ids, state, traceparent)
  VALUES ($1::text, $2::text, $3::text, ${asArray('$4')}, 'Intended', $5::text)
  ON CONFLICT (account, key) DO NOTHING
  RETURNING id::text`

/** id, ms until the response is overdue. Only one sender gets a row. */
export const send = `
  UPDATE task_outcome.submissions
  SET state = 'Sent', sent_at = now(), response_due_at = now() + ${ofMs('$2::float8')}
  WHERE id = $1::bigint AND state = 'Intended'
  RETURNING id::text`

/**
 * Adds the tasks in `$tasks` of the rows of `submission`, without what is known of them already, and follows them. Tasks with the
 * same id are different if each has resources and they share none, as in a wait. The id is compared as JSON: `task_id` can be a
 * part of it.
 */
const addTasks = (submission: string, tasks: string, delayMs: string): string => `
  given AS (
    SELECT s.id AS submission, s.account, s.action, t.*
    FROM ${submission} s, ROWS FROM (
      json_to_recordset(${tasks}::text::json) AS (task_id text, id text, resource_ids text[], resources text[])
    ) WITH ORDINALITY AS t (task_id, id, resource_ids, resources, place)
  ), known AS (
    SELECT given.submission, given.id, known.resource_ids
    FROM given JOIN task_outcome.tasks known ON known.submission = given.submission
      AND known.task_id = given.task_id
      AND starts_with(known.task::text, '{"taskId":' || given.id || ',')
  ), new AS (
    SELECT given.submission, given.account, given.action, given.task_id, given.id, given.place,
      array_agg(r.resource_id ORDER BY r.place) FILTER (WHERE r.resource_id IS NOT NULL) AS resource_ids,
      string_agg(r.resource, ',' ORDER BY r.place) AS resources
    FROM given
    LEFT JOIN LATERAL unnest(given.resource_ids, given.resources) WITH ORDINALITY AS r (resource_id, resource, place)
      ON NOT EXISTS (
        SELECT FROM known
        WHERE known.submission = given.submission AND known.id = given.id AND r.resource_id = ANY (known.resource_ids))
    WHERE NOT EXISTS (
      SELECT FROM known
      WHERE known.submission = given.submission AND known.id = given.id
        AND (known.resource_ids = '{}' OR given.resource_ids = '{}'))
    GROUP BY given.submission, given.account, given.action, given.task_id, given.id, given.place, given.resource_ids
    HAVING given.resource_ids = '{}' OR count(r.resource_id) > 0
  ), added AS (
    INSERT INTO task_outcome.tasks (submission, account, action, task_id, resource_ids, task, traceparent)
    SELECT submission, account, action, task_id, coalesce(resource_ids, '{}'),
      ('{"taskId":' || id || ',"resourceIds":[' || coalesce(resources, '') || ']}')::json,
      (SELECT traceparent FROM ${submission} s WHERE s.id = new.submission)
    FROM new
    ORDER BY place
    RETURNING id, account, action
  ), followed AS (
    INSERT INTO task_outcome.followed (task, account, action, due_at)
    SELECT id, account, action, now() + ${ofMs(`${delayMs}::float8`)} FROM added
    RETURNING task, account
  ), woken AS (${wakeWorkers('followed')})`

/** Of an account of a row of `tasks`. */
export const wakeWorkers = (tasks: string): string => `
  SELECT count(pg_notify('${dueChannel}', account)) FROM (SELECT DISTINCT account FROM ${tasks}) AS accounts`

/** Its notifications have the account whose tasks are due. */
export const dueChannel = 'task_outcome_due'

/**
 * id, the state before, state, result, tasks, ms until the first query. Returns nothing if the submission is not in the state before.
 * A result also comes after a settlement: it is still true.
 */
export const answer = `
  WITH answered AS (
    UPDATE task_outcome.submissions
    SET state = CASE WHEN state = 'Settled' THEN state ELSE $3::text END, answered_at = now(), result = $4::text::json
    WHERE id = $1::bigint AND state = $2::text AND result IS NULL
    RETURNING id, account, action, traceparent
  ), ${addTasks('answered', '$5', '$6')}
  SELECT id::text FROM answered, woken`

/**
 * id, the state before, settlement, tasks, ms until the first query. Returns nothing if the submission is not in the state before, or
 * not in doubt.
 */
export const settle = `
  WITH settled AS (
    UPDATE task_outcome.submissions s
    SET state = 'Settled', settled_at = now(), settlement = $3::text::json
    WHERE id = $1::bigint AND state = $2::text AND ${isInDoubt('s')}
    RETURNING id, account, action, traceparent
  ), ${addTasks('settled', '$4', '$5')}
  SELECT id::text FROM settled, woken`

/** account, queries per second. */
export const setRate = `
  INSERT INTO task_outcome.accounts (account, per_second, next_query_at)
  VALUES ($1::text, $2::float8, now())
  ON CONFLICT (account) DO UPDATE SET per_second = excluded.per_second`
