// Runs a command of the workspace on a machine that has only Node and npm:
//
//   node tools/workspace/bootstrap.mjs <command> [argument…]
//
// It installs what is missing, chooses the Node of the tools, and hands over to src/commands.ts, which has the commands.
// This is the one script that the machine's own Node runs, 20.19 or later, so it is JavaScript and imports nothing that
// would have to be installed. All others run on the Node that pnpm-lock.yaml names, which is part of the installation; with
// WORKSPACE_NODE=host they run on the machine's own.
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
import { fileURLToPath } from 'node:url'

const onWindows = process.platform === 'win32'
const root = fileURLToPath(new URL('../..', import.meta.url))
const stampFile = join(root, 'node_modules/.workspace.json')
const programs = join(root, 'node_modules/.bin')
/** The Node that all tools run on: pnpm and npx put its folder first on the PATH, and so does this script. */
const node = join(programs, onWindows ? 'node.exe' : 'node')

/** @param {string} file */
const read = file => readFileSync(join(root, file), 'utf8')

class Failure extends Error {}

/**
 * Runs a program to its end, and gives what it printed.
 *
 * @param {string} program
 * @param {readonly string[]} args
 */
const run = (program, args, shell = false) => {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    shell,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error) throw error
  if (status !== 0) throw new Failure(`${program} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout.trim()
}

/** @param {readonly string[]} args */
const npx = args => run('npx', ['-y', ...args], onWindows)

/** @param {string} folder */
const isPnpmHome = folder => existsSync(join(folder, onWindows ? 'pnpm.cmd' : 'pnpm'))

/**
 * The folder where npx keeps pnpm. Turbo calls pnpm by name, so this goes on its PATH.
 *
 * @param {string} pnpm
 */
const findPnpm = pnpm => {
  const path = npx([`--package=${pnpm}`, '--', 'node', '-p', 'process.env.PATH'])
  const home = path.split(delimiter).find(isPnpmHome)
  if (home === undefined) throw new Failure(`npx did not provide ${pnpm}`)
  return home
}

/** @returns {{ readonly wanted?: string, readonly pnpmHome?: string }} */
const readStamp = () => {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** The folders with a manifest, as pnpm-workspace.yaml names them. */
const findPackages = () =>
  [...read('pnpm-workspace.yaml').matchAll(/^ {2}- ([\w-]+)\/\*$/gm)]
    .flatMap(([, group = '']) => readdirSync(join(root, group)).map(name => `${group}/${name}`))
    .filter(folder => existsSync(join(root, folder, 'package.json')))
    .sort()

/**
 * pnpm makes no node_modules in the folder of a package that depends on nothing.
 *
 * @param {string} folder
 */
const hasDependencies = folder => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(read(`${folder}/package.json`))
  return Object.keys({ ...dependencies, ...devDependencies }).length > 0
}

/** Installs when a manifest or the lockfile has changed since the last time; gives pnpm's folder. */
const installDependencies = () => {
  const packages = findPackages()
  const manifests = ['package.json', ...packages.map(folder => `${folder}/package.json`)]
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.mjs', ...manifests])
    hash.update(`${file}\n${read(file)}\n`)
  const wanted = hash.digest('hex')

  const stamp = readStamp()
  const { packageManager: pnpm } = JSON.parse(read('package.json'))
  const installed =
    stamp.wanted === wanted &&
    packages.filter(hasDependencies).every(folder => existsSync(join(root, folder, 'node_modules')))
  if (installed && stamp.pnpmHome !== undefined && isPnpmHome(stamp.pnpmHome)) return stamp.pnpmHome

  process.stderr.write('Installing dependencies…\n')
  if (!installed) npx([pnpm, 'install', '--frozen-lockfile'])
  const pnpmHome = findPnpm(pnpm)
  writeFileSync(stampFile, JSON.stringify({ wanted, pnpmHome }))
  return pnpmHome
}

/** The program of the installed package of Node. pnpm installs none where npm has none for the system. */
const pinnedNode = () =>
  readdirSync(join(root, 'node_modules'))
    .filter(name => /^node-(bin-)?(darwin|linux|win)-/.test(name))
    .map(name => realpathSync(join(root, 'node_modules', name, 'bin', onWindows ? 'node.exe' : 'node')))[0]

/** @param {string} version */
const stripsTypes = version => {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

/** Makes `node` the pinned Node, or the machine's own if that is asked for or all there is. */
const chooseNode = () => {
  const pinned = pinnedNode()
  const isHost = process.env.WORKSPACE_NODE === 'host' || pinned === undefined
  // npm runs its scripts with `node`, so this process may run on the pinned one: npm itself does not.
  const wanted = isHost ? realpathSync(process.env.npm_node_execpath ?? process.execPath) : pinned
  const version = isHost ? run(wanted, ['--version']) : undefined
  if (version !== undefined && !stripsTypes(version))
    throw new Failure(`expected Node 22.18 or later to run the tools, found ${version} at ${wanted}`)
  if (existsSync(node) && (onWindows ? !isHost : realpathSync(node) === wanted)) return
  rmSync(node, { force: true })
  symlinkSync(wanted, node)
}

/**
 * Runs the command on this terminal, and ends as it ends. Programs that it calls by their names are those of the workspace.
 *
 * @param {string} pnpmHome
 */
const handOver = pnpmHome => {
  const command = spawn(node, [join(root, 'tools/workspace/src/commands.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: [programs, pnpmHome, process.env.PATH].join(delimiter) },
  })
  process.on('SIGINT', () => undefined) // the terminal sends it to the command as well
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
    process.on(signal, () => command.kill(signal))
  command.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']))
}

try {
  const pnpmHome = installDependencies()
  chooseNode()
  handOver(pnpmHome)
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
