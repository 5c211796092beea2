import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** How a program ended. */
export interface Ending {
  readonly exitCode: number | string | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program with Node. */
export const runProgram = (program: string): Promise<Ending> => runNode([program], dirname(program))

/** Runs a file of tests with vitest, under no configuration but its defaults. */
export const runTests = (file: string): Promise<Ending> => {
  const folder = dirname(file)
  writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {}\n')
  return runNode(
    [join(vitestFolder, 'vitest.mjs'), 'run', '--root', folder, '--reporter', 'dot', file],
    folder,
  )
}

const vitestFolder = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))

const runNode = (args: ReadonlyArray<string>, cwd: string): Promise<Ending> =>
  new Promise(resolve => {
    execFile(
      process.execPath,
      args,
      { cwd, env: plainEnvironment(), timeout: longestRunMs, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve({ exitCode: error === null ? 0 : (error.code ?? error.signal ?? null), stdout, stderr }),
    )
  })

const longestRunMs = 100_000

/** What a reader's own shell has: nothing of the test runner that all this runs under. */
const plainEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|VITE_|TEST$|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$)/.test(name),
    ),
  )
