/**
 * A library in a scenario, in numbers.
 */
import type { AcceptedEntry, TaskId } from '@task-outcome/core'
import { acceptedTasks } from './acceptedTasks.js'
import { type Scenario, durationsOf, queryMs, quotaPerSecond } from './Scenario.js'
import { mostInASecond, simulateApi } from './SimulatedApi.js'
import { inSimulatedTime } from './simulatedTime.js'
import type { CutOff, Waiter } from './waiters/Waiter.js'

export interface WaitMeasurement {
  /** In a run, on average. */
  readonly queries: number
  /** In a run, on average. */
  readonly refused: number
  /** In any one second of any run. */
  readonly mostInASecond: number
  /** Between the end of a task and its being noticed. */
  readonly meanDelayMs: number
  /** Of 100 ends, 95 are noticed as soon as that, or sooner. */
  readonly delay95Ms: number
  readonly longestDelayMs: number
  /** When the last end was noticed, in any run. */
  readonly lastNoticedMs: number
}

export const measureWait = async (
  waiter: Pick<Waiter, 'name' | 'wait'>,
  scenario: Scenario,
): Promise<WaitMeasurement> => {
  const { tasks: count, runs } = scenario
  const tasks = acceptedTasks(count)
  const delays: number[] = []
  let queries = 0
  let refused = 0
  let most = 0
  let lastNoticedMs = 0

  for (let seed = 1; seed <= runs; seed++) {
    const endsAtMs = endsOf(tasks, scenario, seed)
    await inSimulatedTime(seed, async () => {
      const api = simulateApi({ endsAtMs, queryMs, quotaPerSecond })
      const noticed = new Set<TaskId>()
      await waiter.wait(api, tasks, ({ taskId }) => {
        if (noticed.has(taskId)) throw new Error(`${waiter.name} told twice of the task ${taskId}`)
        noticed.add(taskId)
        delays.push(Date.now() - endsAtMs(taskId))
        lastNoticedMs = Math.max(lastNoticedMs, Date.now())
      })
      if (noticed.size !== count) throw new Error(`${waiter.name} did not notice every end`)
      queries += api.starts.length
      refused += api.refused()
      most = Math.max(most, mostInASecond(api.starts))
    })
  }

  delays.sort((one, other) => one - other)
  return {
    queries: queries / runs,
    refused: refused / runs,
    mostInASecond: most,
    meanDelayMs: delays.reduce((sum, delay) => sum + delay, 0) / delays.length,
    delay95Ms: delays[Math.ceil(delays.length * 0.95) - 1] ?? NaN,
    longestDelayMs: delays.at(-1) ?? NaN,
    lastNoticedMs,
  }
}

const endsOf = (
  tasks: ReadonlyArray<AcceptedEntry>,
  scenario: Scenario,
  seed: number,
): ((taskId: TaskId) => number) => {
  const durations = durationsOf(scenario, seed)
  const byId = new Map(tasks.map(({ taskId }, index) => [taskId, durations[index]]))
  return taskId => byId.get(taskId) ?? NaN
}

/** What a library leaves its caller with when the time is over before the tasks have all ended. */
export const measureCutOff = (waiter: Waiter, scenario: Scenario, limitMs: number): Promise<CutOff> => {
  const tasks = acceptedTasks(scenario.tasks)
  const endsAtMs = endsOf(tasks, scenario, 1)
  return inSimulatedTime(1, () =>
    waiter.waitAtMost(limitMs, simulateApi({ endsAtMs, queryMs, quotaPerSecond }), tasks),
  )
}
