#!/usr/bin/env node
/**
 * The command `task-outcome-emulator`.
 *
 * @internal
 */
import { readFileSync } from 'node:fs'
import { startEmulator } from './server/startEmulator.js'
import { readCommandLine } from './shell/commandLine.js'
import { greeting, usage } from './shell/texts.js'

const run = async (words: ReadonlyArray<string>): Promise<void> => {
  const commandLine = readCommandLine(words)
  switch (commandLine._tag) {
    case 'Help':
      print(usage)
      return
    case 'Version':
      print(`${ownVersion()}\n`)
      return
    case 'Mistake':
      exitWith(2, `${commandLine.message}\nTry: task-outcome-emulator --help`)
      return
    case 'Start':
      break
  }
  const emulator = await startEmulator(commandLine.options)
  const stop = () => void emulator.close()
  // closing the emulator lets the process exit; a second signal kills it
  process.once('SIGINT', stop).once('SIGTERM', stop)
  print(greeting(emulator, commandLine.options.credentials !== undefined))
}

const print = (text: string): void => void process.stdout.write(text)

const exitWith = (status: number, message: string): void => {
  process.stderr.write(`task-outcome-emulator: ${message}\n`)
  process.exitCode = status
}

const ownVersion = (): string =>
  (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string })
    .version

run(process.argv.slice(2)).catch((error: unknown) => {
  exitWith(1, error instanceof Error ? error.message : String(error))
})
