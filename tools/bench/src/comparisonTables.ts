/**
 * A comparison as tables and sentences.
 */
import { type Comparison, cutOffMs } from './compareWaits.js'
import type { Scenario } from './Scenario.js'
import { earliestMs, quotaPerSecond } from './Scenario.js'
import { showNumber, showSeconds } from './show.js'
import type { Table } from './Table.js'

const scenarioName = ({ name, runs }: Scenario): string =>
  runs === 1 ? name : `${name}, ${showNumber(runs)} runs`

export const measurementTable = ({ measured }: Comparison): Table => ({
  columns: [
    { title: 'scenario', align: 'left' },
    { title: 'library', align: 'left' },
    { title: 'queries', align: 'right' },
    { title: 'rejected', align: 'right' },
    { title: 'most in a second', align: 'right' },
    { title: 'mean delay', align: 'right' },
    { title: '95 % within', align: 'right' },
    { title: 'longest delay', align: 'right' },
    { title: 'last end noticed at', align: 'right' },
  ],
  rows: measured.map(({ scenario, waiter, measurement: m }) => [
    scenarioName(scenario),
    waiter.name,
    showNumber(m.queries, scenario.tasks === 1 ? 1 : 0),
    showNumber(m.refused, scenario.tasks === 1 ? 1 : 0),
    showNumber(m.mostInASecond),
    showSeconds(m.meanDelayMs),
    showSeconds(m.delay95Ms),
    showSeconds(m.longestDelayMs),
    showSeconds(m.lastNoticedMs),
  ]),
})

export const cutOffTable = ({ cutOffs }: Comparison): Table => ({
  columns: [
    { title: 'library', align: 'left' },
    { title: 'finished', align: 'right' },
    { title: 'pending', align: 'right' },
    { title: 'what the caller has', align: 'left' },
  ],
  rows: cutOffs.map(({ waiter, cutOff: { ended, open, form } }) => [
    waiter.name,
    showNumber(ended),
    showNumber(open),
    form,
  ]),
})

/** What the columns mean. */
export const legend =
  'Queries and rejections are averages per run; the delay is the time from the end of a task until the library notices it.'

export const latenessLine = ({ measured: [first], lateness }: Comparison): string =>
  first === undefined
    ? ''
    : `${first.scenario.name}: with ${quotaPerSecond} queries a second the last end can be noticed at ${showSeconds(earliestMs(first.scenario))}; ` +
      `${first.waiter.name} notices it ${showNumber(lateness * 100, 1)} % later.`

export const cutOffLine = ({ measured: [first] }: Comparison): string =>
  `${first?.scenario.name ?? ''}, stopped at ${showSeconds(cutOffMs)}:`
