/**
 * What all rows together say about sending again.
 *
 * @internal
 */
import type { PageRow } from './PageData.js'

/** A resource that was rejected in one response and may have a task by another must not be sent again unseen. */
export const doubtSendingAgain = (rows: ReadonlyArray<PageRow>): ReadonlyArray<PageRow> => {
  const started = new Set(
    rows.flatMap(({ state, resource }) =>
      resource === undefined || state === 'rejected' || state === 'not-submitted' ? [] : [resource],
    ),
  )
  return rows.map(row =>
    row.again === 'yes' && row.resource !== undefined && started.has(row.resource)
      ? { ...row, again: 'look-first', reason: withNote(row.reason) }
      : row,
  )
}

const withNote = (reason: string): string =>
  `${reason === '' ? '' : `${reason}; `}another row of this resource may have a task`
