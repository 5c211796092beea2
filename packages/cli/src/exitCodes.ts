/**
 * The exit codes of the command, as its help and its README list them.
 *
 * @internal
 */
export const exitCodes = {
  allWell: 0,
  someFailed: 1,
  allFailed: 2,
  inDoubt: 3,
  open: 4,
  usage: 64,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const exitCodesHelp = `Exit codes:
  0   all accepted or succeeded
  1   some rejected or failed
  2   all rejected or failed
  3   in doubt, or not readable: look before you send again
  4   tasks are still in progress
  64  the command line is wrong`

/** A mistake of the caller, with what to type instead. */
export interface UsageError extends Error {
  readonly name: 'UsageError'
}

export const usageError = (message: string): UsageError =>
  Object.assign(new Error(message), { name: 'UsageError' as const })

export const isUsageError = (thrown: unknown): thrown is UsageError =>
  thrown instanceof Error && thrown.name === 'UsageError'
