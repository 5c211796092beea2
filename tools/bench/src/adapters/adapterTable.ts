/**
 * A comparison of adapters as a table.
 */
import { showNumber } from '../show.js'
import type { Table } from '../Table.js'
import type { AdapterMeasurement } from './compareAdapters.js'

export const adapterTable = (measured: ReadonlyArray<AdapterMeasurement>): Table => ({
  columns: [
    { title: 'adapter', align: 'left' },
    { title: 'compared with', align: 'left' },
    { title: 'response', align: 'left' },
    { title: 'concurrent', align: 'right' },
    { title: 'requests/s', align: 'right' },
    { title: 'compared', align: 'right' },
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
  'The ratio compares the requests per second with the adapter to those without: higher is better. It is the median of all pairs; ' +
  'the middle half contains half of the pairs. The processor time is the ratio of the client’s processor time per request: lower is better.'
