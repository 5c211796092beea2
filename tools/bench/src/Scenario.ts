/**
 * What is waited for.
 */
import { makeRandom } from './random.js'

export interface Scenario {
  readonly name: string
  readonly tasks: number
  /** How long a task takes, by numbers from 0 up to but not including 1. */
  readonly durationMs: (random: () => number) => number
  /** How often it is run, each time with other random delays: few tasks in one run would show little but luck. */
  readonly runs: number
}

export const crowd: Scenario = {
  name: '10,000 tasks of 60 s',
  tasks: 10_000,
  durationMs: () => 60_000,
  runs: 1,
}
export const few: Scenario = { name: '100 tasks of 60 s', tasks: 100, durationMs: () => 60_000, runs: 10 }
export const one: Scenario = { name: '1 task of 3 s', tasks: 1, durationMs: () => 3000, runs: 1000 }

/** A number of the normal distribution (Box and Muller). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Durations that can and that can't be learned. The scale is the same, so that the queries of a plain policy are. */
const durations: ReadonlyArray<Pick<Scenario, 'name' | 'durationMs'>> = [
  { name: 'constant, 60 s', durationMs: () => 60_000 },
  {
    name: 'bimodal, 20 s or 90 s ± 5 %',
    durationMs: random => (random() < 0.5 ? 20_000 : 90_000) * (1 + 0.05 * normal(random)),
  },
  {
    name: 'lognormal, mean 60 s, σ 0.5',
    durationMs: random => 60_000 * Math.exp(0.5 * normal(random) - 0.125),
  },
  { name: 'exponential, mean 60 s', durationMs: random => -60_000 * Math.log(1 - random()) },
  {
    name: 'heavy tail: Pareto, 20 s to 30 min, α 1.5',
    durationMs: random => Math.min(1_800_000, 20_000 * (1 - random()) ** (-1 / 1.5)),
  },
]

export const distributions: ReadonlyArray<Scenario> = durations.map(one => ({ ...one, tasks: 100, runs: 10 }))

/** How long each task of a run takes. */
export const durationsOf = ({ tasks, durationMs }: Scenario, seed: number): ReadonlyArray<number> => {
  const random = makeRandom(1000 * seed)
  return Array.from({ length: tasks }, () => durationMs(random))
}

/** In every scenario. */
export const quotaPerSecond = 50

/** In every scenario. */
export const queryMs = 100

/**
 * The first moment at which all ends can be known: the API is asked as often as it answers from the end of the tasks on, 50
 * times at once and 50 times again a second later, and every query finds another end.
 */
export const earliestMs = (scenario: Scenario): number =>
  Math.max(...durationsOf(scenario, 1)) + (Math.ceil(scenario.tasks / quotaPerSecond) - 1) * 1000 + queryMs
