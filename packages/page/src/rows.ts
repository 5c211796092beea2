/**
 * Parts of outcomes → rows.
 *
 * @internal
 */
import {
  type AcceptedTask,
  type BatchEntry,
  type RecoveredTask,
  type SubmissionError,
  canSendAgain,
} from '@task-outcome/core'
import type { FinishedTask } from '@task-outcome/wait'
import type { PageRound, PageRow, SendAgain } from './PageData.js'

/** A rejection of a resource, or of a whole request. */
type Rejection = Pick<
  Extract<SubmissionError, { readonly _tag: 'Rejected' }>,
  'code' | 'meaning' | 'message' | 'advice'
>

export const acceptedRow = (
  resource: string | undefined,
  { taskId, message }: Pick<AcceptedTask, 'taskId' | 'message'>,
): PageRow => ({ state: 'accepted', resource, task: taskId, reason: '', message, again: 'no' })

/** The row of a rejection that proves that nothing was started. */
export const rejectedRow = (
  resource: string | undefined,
  { code, meaning, message, advice }: Rejection,
): PageRow => ({ state: 'rejected', resource, code, reason: meaning, message, again: againBy[advice] })

/** The request as a whole can be advised to send again only the rejected resources, which it does not name. */
export const refusedRow = (
  resource: string | undefined,
  error: Extract<SubmissionError, { readonly _tag: 'Rejected' }>,
): PageRow => ({
  ...rejectedRow(resource, error),
  again: canSendAgain(error) ? 'yes' : error.advice === 'rejectedOnly' ? 'look-first' : againBy[error.advice],
})

const againBy: Readonly<Record<Rejection['advice'], SendAgain>> = {
  never: 'no',
  later: 'yes',
  resigned: 'yes',
  rejectedOnly: 'yes',
  unknown: 'unknown',
}

export const doubtfulRow = (
  { taskId, resourceId, code }: Partial<RecoveredTask>,
  reason: string,
  state: 'in-doubt' | 'missing' | 'given-up' = 'in-doubt',
): PageRow => ({ state, resource: resourceId, task: taskId, code, reason, message: '', again: 'look-first' })

/** An entry of a response that can't be trusted. */
export const doubtfulEntryRow = (entry: BatchEntry<unknown>, reason: string): PageRow => ({
  ...doubtfulRow(entry._tag === 'AcceptedEntry' ? { ...entry, code: 0 } : entry, reason),
  message: entry.message,
})

export const endedRow = (
  resource: string | undefined,
  task: string,
  { status, endedAtMs }: Pick<FinishedTask<unknown, unknown>, 'status' | 'endedAtMs'>,
): PageRow => ({
  state: status._tag === 'Succeeded' ? 'succeeded' : 'failed',
  resource,
  task,
  reason: status._tag === 'Failed' ? describeOutput(status.output) : '',
  message: status.message,
  again: status._tag === 'Failed' ? 'unknown' : 'no',
  ...(endedAtMs === undefined ? {} : { endedAtMs }),
})

/** The reason of a failure, usually `{ code, message }`, or a text. */
const describeOutput = (output: unknown): string => {
  if (output === undefined || output === null) return ''
  return typeof output === 'string' ? output : (toJson(output) ?? 'the reason has no form in JSON')
}

/** A decoder of the caller can have made anything of the output. */
const toJson = (output: unknown): string | undefined => {
  try {
    return JSON.stringify(output, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  } catch {
    return undefined
  }
}

/** The rounds of a resource that was rejected before, and then became what its row says. */
export const withRounds = (row: PageRow, earlier: ReadonlyArray<Rejection>): PageRow =>
  earlier.length === 0 ? row : { ...row, rounds: [...earlier.map(roundOf), roundOfRow(row)] }

const roundOf = ({ code, meaning, message }: Rejection): PageRound => ({
  state: 'rejected',
  code,
  reason: meaning,
  message,
})

const roundOfRow = ({ state, code, reason, message }: PageRow): PageRound => ({
  state,
  code,
  reason,
  message,
})
