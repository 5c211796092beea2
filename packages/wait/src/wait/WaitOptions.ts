/**
 * @since 0.1.0
 */
import type { Json, QueryError } from '@task-outcome/core'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import type * as E from 'fp-ts/lib/Either.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { RetryPolicy } from 'retry-ts'
import { type Clock, systemClock } from '../clock/Clock.js'
import { type SteadyClock, steadyClock } from '../clock/steadyClock.js'
import {
  checkCount,
  checkDurations,
  checkFunction,
  checkNumber,
  checkObject,
  checkRate,
} from '../option/check.js'
import { checkedPolicy, defaultFailurePolicy, defaultPollPolicy } from '../pace/policies.js'
import { type Pace, type PaceRate, makePace } from '../pace/createPace.js'
import type { QueriedStatus, QueriedTask } from '../query/QueryTaskStatuses.js'
import type { WaitProgress } from '../result/WaitProgress.js'
import type { FinishedTask, WaitResult } from '../result/WaitResult.js'

/**
 * Options of a wait. All have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface WaitOptions {
  /**
   * When to query a task that is in progress: the delay before the first query, and then after each query, with full jitter. If
   * it gives up, the task is left pending. Default: the delay grows from 0.2 s to 6 s with the age of the task, less up to a
   * third; and in a wait for several tasks, it follows what is learned from those that have ended.
   */
  readonly pollPolicy?: RetryPolicy
  /**
   * How long earlier tasks of the same action took, in milliseconds: what earlier waits told in `durationMs`. The wait expects its
   * tasks to take as long, and queries them accordingly, unless there is a `pollPolicy` or the wait is a resumed one. The order is
   * of no importance; a few dozen suffice. Default: none.
   */
  readonly earlierDurationsMs?: ReadonlyArray<number>
  /**
   * When to query again after a failed query, by the number of failures in a row. A longer `Retry-After` wins, up to ten minutes.
   * If it gives up, the task is left pending. Default: `defaultFailurePolicy`.
   */
  readonly failurePolicy?: RetryPolicy
  /** How long the wait may take, in milliseconds. Default: no limit. */
  readonly timeoutMs?: number
  /** Aborts the wait. */
  readonly signal?: AbortSignalLike
  /** The maximum number of concurrent queries: an integer of at least 1. Default: 10. */
  readonly concurrency?: number
  /**
   * The maximum number of queries that start in any second: greater than 0, at most a million. Stay below the limit of the API, as
   * queries bunch up in the network. Default: 20.
   */
  readonly maxQueriesPerSecond?: number
  /**
   * A pace to share with other waits and with submissions, instead of `concurrency` and `maxQueriesPerSecond`. The time in its
   * queue does not count for `queryTimeoutMs`. Default: a pace of this wait alone.
   */
  readonly pace?: Pace
  /**
   * How long one query may take, in milliseconds. After that it is aborted and counts as failed. Default: 60,000.
   */
  readonly queryTimeoutMs?: number
  /**
   * How long after the start of the wait the API may not know a task yet, in milliseconds: at least 0. Until then a query that is
   * rejected with code 5000 or `ResourceNotFound`, "no such resource", is repeated by the `failurePolicy`. If a query that is sent later is rejected
   * like that, the task is left pending. Default: 10,000.
   */
  readonly unknownTaskGraceMs?: number
  /**
   * Called with the result of each query, also of those that fail, and before `onFinish` of the tasks that it says have finished. It
   * is not called for queries that are cut by the end of the wait. If it throws or rejects, the wait ends with the reason
   * `Aborted`. Its promise is not awaited: one that rejects after the wait is over changes nothing.
   */
  readonly onQuery?: (
    tasks: ReadonlyNonEmptyArray<QueriedTask>,
    result: E.Either<QueryError, ReadonlyArray<QueriedStatus<unknown, unknown>>>,
    soFar: QueryReport,
  ) => unknown
  /** Default: `systemClock`. */
  readonly clock?: Clock
  /**
   * Returns a number from 0 to 1, for the jitter; `() => 1` disables jitter. Default: `Math.random`.
   */
  readonly random?: () => number
}

/**
 * What a wait tells with the result of a query.
 *
 * @category model
 * @since 0.1.0
 */
export interface QueryReport {
  /** The rate after the query: lower if the API is overloaded. */
  readonly rate: PaceRate
  /** The progress before the query, which counts as sent. */
  readonly progress: WaitProgress
}

/**
 * Options of a wait for a batch.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchWaitOptions<Output = Json, Data = Json> extends WaitOptions {
  /**
   * Called for each task when it has finished. If it throws or rejects, the wait ends with the reason `Aborted`, so that a full
   * disk does not go unnoticed. The task that it was called for then counts as pending, as its end was not recorded. The
   * result waits for the promises that it returns, unless the wait times out or is aborted.
   */
  readonly onFinish?: (task: FinishedTask<Output, Data>, soFar: WaitSnapshot<Output, Data>) => unknown
}

/**
 * The state of a wait at one moment.
 *
 * @category model
 * @since 0.1.0
 */
export interface WaitSnapshot<Output = Json, Data = Json> {
  readonly progress: WaitProgress
  /**
   * How long the task took since the wait began, in milliseconds: halfway between the last query that found it in progress and
   * the one that found that it had ended. Pass those of a whole wait to later ones as `earlierDurationsMs`.
   */
  readonly durationMs: number
  /**
   * Returns what was known at that moment, to store: `resumeWait` can continue from it, even in another process. It takes time
   * proportional to the number of tasks. If called later, it still has the tasks that were finished at that moment, but counts
   * the queries sent since.
   */
  readonly result: () => WaitResult<Output, Data>
}

/**
 * The checked options with defaults.
 *
 * @internal
 */
export interface Settings<Output, Data> {
  /** Whether the durations of tasks decide when to query, instead of `pollPolicy`. */
  readonly learns: boolean
  readonly pollPolicy: RetryPolicy
  readonly failurePolicy: RetryPolicy
  readonly earlierDurationsMs: ReadonlyArray<number>
  readonly timeoutMs: number
  readonly signal: AbortSignalLike | undefined
  readonly pace: Pace
  readonly queryTimeoutMs: number
  readonly unknownTaskGraceMs: number
  readonly clock: SteadyClock
  readonly random: () => number
  readonly onQuery: WaitOptions['onQuery']
  readonly onFinish: (task: FinishedTask<Output, Data>, soFar: WaitSnapshot<Output, Data>) => unknown
}

/**
 * Applies defaults and checks the options. Throws a `RangeError` or a `TypeError` that names an invalid option.
 *
 * @internal
 */
export const settingsOf = <Output, Data>(options: BatchWaitOptions<Output, Data>): Settings<Output, Data> => {
  checkObject('options', options)
  const {
    pollPolicy = defaultPollPolicy,
    earlierDurationsMs = [],
    failurePolicy = defaultFailurePolicy,
    timeoutMs = Infinity,
    signal,
    pace,
    concurrency = 10,
    maxQueriesPerSecond = 20,
    queryTimeoutMs = 60_000,
    unknownTaskGraceMs = 10_000,
    clock = systemClock,
    random = Math.random,
    onQuery,
    onFinish = () => undefined,
  } = options
  checkNumber('timeoutMs', timeoutMs, 'a number of at least 0', timeoutMs >= 0)
  checkCount('concurrency', concurrency)
  checkRate('maxQueriesPerSecond', maxQueriesPerSecond)
  checkNumber('queryTimeoutMs', queryTimeoutMs, 'a number greater than 0', queryTimeoutMs > 0)
  checkNumber('unknownTaskGraceMs', unknownTaskGraceMs, 'a number of at least 0', unknownTaskGraceMs >= 0)
  checkFunction('pollPolicy', pollPolicy)
  checkDurations('earlierDurationsMs', earlierDurationsMs)
  checkFunction('failurePolicy', failurePolicy)
  checkFunction('random', random)
  checkFunction('onFinish', onFinish)
  if (onQuery !== undefined) checkFunction('onQuery', onQuery)
  checkObject('clock', clock)
  if (pace !== undefined) checkPace(pace, options)
  const steady = steadyClock(clock)
  return {
    learns: options.pollPolicy === undefined,
    pollPolicy: checkedPolicy('pollPolicy', pollPolicy),
    earlierDurationsMs,
    failurePolicy: checkedPolicy('failurePolicy', failurePolicy),
    timeoutMs,
    signal: signal ?? undefined, // `fetch` accepts `null`
    pace: pace ?? makePace({ perSecond: maxQueriesPerSecond, concurrency, clock: steady }),
    queryTimeoutMs,
    unknownTaskGraceMs,
    clock: steady,
    random,
    onQuery,
    onFinish,
  }
}

const checkPace = (pace: Pace, { concurrency, maxQueriesPerSecond }: WaitOptions): void => {
  checkObject('pace', pace)
  checkFunction('pace.enter', pace.enter)
  if (concurrency !== undefined || maxQueriesPerSecond !== undefined)
    throw new TypeError(
      'concurrency and maxQueriesPerSecond must be undefined if there is a pace: set concurrency and perSecond in createPace',
    )
}
