// The commands of the workspace. `npm start`, `npm test` and the others call them through bootstrap.mjs, which installs
// what they need first:
//
//   start [argument…]   builds, runs the demo
//   test                checks and tests everything
//   fuzz [seconds]      builds, tries random bodies
//   bench wait|memory|decode|adapters   builds, compares, measures
//   size                builds, weighs every package
//   api [--write]       builds, compares the public API with what was accepted
//   schemas [--write]   builds, compares the JSON Schemas with the codecs
//   changeset           asks what has changed and writes it down
//   release-version     makes versions and changelogs of the changesets
//   release             builds, publishes what the npm registry does not have yet
//   release-dry         releases a copy to a registry on this machine
//   consumers [--write] builds, uses the packages as published
//   turbo TASK…         runs those turbo tasks

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './packages.ts'

class Failure extends Error {
  readonly status: number

  constructor(status: number, output: string) {
    super(output)
    this.status = status
  }
}

interface RunOptions {
  /** Its output goes straight through; if quiet, only that of a failure is shown. */
  readonly quiet?: boolean
  readonly env?: Readonly<NodeJS.ProcessEnv>
  readonly input?: 'ignore' | 'inherit'
}

/** Runs a script on the Node of the tools, which runs this one too, to its end. */
const run = (
  script: string,
  args: ReadonlyArray<string>,
  { quiet = false, env = process.env, input = 'ignore' }: RunOptions = {},
): void => {
  const output = quiet ? 'pipe' : 'inherit'
  const { error, status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: [input, output, output],
  })
  if (error) throw error
  if (status !== 0) throw new Failure(status ?? 1, quiet ? stdout + stderr : '')
}

/** Chromium, where there is one: tests run in it, and what they found holds for that version. */
const chromium = (): NodeJS.ProcessEnv => {
  const { CHROMIUM: path = '/usr/bin/chromium' } = process.env
  if (!existsSync(path)) return {}
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return { WORKSPACE_CHROMIUM_VERSION: stdout }
}

/** PostgreSQL, where Debian has put it: tests start it, and are skipped without it. */
const postgres = (): NodeJS.ProcessEnv => {
  const folder = '/usr/lib/postgresql'
  return existsSync(folder) ? { WORKSPACE_POSTGRES_VERSION: readdirSync(folder).join() } : {}
}

const turbo = (args: ReadonlyArray<string>, options: RunOptions = {}): void =>
  run('node_modules/turbo/bin/turbo', ['run', ...args], {
    ...options,
    env: {
      ...process.env,
      DO_NOT_TRACK: '1',
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
      WORKSPACE_NODE_VERSION: process.version,
      ...chromium(),
      ...postgres(),
    },
  })

const changeset = (...args: ReadonlyArray<string>): void =>
  run('node_modules/@changesets/cli/bin.js', args, { input: 'inherit' }) // it asks

const checkFormat = (): void =>
  run('node_modules/prettier/bin/prettier.cjs', [
    ...['--check', '.', '--log-level', 'warn', '--cache', '--cache-strategy', 'content'],
  ])

/** Builds a package of ours, and runs its program in this process, as if it had been started by itself. */
const buildAndRun = async (folder: string, args: ReadonlyArray<string>): Promise<void> => {
  const began = Date.now()
  const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    readonly name: string
  }
  turbo(['build', `--filter=${name}...`, '--output-logs=errors-only'], { quiet: true })
  process.stderr.write(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
  const program = join(root, folder, 'dist/main.js')
  process.argv = [process.execPath, program, ...args]
  await import(pathToFileURL(program).href)
}

type Command = (args: ReadonlyArray<string>) => void | Promise<void>

const commands = new Map<string, Command>([
  ['start', args => buildAndRun('apps/demo', args)],
  ['fuzz', args => buildAndRun('testing/fuzz', args)],
  ['bench', args => buildAndRun('tools/bench', args)],
  ['size', args => buildAndRun('tools/size', args)],
  ['api', args => buildAndRun('tools/api-report', args)],
  ['schemas', args => buildAndRun('tools/schemas', args)],
  ['consumers', args => buildAndRun('testing/consumers', args)],
  [
    'test',
    () => {
      checkFormat()
      turbo([
        ...['lint', '//#lint:root', '//#site:check', '//#knip', '//#manifests', 'typecheck', 'build', 'test'],
        ...['--continue=dependencies-successful', '--output-logs=new-only'],
      ])
      run('tools/workspace/src/faultsTable.ts', ['--check'])
    },
  ],
  ['changeset', args => changeset(...args)],
  [
    'release',
    () => {
      turbo(['build'])
      changeset('publish')
    },
  ],
  ['release-version', () => changeset('version')],
  ['release-dry', () => run('tools/release/src/main.ts', [])],
  ['turbo', args => turbo(args)],
])

const [name = '', ...args] = process.argv.slice(2)
const command = commands.get(name)
if (command === undefined) {
  process.stderr.write(`Usage: bootstrap.mjs ${[...commands.keys()].join(' | ')}\n`)
  process.exit(2)
}
try {
  await command(args)
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(error.status)
}
