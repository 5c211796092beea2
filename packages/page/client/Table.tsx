import { useSignal, useSignalEffect } from '@preact/signals'
import type { ComponentChild } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { PageRow } from '../src/PageData.js'
import { stateName } from '../src/RowState.js'
import { againNames } from '../src/view/sentence.js'
import { type Timeline, fraction, showDuration } from '../src/view/Timeline.js'
import type { Model } from './Model.js'
import { Sign } from './Sign.js'
import { Text } from './Text.js'

const rowHeight = 28
/** Rows above and below those that can be seen, so that scrolling shows no gap. */
const spare = 8

const titles = ['State', 'Resource', 'Task', 'Code', 'Send again', 'Time', 'Meaning']

/** All rows that are shown, of which only those that can be seen are elements. */
export const Table = ({ model }: { readonly model: Model }): ComponentChild => {
  const shown = model.shown.value
  const { timeline } = model
  const { row: selected } = model.selection.value
  const grid = useRef<HTMLDivElement>(null)
  const top = useSignal(0)
  const height = useSignal(600)
  /** The place of the row that the keyboard is on. */
  const active = useSignal(0)
  const place = Math.min(active.value, Math.max(shown.length - 1, 0))

  useEffect(() => {
    const element = grid.current
    if (element === null) return
    const sizes = new ResizeObserver(() => {
      height.value = element.clientHeight
    })
    sizes.observe(element)
    return () => sizes.disconnect()
  }, [])

  const reveal = (at: number): void => {
    const element = grid.current
    if (element === null) return
    const seen = element.clientHeight - rowHeight
    const y = at * rowHeight
    if (y < element.scrollTop) element.scrollTop = y
    else if (y + rowHeight > element.scrollTop + seen) element.scrollTop = y + rowHeight - seen
    top.value = element.scrollTop
  }
  // A row that was chosen in the picture, or by a link.
  useSignalEffect(() => {
    const { row } = model.selection.value
    const at = row === undefined ? -1 : model.shown.peek().indexOf(row)
    if (at === -1 || at === active.peek()) return
    active.value = at
    reveal(at)
  })
  const open = (at: number): void => {
    const index = shown[at]
    if (index === undefined) return
    active.value = at
    model.change({ row: index })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(Math.floor(height.value / rowHeight) - 2, 1)
    const last = shown.length - 1
    const to: Readonly<Record<string, number>> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: place + page,
      PageUp: place - page,
      Home: 0,
      End: last,
    }
    const next = to[event.key]
    if (next !== undefined) {
      active.value = Math.min(Math.max(next, 0), Math.max(last, 0))
      reveal(active.value)
    } else if (event.key === 'Enter' || event.key === ' ') {
      open(place)
      // It is rendered first.
      setTimeout(() => document.getElementById('detail-title')?.focus())
    } else return
    event.preventDefault()
  }

  const from = Math.max(Math.floor(top.value / rowHeight) - spare, 0)
  const to = Math.min(Math.ceil((top.value + height.value) / rowHeight) + spare, shown.length)
  const places = Array.from({ length: Math.max(to - from, 0) }, (_, offset) => from + offset)
  // The active row is an element wherever the table was scrolled to, since the grid names it.
  if (shown.length > 0 && (place < from || place >= to)) places.push(place)
  return (
    <section aria-labelledby="table-title" class="list">
      <h2 id="table-title">One by one</h2>
      <p id="table-help" class="help">
        Arrow keys move, Enter shows the details, Escape returns.
      </p>
      <div
        id="grid"
        role="grid"
        tabIndex={0}
        class={timeline === undefined ? 'grid' : 'grid timed'}
        ref={grid}
        aria-labelledby="table-title"
        aria-describedby="table-help"
        aria-rowcount={shown.length + 1}
        aria-activedescendant={shown.length === 0 ? undefined : `row-${place}`}
        onKeyDown={onKeyDown}
        onScroll={event => {
          top.value = event.currentTarget.scrollTop
        }}
      >
        <div role="rowgroup" class="head">
          <div role="row" aria-rowindex={1} class="row">
            {titles
              .filter(title => title !== 'Time' || timeline !== undefined)
              .map(title => (
                <span role="columnheader" key={title}>
                  {title}
                </span>
              ))}
          </div>
        </div>
        <div role="rowgroup" class="body" style={{ height: `${Math.max(shown.length, 1) * rowHeight}px` }}>
          {shown.length === 0 && (
            <div role="row" class="row">
              <span role="gridcell" class="none">
                Nothing matches.
              </span>
            </div>
          )}
          {places.map(at => {
            const index = shown[at]
            const row = index === undefined ? undefined : model.rowOf(index)
            if (row === undefined) return null
            return (
              <div
                role="row"
                key={index}
                id={`row-${at}`}
                aria-rowindex={at + 2}
                aria-selected={index === selected}
                class={at === place ? 'row active' : 'row'}
                style={{ top: `${at * rowHeight}px` }}
                onClick={() => open(at)}
              >
                <Cells row={row} timeline={timeline} />
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}

const Cells = ({
  row,
  timeline,
}: {
  readonly row: PageRow
  readonly timeline: Timeline | undefined
}): ComponentChild => (
  <>
    <span role="gridcell">
      <Sign state={row.state} /> {stateName(row.state)}
    </span>
    <span role="gridcell" class="id">
      <Text of={row.resource ?? ''} />
    </span>
    <span role="gridcell" class="id">
      <Text of={row.task ?? ''} />
    </span>
    <span role="gridcell">
      <Text of={String(row.code ?? '')} />
    </span>
    <span role="gridcell">{againNames[row.again]}</span>
    {timeline !== undefined && (
      <span role="gridcell">
        <Bar row={row} timeline={timeline} />
      </span>
    )}
    <span role="gridcell">
      <Text of={row.reason === '' ? row.message : row.reason} />
    </span>
  </>
)

const Bar = ({
  row: { submittedAtMs, endedAtMs, state },
  timeline,
}: {
  readonly row: PageRow
  readonly timeline: Timeline
}): ComponentChild => {
  if (submittedAtMs === undefined && endedAtMs === undefined) return null
  const from = fraction(timeline, submittedAtMs ?? endedAtMs ?? timeline.fromMs)
  const to = fraction(timeline, endedAtMs ?? timeline.toMs)
  return (
    <>
      <span class="track" aria-hidden="true">
        <span
          class={`bar ${state}`}
          style={{ left: `${from * 100}%`, width: `${Math.max((to - from) * 100, 1)}%` }}
        />
      </span>{' '}
      {submittedAtMs === undefined || endedAtMs === undefined
        ? ''
        : showDuration(Math.max(endedAtMs - submittedAtMs, 0))}
    </>
  )
}
