/**
 * A library that waits for tasks, used as its documentation says.
 */
import type { AcceptedEntry } from '@task-outcome/core'
import type { SimulatedApi } from '../SimulatedApi.js'

export interface Waiter {
  /** Of the package on npm. */
  readonly name: string
  /** How it is set up, in a sentence. */
  readonly setUp: string
  /** Waits for all of the tasks, and reports each task whose end it notices. */
  readonly wait: (
    api: SimulatedApi,
    tasks: ReadonlyArray<AcceptedEntry>,
    noticed: (task: AcceptedEntry) => void,
  ) => Promise<void>
  /** Waits no longer than `limitMs`, by the library's own means. */
  readonly waitAtMost: (
    limitMs: number,
    api: SimulatedApi,
    tasks: ReadonlyArray<AcceptedEntry>,
  ) => Promise<CutOff>
}

/** What the caller has when the time is over. */
export interface CutOff {
  readonly ended: number
  readonly open: number
  /** In what form. */
  readonly form: string
}
