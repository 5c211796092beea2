/**
 * What all rows together say.
 *
 * @internal
 */
import { type ExitCode, exitCodes } from '../exitCodes.js'
import { type Row, type RowState, rowStates } from './Row.js'

export interface Verdict {
  readonly exitCode: ExitCode
  readonly counts: Readonly<Record<RowState, number>>
  /** How many can be sent again. */
  readonly again: number
  /** Whether anything is in doubt besides the rows, such as a body that can't be read. Without rows, all is in doubt. */
  readonly inDoubt: boolean
}

/** `hasDoubts`: whether anything is in doubt besides the rows. */
export const verdictOf = (rows: ReadonlyArray<Row>, hasDoubts: boolean): Verdict => {
  const inDoubt = hasDoubts || rows.length === 0
  const counts = Object.fromEntries(rowStates.map(state => [state, 0])) as Record<RowState, number>
  let again = 0
  for (const row of rows) {
    counts[row.state]++
    if (row.again === 'yes') again++
  }
  return { exitCode: exitCodeOf(counts, inDoubt), counts, again, inDoubt }
}

const exitCodeOf = (counts: Verdict['counts'], inDoubt: boolean): ExitCode => {
  if (inDoubt || counts['in-doubt'] > 0) return exitCodes.inDoubt
  if (counts['in-progress'] > 0) return exitCodes.open
  const bad = counts.rejected + counts.failed
  if (bad === 0) return exitCodes.allWell
  return counts.accepted + counts.succeeded === 0 ? exitCodes.allFailed : exitCodes.someFailed
}

/** Such as `2 accepted, 1 rejected; 1 can be sent again`. Says the same as the exit code. */
export const showVerdict = ({ counts, again, inDoubt }: Verdict): string => {
  const parts = [...rowStates].reverse().flatMap(state => {
    const count = counts[state]
    return count === 0 ? [] : [`${count} ${state.replace('-', ' ')}`]
  })
  if (parts.length === 0) return 'in doubt: no task id found, but a task may be running'
  return (
    parts.join(', ') +
    (again === 0 ? '' : `; ${again} can be sent again`) +
    (inDoubt && counts['in-doubt'] === 0 ? '; in doubt: more tasks may be running' : '')
  )
}
