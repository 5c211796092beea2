/**
 * Runs programs as a user's shell does.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'

/** How a command failed, with what it said. */
class CommandFailure extends Error {
  constructor(folder: string, words: ReadonlyArray<string>, reason: string, output: string) {
    super(`${words.join(' ')}\nin ${folder}\n${reason}\n${output.trimEnd()}`)
  }
}

export interface Output {
  readonly stdout: string
  readonly stderr: string
}

export type Environment = Readonly<NodeJS.ProcessEnv>

/** Runs a command to its end in a folder, and returns its output. */
export const run = (
  folder: string,
  [program, ...args]: readonly [program: string, ...args: ReadonlyArray<string>],
  environment: Environment = plainEnvironment(process.env),
): Promise<Output> =>
  new Promise((resolve, reject) => {
    const options = {
      cwd: folder,
      env: environment,
      timeout: longestRunMs,
      maxBuffer: 256 * 1024 * 1024,
      shell: needsShell(program),
    }
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr })
      else {
        const reason = error.killed === true ? `took longer than ${longestRunMs / 1000} s` : error.message
        const firstLine = reason.split('\n', 1).join('')
        reject(new CommandFailure(folder, [program, ...args], firstLine, `${stdout}\n${stderr}`))
      }
    })
    child.stdin?.end()
  })

/** A program that runs until it is stopped. */
export interface RunningProgram {
  readonly firstLine: string
  readonly stop: () => Promise<void>
}

/** Starts a program, and returns it once it has written its first line. */
export const start = async (
  folder: string,
  [program, ...args]: readonly [program: string, ...args: ReadonlyArray<string>],
): Promise<RunningProgram> => {
  const env = plainEnvironment(process.env)
  const child = spawn(program, args, { cwd: folder, env, shell: needsShell(program) })
  const firstLine = await readFirstLine(child, folder, [program, ...args])
  return {
    firstLine,
    stop: async () => {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

const readFirstLine = (child: ChildProcess, folder: string, words: ReadonlyArray<string>): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk.toString()
      const [line, rest] = said.split('\n', 2)
      if (line !== undefined && rest !== undefined) resolve(line)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('error', reject)
    child.on('exit', code => reject(new CommandFailure(folder, words, `ended with ${String(code)}`, said)))
  })

const longestRunMs = 600_000

/** On Windows, npm and pnpm are scripts. */
const needsShell = (program: string): boolean =>
  process.platform === 'win32' && ['npm', 'pnpm'].includes(program)

/** What a user's own shell has: nothing of the script or the test runner that all this runs under. */
export const plainEnvironment = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) =>
        !/^(npm_(package|lifecycle)_|npm_(command|execpath|node_execpath|config_local_prefix)$|INIT_CWD$)/.test(
          name,
        ) && !/^(VITEST|VITE_|TEST$|NODE_ENV$|NODE_OPTIONS$|NODE_V8_COVERAGE$|FORCE_COLOR$)/.test(name),
    ),
  )
