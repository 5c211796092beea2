/**
 * How all rows together stand, in sentences.
 *
 * @internal
 */
import type { PageData, PageRow } from '../PageData.js'
import { type RowState, doubtfulStates, rowStates, stateName } from '../RowState.js'

export type Counts = Readonly<Record<RowState, number>>

export const countStates = (rows: ReadonlyArray<PageRow>): Counts => {
  const counts = Object.fromEntries(rowStates.map(state => [state, 0])) as Record<RowState, number>
  for (const { state } of rows) counts[state]++
  return counts
}

/** What it means, what was counted, and what can be sent again. */
export const sentenceOf = ({ rows, inDoubt }: Pick<PageData, 'rows' | 'inDoubt'>): string => {
  const counts = countStates(rows)
  const again = rows.filter(row => row.again === 'yes').length
  return [
    headline(counts, rows.length, inDoubt),
    ...(rows.length === 0 ? [] : [`${listed(counts)}.`]),
    ...(again === 0 ? [] : [`${again} can be sent again.`]),
  ].join(' ')
}

const headline = (counts: Counts, total: number, inDoubt: boolean): string => {
  const doubtful = [...doubtfulStates].reduce((sum, state) => sum + counts[state], 0)
  if (doubtful > 0)
    return (
      (doubtful === total
        ? 'All of it is in doubt: tasks may be running, so look before you send anything again.'
        : `${doubtful} of ${total} ${doubtful === 1 ? 'is' : 'are'} in doubt: look ${doubtful === 1 ? 'it' : 'them'} up before you send ${doubtful === 1 ? 'it' : 'them'} again.`) +
      (inDoubt ? ' More tasks may be running than this page knows.' : '')
    )
  if (inDoubt) return 'It is in doubt: more tasks may be running than this page knows.'
  if (total === 0) return 'No task was found.'
  if (counts['in-progress'] > 0)
    return counts['in-progress'] === total
      ? 'All tasks are in progress.'
      : `${counts['in-progress']} of ${total} ${counts['in-progress'] === 1 ? 'is' : 'are'} in progress.`
  if (counts.succeeded === total) return 'All has succeeded.'
  if (counts.accepted === total) return 'All was accepted: the tasks may be running.'
  const bad = counts.rejected + counts.failed + counts['not-submitted']
  if (bad === total) return 'Nothing has succeeded.'
  return bad === 0 ? 'Nothing has failed.' : `${bad} of ${total} did not succeed.`
}

/** Such as `2 in doubt, 1 rejected`, in the order of the page. */
const listed = (counts: Counts): string =>
  rowStates
    .filter(state => counts[state] > 0)
    .map(state => `${counts[state]} ${stateName(state)}`)
    .join(', ')

/** What "Send again?" means for one row. */
export const againSentences: Readonly<Record<PageRow['again'], string>> = {
  yes: 'Yes: nothing was started, and sending the same again can help.',
  no: 'No: a task was started, or the same would be rejected again.',
  'look-first': 'Look first: a task may be running.',
  unknown: 'Unknown: the code does not say whether it helps.',
}

export const againNames: Readonly<Record<PageRow['again'], string>> = {
  yes: 'yes',
  no: 'no',
  'look-first': 'look first',
  unknown: 'unknown',
}
