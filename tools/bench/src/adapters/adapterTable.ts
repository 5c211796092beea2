/**
 * A comparison of adapters as a table.
 */
import { showNumber } from '../show.js'
import type { Table } from '../Table.js'
import type { AdapterMeasurement } from './compareAdapters.js'

export const adapterTable = (measured: ReadonlyArray<AdapterMeasurement>): Table => ({
  columns: [
    { title: 'adapter', align: 'left' },
    { title: 'beside', align: 'left' },
    { title: 'answer', align: 'left' },
    { title: 'at once', align: 'right' },
    { title: 'requests/s', align: 'right' },
    { title: 'beside', align: 'right' },
    { title: 'ratio', align: 'right' },
    { title: 'middle half', align: 'right' },
    { title: 'processor time', align: 'right' },
  ],
  rows: measured.map(m => [
    m.adapter.name,
    m.adapter.bareName,
    m.answer === 'batch' ? 'batch of 1,000' : m.answer,
    showNumber(m.concurrency),
    showNumber(m.requestsPerSecond),
    showNumber(m.bareRequestsPerSecond),
    showNumber(m.ratio, 2),
    m.middleHalf.map(ratio => showNumber(ratio, 2)).join('–'),
    showNumber(m.processorRatio, 2),
  ]),
})

export const adapterLegend =
  'The ratio is that of the requests per second, with the adapter to without: more is better. It is the median of all pairs; ' +
  'half of the pairs are in the middle half. The processor time is that of the client for a request, again with to without: less is better.'
