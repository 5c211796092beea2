/**
 * PostgreSQL embedded in the process: PGlite in a folder.
 *
 * @since 0.1.0
 */
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type Database, type Row, type RunQuery, type StoreFailed, attempt } from './Database.js'
import { lockFolder } from './lockFolder.js'

/**
 * Another process, or this one, has the folder open.
 *
 * @category model
 * @since 0.1.0
 */
export interface FolderInUse {
  readonly _tag: 'FolderInUse'
  readonly folder: string
  /** The process that has it open. */
  readonly pid: number
}

/**
 * The part of the class `PGlite` of `@electric-sql/pglite` that is used.
 *
 * @category model
 * @since 0.1.0
 */
export interface PGliteClass {
  /** Opens a folder. */
  readonly create: (folder: string) => Promise<PGliteDatabase>
}

/**
 * The part of a `PGlite` that is used.
 *
 * @category model
 * @since 0.1.0
 */
export interface PGliteDatabase extends PGliteTransaction {
  /** Runs a function in a transaction. */
  readonly transaction: <A>(run: (transaction: PGliteTransaction) => Promise<A>) => Promise<A>
  /** Listens to a channel, until the function that it returns is called. */
  readonly listen: (
    channel: string,
    onNotification: (payload: string) => void,
  ) => Promise<() => Promise<void>>
  /** Closes the database. */
  readonly close: () => Promise<void>
}

/**
 * The part of a transaction of `PGlite` that is used.
 *
 * @category model
 * @since 0.1.0
 */
export interface PGliteTransaction {
  /** Runs a statement. */
  readonly query: (sql: string, values?: unknown[]) => Promise<{ readonly rows: unknown[] }>
}

/**
 * Opens a folder as a database, with PGlite: no server, for trials, tests and small teams. Creates it if it does not exist.
 *
 * Its limits: one process at a time, which a lock in the folder ensures on one machine (not between containers or machines that
 * share the folder); and data is safe if the process is killed, but not if the power fails, because PGlite does not flush it to
 * the disk.
 *
 * @param PGlite - the class of `@electric-sql/pglite`
 *
 * @example
 * import { PGlite } from '@electric-sql/pglite'
 * import { openFolder, openTracker } from '@task-outcome/tracker'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const opened = TE.chainW(openTracker)(openFolder('tracker-data', PGlite))
 *
 * @category constructors
 * @since 0.1.0
 */
export const openFolder =
  (folder: string, PGlite: PGliteClass): TE.TaskEither<StoreFailed | FolderInUse, Database> =>
  async () => {
    const locked = await attempt(async () => lockFolder(folder))()
    if (E.isLeft(locked)) return locked
    const lock = locked.right
    if (!('release' in lock)) return E.left({ _tag: 'FolderInUse', folder, pid: lock.pid })
    const opened = await attempt(() => open(PGlite, join(folder, 'data'), lock.release))()
    if (E.isLeft(opened)) lock.release()
    return opened
  }

const open = async (PGlite: PGliteClass, folder: string, release: () => void): Promise<Database> => {
  const pglite = await PGlite.create(folder)
  return {
    survives: 'Kill',
    query: queryOn(pglite),
    transaction: run => pglite.transaction(transaction => run(queryOn(transaction))),
    listen: (channel, onNotification) => pglite.listen(channel, onNotification),
    close: async () => {
      try {
        await pglite.close()
      } finally {
        release()
      }
    },
  }
}

const queryOn =
  (connection: PGliteTransaction): RunQuery =>
  async (sql, values = []) =>
    (await connection.query(sql, [...values])).rows as ReadonlyArray<Row>
