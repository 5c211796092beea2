/**
 * What the tracker needs of a database, and how its errors are told.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'

/**
 * A connection to PostgreSQL, by a pool or embedded in the process: `fromPool` and `openFolder` make one. Its promises may reject;
 * the tracker turns that into `StoreFailed`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Database {
  /**
   * What committed data survives: `PowerCut` if the server flushes it to the disk, which the tracker checks at the start; `Kill`
   * for an embedded database, which leaves flushing to the operating system.
   */
  readonly survives: 'PowerCut' | 'Kill'
  /** Runs one statement and returns its rows. */
  readonly query: RunQuery
  /** Runs statements in one transaction. Rolls back if `run` rejects. */
  readonly transaction: <A>(run: (query: RunQuery) => Promise<A>) => Promise<A>
  /**
   * Calls `onNotification` after each `NOTIFY` of the channel. A notification may be lost: it saves time, and nothing relies on
   * it. Returns a function that stops listening.
   */
  readonly listen: (channel: string, onNotification: () => void) => Promise<() => Promise<void>>
  /** Closes an embedded database. A pool stays open: its owner ends it. */
  readonly close: () => Promise<void>
}

/**
 * Runs one statement of SQL with values for `$1`, `$2`, …
 *
 * @category model
 * @since 0.1.0
 */
export type RunQuery = (sql: string, values?: ReadonlyArray<unknown>) => Promise<ReadonlyArray<Row>>

/**
 * A row, by the names of its columns.
 *
 * @category model
 * @since 0.1.0
 */
export type Row = Readonly<Record<string, unknown>>

/**
 * The database could not be reached, or it refused a statement.
 *
 * @category model
 * @since 0.1.0
 */
export interface StoreFailed {
  readonly _tag: 'StoreFailed'
  /** The SQLSTATE of PostgreSQL, such as `57P01`, or the code of the operating system, such as `ECONNREFUSED`. */
  readonly code?: string
  readonly message: string
}

/** @internal */
export const attempt =
  <A>(run: () => Promise<A>): TE.TaskEither<StoreFailed, A> =>
  async () => {
    try {
      return E.right(await run())
    } catch (thrown) {
      return E.left(storeFailed(thrown))
    }
  }

const storeFailed = (thrown: unknown): StoreFailed => {
  const { code, message } = Object(thrown) as { readonly code?: unknown; readonly message?: unknown }
  const said = typeof message === 'string' && message !== '' ? message : 'the database failed'
  return typeof code === 'string'
    ? { _tag: 'StoreFailed', code, message: said }
    : { _tag: 'StoreFailed', message: said }
}
