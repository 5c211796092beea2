// Measures what workers do in a second on a PostgreSQL of its own, with its default settings, and prints a row of the table in
// docs/internals/tracker.md:
//
//   npm run measure -- 100000 0        open tasks, ended tasks

import { type Database, fromPool, openTracker } from '@task-outcome/tracker'
import { decodeTaskStatus } from '@task-outcome/core'
import pg from 'pg'
import { constantDelay } from 'retry-ts'
import { findPostgres, howToInstall, startPostgres } from './postgres.ts'

const [open = '100000', ended = '0'] = process.argv.slice(2)
const forMs = 10_000
const programs = findPostgres()
if (programs === undefined) throw new Error(howToInstall)
const postgres = await startPostgres(programs)
const pool = new pg.Pool({ host: postgres.host, user: 'postgres', database: 'postgres', max: 20 })
const plain = fromPool(pool)

const times: number[] = []
const timed: Database = {
  ...plain,
  query: async (sql, values) => {
    if (!sql.includes('AS spacing')) return plain.query(sql, values)
    const began = performance.now()
    const rows = await plain.query(sql, values)
    if (rows.length > 0) times.push(performance.now() - began)
    return rows
  },
}
const opened = await openTracker(timed)()
if (opened._tag === 'Left') throw new Error(opened.left._tag)
const tracker = opened.right
await tracker.setRate('main', 1_000_000)()

await pool.query(`INSERT INTO task_outcome.submissions (account, key, action, resource_ids, state, sent_at, response_due_at, answered_at, result)
  VALUES ('main', 'k', 'A', '{}', 'Accepted', now(), now(), now(), '{}')`)
await pool.query(
  `WITH added AS (
    INSERT INTO task_outcome.tasks (submission, account, action, task_id, resource_ids, task)
    SELECT 1, 'main', 'A', n::text, ARRAY['ins-' || n], json_build_object('taskId', n::text, 'resourceIds', ARRAY['ins-' || n])
    FROM generate_series(1, $1::integer) AS n RETURNING id
  ) INSERT INTO task_outcome.followed (task, account, action, due_at) SELECT id, 'main', 'A', now() FROM added`,
  [open],
)
await pool.query(
  `INSERT INTO task_outcome.tasks (submission, account, action, task_id, resource_ids, task, state, ended_at, ending)
  SELECT 1, 'main', 'A', n::text, ARRAY['old-' || n], '{}', 'Ended', now(), '{}' FROM generate_series(1, $1::integer) AS n`,
  [ended],
)
await pool.query('ANALYZE')

let looks = 0
const inProgress = decodeTaskStatus('{"code":0,"data":{"status":2}}')
const query = () => async () => {
  looks++
  return inProgress
}
const workers = Array.from({ length: 2 }, () =>
  tracker.follow('main', { A: query }, { concurrency: 500, pollPolicy: constantDelay(0) }),
)
const cpuBefore = process.cpuUsage()
await new Promise(resolve => setTimeout(resolve, forMs))
const seen = looks
const { user, system } = process.cpuUsage(cpuBefore)
for (const worker of workers) if (worker._tag === 'Right') await worker.right.stop()
times.sort((a, b) => a - b)
const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(1)
console.log(
  [
    `| ${open}`,
    ended,
    Math.round((seen * 1000) / forMs),
    `${at(0.5)} ms`,
    `${at(0.95)} ms`,
    Math.round(seen / times.length),
    `${Math.round((user + system) / forMs / 10)} %`,
    `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB |`,
  ].join(' | '),
)
await pool.end()
await postgres.stop()
