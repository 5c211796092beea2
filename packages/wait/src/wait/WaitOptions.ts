/**
 * @since 0.1.0
 */
import type { Json } from '@task-outcome/core'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import type { RetryPolicy } from 'retry-ts'
import { type Clock, systemClock } from '../clock/Clock.js'
import { steadyClock } from '../clock/steadyClock.js'
import { checkFunction, checkNumber, checkObject } from '../option/check.js'
import { checkedPolicy, defaultFailurePolicy, defaultPollPolicy, fullJitter } from '../pace/policies.js'
import type { WaitProgress } from '../result/WaitProgress.js'
import type { FinishedTask, WaitResult } from '../result/WaitResult.js'

/**
 * How to wait. Everything has a default.
 *
 * @category model
 * @since 0.1.0
 */
export interface WaitOptions {
  /**
   * When to look at a task that is in progress: how long after the start of the wait for the first time, and then how long
   * after each look. Where it gives up, the task is left pending. Default: `defaultPollPolicy`.
   */
  readonly pollPolicy?: RetryPolicy
  /**
   * When to ask again after a query that failed, by the number of failures in a row; later if the API asks for that with
   * `Retry-After`, but for no more than ten minutes. Where it gives up, the task is left pending. Default: `defaultFailurePolicy`.
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
  readonly maxQueriesPerSecond?: number
  /**
   * How long one query may take, in milliseconds. Then it is aborted and has failed, and makes room for others. Default:
   * 60,000.
   */
  readonly queryTimeoutMs?: number
  /**
   * How long after the start of the wait, in milliseconds, a task may be unknown to the API: until then a query that is refused
   * with code 5000, "no such resource", has failed and is asked again by the `failurePolicy`. A query that is sent later and
   * refused like that leaves its task pending. From 0; default: 10,000.
   */
  readonly unknownTaskGraceMs?: number
  /** Default: the machine's. */
  readonly clock?: Clock
  /**
   * Returns a number from 0 to 1, for the jitter; `() => 1` takes the delays as the policies have them. Default:
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
   * a disk that is full is no reason to go on as if nothing had happened. The task that it was called for counts as pending then,
   * because its end was not stored. The result waits for the promises that it gives, unless the wait is cut short.
   */
  readonly onFinish?: (task: FinishedTask<Output, Data>, soFar: WaitSnapshot<Output, Data>) => unknown
}

/**
 * A wait under way.
 *
 * @category model
 * @since 0.1.0
 */
export interface WaitSnapshot<Output = Json, Data = Json> {
  readonly progress: WaitProgress
  /**
   * What was known at that moment, to be stored: `resumeWait` can go on from it, in another process as well. It takes time in
   * proportion to the number of tasks. Called later, it still has the ends that were known at that moment, and counts the
   * queries sent since.
   */
  readonly result: () => WaitResult<Output, Data>
}

/**
 * The options with their defaults, checked, and the jitter laid over the policies.
 *
 * @internal
 */
export interface Settings<Output, Data> {
  readonly pollPolicy: RetryPolicy
  readonly failurePolicy: RetryPolicy
  readonly timeoutMs: number
  readonly signal: AbortSignalLike | undefined
  readonly concurrency: number
  readonly maxQueriesPerSecond: number
  readonly queryTimeoutMs: number
  readonly unknownTaskGraceMs: number
  readonly clock: Clock
  readonly onFinish: (task: FinishedTask<Output, Data>, soFar: WaitSnapshot<Output, Data>) => unknown
}

/**
 * Throws a `RangeError` or a `TypeError` that names the option if one makes no sense.
 *
 * @internal
 */
export const settingsOf = <Output, Data>(options: BatchWaitOptions<Output, Data>): Settings<Output, Data> => {
  checkObject('options', options)
  const {
    pollPolicy = defaultPollPolicy,
    failurePolicy = defaultFailurePolicy,
    timeoutMs = Infinity,
    signal,
    concurrency = 10,
    maxQueriesPerSecond = 20,
    queryTimeoutMs = 60_000,
    unknownTaskGraceMs = 10_000,
    clock = systemClock,
    random = Math.random,
    onFinish = () => undefined,
  } = options
  checkNumber('timeoutMs', timeoutMs, 'from 0', timeoutMs >= 0)
  checkNumber(
    'concurrency',
    concurrency,
    'that is whole, from 1',
    Number.isInteger(concurrency) && concurrency >= 1,
  )
  checkNumber(
    'maxQueriesPerSecond',
    maxQueriesPerSecond,
    'greater than 0, up to 1,000,000',
    maxQueriesPerSecond > 0 && maxQueriesPerSecond <= 1_000_000,
  )
  checkNumber('queryTimeoutMs', queryTimeoutMs, 'greater than 0', queryTimeoutMs > 0)
  checkNumber('unknownTaskGraceMs', unknownTaskGraceMs, 'from 0', unknownTaskGraceMs >= 0)
  checkFunction('pollPolicy', pollPolicy)
  checkFunction('failurePolicy', failurePolicy)
  checkFunction('random', random)
  checkFunction('onFinish', onFinish)
  checkObject('clock', clock)
  return {
    pollPolicy: fullJitter(random)(checkedPolicy('pollPolicy', pollPolicy)),
    failurePolicy: fullJitter(random)(checkedPolicy('failurePolicy', failurePolicy)),
    timeoutMs,
    signal: signal ?? undefined, // `fetch` takes `null`, too
    concurrency,
    maxQueriesPerSecond,
    queryTimeoutMs,
    unknownTaskGraceMs,
    clock: steadyClock(clock),
    onFinish,
  }
}
