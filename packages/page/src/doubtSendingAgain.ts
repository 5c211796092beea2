/**
 * What all rows together say about sending again.
 *
 * @internal
 */
import type { PageRow } from './PageData.js'

/** A resource that was rejected in one response and may have a task by another must not be sent again unseen. */
export const doubtSendingAgain = (rows: ReadonlyArray<PageRow>): ReadonlyArray<PageRow> => {
  const started = new Set(
    rows.flatMap(row => (row.resource !== undefined && mayHaveTask(row) ? [row.resource] : [])),
  )
  return rows.map(row => {
    if (row.again !== 'yes') return row
    if (mayHaveTask(row)) return { ...row, again: 'look-first' }
    return row.resource !== undefined && started.has(row.resource)
      ? { ...row, again: 'look-first', reason: withNote(row.reason) }
      : row
  })
}

const mayHaveTask = ({ state, task, again, rounds = [] }: PageRow): boolean =>
  task !== undefined || again === 'look-first' || [state, ...rounds.map(round => round.state)].some(isStarted)

const isStarted = (state: PageRow['state']): boolean => state !== 'rejected' && state !== 'not-submitted'

const withNote = (reason: string): string =>
  `${reason === '' ? '' : `${reason}; `}another row of this resource may have a task`
