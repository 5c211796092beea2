/**
 * @since 0.1.0
 */
import type { Clock } from '@task-outcome/wait'
import type { RetryPolicy } from 'retry-ts'
import type { StoreFailed } from '../database/Database.js'
import type { AroundQuery } from './AroundQuery.js'

/**
 * The options of a worker.
 *
 * @category model
 * @since 0.1.0
 */
export interface WorkerOptions {
  /** The delays between queries of a task in progress, with jitter. Default: `defaultPollPolicy` of `@task-outcome/wait`. */
  readonly pollPolicy?: RetryPolicy
  /** The delays after failed queries, with jitter. Default: `defaultFailurePolicy`. */
  readonly failurePolicy?: RetryPolicy
  /** The maximum number of queries in flight, in this worker: an integer from 1 to 1000. Default: 50. */
  readonly concurrency?: number
  /**
   * How long a query may take, in milliseconds. It is also how long the tasks of a worker that died wait for another one, at most, and
   * 5 seconds more. Default: 10,000.
   */
  readonly queryTimeoutMs?: number
  /** How long "no such resource" can mean that a task is too new, in milliseconds from its acceptance. Default: 10,000. */
  readonly unknownTaskGraceMs?: number
  /** Runs around each query, such as to trace it. Default: nothing does. */
  readonly aroundQuery?: AroundQuery
  /** Called when the database fails. The worker tries again, and loses nothing. What it throws is ignored. */
  readonly onError?: (error: StoreFailed) => void
  /** Default: `systemClock` of `@task-outcome/wait`. */
  readonly clock?: Clock
  /** Returns a number from 0 to 1. Default: `Math.random`. */
  readonly random?: () => number
}
