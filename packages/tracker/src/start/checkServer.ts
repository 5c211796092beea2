/**
 * Checks that the server can do what the tracker promises.
 *
 * @since 0.1.0
 */
import type { Database } from '../database/Database.js'

/**
 * The server may forget what it has committed if the power fails: then a submission could be sent twice. Turn the setting on, or
 * start with `allowDataLoss`.
 *
 * @category model
 * @since 0.1.0
 */
export interface DurabilityOff {
  readonly _tag: 'DurabilityOff'
  readonly setting: 'fsync' | 'synchronous_commit'
}

/**
 * The server is older than PostgreSQL 15.
 *
 * @category model
 * @since 0.1.0
 */
export interface ServerTooOld {
  readonly _tag: 'ServerTooOld'
  /** Such as `14.11`. */
  readonly version: string
}

/**
 * The database has another encoding than UTF8, so it can't store all characters. Create one with `ENCODING 'UTF8'`.
 *
 * @category model
 * @since 0.1.0
 */
export interface EncodingNotUtf8 {
  readonly _tag: 'EncodingNotUtf8'
  /** Such as `LATIN1`. */
  readonly encoding: string
}

/** @internal */
export const checkServer = async (
  database: Database,
  allowDataLoss: boolean,
): Promise<DurabilityOff | ServerTooOld | EncodingNotUtf8 | undefined> => {
  const [row] = await database.query(`
    SELECT
      current_setting('server_version') AS version,
      current_setting('server_version_num')::integer AS number,
      current_setting('server_encoding') AS encoding,
      current_setting('fsync') AS fsync,
      current_setting('synchronous_commit') AS synchronous_commit`)
  if (Number(row?.number) < 150_000) return { _tag: 'ServerTooOld', version: String(row?.version) }
  const encoding = String(row?.encoding)
  if (encoding !== 'UTF8') return { _tag: 'EncodingNotUtf8', encoding }
  // An embedded server is always run without fsync; that is its documented limit.
  const settings =
    database.survives === 'PowerCut'
      ? (['fsync', 'synchronous_commit'] as const)
      : (['synchronous_commit'] as const)
  const off = allowDataLoss ? undefined : settings.find(setting => row?.[setting] === 'off')
  return off && { _tag: 'DurabilityOff', setting: off }
}
