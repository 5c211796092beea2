import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))

export interface Started {
  readonly child: ChildProcess
  readonly out: () => string
  readonly error: () => string
  /** Its exit code. */
  readonly ended: Promise<unknown>
}

/** Starts the service as a process of its own, as it is built. It is killed at the end of the test, if it runs. */
export const startProcess = (
  args: ReadonlyArray<string>,
  environment: Readonly<Record<string, string>> = {},
): Started => {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const texts = { out: '', error: '' }
  child.stdout.on('data', piece => void (texts.out += String(piece)))
  child.stderr.on('data', piece => void (texts.error += String(piece)))
  return {
    child,
    out: () => texts.out,
    error: () => texts.error,
    ended: once(child, 'close').then(([code]) => code as unknown),
  }
}

/** The URL that it logs. Rejects if it ends before. */
export const urlOf = async ({ child, out, error, ended }: Started): Promise<string> => {
  for (;;) {
    const [, url] = /"url":"([^"]+)".*"started"/.exec(out()) ?? []
    if (url !== undefined) return url
    const piece = once(child.stdout ?? child, 'data').then(() => true)
    if (!(await Promise.race([piece, ended.then(() => false)]))) throw new Error(error())
  }
}
