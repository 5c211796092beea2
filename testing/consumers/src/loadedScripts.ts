/**
 * The scripts that a process has loaded, as ES modules or as CommonJS: V8 lists them in the folder that `NODE_V8_COVERAGE` names.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

interface Coverage {
  readonly result: ReadonlyArray<{ readonly url: string }>
}

/** The URLs of all scripts in the reports that are in a folder. */
export const loadedScripts = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder)
    .map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Coverage)
    .flatMap(({ result }) => result.map(({ url }) => url))

/**
 * The copies of a package that scripts come from: each a folder in which a whole copy lies, as `…/fp-ts/lib/` or
 * `…/fp-ts/es6/`.
 */
export const copiesOf = (name: string, scripts: ReadonlyArray<string>): ReadonlyArray<string> =>
  Array.from(
    new Set(
      scripts.flatMap(script => {
        const place = script.lastIndexOf(`node_modules/${name}/`)
        if (place === -1) return []
        const start = place + `node_modules/${name}/`.length
        return [script.slice(0, script.indexOf('/', start) + 1)]
      }),
    ),
  ).sort()
