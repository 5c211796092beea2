/**
 * A comparison of decoders as tables and sentences.
 */
import type { Allocation } from './allocation.js'
import { bodyKinds } from './responseBodies.js'
import type { DecoderComparison, DecoderMeasurement } from './compareDecoders.js'
import { decoders, jsonParse } from './decoders/decoders.js'
import { medianOf } from './measureInTurns.js'
import { mistakesOf } from './mistakes.js'
import { showBytes, showDuration, showNumber, showPercent } from './show.js'
import type { Column, Table } from './Table.js'

export const decoderTable = ({ measured }: Pick<DecoderComparison, 'measured'>): Table => {
  const sizes = sizesOf(measured)
  return {
    columns: [left('response'), left('decoder'), ...sizes.map(sizeColumn), left('what it gets wrong')],
    rows: bodyKinds.flatMap(kind =>
      decoders.map(decoder => [
        kind,
        decoder.name,
        ...sizes.map(size => {
          const ofBody = measured.filter(
            ({ body }) => body.resources === size && (body.kind === kind || size === undefined),
          )
          if (ofBody.length === 0 || (size === undefined && kind !== 'clean')) return ''
          const found = ofBody.find(measurement => measurement.decoder === decoder)
          return found === undefined ? 'refused' : showRatio(found)
        }),
        mistakesOf(decoder).join('; ') || 'nothing',
      ]),
    ),
  }
}

const showRatio = ({ decoder, ms, ratio }: DecoderMeasurement): string =>
  decoder === jsonParse ? showDuration(ms) : showNumber(ratio, 2)

const sizesOf = (measured: ReadonlyArray<DecoderMeasurement>): ReadonlyArray<number | undefined> => [
  ...new Set(measured.map(({ body }) => body.resources)),
]

const left = (title: string): Column => ({ title, align: 'left' })
const right = (title: string): Column => ({ title, align: 'right' })

const sizeColumn = (size: number | undefined): Column =>
  right(size === undefined ? 'ordinary' : showNumber(size))

export const decoderLegend =
  `\`${jsonParse.name}\`: its time. All others: their time relative to it, the median of all rounds. ` +
  'The numbers above the columns are resources in a batch; `refused`: the decoder returns no task id for a valid response.'

export const spreadLine = ({ measured }: Pick<DecoderComparison, 'measured'>): string => {
  const deviations = measured
    .filter(({ decoder }) => decoder !== jsonParse)
    .map(({ ratio, middleHalf: [low, high] }) => Math.max(high - ratio, ratio - low) / ratio)
  return (
    `Noise: half of all rounds are within ${showPercent(medianOf(deviations))} of their median ` +
    `for the median cell, and within ${showPercent(Math.max(...deviations))} for the worst cell.`
  )
}

export const everydayTable = ({ everyday }: Pick<DecoderComparison, 'everyday'>): Table => ({
  columns: [
    left('response'),
    right('resources'),
    right('JSON.parse'),
    right('text'),
    right('bytes'),
    right('text, CommonJS'),
  ],
  rows: everyday.map(({ body: { name, resources }, ms, text, bytes, commonJs }) => [
    name,
    resources === undefined ? '' : showNumber(resources),
    showDuration(ms),
    ...[text, bytes, commonJs].map(ratio => showNumber(ratio, 2)),
  ]),
})

export const everydayLegend =
  'The best times of all rounds. `JSON.parse`: its time for the text. `text`: the time of `@task-outcome/core` relative to it. `bytes`: relative to `TextDecoder` ' +
  'and `JSON.parse`, both from the bytes. `text, CommonJS`: as `text`, with the CommonJS build.'

export const allocationTable = (allocations: ReadonlyArray<Allocation>): Table => {
  const sizes = [...new Set(allocations.map(({ resources }) => resources))]
  return {
    columns: [left('decoder'), ...sizes.map(size => sizeColumn(size ?? undefined))],
    rows: decoders.map(({ name }) => [
      name,
      ...sizes.map(size => {
        const found = allocations.find(({ decoder, resources }) => decoder === name && resources === size)
        return found === undefined ? '' : showBytes(found.bytes)
      }),
    ]),
  }
}

export const hostileTable = ({ hostile }: Pick<DecoderComparison, 'hostile'>): Table => ({
  columns: [
    left('body'),
    right('n'),
    right('time of n'),
    right('time of 2n'),
    right('ratio'),
    right('JSON.parse'),
  ],
  rows: hostile.map(({ body, ms, msOfTwice, ratio, jsonParseRatio }) => [
    body.name,
    showNumber(body.size),
    showDuration(ms),
    showDuration(msOfTwice),
    showNumber(ratio, 2),
    showNumber(jsonParseRatio, 2),
  ]),
})
