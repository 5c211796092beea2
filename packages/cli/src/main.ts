#!/usr/bin/env node
/**
 * The command `task-outcome`.
 *
 * @internal
 */
import { readFileSync } from 'node:fs'
import type { Output, Shell } from './output/Shell.js'
import { run } from './run.js'

const outputOf = (stream: NodeJS.WriteStream): Output => {
  // The reader of a pipe, such as `head`, may have had enough.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  return { write: text => void stream.write(text), isTerminal: stream.isTTY, columns: stream.columns }
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
