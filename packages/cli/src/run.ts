/**
 * Runs a command line.
 *
 * @internal
 */
import { CommanderError } from '@commander-js/extra-typings'
import { type ExitCode, exitCodes, isUsageError } from './exitCodes.js'
import { type Shell, isOutputError } from './output/Shell.js'
import { visible } from './output/visible.js'
import { createProgram } from './program.js'

/** Runs a command line and returns its exit code. Never rejects. */
export const run = async (words: ReadonlyArray<string>, shell: Shell, version: string): Promise<ExitCode> => {
  let exitCode: ExitCode = exitCodes.usage
  const program = createProgram(shell, version, code => (exitCode = code))
  try {
    await program.parseAsync(words, { from: 'user' }).catch((thrown: unknown) => {
      if (!(thrown instanceof CommanderError)) throw thrown
      // Commander has printed what is wrong, or the help.
      exitCode = thrown.exitCode === 0 ? exitCodes.allWell : exitCodes.usage
    })
    await shell.stdout.flush()
    return exitCode
  } catch (thrown) {
    if (isUsageError(thrown)) {
      shell.stderr.write(`error: ${thrown.message}\n`)
      return exitCodes.usage
    }
    if (isOutputError(thrown)) {
      shell.stderr.write(`error: ${thrown.message}\n`)
      return exitCodes.inDoubt
    }
    const what = thrown instanceof Error ? thrown.message : String(thrown)
    shell.stderr.write(
      `error: task-outcome failed (${visible(what)}): please report it, with the input, at https://github.com/task-outcome/task-outcome/issues\n`,
    )
    return exitCodes.inDoubt
  }
}
