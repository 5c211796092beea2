import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

/** Runs the built command as a process of its own, with pipes. */
export const runCommand = (
  words: ReadonlyArray<string>,
  {
    input = '',
    cwd,
    env = {},
  }: {
    readonly input?: string | Uint8Array
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.stdin.on('error', () => undefined) // a command that needs no input may have ended
    child.stdin.end(input)
    child.on('error', reject)
    child.on('close', status =>
      resolve({ stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(err)), status }),
    )
  })

interface Terminal {
  readonly columns?: number
  readonly env?: Readonly<Record<string, string>>
}

const inTerminal = (
  words: ReadonlyArray<string>,
  { columns = 80, env = {} }: Terminal,
): readonly [words: ReadonlyArray<string>, options: { readonly env: NodeJS.ProcessEnv }] => {
  const command = [process.execPath, program, ...words].map(word => `'${word.replaceAll("'", `'\\''`)}'`)
  return [
    ['-qec', `stty cols ${columns}; ${command.join(' ')}`, '/dev/null'],
    { env: { PATH: process.env.PATH, TERM: 'xterm', ...env } },
  ]
}

/** Runs the built command in a terminal. Standard output and standard error come as one there. */
export const runInTerminal = (words: ReadonlyArray<string>, terminal: Terminal = {}): string => {
  const [args, options] = inTerminal(words, terminal)
  return spawnSync('script', args, { ...options, encoding: 'utf8', input: '' }).stdout
}

/** The same, without blocking this process. `onOutput` gets what was printed so far. */
export const runInTerminalWhile = (
  words: ReadonlyArray<string>,
  terminal: Terminal,
  onOutput: (output: string) => void,
): Promise<string> =>
  new Promise(resolve => {
    const [args, options] = inTerminal(words, terminal)
    const child = spawn('script', args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      onOutput(output)
    })
    child.on('close', () => resolve(output))
  })
