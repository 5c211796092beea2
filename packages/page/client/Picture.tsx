import { type ReadonlySignal, useSignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import { rowStates, stateName } from '../src/RowState.js'
import { countStates } from '../src/view/sentence.js'
import type { Model } from './Model.js'
import { readPalette, signs } from './states.js'
import { Text } from './Text.js'
import { useCanvas } from './useCanvas.js'

/** A cell for each row, in the order of the table. The cells of rows that are not shown are pale. */
export const Picture = ({ model }: { readonly model: Model }): ComponentChild => {
  const { sorted, data } = model
  const shown = new Set(model.shown.value)
  const { row: selected } = model.selection.value
  const pointed = useSignal<number | undefined>(undefined)
  const canvas = useCanvas(
    width => {
      const { columns, size } = layout(sorted.length, width)
      return Math.ceil(sorted.length / columns) * size
    },
    (context, width, height) => {
      const { columns, size } = layout(sorted.length, width)
      const gap = size > 5 ? 1 : 0.5
      const palette = readPalette()
      context.clearRect(0, 0, width, height)
      context.textAlign = 'center'
      context.textBaseline = 'middle'
      context.font = `bold ${Math.round(size * 0.7)}px sans-serif`
      sorted.forEach((index, place) => {
        const row = model.rowOf(index)
        if (row === undefined) return
        const x = (place % columns) * size
        const y = Math.floor(place / columns) * size
        context.globalAlpha = shown.has(index) ? 1 : 0.15
        context.fillStyle = palette.states[row.state]
        context.fillRect(x, y, size - gap, size - gap)
        if (size >= 14) {
          context.fillStyle = palette.onState
          context.fillText(signs[row.state], x + (size - gap) / 2, y + (size - gap) / 2)
        }
        if (index === selected) {
          context.globalAlpha = 1
          context.strokeStyle = palette.text
          context.lineWidth = 2
          context.strokeRect(x - 0.5, y - 0.5, size, size)
        }
      })
    },
  )
  const indexAt = (event: MouseEvent): number | undefined => {
    const element = canvas.current
    if (element === null) return undefined
    const box = element.getBoundingClientRect()
    const { columns, size } = layout(sorted.length, box.width)
    const column = Math.floor((event.clientX - box.left) / size)
    return column >= columns
      ? undefined
      : sorted[Math.floor((event.clientY - box.top) / size) * columns + column]
  }
  const counts = countStates(data.rows)
  return (
    <section aria-labelledby="picture-title">
      <h2 id="picture-title">All at once</h2>
      <div class="picture">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`A cell for each of ${data.rows.length}: ${rowStates
            .filter(state => counts[state] > 0)
            .map(state => `${counts[state]} ${stateName(state)}`)
            .join(', ')}. The table below has the same.`}
          onMouseMove={event => {
            pointed.value = indexAt(event)
          }}
          onMouseLeave={() => {
            pointed.value = undefined
          }}
          onClick={event => {
            const index = indexAt(event)
            if (index !== undefined) model.change({ row: index })
          }}
        />
      </div>
      <Pointed model={model} pointed={pointed} />
    </section>
  )
}

/** On its own, so that the picture is not drawn again wherever the pointer goes. */
const Pointed = ({
  model,
  pointed,
}: {
  readonly model: Model
  readonly pointed: ReadonlySignal<number | undefined>
}): ComponentChild => {
  const row = pointed.value === undefined ? undefined : model.rowOf(pointed.value)
  return (
    <p class="pointed" aria-hidden="true">
      {row === undefined ? (
        'Point at a cell to see what it is; click it for more.'
      ) : (
        <>
          <Text of={row.resource ?? row.task ?? ''} /> {stateName(row.state)}
        </>
      )}
    </p>
  )
}

/** Cells as large as the picture allows, from 3 to 22 pixels. */
const layout = (count: number, width: number): { readonly columns: number; readonly size: number } => {
  const size = Math.min(Math.max(Math.floor(Math.sqrt((width * pictureHeight) / Math.max(count, 1))), 3), 22)
  return { columns: Math.max(Math.floor(width / size), 1), size }
}

const pictureHeight = 240
