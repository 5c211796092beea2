/**
 * Which rows are shown.
 *
 * @internal
 */
import type { PageRow } from '../PageData.js'
import { type RowState, rowStates } from '../RowState.js'

export interface Selection {
  /** The states that are shown; none means all. */
  readonly states: ReadonlyArray<RowState>
  /** Whether only rows that can be sent again are shown. */
  readonly again: boolean
  readonly search: string
  /** The row that is shown in detail: its index in the data. */
  readonly row: number | undefined
}

export const everything: Selection = { states: [], again: false, search: '', row: undefined }

/** Reads the part of an address after `#`. What it does not understand counts as absent. */
export const parseSelection = (hash: string): Selection => {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const named = (parameters.get('state') ?? '').split(',')
  const row = parameters.get('row') ?? ''
  return {
    states: rowStates.filter(state => named.includes(state)),
    again: parameters.get('again') === 'yes',
    search: parameters.get('search') ?? '',
    row: /^\d{1,9}$/.test(row) ? Number(row) : undefined,
  }
}

/** Writes a selection as the part of an address after `#`; empty if everything is shown. */
export const formatSelection = ({ states, again, search, row }: Selection): string => {
  const parameters = new URLSearchParams()
  if (states.length > 0) parameters.set('state', rowStates.filter(state => states.includes(state)).join())
  if (again) parameters.set('again', 'yes')
  if (search !== '') parameters.set('search', search)
  if (row !== undefined) parameters.set('row', String(row))
  // Commas are readable, and allowed there.
  return parameters.toString().replaceAll('%2C', ',')
}

/** The indices of all rows: what is in doubt first, and within a state in the order of the data. */
export const sortRows = (rows: ReadonlyArray<PageRow>): ReadonlyArray<number> => {
  const byState = new Map<RowState, number[]>(rowStates.map(state => [state, []]))
  rows.forEach(({ state }, index) => byState.get(state)?.push(index))
  return [...byState.values()].flat()
}

/** The text in which a search looks, in lower case. */
export const searchText = ({
  resource = '',
  task = '',
  code = '',
  reason,
  message,
  source = '',
}: PageRow): string => [resource, task, code, reason, message, source].join('\n').toLowerCase()

/** Returns those of the sorted indices that a selection shows. */
export const select = (
  rows: ReadonlyArray<PageRow>,
  texts: ReadonlyArray<string>,
  sorted: ReadonlyArray<number>,
  { states, again, search }: Selection,
): ReadonlyArray<number> => {
  const wanted = new Set(states)
  const words = search.toLowerCase().trim()
  return sorted.filter(index => {
    const row = rows[index]
    return (
      row !== undefined &&
      (wanted.size === 0 || wanted.has(row.state)) &&
      (!again || row.again === 'yes') &&
      (words === '' || texts[index]?.includes(words) === true)
    )
  })
}
