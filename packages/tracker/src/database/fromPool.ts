/**
 * PostgreSQL by a pool of connections.
 *
 * @since 0.1.0
 */
import type { Database, Row } from './Database.js'

/**
 * The part of a `Pool` of `pg` that is used.
 *
 * @category model
 * @since 0.1.0
 */
export interface PostgresPool {
  /** Runs a statement. */
  readonly query: (sql: string, values?: unknown[]) => Promise<{ readonly rows: unknown[] }>
  /** Takes a connection out of the pool. */
  readonly connect: () => Promise<PostgresClient>
  /** Adds a listener. */
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown
}

/**
 * The part of a client of `pg` that is used.
 *
 * @category model
 * @since 0.1.0
 */
export interface PostgresClient {
  /** Runs a statement. */
  readonly query: (sql: string, values?: unknown[]) => Promise<{ readonly rows: unknown[] }>
  /** Gives the connection back, or closes it. */
  readonly release: (destroy?: boolean) => void
  /** Adds a listener. */
  readonly on: {
    (event: 'error', listener: () => void): unknown
    (event: 'notification', listener: (message: { readonly payload?: string | undefined }) => void): unknown
  }
  /** Removes a listener. */
  readonly off: (event: 'error', listener: () => void) => unknown
}

/**
 * Creates a `Database` from a pool of `pg`. Each worker and each subscription holds one connection, so let the pool have at least
 * two more. The pool stays yours: end it when the tracker is no longer used. A connection that breaks while it is idle is replaced,
 * and no longer ends the process.
 *
 * Set `query_timeout` and `connectionTimeoutMillis`: without them, `pg` waits forever for a server that no longer responds.
 *
 * @example
 * import { fromPool } from '@task-outcome/tracker'
 * import pg from 'pg'
 *
 * const database = fromPool(
 *   new pg.Pool({
 *     connectionString: process.env.DATABASE_URL,
 *     query_timeout: 30_000,
 *     connectionTimeoutMillis: 10_000,
 *   }),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export const fromPool = (pool: PostgresPool): Database => {
  pool.on('error', ignore)
  return {
    survives: 'PowerCut',
    query: async (sql, values = []) =>
      (await serially(() => pool.query(sql, [...values]))).rows as ReadonlyArray<Row>,
    transaction: async run => {
      const client = await pool.connect()
      // The pool does not listen for errors of a client that is out, and without a listener they end the process.
      client.on('error', ignore)
      try {
        await client.query('BEGIN ISOLATION LEVEL READ COMMITTED')
        const result = await run(
          async (sql, values = []) => (await client.query(sql, [...values])).rows as ReadonlyArray<Row>,
        )
        await client.query('COMMIT')
        client.off('error', ignore)
        client.release()
        return result
      } catch (thrown) {
        client.release(true) // closing the connection rolls back, even if it no longer answers
        throw thrown
      }
    },
    listen: (channel, onNotification) => listen(pool, channel, onNotification),
    close: () => Promise.resolve(),
  }
}

/**
 * Repeats a statement that conflicts with others, as happens if the default of the server is `REPEATABLE READ` or `SERIALIZABLE`:
 * it was rolled back.
 */
const serially = async <A>(run: () => Promise<A>): Promise<A> => {
  for (let tries = 1; ; tries++)
    try {
      return await run()
    } catch (thrown) {
      const { code } = Object(thrown) as { readonly code?: unknown }
      if ((code !== '40001' && code !== '40P01') || tries === mostTries) throw thrown
    }
}

const mostTries = 20

/** Listens again after the connection breaks: with the next try of a second later, until it is stopped. */
const listen = async (
  pool: PostgresPool,
  channel: string,
  onNotification: (payload?: string) => void,
): Promise<() => Promise<void>> => {
  let client: PostgresClient | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const connect = async (): Promise<void> => {
    const connected = await pool.connect()
    const fail = (): void => {
      if (client !== connected) return
      client = undefined
      connected.release(true)
      again()
    }
    connected.on('error', fail)
    connected.on('notification', ({ payload }) => onNotification(payload))
    try {
      await connected.query(`LISTEN ${channel}`)
    } catch (thrown) {
      connected.release(true)
      throw thrown
    }
    if (isStopped) connected.release(true)
    else client = connected
  }
  const again = (): void => {
    if (isStopped) return
    timer = setTimeout(() => {
      connect().then(() => onNotification(), again)
    }, 1000)
  }
  await connect()
  return async () => {
    isStopped = true
    clearTimeout(timer)
    client?.release(true)
    client = undefined
  }
}

const ignore = (): void => undefined
