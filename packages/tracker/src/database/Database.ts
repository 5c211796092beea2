/**
 * What the tracker requires of a database, and the error if it fails.
 *
 * @since 0.1.0
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'

/**
 * PostgreSQL, through a pool of connections or embedded in the process: `fromPool` and `openFolder` create one. Its promises may
 * reject: the tracker returns that as `StoreFailed`.
 *
 * @category model
 * @since 0.1.0
 */
export interface Database {
  /**
   * What committed data survives: `PowerCut` if the server flushes it to the disk, which the tracker checks when it starts; `Kill`
   * for an embedded database, which leaves flushing to the operating system.
   */
  readonly survives: 'PowerCut' | 'Kill'
  /** Runs one statement and returns its rows. */
  readonly query: RunQuery
  /** Runs statements in one transaction, at the level `READ COMMITTED`. Rolls back if `run` rejects. */
  readonly transaction: <A>(run: (query: RunQuery) => Promise<A>) => Promise<A>
  /**
   * Calls `onNotification` with the payload after each `NOTIFY` of the channel, and without one if it may have missed some.
   * Notifications may be lost: they save time, and nothing relies on them. Returns a function that stops listening.
   */
  readonly listen: (
    channel: string,
    onNotification: (payload?: string) => void,
  ) => Promise<() => Promise<void>>
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
 * A row: its values by the names of the columns.
 *
 * @category model
 * @since 0.1.0
 */
export type Row = Readonly<Record<string, unknown>>

/**
 * The database could not be reached, did not respond in time, or refused a statement.
 *
 * @category model
 * @since 0.1.0
 */
export interface StoreFailed {
  readonly _tag: 'StoreFailed'
  /** The SQLSTATE of PostgreSQL, such as `57P01`, or the code of the operating system, such as `ECONNREFUSED`. */
  readonly code?: string
  /** What the driver reported. */
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

/** @internal */
export const storeFailed = (thrown: unknown): StoreFailed => {
  const { code, message } = Object(thrown) as { readonly code?: unknown; readonly message?: unknown }
  const reported =
    typeof message === 'string' && message !== '' ? message : 'the database failed without a message'
  return typeof code === 'string'
    ? { _tag: 'StoreFailed', code, message: reported }
    : { _tag: 'StoreFailed', message: reported }
}
