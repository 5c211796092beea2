/**
 * Opens the database, and tells in words why it can't be used.
 */
import { PGlite } from '@electric-sql/pglite'
import {
  type Database,
  type FolderInUse,
  type StartError,
  type Tracker,
  fromPool,
  openFolder,
  openTracker,
} from '@task-outcome/tracker'
import * as E from 'fp-ts/lib/Either.js'
import pg from 'pg'
import type { Configuration } from '../configuration/readConfiguration.js'
import { responseWithinMs } from '../submit/createAccountClient.js'

export interface Opened {
  readonly tracker: Tracker
  readonly database: Database
  readonly close: () => Promise<void>
}

export const openDatabase = async ({
  database: where,
  accounts,
  webhooks,
  allowDataLoss,
  queriesPerSecond,
}: Configuration): Promise<E.Either<string, Opened>> => {
  const open = async (database: Database, close: () => Promise<void>): Promise<E.Either<string, Opened>> => {
    const opened = await openTracker(database, { allowDataLoss, queriesPerSecond, responseWithinMs })()
    if (E.isRight(opened)) return E.right({ tracker: opened.right, database, close })
    await close().catch(() => undefined)
    return E.left(showStartError(opened.left))
  }
  if (where._tag === 'Folder') {
    const folder = await openFolder(where.folder, PGlite)()
    if (E.isLeft(folder)) return E.left(showStartError(folder.left))
    return open(folder.right, folder.right.close)
  }
  // Each worker, each webhook and the events keep a connection for notifications.
  const listening = Object.keys(accounts).length + webhooks.length + 1
  const pool = new pg.Pool({
    connectionString: where.url,
    max: 10 + listening,
    connectionTimeoutMillis: 10_000,
    // Without it, a server that hangs holds callers and workers forever.
    query_timeout: 30_000,
    application_name: 'task-outcome-tracker',
  })
  return open(fromPool(pool), () => pool.end())
}

/** In words, with the variable to change. */
export const showStartError = (error: StartError | FolderInUse): string => {
  switch (error._tag) {
    case 'StoreFailed':
      return `the database can't be used: ${error.message}${error.code === undefined ? '' : ` (${error.code})`}`
    case 'InvalidOption':
      return error.issue
    case 'DurabilityOff':
      return `${error.setting} is off, so PostgreSQL can forget what it has committed if the power fails: turn it on, or set TRACKER_ALLOW_DATA_LOSS=true`
    case 'ServerTooOld':
      return `PostgreSQL ${error.version} is too old: expected 15 or later`
    case 'EncodingNotUtf8':
      return `the database has the encoding ${error.encoding}: create one with ENCODING 'UTF8'`
    case 'SchemaTooNew':
      return `a newer version of this service has migrated the database to version ${error.found}: upgrade this one`
    case 'FolderInUse':
      return `process ${error.pid} has the folder ${error.folder} open: stop it, choose another TRACKER_FOLDER, or use PostgreSQL`
  }
}
