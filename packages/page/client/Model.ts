/**
 * What the page shows, and what somebody has chosen.
 */
import { type ReadonlySignal, type Signal, computed, effect, signal } from '@preact/signals'
import type { PageData, PageRow } from '../src/PageData.js'
import type { RowState } from '../src/RowState.js'
import {
  type Selection,
  formatSelection,
  parseSelection,
  searchText,
  select,
  sortRows,
} from '../src/view/Selection.js'
import { type Timeline, timelineOf } from '../src/view/Timeline.js'

export interface Model {
  readonly data: PageData
  readonly timeline: Timeline | undefined
  /** The indices of all rows, sorted. */
  readonly sorted: ReadonlyArray<number>
  readonly selection: Signal<Selection>
  /** The indices of the rows that the selection shows. */
  readonly shown: ReadonlySignal<ReadonlyArray<number>>
  /** What was done last, for screen readers too. */
  readonly status: Signal<string>
  readonly rowOf: (index: number) => PageRow | undefined
  readonly toggleState: (state: RowState) => void
  readonly change: (part: Partial<Selection>) => void
}

export const createModel = (data: PageData): Model => {
  const { rows } = data
  const texts = rows.map(searchText)
  const sorted = sortRows(rows)
  const read = (): Selection => {
    const selection = parseSelection(location.hash)
    const { row } = selection
    return row === undefined || row < rows.length ? selection : { ...selection, row: undefined }
  }
  const selection = signal(read())
  /** As text: the row that is shown in detail changes nothing of what is listed. */
  const filter = computed(() => {
    const { states, again, search } = selection.value
    return JSON.stringify([states, again, search])
  })
  const shown = computed(() => {
    const [states, again, search] = JSON.parse(filter.value) as [RowState[], boolean, string]
    return select(rows, texts, sorted, { states, again, search, row: undefined })
  })
  const change = (part: Partial<Selection>): void => {
    selection.value = { ...selection.peek(), ...part }
  }
  effect(() => {
    const hash = formatSelection(selection.value)
    if (hash === location.hash.replace(/^#/, '')) return
    try {
      history.replaceState(null, '', hash === '' ? location.href.replace(/#.*/, '') : `#${hash}`)
    } catch {
      // Browsers refuse too many changes in a short time. The next one says it all.
    }
  })
  addEventListener('hashchange', () => {
    selection.value = read()
  })
  return {
    data,
    timeline: timelineOf(rows),
    sorted,
    selection,
    shown,
    status: signal(''),
    rowOf: index => rows[index],
    toggleState: state => {
      const { states } = selection.peek()
      change({
        states: states.includes(state) ? states.filter(other => other !== state) : [...states, state],
      })
    },
    change,
  }
}
