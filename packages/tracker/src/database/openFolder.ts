/**
 * PostgreSQL embedded in the process: PGlite in a folder.
 *
 * @since 0.1.0
 */
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type Database, type Row, type StoreFailed, attempt } from './Database.js'
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
 * Opens a folder as a database, with PGlite: no server, for trials, tests and small teams. Creates it if it does not exist. It
 * requires the package `@electric-sql/pglite`.
 *
 * Its limits: one process at a time, which a lock in the folder ensures on one machine (not between containers or machines that
 * share the folder); and data is safe if the process is killed, but not if the power fails, because PGlite does not flush
 * it to the disk.
 *
 * @example
 * import { openFolder, openTracker } from '@task-outcome/tracker'
 * import { taskEither as TE } from 'fp-ts'
 *
 * const opened = TE.chainW(openTracker)(openFolder('tracker-data'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const openFolder =
  (folder: string): TE.TaskEither<StoreFailed | FolderInUse, Database> =>
  async () => {
    const locked = await attempt(async () => lockFolder(folder))()
    if (E.isLeft(locked)) return locked
    const lock = locked.right
    if (!('release' in lock)) return E.left({ _tag: 'FolderInUse', folder, pid: lock.pid })
    const opened = await attempt(() => open(join(folder, 'data'), lock.release))()
    if (E.isLeft(opened)) lock.release()
    return opened
  }

const open = async (folder: string, release: () => void): Promise<Database> => {
  const { PGlite } = await import('@electric-sql/pglite')
  const pglite = await PGlite.create(folder)
  return {
    survives: 'Kill',
    query: async (sql, values = []) => (await pglite.query<Row>(sql, [...values])).rows,
    transaction: run =>
      pglite.transaction(transaction =>
        run(async (sql, values = []) => (await transaction.query<Row>(sql, [...values])).rows),
      ),
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
