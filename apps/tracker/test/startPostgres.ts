// A PostgreSQL for tests: a cluster of its own in a temporary folder, reached by a socket in that folder.

import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
const asAnother = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {}
  const idOf = (option: string): number => Number(spawnSync('id', [option, 'postgres']).stdout.toString())
  return { uid: idOf('-u'), gid: idOf('-g') }
}

export const startPostgres = async (
  programs: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-postgres-'))
  const identity = asAnother()
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(folder, identity.uid, identity.gid)
  const options: SpawnOptions = { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'], ...identity }
  const data = join(folder, 'data')
  spawnSync(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], options)
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=200'],
    options,
  )
  const isReady = () => spawnSync(join(programs, 'pg_isready'), ['-h', folder], options).status === 0
  while (server.exitCode === null && !isReady()) await new Promise(resolve => setTimeout(resolve, 100))
  return {
    url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: async () => {
      server.kill('SIGINT')
      if (server.exitCode === null) await once(server, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
