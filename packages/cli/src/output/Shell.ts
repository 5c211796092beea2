/**
 * What a command needs of its process.
 *
 * @internal
 */
export interface Shell {
  readonly stdout: Output
  readonly stderr: Output
  /** Reads standard input to its end. */
  readonly readStdin: () => Promise<Uint8Array>
  readonly stdinIsTerminal: boolean
  readonly env: Readonly<NodeJS.ProcessEnv>
}

export interface Output {
  readonly write: (text: string) => void
  /** Rejects with an {@link OutputError} if something could not be written, unless its reader had enough. */
  readonly flush: () => Promise<void>
  readonly isTerminal: boolean
  /** The width of the terminal in columns. */
  readonly columns: number | undefined
}

/** Standard output can't be written, such as that the disk is full. */
export interface OutputError extends Error {
  readonly name: 'OutputError'
}

export const outputError = (reason: string): OutputError =>
  Object.assign(new Error(`cannot write standard output: ${reason}`), { name: 'OutputError' as const })

export const isOutputError = (thrown: unknown): thrown is OutputError =>
  thrown instanceof Error && thrown.name === 'OutputError'

/** Whether to colour an output: https://no-color.org. */
export const hasColour = (output: Output, env: Shell['env']): boolean =>
  output.isTerminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'
