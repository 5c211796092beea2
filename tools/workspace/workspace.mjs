// The workspace's commands, for a machine that has only Node and npm:
//
//   node tools/workspace/workspace.mjs start [argument…]   install, build, run the demo
//   node tools/workspace/workspace.mjs test                install, check and test everything
//   node tools/workspace/workspace.mjs fuzz [seconds]      install, build, try random bodies
//   node tools/workspace/workspace.mjs bench wait|memory|decode|adapters   install, build, compare, measure
//   node tools/workspace/workspace.mjs size                install, build, weigh every package
//   node tools/workspace/workspace.mjs api [--write]       install, build, compare the public API with what was accepted
//   node tools/workspace/workspace.mjs changeset           install, ask what has changed and write it down
//   node tools/workspace/workspace.mjs release-version     install, make versions and changelogs of the changesets
//   node tools/workspace/workspace.mjs release             install, build, publish what the npm registry does not have yet
//   node tools/workspace/workspace.mjs release-dry         install, release a copy to a registry on this machine
//   node tools/workspace/workspace.mjs consumers [--write] install, build, use the packages as published
//   node tools/workspace/workspace.mjs turbo TASK…         install, run those turbo tasks
//
// The tools run on the Node that pnpm-lock.yaml names, whatever Node this script runs on: the installation has it.
// With WORKSPACE_NODE=host they run on the machine's own.
//
// The network is used only while something is still to be installed.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { packageFolders, root } from './packages.mjs'

const onWindows = process.platform === 'win32'
const stampFile = join(root, 'node_modules/.workspace.json')
const programs = join(root, 'node_modules/.bin')
/** The Node that all tools run on: pnpm and npx put its folder first on the PATH, and so does this script. */
const node = join(programs, onWindows ? 'node.exe' : 'node')
const read = file => readFileSync(join(root, file), 'utf8')

class Failure extends Error {
  constructor(status, output = '') {
    super(output)
    this.status = status
  }
}

/** Runs a program to its end. Unless `quiet`, its output goes straight through; else it comes back. */
const run = (program, args, { quiet = false, env = process.env, shell = false, input = 'ignore' } = {}) => {
  const result = spawnSync(program, args, {
    cwd: root,
    env,
    shell,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: [input, quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  })
  if (result.error) throw result.error
  const output = quiet ? result.stdout + result.stderr : ''
  if (result.status !== 0) throw new Failure(result.status ?? 1, output)
  return result.stdout ?? ''
}

const npx = args => run('npx', ['-y', ...args], { quiet: true, shell: onWindows })

const isPnpmHome = folder => existsSync(join(folder, onWindows ? 'pnpm.cmd' : 'pnpm'))

/** The folder where npx keeps pnpm. Turbo calls pnpm by name, so this goes on its PATH. */
const findPnpm = pnpm => {
  const path = npx([`--package=${pnpm}`, '--', 'node', '-p', 'process.env.PATH']).trim()
  const home = path.split(delimiter).find(isPnpmHome)
  if (home === undefined) throw new Error(`npx did not provide ${pnpm}`)
  return home
}

const readStamp = () => {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** The program of the installed package of Node. pnpm installs none where npm has none for the system. */
const pinnedNode = () =>
  readdirSync(join(root, 'node_modules'))
    .filter(name => /^node-(bin-)?(darwin|linux|win)-/.test(name))
    .map(name => realpathSync(join(root, 'node_modules', name, 'bin', onWindows ? 'node.exe' : 'node')))[0]

const isOld = version => {
  const [major, minor] = version.slice(1).split('.').map(Number)
  return major < 22 || (major === 22 && minor < 18)
}

/** Makes `node` the pinned Node, or the machine's own if that is asked for or all there is. */
const chooseNode = () => {
  const pinned = pinnedNode()
  const isHost = process.env.WORKSPACE_NODE === 'host' || pinned === undefined
  // npm runs its scripts with `node`, so this process may run on the pinned one: npm itself does not.
  const wanted = isHost ? realpathSync(process.env.npm_node_execpath ?? process.execPath) : pinned
  const version = isHost ? run(wanted, ['--version'], { quiet: true }).trim() : undefined
  if (version !== undefined && isOld(version))
    throw new Error(`expected Node 22.18 or later to run the tools, found ${version} at ${wanted}`)
  if (existsSync(node) && (onWindows ? !isHost : realpathSync(node) === wanted)) return
  rmSync(node, { force: true })
  symlinkSync(wanted, node)
}

/** Installs what is missing, and chooses the Node of the tools; gives pnpm's folder. */
const install = () => {
  const pnpmHome = installDependencies()
  chooseNode()
  return pnpmHome
}

/** pnpm makes no node_modules in the folder of a package that depends on nothing. */
const hasDependencies = folder => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(read(`${folder}/package.json`))
  return Object.keys({ ...dependencies, ...devDependencies }).length > 0
}

/** Installs when a manifest or the lockfile has changed since the last time; gives pnpm's folder. */
const installDependencies = () => {
  const folders = packageFolders
  const manifests = ['', ...folders.map(folder => `${folder}/`)].map(folder => `${folder}package.json`)
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.mjs', ...manifests])
    hash.update(`${file}\n${read(file)}\n`)
  const wanted = hash.digest('hex')

  const stamp = readStamp()
  const { packageManager: pnpm } = JSON.parse(read('package.json'))
  const installed =
    stamp.wanted === wanted &&
    folders.filter(hasDependencies).every(folder => existsSync(join(root, folder, 'node_modules')))
  if (installed && isPnpmHome(stamp.pnpmHome)) return stamp.pnpmHome

  process.stderr.write('Installing dependencies…\n')
  if (!installed) npx([pnpm, 'install', '--frozen-lockfile'])
  const pnpmHome = findPnpm(pnpm)
  writeFileSync(stampFile, JSON.stringify({ wanted, pnpmHome }))
  return pnpmHome
}

/** Chromium, where there is one: tests run in it, and what they found holds for that version. */
const chromium = () => {
  const { CHROMIUM: path = '/usr/bin/chromium' } = process.env
  if (!existsSync(path)) return {}
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return { WORKSPACE_CHROMIUM_VERSION: stdout }
}

/** The environment of programs that call Node and pnpm by their names. */
const withPnpm = pnpmHome => ({
  ...process.env,
  PATH: [programs, pnpmHome, process.env.PATH].join(delimiter),
})

const turbo = (pnpmHome, args, options = {}) =>
  run(node, [join(root, 'node_modules/turbo/bin/turbo'), 'run', ...args], {
    ...options,
    env: {
      ...withPnpm(pnpmHome),
      DO_NOT_TRACK: '1',
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
      WORKSPACE_NODE_VERSION: run(node, ['--version'], { quiet: true }).trim(),
      ...chromium(),
    },
  })

const changeset = (pnpmHome, ...args) =>
  run(node, [join(root, 'node_modules/@changesets/cli/bin.js'), ...args], {
    env: withPnpm(pnpmHome),
    input: 'inherit', // it asks
  })

const checkFormat = () =>
  run(node, [
    join(root, 'node_modules/prettier/bin/prettier.cjs'),
    ...['--check', '.', '--log-level', 'warn', '--cache', '--cache-strategy', 'content'],
  ])

/** Builds a package of ours, runs it on this terminal, and ends as it ends. */
const buildAndRun = (folder, args) => {
  const pnpmHome = install()
  const began = Date.now()
  const { name } = JSON.parse(read(`${folder}/package.json`))
  turbo(pnpmHome, ['build', `--filter=${name}...`, '--output-logs=errors-only'], { quiet: true })
  process.stderr.write(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
  const program = spawn(node, [join(root, folder, 'dist/main.js'), ...args], {
    stdio: 'inherit',
    env: withPnpm(pnpmHome),
  })
  process.on('SIGINT', () => undefined) // the terminal sends it to the program as well
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => program.kill(signal))
  program.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

const commands = {
  start(args) {
    buildAndRun('apps/demo', args)
  },
  fuzz(args) {
    buildAndRun('testing/fuzz', args)
  },
  bench(args) {
    buildAndRun('tools/bench', args)
  },
  size(args) {
    buildAndRun('tools/size', args)
  },
  api(args) {
    buildAndRun('tools/api-report', args)
  },
  consumers(args) {
    buildAndRun('testing/consumers', args)
  },
  test() {
    const pnpmHome = install()
    checkFormat()
    const tasks = [
      'lint',
      '//#lint:root',
      '//#site:check',
      '//#knip',
      '//#manifests',
      'typecheck',
      'build',
      'test',
    ]
    turbo(pnpmHome, [...tasks, '--continue=dependencies-successful', '--output-logs=new-only'])
    run(node, [join(root, 'tools/workspace/faults-table.mjs'), '--check'])
  },
  changeset(args) {
    changeset(install(), ...args)
  },
  release() {
    const pnpmHome = install()
    turbo(pnpmHome, ['build'])
    changeset(pnpmHome, 'publish')
  },
  'release-version'() {
    changeset(install(), 'version')
  },
  'release-dry'() {
    run(node, [join(root, 'tools/workspace/release/dry-run.mjs')], { env: withPnpm(install()) })
  },
  turbo(args) {
    turbo(install(), args)
  },
}

const [name = '', ...args] = process.argv.slice(2)
if (!Object.hasOwn(commands, name)) {
  process.stderr.write(`Usage: workspace.mjs ${Object.keys(commands).join(' | ')}\n`)
  process.exit(2)
}
try {
  commands[name](args)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(error instanceof Failure ? error.status : 1)
}
