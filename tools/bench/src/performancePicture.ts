/**
 * docs/internals/performance.svg: the time of each decoder relative to that of `JSON.parse`, by the number of resources. Both axes are
 * logarithmic. The ground is drawn, so that it can be read on a light page and on a dark one.
 */
import type { DecoderMeasurement } from './compareDecoders.js'
import { decoders } from './decoders/decoders.js'
import { showNumber } from './show.js'

const width = 860
const height = 460
const plot = { left: 60, right: 620, top: 56, bottom: 396 }

/** Distinguishable with colour blindness (Okabe and Ito). */
const colors = ['#595959', '#0072b2', '#d55e00', '#009e73', '#b3669b', '#a67c00', '#56a0c9']

export const performancePicture = (measured: ReadonlyArray<DecoderMeasurement>): string => {
  const points = measured.flatMap(({ body, decoder, ratio }) =>
    body.kind === 'clean' && body.resources !== undefined ? [{ decoder, size: body.resources, ratio }] : [],
  )
  const sizes = [...new Set(points.map(({ size }) => size))]
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)]
  const all = points.map(({ ratio }) => ratio)
  const marks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]
  const lowest = marks.filter(mark => mark <= Math.min(0.5, ...all)).at(-1) ?? 0.1
  const highest = marks.find(mark => mark >= Math.max(...all)) ?? 100

  const x = (size: number): number =>
    round(scale(size, smallest, largest) * (plot.right - plot.left) + plot.left)
  const y = (ratio: number): number =>
    round(plot.bottom - scale(ratio, lowest, highest) * (plot.bottom - plot.top))

  const lines = decoders.map((decoder, index) => ({
    name: decoder.name,
    color: colors[index % colors.length] ?? '#000',
    isOurs: decoder.name.startsWith('@task-outcome/'),
    places: points
      .filter(point => point.decoder === decoder)
      .map(({ size, ratio }) => ({ x: x(size), y: y(ratio) })),
  }))
  const labels = spread(lines.map(({ places }) => places.at(-1)?.y ?? plot.bottom))

  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="14" fill="#333">
  <title id="title">Time relative to JSON.parse, by the number of resources in a clean batch</title>
  <rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="#fff" stroke="#ccc" />
  <text x="${plot.left}" y="32" font-size="16" font-weight="600">Time relative to JSON.parse, clean batches (less is better)</text>
${marks
  .filter(mark => mark >= lowest && mark <= highest)
  .map(
    mark => `  <line x1="${plot.left}" x2="${plot.right}" y1="${y(mark)}" y2="${y(mark)}" stroke="#e2e2e2" />
  <text x="${plot.left - 10}" y="${y(mark) + 5}" text-anchor="end">${mark}×</text>`,
  )
  .join('\n')}
${sizes
  .map(
    size => `  <line x1="${x(size)}" x2="${x(size)}" y1="${plot.bottom}" y2="${plot.bottom + 6}" stroke="#888" />
  <text x="${x(size)}" y="${plot.bottom + 24}" text-anchor="middle">${showNumber(size)}</text>`,
  )
  .join('\n')}
  <text x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 48}" text-anchor="middle">resources in the response</text>
${lines
  .map(({ name, color, isOurs, places }, index) => {
    const label = labels[index] ?? 0
    const end = places.at(-1)
    return `  <g stroke="${color}" fill="${color}">
    <polyline points="${places.map(place => `${place.x},${place.y}`).join(' ')}" fill="none" stroke-width="${isOurs ? 4 : 2}" stroke-linejoin="round" />
${places.map(place => `    <circle cx="${place.x}" cy="${place.y}" r="${isOurs ? 4 : 3}" />`).join('\n')}
    <line x1="${(end?.x ?? plot.right) + 6}" y1="${end?.y ?? label}" x2="${plot.right + 24}" y2="${label}" stroke-width="1" />
    <text x="${plot.right + 30}" y="${label + 5}" stroke="none"${isOurs ? ' font-weight="600"' : ''}>${name}</text>
  </g>`
  })
  .join('\n')}
</svg>
`
}

/** From 0 to 1. */
const scale = (value: number, low: number, high: number): number =>
  high === low ? 0.5 : Math.log(value / low) / Math.log(high / low)

const round = (number: number): number => Math.round(number * 10) / 10

/** Moves labels apart that would lie upon each other. */
const spread = (heights: ReadonlyArray<number>, distance = 20): ReadonlyArray<number> => {
  const order = heights
    .map((_, index) => index)
    .sort((one, other) => (heights[one] ?? 0) - (heights[other] ?? 0))
  const placed = [...heights]
  let below = -Infinity
  for (const index of order) {
    below = Math.max(placed[index] ?? 0, below + distance)
    placed[index] = below
  }
  // If they have been pushed out of the picture, they move back up.
  let above = plot.bottom + distance
  for (const index of [...order].reverse()) {
    above = Math.min(placed[index] ?? 0, above - distance)
    placed[index] = above
  }
  return placed.map(round)
}
