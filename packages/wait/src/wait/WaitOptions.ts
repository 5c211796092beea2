/**
 * @since 0.1.0
 */
import type { AbortSignalLike, Json } from '@task-outcome/core'
import type { RetryPolicy } from 'retry-ts'
import { type Clock, systemClock } from '../clock/Clock.js'
import { defaultFailurePolicy, defaultPolicy, fullJitter } from '../pace/Pace.js'
import type { WaitProgress } from '../result/WaitProgress.js'
import type { EndedTask, WaitResult } from '../result/WaitResult.js'

/**
 * How to wait. Everything has a default.
 *
 * @category model
 * @since 0.1.0
 */
export interface WaitOptions {
  /**
   * When to look at a task that is in progress: how long after the start of the wait for the first time, and then how long
   * after each look. Where it gives up, the task is left open. Default: `defaultPolicy`.
   */
  readonly policy?: RetryPolicy
  /**
   * When to ask again after a query that failed, by the number of failures in a row. Where it gives up, the task is left
   * open. Default: `defaultFailurePolicy`.
   */
  readonly failurePolicy?: RetryPolicy
  /** How long the wait may take, in milliseconds. None by default. */
  readonly timeoutMs?: number
  /** Ends the wait. */
  readonly signal?: AbortSignalLike
  /** How many queries may be under way at a time: a whole number from 1. Default: 10. */
  readonly concurrency?: number
  /**
   * How many queries may start in any second: greater than 0, up to a million. Better less than the API allows: on the way,
   * queries bunch up. Default: 20.
   */
  readonly perSecond?: number
  /**
   * How long one query may take, in milliseconds. Then it is aborted and has failed, and makes room for others. Default:
   * 60,000.
   */
  readonly queryTimeoutMs?: number
  /** Default: the machine's. */
  readonly clock?: Clock
  /**
   * A number from 0 up to but not including 1, for the jitter; `() => 1` takes the delays as the policies have them. Default:
   * `Math.random`.
   */
  readonly random?: () => number
}

/**
 * How to wait for a batch.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchWaitOptions<Output = Json, Data = Json> extends WaitOptions {
  /**
   * Called for each task as its end is noticed. What it throws, or rejects with, ends the wait, with the reason `Aborted`: so
   * a disk that is full is no reason to go on as if nothing had happened. The task that it was called for counts as open then,
   * since nobody took note of its end. The result waits for the promises that it gives, unless the wait is cut short.
   */
  readonly onEnd?: (task: EndedTask<Output, Data>, soFar: WaitSoFar<Output, Data>) => unknown
}

/**
 * A wait under way.
 *
 * @category model
 * @since 0.1.0
 */
export interface WaitSoFar<Output = Json, Data = Json> {
  readonly progress: WaitProgress
  /**
   * What was known at that moment, to be stored: `resume` can go on from it, in another process, too. It takes time in
   * proportion to the number of tasks.
   */
  readonly result: () => WaitResult<Output, Data>
}

/** @internal */
export interface Settings extends Required<Omit<WaitOptions, 'timeoutMs' | 'signal' | 'random'>> {
  readonly timeoutMs: number
  readonly signal: AbortSignalLike | undefined
}

/**
 * The options with their defaults, and the jitter laid over the policies.
 *
 * @internal
 */
export const settingsOf = ({
  policy = defaultPolicy,
  failurePolicy = defaultFailurePolicy,
  timeoutMs = Infinity,
  signal,
  concurrency = 10,
  perSecond = 20,
  queryTimeoutMs = 60_000,
  clock = systemClock,
  random = Math.random,
}: WaitOptions): Settings => ({
  policy: fullJitter(random)(policy),
  failurePolicy: fullJitter(random)(failurePolicy),
  timeoutMs,
  signal,
  concurrency,
  perSecond,
  queryTimeoutMs,
  clock,
})

/**
 * What is wrong with the options, in a line; `undefined` if nothing is.
 *
 * @internal
 */
export const nonsenseIn = ({
  timeoutMs,
  queryTimeoutMs,
  concurrency,
  perSecond,
}: Settings): string | undefined => {
  if (!(timeoutMs >= 0)) return 'timeoutMs must not be negative'
  if (!(Number.isInteger(concurrency) && concurrency >= 1)) return 'concurrency must be a whole number from 1'
  if (!(perSecond > 0 && perSecond <= 1_000_000)) return 'perSecond must be greater than 0, up to 1,000,000'
  if (!(queryTimeoutMs > 0)) return 'queryTimeoutMs must be greater than 0'
  return undefined
}
