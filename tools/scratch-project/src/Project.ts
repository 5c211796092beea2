/**
 * A scratch project: a folder outside the workspace, into which npm installs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Environment, type Output, plainEnvironment, run } from './command.ts'

export interface Project {
  readonly folder: string
  /** Writes a file, whose folders are made where they are missing. */
  readonly write: (file: string, text: string) => void
  readonly read: (file: string) => string
  /** Installs packages: names, with a version or without, aliases, tarballs; without any, those of the manifest. */
  readonly install: (...packages: ReadonlyArray<string>) => Promise<void>
  /** Runs a file of the project with a Node program. */
  readonly runNode: (node: string, args: ReadonlyArray<string>, environment?: Environment) => Promise<Output>
}

/** Makes the folder if it is missing. What runs in it has this environment, by default that of a user's own shell. */
export const createProject = (
  folder: string,
  environment: Environment = plainEnvironment(process.env),
): Project => {
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    },
    read: file => readFileSync(join(folder, file), 'utf8'),
    install: async (...packages) => {
      await run(folder, ['npm', 'install', ...installOptions, ...packages], environment)
    },
    runNode: (node, args, more) => run(folder, [node, ...args], { ...environment, ...more }),
  }
}

/** Into this very folder, under exact versions. */
const installOptions = ['--prefix', '.', '--save-exact', '--no-audit', '--no-fund', '--loglevel=error']
