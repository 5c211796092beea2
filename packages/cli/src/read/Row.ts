/**
 * What is known of one task, or of one resource.
 *
 * @internal
 */
export interface Row {
  /** Which body of the input it is from; `''` if the input is one body. */
  readonly source: string
  readonly state: RowState
  readonly resource: string | undefined
  /** The id as text, with every digit of the body. */
  readonly task: string | undefined
  readonly code: number | string | undefined
  /** The meaning of the code, or why the row is in doubt. */
  readonly reason: string
  /** The message of the API. */
  readonly message: string
  readonly again: Again
}

export const rowStates = ['in-doubt', 'in-progress', 'rejected', 'failed', 'accepted', 'succeeded'] as const

export type RowState = (typeof rowStates)[number]

/**
 * Whether the same can be sent again:
 * - `yes`: nothing was started, and it can help;
 * - `no`: a task was started, or it would be rejected again;
 * - `look-first`: a task may be running;
 * - `unknown`: nothing was started, and the code does not say whether it helps.
 */
export type Again = (typeof agains)[number]

export const agains = ['yes', 'no', 'look-first', 'unknown'] as const

/** Something that is in doubt, whatever the rows say, such as a response that is broken. */
export interface Doubt {
  readonly source: string
  readonly reason: string
}
