/**
 * When to query: what is learned from durations beside fixed delays, for several distributions of durations.
 */
import { type Scenario, distributions, durationsOf } from './Scenario.js'
import { type WaitMeasurement, measureWait } from './measureWait.js'
import { showNumber, showSeconds } from './show.js'
import type { Table } from './Table.js'
import { azure } from './waiters/azure.js'
import { smithy } from './waiters/smithy.js'
import { pollings } from './waiters/taskOutcome.js'

export interface PollingMeasurement {
  readonly scenario: Scenario
  readonly name: string
  readonly measurement: WaitMeasurement
}

/** One after the other, as all of them use the one simulated clock. */
export const comparePollings = async (
  scenarios: ReadonlyArray<Scenario> = distributions,
  begins: (what: string) => void = () => undefined,
): Promise<ReadonlyArray<PollingMeasurement>> => {
  const measured: PollingMeasurement[] = []
  for (const scenario of scenarios) {
    const earlier = durationsOf({ ...scenario, tasks: 100 }, 0.5)
    for (const waiter of [...pollings(earlier), smithy, azure]) {
      begins(`${scenario.name}: ${waiter.name}`)
      measured.push({ scenario, name: waiter.name, measurement: await measureWait(waiter, scenario) })
    }
  }
  return measured
}

export const pollingLegend =
  '100 tasks that start together, with 50 queries a second allowed; means of 10 runs.'

export const pollingTable = (measured: ReadonlyArray<PollingMeasurement>): Table => ({
  columns: [
    { title: 'durations', align: 'left' },
    { title: 'polling', align: 'left' },
    { title: 'queries per task', align: 'right' },
    { title: 'mean delay', align: 'right' },
    { title: '95 % within', align: 'right' },
  ],
  rows: measured.map(({ scenario, name, measurement: { queries, meanDelayMs, delay95Ms } }) => [
    scenario.name,
    name,
    showNumber(queries / scenario.tasks, 1),
    showSeconds(meanDelayMs, 2),
    showSeconds(delay95Ms),
  ]),
})
