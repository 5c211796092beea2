// A dry run of a release: `npm run release:dry`. In a copy of this checkout it releases what is here, and then a
// minor change of core, to a registry on this machine; installs the packages from there, and runs a program with them.
//
// The checkout stays as it is, and nothing is sent to the npm registry: only what is not ours is fetched from there.

import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Environment, run } from '@task-outcome/scratch-project'
import { check, results, same } from './checks.ts'
import { consume } from './consume.ts'
import { apart, onThisMachine } from './environments.ts'
import { type PublishedManifest, type Registry, settingsFor, startRegistry } from './registry.ts'

/** The folder of the workspace. */
const root = fileURLToPath(new URL('../../..', import.meta.url))

const work = mkdtempSync(join(tmpdir(), 'release-dry-run-'))
const copy = join(work, 'copy')

const step = (text: string): void => console.log(`\n${text}`)

interface Published {
  readonly folder: string
  readonly name: string
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** What is published, as the copy has it now. */
const published = (): ReadonlyArray<Published> =>
  readdirSync(join(copy, 'packages')).map(shortName => {
    const folder = `packages/${shortName}`
    const manifest = readFileSync(join(copy, folder, 'package.json'), 'utf8')
    return { folder, ...(JSON.parse(manifest) as Omit<Published, 'folder'>) }
  })
const versions = (): Readonly<Record<string, string>> =>
  Object.fromEntries(published().map(({ name, version }) => [name, version]))

const git = async (...args: ReadonlyArray<string>): Promise<string> => {
  const { stdout } = await run(copy, ['git', ...args], apart)
  return stdout
}

const copyCheckout = async (): Promise<void> => {
  const listFiles = ['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'] as const
  const { stdout: files } = await run(root, listFiles, onThisMachine)
  for (const file of files.split('\0').filter(file => file !== '' && existsSync(join(root, file))))
    cpSync(join(root, file), join(copy, file))
  await git('init', '--quiet', '--initial-branch=main')
  await commit('What is released')
}

const commit = async (message: string): Promise<void> => {
  await git('add', '--all')
  await git('commit', '--quiet', '--no-verify', '--message', message)
}

const build = async (): Promise<void> => {
  await run(copy, ['pnpm', 'install', '--frozen-lockfile', '--prefer-offline'], onThisMachine)
  const turbo = [
    ...['node_modules/turbo/bin/turbo', 'run', 'build', ...published().map(({ name }) => `--filter=${name}`)],
    ...['--output-logs=errors-only', `--cache-dir=${join(root, '.turbo/cache')}`],
  ]
  await run(copy, [process.execPath, ...turbo], onThisMachine)
}

const changeset = async (command: 'publish' | 'version', settings: Environment = {}): Promise<void> => {
  const program = 'node_modules/@changesets/cli/bin.js'
  await run(copy, [process.execPath, program, command], { ...apart, ...settings })
}

/** Publishes what the registry does not have yet, as the release workflow does, and checks what has arrived. */
const publish = async (registry: Registry): Promise<void> => {
  writeFileSync(join(copy, '.npmrc'), settingsFor(registry))
  await changeset('publish', {
    npm_config_registry: registry.url,
    'npm_config_@task-outcome:registry': registry.url,
  })
  rmSync(join(copy, '.npmrc'))

  const wanted = versions()
  same(
    'exactly the packages that are not private have arrived',
    [...registry.packages()].sort(),
    Object.keys(wanted).sort(),
  )

  for (const [name, version] of Object.entries(wanted)) {
    const document = await registry.describe(name)
    same(`${name} is ${version}`, document['dist-tags']?.latest, version)
    checkRanges(name, document.versions?.[version] ?? {}, wanted)
  }
}

/** A manifest must name ranges that everybody's package manager knows, and of ours those that were released together. */
const checkRanges = (
  name: string,
  { dependencies = {}, peerDependencies = {} }: PublishedManifest,
  wanted: Readonly<Record<string, string>>,
): void => {
  const ranges = Object.entries({ ...dependencies, ...peerDependencies })
  const strange = ranges.filter(([, range]) => !/^[\^~]?\d+\.\d+\.\d+$/.test(range))
  check(`${name} depends on ranges of versions`, strange.length > 0 ? JSON.stringify(strange) : undefined)
  for (const [other, range] of ranges)
    if (other in wanted) same(`${name} depends on the ${other} of its release`, range, `^${wanted[other]}`)
}

/** A minor change of core: what depends on it is released anew with it, and nothing becomes a major. */
const changeCore = async (): Promise<void> => {
  const text = "---\n'@task-outcome/core': minor\n---\n\nSomething new.\n"
  writeFileSync(join(copy, '.changeset/dry-run.md'), text)
  const before = versions()
  await changeset('version')
  const next = (version: string, isMinor: boolean): string => {
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
    return isMinor ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`
  }
  for (const { name, folder, version, dependencies = {} } of published()) {
    const isCore = name === '@task-outcome/core'
    const current = before[name] ?? ''
    if (!isCore && !('@task-outcome/core' in dependencies)) {
      same(`a minor of core leaves ${name} as it is, which bundles what it uses`, version, current)
      continue
    }
    same(`a minor of core makes ${name} a ${isCore ? 'minor' : 'patch'}`, version, next(current, isCore))
    const log = readFileSync(join(copy, folder, 'CHANGELOG.md'), 'utf8')
    const [, first] = /^## (.*)$/m.exec(log) ?? []
    same(`the changelog of ${name} begins with that version`, first, version)
  }
  const touched = (await git('diff', '--name-only')).trim().split('\n')
  const kept = published().map(({ folder }) => `${folder}/`)
  const others = touched.filter(
    file => !file.startsWith('.changeset/') && !kept.some(folder => file.startsWith(folder)),
  )
  same('nothing that is private gets a new version', others, [])
  await commit('A minor change of core')
}

process.on('SIGINT', () => undefined) // what runs is stopped by it, and then all is cleaned up

let registry: Registry | undefined
try {
  step('Copying the checkout, and building what is published')
  await copyCheckout()
  await build()

  step('Starting a registry')
  registry = await startRegistry(join(work, 'registry'))

  const pending = readdirSync(join(copy, '.changeset')).filter(
    file => file.endsWith('.md') && file !== 'README.md',
  )
  if (pending.length > 0) {
    await changeset('version')
    await commit('The versions of this release')
  }
  step('Releasing what is here')
  await publish(registry)

  step('Releasing a minor change of core')
  await changeCore()
  await publish(registry)

  step('Installing it in an empty folder')
  await consume(join(work, 'consumer'), registry, versions())
} catch (error) {
  check('the dry run comes to its end', error instanceof Error ? error.message : String(error))
} finally {
  await registry?.stop()
  rmSync(work, { recursive: true, force: true })
}

console.log(`\n${results.passed} passed, ${results.failed} failed`)
process.exitCode = results.failed > 0 ? 1 : 0
