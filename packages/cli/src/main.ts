#!/usr/bin/env node
/**
 * The command `task-outcome`.
 *
 * @internal
 */
import { readFileSync } from 'node:fs'
import { type Output, type Shell, outputError } from './output/Shell.js'
import { run } from './run.js'

const outputOf = (stream: NodeJS.WriteStream): Output => {
  let failure: string | undefined
  const failed = ({ code = 'unknown error' }: NodeJS.ErrnoException): void => {
    // The reader of a pipe, such as `head`, may have had enough.
    if (code !== 'EPIPE') failure ??= code
  }
  // Some versions of Node throw if a file can't be written, others emit an event.
  const write = (text: string, done: () => void): void => {
    try {
      stream.write(text, done)
    } catch (thrown) {
      failed(thrown as NodeJS.ErrnoException)
      done()
    }
  }
  stream.on('error', failed)
  return {
    write: text => write(text, () => undefined),
    flush: async () => {
      await new Promise<void>(resolve => write('', resolve))
      await new Promise(resolve => setImmediate(resolve)) // the event comes after the callback
      if (failure !== undefined) throw outputError(failure)
    },
    isTerminal: stream.isTTY,
    columns: stream.columns,
  }
}

const readStdin = async (): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const shell: Shell = {
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  readStdin,
  stdinIsTerminal: process.stdin.isTTY,
  env: process.env,
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string
}

process.exitCode = await run(process.argv.slice(2), shell, version)
