/**
 * Statements of workers.
 *
 * @internal
 */
import { inMs, ofMs } from './expressions.js'
import { endedChannel } from './feed.js'
import { wakeWorkers } from './submissions.js'

/** Slots are given this long in advance, in milliseconds. */
export const lookaheadMs = 250

/**
 * A query may start this long after its slot, in milliseconds; later it is not sent. The slots of an account are so far apart
 * that even if each query is as late as it may be, or not late at all, no second has more than the rate allows.
 */
export const mostLateMs = 100

/** Seconds from slot to slot, at one query a second: with `1 + mostLateMs / 1000` alone, rounding could let one more through. */
const spacingAtOnePerSecond = 1 + mostLateMs / 1000 + 0.02

/**
 * Claims tasks of an account that are due, in queries with a slot each. Locks the row of the account, so that claims for one
 * account come one after the other; if another worker is claiming, returns nothing.
 *
 * account, [{ action, most }] (tasks in one query), most queries, lease in ms, how many actions, most tasks of an action, the rate of
 * an account that has none. `now()` is the same throughout the statement. How many actions and tasks there are only tells the planner
 * what it can't know: without it, it expects a million rows, and compiles the statement for seconds. The rows beyond the inner limit
 * are neither read nor locked.
 */
export const claim = `
  WITH account AS (
    SELECT
      account,
      greatest(next_query_at, now()) AS first_at,
      ${spacingAtOnePerSecond} / CASE WHEN rate < 1 THEN rate ELSE floor(rate) END * interval '1 second' AS spacing
    FROM task_outcome.accounts, coalesce(per_second, $7::float8) AS rate
    WHERE account = $1::text AND next_query_at <= now() + ${ofMs(String(lookaheadMs))}
    FOR UPDATE OF accounts SKIP LOCKED
  ), allowed AS (
    SELECT account.*, least(
      $3::integer,
      1 + floor(extract(epoch from now() + ${ofMs(String(lookaheadMs))} - first_at) / extract(epoch from spacing))
    )::integer AS slots
    FROM account
  ), due AS (
    SELECT f.*, least(kind.most, coalesce(f.together, kind.most)) AS most
    FROM allowed, (
      SELECT * FROM json_to_recordset($2::text::json) AS k (action text, most integer) LIMIT $5::integer
    ) AS kind, LATERAL (
      SELECT * FROM (
        SELECT task, action, together, due_at
        FROM task_outcome.followed
        WHERE account = allowed.account AND action = kind.action AND due_at <= now()
        ORDER BY due_at
        LIMIT $6::integer
        FOR UPDATE SKIP LOCKED
      ) AS earliest
      LIMIT allowed.slots * kind.most
    ) AS f
  ), numbered AS (
    SELECT *, (row_number() OVER (PARTITION BY action, together ORDER BY due_at, task) - 1) / most AS chunk
    FROM due
  ), timed AS (
    SELECT *, min(due_at) OVER (PARTITION BY action, together, chunk) AS first_due FROM numbered
  ), slotted AS (
    SELECT *, dense_rank() OVER (ORDER BY first_due, action, together, chunk) - 1 AS slot FROM timed
  ), chosen AS (
    SELECT slotted.task, slotted.slot FROM slotted, allowed WHERE slotted.slot < allowed.slots
  ), reserved AS (
    UPDATE task_outcome.accounts a
    SET next_query_at = allowed.first_at + (SELECT max(slot) + 1 FROM chosen) * allowed.spacing
    FROM allowed
    WHERE a.account = allowed.account AND EXISTS (SELECT FROM chosen)
  ), claimed AS (
    UPDATE task_outcome.followed f
    SET due_at = now() + ${ofMs('$4::float8')}, fence = fence + 1, queries = queries + 1
    FROM chosen
    WHERE f.task = chosen.task
    RETURNING f.*, chosen.slot
  )
  SELECT
    claimed.task::text,
    claimed.action,
    claimed.slot::integer,
    ${inMs('allowed.first_at + claimed.slot * allowed.spacing - now()')} AS delay_ms,
    claimed.fence,
    claimed.queries,
    claimed.together,
    claimed.polling::text,
    claimed.failing::text,
    tasks.task::text AS ref,
    tasks.traceparent,
    ${inMs('now() - tasks.accepted_at')} AS age_ms
  FROM claimed JOIN task_outcome.tasks ON tasks.id = claimed.task, allowed
  ORDER BY claimed.slot, claimed.task`

/** account, actions as a JSON array. How long until something may be claimed, in ms; null if there is nothing. */
export const nextClaim = `
  SELECT ${inMs(`greatest(min(f.due_at), min(a.next_query_at) - ${ofMs(String(lookaheadMs))}) - now()`)} AS delay_ms
  FROM task_outcome.accounts a, json_array_elements_text($2::text::json) AS kind (action), LATERAL (
    SELECT due_at FROM task_outcome.followed
    WHERE account = a.account AND action = kind.action
    ORDER BY due_at
    LIMIT 1
  ) AS f
  WHERE a.account = $1::text`

/** [{ task, fence, state, delay_ms, polling, failing, together, ending }]. A report with an old fence changes nothing. */
export const report = `
  WITH reports AS (
    SELECT * FROM json_to_recordset($1::text::json) AS r (
      task bigint, fence integer, state text, delay_ms float8,
      polling text, failing text, together integer, ending text)
  ), later AS (
    UPDATE task_outcome.followed f
    SET
      due_at = now() + ${ofMs('r.delay_ms')},
      polling = r.polling::json,
      failing = r.failing::json,
      together = r.together
    FROM reports r
    WHERE r.state = 'Open' AND f.task = r.task AND f.fence = r.fence
  ), finished AS (
    DELETE FROM task_outcome.followed f
    USING reports r
    WHERE r.state <> 'Open' AND f.task = r.task AND f.fence = r.fence
    RETURNING f.task, r.state, r.ending
  ), ended AS (
    UPDATE task_outcome.tasks t
    SET state = finished.state, ended_at = now(), ending = finished.ending::json
    FROM finished
    WHERE t.id = finished.task
    RETURNING t.id
  ), fed AS (
    INSERT INTO task_outcome.feed (task) SELECT id FROM ended RETURNING id
  )
  SELECT count(pg_notify('${endedChannel}', '')) FROM (SELECT FROM fed LIMIT 1) AS one`

/** [{ task, fence }], whether other workers shall query them. Returns tasks that were claimed and not queried. */
export const putBack = `
  WITH back AS (
    UPDATE task_outcome.followed f
    SET due_at = now(), queries = queries - 1
    FROM json_to_recordset($1::text::json) AS r (task bigint, fence integer)
    WHERE f.task = r.task AND f.fence = r.fence
    RETURNING f.account
  )
  ${wakeWorkers('back WHERE $2::boolean')}`

/** account, ms. */
export const pause = `
  UPDATE task_outcome.accounts
  SET next_query_at = greatest(next_query_at, now() + ${ofMs('$2::float8')})
  WHERE account = $1::text`

/** Task ids as a JSON array. Follows tasks again that were given up. */
export const followAgain = `
  WITH opened AS (
    UPDATE task_outcome.tasks
    SET state = 'Open', ended_at = NULL, ending = NULL
    WHERE id IN (SELECT value::bigint FROM json_array_elements_text($1::text::json)) AND state = 'GivenUp'
    RETURNING id, account, action
  ), followed AS (
    INSERT INTO task_outcome.followed (task, account, action, due_at)
    SELECT id, account, action, now() FROM opened
    RETURNING task, account
  ), woken AS (${wakeWorkers('followed')})
  SELECT followed.task::text FROM followed, woken`
