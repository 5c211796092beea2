/**
 * What is waited for.
 */
export interface Scenario {
  readonly name: string
  readonly tasks: number
  /** How long each of them takes. */
  readonly taskMs: number
  /** How often it is run, each time with other random delays: few tasks in one run would show little but luck. */
  readonly runs: number
}

export const crowd: Scenario = { name: '10,000 tasks of 60 s', tasks: 10_000, taskMs: 60_000, runs: 1 }
export const few: Scenario = { name: '100 tasks of 60 s', tasks: 100, taskMs: 60_000, runs: 10 }
export const one: Scenario = { name: '1 task of 3 s', tasks: 1, taskMs: 3000, runs: 1000 }

/** In every scenario. */
export const quotaPerSecond = 50

/** In every scenario. */
export const queryMs = 100

/**
 * The first moment at which all ends can be known: the API is asked as often as it answers from the end of the tasks on, 50
 * times at once and 50 times again a second later, and every query finds another end.
 */
export const earliestMs = ({ tasks, taskMs }: Scenario): number =>
  taskMs + (Math.ceil(tasks / quotaPerSecond) - 1) * 1000 + queryMs
