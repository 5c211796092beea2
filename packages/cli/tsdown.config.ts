import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { library } from '@task-outcome/build'
import { defineConfig } from 'tsdown'

/** The packages of others that are part of the bundle, and which package depends on them. */
const bundled = {
  '@commander-js/extra-typings': '.',
  commander: '.',
  'fast-string-truncated-width': '.',
  'fp-ts': '.',
  'io-ts': '.',
}

/** Their licences ask to be part of each copy. */
const writeLicences = (): void => {
  const own = createRequire(import.meta.url)
  const texts = Object.entries(bundled).map(([name, of]) => {
    const { resolve } = of === '.' ? own : createRequire(own.resolve(`${of}/package.json`))
    const folder = (resolve.paths(name) ?? []).map(path => join(path, name)).find(existsSync)
    if (folder === undefined) throw new Error(`${name} is not installed`)
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
