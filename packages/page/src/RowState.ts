/**
 * What can be known of a resource or a task.
 *
 * @internal
 */

/**
 * What is known of a resource or a task:
 *
 * - `in-doubt`: a task may be running;
 * - `missing`: it was requested, and the response does not name it, so a task may be running;
 * - `given-up`: its task was accepted, and nobody queries it any more: it is not known how it ended;
 * - `rejected`: no task was started;
 * - `failed`: the task has ended and failed;
 * - `not-submitted`: it was not sent, so no task was started;
 * - `in-progress`: the task is running;
 * - `accepted`: a task was started, and nothing more is known of it;
 * - `succeeded`: the task has ended and succeeded.
 *
 * @category model
 * @since 0.1.0
 */
export type RowState =
  | 'in-doubt'
  | 'missing'
  | 'given-up'
  | 'rejected'
  | 'failed'
  | 'not-submitted'
  | 'in-progress'
  | 'accepted'
  | 'succeeded'

/** In the order of the page: what somebody must look up comes first, what went well last. */
export const rowStates: ReadonlyArray<RowState> = [
  'in-doubt',
  'missing',
  'given-up',
  'rejected',
  'failed',
  'not-submitted',
  'in-progress',
  'accepted',
  'succeeded',
]

/** The states that leave open whether a task is running or how it ended, though nobody waits for it. */
export const doubtfulStates: ReadonlySet<RowState> = new Set(['in-doubt', 'missing', 'given-up'])

/** The state in words, such as `in doubt`. */
export const stateName = (state: RowState): string => state.replace('-', ' ')
