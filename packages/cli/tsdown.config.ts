import { existsSync, readFileSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { library } from '@task-outcome/build'
import { defineConfig } from 'tsdown'

/** The packages of others that are part of the bundle, and by way of which packages they come. */
const bundled: Readonly<Record<string, ReadonlyArray<string>>> = {
  '@commander-js/extra-typings': [],
  '@noble/hashes': ['@task-outcome/tencentcloud'],
  'ansi-regex': ['cli-progress', 'string-width', 'strip-ansi'],
  'cli-progress': [],
  commander: [],
  'emoji-regex': ['cli-progress', 'string-width'],
  'fast-string-truncated-width': [],
  'fp-ts': [],
  'io-ts': [],
  'is-fullwidth-code-point': ['cli-progress', 'string-width'],
  'retry-ts': ['@task-outcome/wait'],
  'string-width': ['cli-progress'],
  'strip-ansi': ['cli-progress', 'string-width'],
}

const folderOf = (name: string, from: string): string => {
  const folder = (createRequire(join(from, 'package.json')).resolve.paths(name) ?? [])
    .map(path => join(path, name))
    .find(existsSync)
  if (folder === undefined) throw new Error(`${name} is not installed`)
  return realpathSync(folder)
}

/** Their licences ask to be part of each copy. */
const writeLicences = (): void => {
  const texts = Object.entries(bundled).map(([name, by]) => {
    const folder = [...by, name].reduce((from, next) => folderOf(next, from), import.meta.dirname)
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
    if (file === undefined) throw new Error(`${name} has no licence`)
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
  })
  writeFileSync('dist/LICENSES.txt', `The command contains these packages.\n\n${texts.join('\n---\n\n')}`)
}

/**
 * The command is bundled with all that it imports: it starts in a third of the time, and `npx` installs one package. What a
 * command does is loaded when it runs.
 */
export default defineConfig({
  ...library,
  entry: 'src/main.ts',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  unbundle: false,
  dts: false,
  sourcemap: false,
  minify: true,
  plugins: [],
  // Other than `lib`, `es6` has no code that is not used.
  alias: { 'fp-ts/lib': 'fp-ts/es6' },
  inputOptions: { checks: { bundlerTimings: false }, resolve: { mainFields: ['module', 'main'] } },
  deps: { onlyBundle: Object.keys(bundled) },
  hooks: { 'build:done': writeLicences },
})
