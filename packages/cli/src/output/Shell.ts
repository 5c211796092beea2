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
  readonly isTerminal: boolean
  /** The width of the terminal in columns. */
  readonly columns: number | undefined
}

/** Whether to colour an output: https://no-color.org. */
export const hasColour = (output: Output, env: Shell['env']): boolean =>
  output.isTerminal && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb'
