/**
 * Brings the schema of a database up to date.
 *
 * @internal
 */
import type { Database, RunQuery } from '../database/Database.js'
import { migrationLock, migrations } from '../sql/migrations.js'

/**
 * Applies the migrations that are missing, in one transaction and under an advisory lock: of processes that start together one
 * migrates, and the others find the schema complete. Returns the version that was found if it is newer than this code.
 */
export const migrate = (database: Database): Promise<number | undefined> =>
  database.transaction(async query => {
    await query(`SELECT pg_advisory_xact_lock(${migrationLock})::text`)
    // Asks first: a role that may only use the schema is refused `CREATE SCHEMA IF NOT EXISTS`, too.
    const [schema] = await query(`SELECT to_regclass('task_outcome.migrations') IS NULL AS missing`)
    if (schema?.missing !== false) await createSchema(query)
    const [row] = await query('SELECT coalesce(max(version), 0) AS version FROM task_outcome.migrations')
    const found = Number(row?.version)
    if (found > migrations.length) return found
    for (const [index, statements] of migrations.entries()) {
      if (index < found) continue
      for (const statement of statements) await query(statement)
      await query('INSERT INTO task_outcome.migrations (version) VALUES ($1::integer)', [index + 1])
    }
    return undefined
  })

const createSchema = async (query: RunQuery): Promise<void> => {
  await query('CREATE SCHEMA IF NOT EXISTS task_outcome')
  await query(`CREATE TABLE IF NOT EXISTS task_outcome.migrations (
    version integer PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`)
}
