import type { ComponentChild } from 'preact'
import { type Timeline, describeTimeline, fraction, showTime } from '../src/view/Timeline.js'
import type { Model } from './Model.js'
import { readPalette } from './states.js'
import { useCanvas } from './useCanvas.js'

const curveHeight = 90
const barHeight = 6
const maxBarsHeight = 240

/** How many had ended at each time, and below it a bar for each task. */
export const Chart = ({
  model,
  timeline,
}: {
  readonly model: Model
  readonly timeline: Timeline
}): ComponentChild => {
  const { data } = model
  const shown = new Set(model.shown.value)
  const timed = data.rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => row.submittedAtMs !== undefined)
    .sort((a, b) => (a.row.endedAtMs ?? Infinity) - (b.row.endedAtMs ?? Infinity) || a.index - b.index)
  const barsHeight = Math.min(timed.length * barHeight, maxBarsHeight)
  const words = describeTimeline(timeline, data.rows.length)
  const canvas = useCanvas(
    () => curveHeight + barsHeight + 8,
    (context, width, height) => {
      const palette = readPalette()
      const xOf = (atMs: number): number => fraction(timeline, atMs) * (width - 2) + 1
      context.clearRect(0, 0, width, height)
      context.strokeStyle = palette.line
      context.strokeRect(0.5, 0.5, width - 1, curveHeight - 1)
      context.strokeStyle = palette.states.succeeded
      context.lineWidth = 2
      context.beginPath()
      context.moveTo(1, curveHeight - 2)
      timeline.ends.forEach((atMs, place) => {
        const yOf = (ended: number): number =>
          curveHeight - 2 - (ended / data.rows.length) * (curveHeight - 6)
        context.lineTo(xOf(atMs), yOf(place))
        context.lineTo(xOf(atMs), yOf(place + 1))
      })
      context.stroke()
      const drawBar = (place: number, y: number, barHeight: number): void => {
        const task = timed[place]
        if (task === undefined) return
        const { submittedAtMs = timeline.fromMs, endedAtMs = timeline.toMs, state } = task.row
        const from = xOf(submittedAtMs)
        context.globalAlpha = shown.has(task.index) ? 1 : 0.15
        context.fillStyle = palette.states[state]
        context.fillRect(from, curveHeight + 8 + y, Math.max(xOf(endedAtMs) - from, 1), barHeight)
      }
      if (barsHeight === timed.length * barHeight)
        timed.forEach((_, place) => drawBar(place, place * barHeight, barHeight - 1))
      // There are more tasks than lines for them, or nearly: each line shows one.
      else for (let y = 0; y < barsHeight; y++) drawBar(Math.floor((y / barsHeight) * timed.length), y, 1)
    },
  )
  return (
    <section aria-labelledby="chart-title">
      <h2 id="chart-title">Ends over time</h2>
      <div class="picture">
        <canvas ref={canvas} role="img" aria-label={`${words} The table below has a bar for each.`} />
      </div>
      <p class="axis">
        <span>{showTime(timeline.fromMs)}</span> <span>{showTime(timeline.toMs)}</span>
      </p>
      <p>{words}</p>
    </section>
  )
}
