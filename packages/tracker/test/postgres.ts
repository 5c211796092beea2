// Starts PostgreSQL for the tests: a cluster of its own in a temporary folder, reached by a socket in that folder.

import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export const howToInstall = 'install PostgreSQL 15 or later, such as with: apt-get install postgresql'

/** The folder of its programs, which Debian does not put on the PATH. */
export const findPostgres = (): string | undefined => {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    process.env.POSTGRES_BIN ?? '',
    ...versions.map(version => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ]
  return folders.find(folder => folder !== '' && existsSync(join(folder, 'initdb')))
}

/** PostgreSQL refuses to run as root, so root starts it as the user that Debian's package has created. */
const asAnother = (): SpawnOptions => {
  if (process.getuid?.() !== 0) return {}
  const idOf = (option: string): number => Number(spawnSync('id', [option, 'postgres']).stdout.toString())
  return { uid: idOf('-u'), gid: idOf('-g') }
}

export interface Postgres {
  /** Its socket. */
  readonly host: string
  readonly pid: () => number
  readonly start: () => Promise<void>
  /** Kills the postmaster, as a power cut would, and waits for its end. */
  readonly kill: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Makes a cluster and starts it. `settings` are options such as `-c fsync=off`. */
export const startPostgres = async (
  programs: string,
  settings: ReadonlyArray<string> = [],
): Promise<Postgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-'))
  const identity = asAnother()
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(folder, identity.uid, identity.gid)
  const data = join(folder, 'data')
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { cwd: folder, ...identity, encoding: 'utf8' } as const,
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)

  let running: ReturnType<typeof spawn> | undefined
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (running?.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill(signal)
    await ended
  }
  const start = async (): Promise<void> => {
    // After a kill, its children can hold the memory for a moment, and a new postmaster refuses to start.
    for (;;) {
      const postmaster = spawn(
        join(programs, 'postgres'),
        ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=200', ...settings],
        { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'], ...identity },
      )
      running = postmaster
      while (postmaster.exitCode === null && postmaster.signalCode === null) {
        if (await answers(folder)) return
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    }
  }
  await start()
  return {
    host: folder,
    pid: () => running?.pid ?? 0,
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const answers = async (host: string): Promise<boolean> => {
  const client = new pg.Client({ host, user: 'postgres', database: 'postgres' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
