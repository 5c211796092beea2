/**
 * Statements of the feed and of subscribers.
 *
 * The feed has places without gaps in the order in which they become visible: ends get their places in transactions of their
 * own, one after the other. With places from the transactions that report ends, a reader could pass one that commits late.
 *
 * @internal
 */
import { inMs, ofMs } from './expressions.js'
import { taskColumns } from './records.js'
import { feedLock } from './migrations.js'

/** Its notifications tell of new ends. */
export const endedChannel = 'task_outcome_ended'

/** Run it and `numberEnds` in one transaction. */
export const lockFeed = `SELECT pg_advisory_xact_lock(${feedLock})::text`

export const isFeedNumbered = `SELECT NOT EXISTS (SELECT FROM task_outcome.feed WHERE position IS NULL) AS numbered`

export const numberEnds = `
  UPDATE task_outcome.feed f
  SET position = nextval('task_outcome.feed_position')
  FROM (SELECT id FROM task_outcome.feed WHERE position IS NULL ORDER BY id) AS unnumbered
  WHERE f.id = unnumbered.id`

/** position, most. */
export const readFeed = `
  SELECT f.id::text AS key, f.position::text AS cursor, ${taskColumns}
  FROM task_outcome.feed f JOIN task_outcome.tasks t ON t.id = f.task
  WHERE f.position > $1::bigint
  ORDER BY f.position
  LIMIT $2::integer`

/** name, whether it starts with the ends of the past. */
export const subscribe = `
  INSERT INTO task_outcome.subscribers (name, position)
  SELECT $1::text, CASE WHEN $2::boolean THEN 0 ELSE (SELECT coalesce(max(position), 0) FROM task_outcome.feed) END
  ON CONFLICT DO NOTHING`

/**
 * name, lease in ms. Returns nothing if there is no such subscriber. Gives the lease only if ends are waiting and no other process has
 * it: else `fence` is null, and `leased_ms` is how long the other process has it.
 */
export const leaseSubscriber = `
  WITH leased AS (
    UPDATE task_outcome.subscribers s
    SET fence = fence + 1, leased_until = now() + ${ofMs('$2::float8')}
    WHERE name = $1::text AND leased_until <= now() AND (
      EXISTS (SELECT FROM task_outcome.feed f WHERE f.position > s.position)
      OR EXISTS (SELECT FROM task_outcome.feed f WHERE f.position IS NULL))
    RETURNING position, fence
  )
  SELECT
    leased.position::text,
    leased.fence,
    CASE WHEN s.leased_until > now() THEN ${inMs('s.leased_until - now()')} END AS leased_ms
  FROM task_outcome.subscribers s LEFT JOIN leased ON true
  WHERE s.name = $1::text`

/** name, fence, position, lease in ms: 0 gives it back. Returns nothing if another process has it. */
export const advanceSubscriber = `
  UPDATE task_outcome.subscribers
  SET position = $3::bigint, leased_until = now() + ${ofMs('$4::float8')}
  WHERE name = $1::text AND fence = $2::integer
  RETURNING position::text`

export const unsubscribe = `DELETE FROM task_outcome.subscribers WHERE name = $1::text RETURNING name`

export const listSubscribers = `
  SELECT name, position::text AS cursor,
    (SELECT count(*)::integer FROM task_outcome.feed f WHERE f.position > s.position OR f.position IS NULL) AS waiting,
    ${inMs(`(
      SELECT now() - min(t.ended_at) FROM task_outcome.feed f JOIN task_outcome.tasks t ON t.id = f.task
      WHERE f.position > s.position OR f.position IS NULL
    )`)} AS behind_ms
  FROM task_outcome.subscribers s
  ORDER BY name`
