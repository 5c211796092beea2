// A dry run of a release: `npm run release:dry`. In a copy of this checkout it releases what is here, and then a
// minor change of core, to a registry on this machine; installs the packages from there, and runs a program with them.
//
// The checkout stays as it is, and nothing is sent to the npm registry: only what is not ours is fetched from there.

import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageFolders, root } from '../packages.mjs'
import { check, results, same } from './checks.mjs'
import { consume } from './consume.mjs'
import { readJson, write } from './files.mjs'
import { apart, onThisMachine, run } from './programs.mjs'
import { settingsFor, startRegistry } from './registry.mjs'

const work = mkdtempSync(join(tmpdir(), 'release-dry-run-'))
const copy = join(work, 'copy')

const step = text => console.log(`\n${text}`)

/** What is published, by name, as the copy has it now. */
const published = () =>
  Object.fromEntries(
    packageFolders
      .map(folder => ({ folder, manifest: readJson(join(copy, folder, 'package.json')) }))
      .filter(({ manifest }) => manifest.private !== true)
      .map(({ folder, manifest }) => [manifest.name, { folder, version: manifest.version }]),
  )
const versions = () =>
  Object.fromEntries(Object.entries(published()).map(([name, { version }]) => [name, version]))

const git = (...args) => run('git', args, { cwd: copy, env: apart })

const copyCheckout = async () => {
  const files = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    env: onThisMachine,
  })
  for (const file of files.split('\0').filter(file => file !== '' && existsSync(join(root, file))))
    cpSync(join(root, file), join(copy, file))
  await git('init', '--quiet', '--initial-branch=main')
  await commit('What is released')
}

const commit = async message => {
  await git('add', '--all')
  await git('commit', '--quiet', '--no-verify', '--message', message)
}

const build = async () => {
  const names = Object.keys(published())
  const at = { cwd: copy, env: onThisMachine }
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], at)
  const turbo = [
    ...['node_modules/turbo/bin/turbo', 'run', 'build', ...names.map(name => `--filter=${name}`)],
    ...['--output-logs=errors-only', `--cache-dir=${join(root, '.turbo/cache')}`],
  ]
  await run(process.execPath, turbo, at)
}

const changeset = (command, settings = {}) =>
  run(process.execPath, ['node_modules/@changesets/cli/bin.js', command], {
    cwd: copy,
    env: { ...apart, ...settings },
  })

/** Publishes what the registry does not have yet, as the release workflow does, and checks what has arrived. */
const publish = async registry => {
  write(join(copy, '.npmrc'), settingsFor(registry))
  await changeset('publish', {
    npm_config_registry: registry.url,
    'npm_config_@task-outcome:registry': registry.url,
  })
  rmSync(join(copy, '.npmrc'))

  const wanted = versions()
  same(
    'exactly the packages that are not private have arrived',
    registry.packages().sort(),
    Object.keys(wanted).sort(),
  )

  for (const [name, version] of Object.entries(wanted)) {
    const document = await registry.describe(name)
    same(`${name} is ${version}`, document['dist-tags']?.latest, version)
    checkRanges(name, document.versions?.[version] ?? {}, wanted)
  }
}

/** A manifest must name ranges that everybody's package manager knows, and of ours those that were released together. */
const checkRanges = (name, { dependencies = {}, peerDependencies = {} }, wanted) => {
  const ranges = Object.entries({ ...dependencies, ...peerDependencies })
  const strange = ranges.filter(([, range]) => !/^[\^~]?\d+\.\d+\.\d+$/.test(range))
  check(`${name} depends on ranges of versions`, strange.length > 0 ? JSON.stringify(strange) : undefined)
  for (const [other, range] of ranges)
    if (other in wanted) same(`${name} depends on the ${other} of its release`, range, `^${wanted[other]}`)
}

/** A minor change of core: what depends on it is released anew with it, and nothing becomes a major. */
const changeCore = async () => {
  write(join(copy, '.changeset/dry-run.md'), "---\n'@task-outcome/core': minor\n---\n\nSomething new.\n")
  const before = versions()
  await changeset('version')
  const next = (version, isMinor) => {
    const [major, minor, patch] = version.split('.').map(Number)
    return isMinor ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`
  }
  for (const [name, { folder, version }] of Object.entries(published())) {
    const isCore = name === '@task-outcome/core'
    same(`a minor of core makes ${name} a ${isCore ? 'minor' : 'patch'}`, version, next(before[name], isCore))
    const log = readFileSync(join(copy, folder, 'CHANGELOG.md'), 'utf8')
    const [, first] = /^## (.*)$/m.exec(log) ?? []
    same(`the changelog of ${name} begins with that version`, first, version)
  }
  const touched = (await git('diff', '--name-only')).trim().split('\n')
  const kept = Object.values(published()).map(({ folder }) => `${folder}/`)
  const others = touched.filter(
    file => !file.startsWith('.changeset/') && !kept.some(folder => file.startsWith(folder)),
  )
  same('nothing that is private gets a new version', others, [])
  await commit('A minor change of core')
}

process.on('SIGINT', () => undefined) // what runs is stopped by it, and then all is cleaned up

let registry
try {
  step('Copying the checkout, and building what is published')
  await copyCheckout()
  await build()

  step('Starting a registry')
  registry = await startRegistry(join(work, 'registry'))

  const pending = readdirSync(join(copy, '.changeset')).filter(
    file => /\.md$/.test(file) && file !== 'README.md',
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
  await consume(join(work, 'consumer'), registry, published())
} catch (error) {
  check('the dry run comes to its end', error.message)
} finally {
  await registry?.stop()
  rmSync(work, { recursive: true, force: true })
}

console.log(`\n${results.passed} passed, ${results.failed} failed`)
process.exitCode = results.failed > 0 ? 1 : 0
