/**
 * The libraries side by side.
 */
import { type Scenario, crowd, earliestMs, few, one } from './Scenario.js'
import { type WaitMeasurement, measureCutOff, measureWait } from './measureWait.js'
import { azure } from './waiters/azure.js'
import { smithy } from './waiters/smithy.js'
import { taskOutcome } from './waiters/taskOutcome.js'
import type { CutOff, Waiter } from './waiters/Waiter.js'

export const waiters: ReadonlyArray<Waiter> = [taskOutcome, smithy, azure]

export const cutOffMs = 100_000

export interface Comparison {
  readonly measured: ReadonlyArray<{
    readonly scenario: Scenario
    readonly waiter: Waiter
    readonly measurement: WaitMeasurement
  }>
  /** In the first scenario. */
  readonly cutOffs: ReadonlyArray<{ readonly waiter: Waiter; readonly cutOff: CutOff }>
  /** In the first scenario: the share by which our last notice is later than the earliest moment. */
  readonly lateness: number
}

/** One after the other, as all of them use the one simulated clock. */
export const compareWaits = async (
  scenarios: ReadonlyArray<Scenario> = [crowd, few, one],
  begins: (what: string) => void = () => undefined,
): Promise<Comparison> => {
  const measured: Array<Comparison['measured'][number]> = []
  for (const scenario of scenarios)
    for (const waiter of waiters) {
      begins(`${scenario.name}: ${waiter.name}`)
      measured.push({ scenario, waiter, measurement: await measureWait(waiter, scenario) })
    }

  const [{ scenario, measurement }] = measured as [Comparison['measured'][number]]
  const cutOffs: Array<Comparison['cutOffs'][number]> = []
  for (const waiter of waiters) {
    begins(`${scenario.name}, cut off: ${waiter.name}`)
    cutOffs.push({ waiter, cutOff: await measureCutOff(waiter, scenario, cutOffMs) })
  }

  return { measured, cutOffs, lateness: latenessOf(measurement, scenario) }
}

export const latenessOf = ({ lastNoticedMs }: WaitMeasurement, scenario: Scenario): number =>
  lastNoticedMs / earliestMs(scenario) - 1
