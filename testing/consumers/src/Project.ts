/**
 * A scratch project: a folder with a manifest, into which npm installs.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Environment, type Output, run } from './command.js'

export interface Project {
  readonly folder: string
  readonly write: (file: string, text: string) => void
  /** Installs packages: names with an exact version, aliases, tarballs. */
  readonly install: (...packages: ReadonlyArray<string>) => Promise<void>
  /** Runs a file of the project with a Node program. */
  readonly runNode: (node: string, args: ReadonlyArray<string>, environment?: Environment) => Promise<Output>
}

export const createProject = (folder: string): Project => {
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    },
    install: async (...packages) => {
      await run(folder, ['npm', 'install', ...installOptions, ...packages])
    },
    runNode: (node, args, environment) => run(folder, [node, ...args], environment),
  }
}

/** Into this very folder; and what was fetched once is not asked for again, since every version is exact. */
const installOptions = [
  '--prefix',
  '.',
  '--prefer-offline',
  '--save-exact',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
]
