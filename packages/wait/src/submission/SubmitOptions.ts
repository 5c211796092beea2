/**
 * @since 0.1.0
 */
import type { JsonRecord, SubmissionError } from '@task-outcome/core'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import type { RetryPolicy } from 'retry-ts'
import { type Clock, systemClock } from '../clock/Clock.js'
import { steadyClock } from '../clock/steadyClock.js'
import { checkCount, checkFunction, checkNumber, checkObject, checkRate } from '../option/check.js'
import { checkedPolicy, defaultResubmitPolicy, fullJitter } from '../pace/policies.js'
import { canHelp } from './merge.js'
import type { Rejection, SubmissionResult } from './SubmissionResult.js'
import type { Limits } from './step.js'

/**
 * Options of `submitAll` and `resumeSubmission`. All have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmitAllOptions<Extra = JsonRecord> extends SubmitOptions {
  /**
   * Called with a snapshot before and after each submission, to store it: pass it to `resumeSubmission` to continue. A submission
   * begins only after its promise is fulfilled, and it is never called again before that. If it throws or rejects, or
   * returns a `Left` or a `Task` that was not run, nothing more is submitted, and `end` is `Aborted`. The snapshot is a copy.
   */
  readonly store?: (soFar: SubmissionResult<Extra>) => unknown
  /** Called after each submission. If it throws or rejects, nothing more is submitted, and `end` is `Aborted`. */
  readonly onProgress?: (progress: SubmissionProgress) => unknown
}

/**
 * How resources are submitted. All options have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmitOptions {
  /** The maximum number of resources in a submission: an integer of at least 1. Default: 100. */
  readonly chunkSize?: number
  /** The maximum number of concurrent submissions: an integer of at least 1. Default: 1. */
  readonly concurrency?: number
  /**
   * The maximum number of submissions that start in any second: greater than 0, at most a million. Code 4400, HTTP 429 and 503
   * slow it down for a while. Default: 10.
   */
  readonly maxSubmissionsPerSecond?: number
  /**
   * When to submit again, in rounds: the delay after the last response of a round, by the number of the round. A longer
   * `Retry-After` wins, up to ten minutes. Default: `defaultResubmitPolicy`.
   */
  readonly resubmitPolicy?: RetryPolicy
  /**
   * Whether to submit a rejected resource again, by its last rejection. Default: if its advice is `later` or `resigned`, or, in
   * an entry, `rejectedOnly`; so not for an unknown code.
   */
  readonly isRetryable?: (rejection: Rejection) => boolean
  /**
   * Whether an error of a submission means that others would fail, too: then nothing more is submitted, and `end` is
   * `SubmissionFailed`. Otherwise it concerns only its own resources. Default: if the call itself is wrong (`Misused`). A `submit`
   * that throws, or returns no `TaskEither`, is always fatal.
   */
  readonly isFatal?: (error: SubmissionError) => boolean
  /** How long it may take, in milliseconds: no submission begins after that. Default: no limit. */
  readonly timeoutMs?: number
  /** Once aborted, no submission begins. One in flight is waited for, as its response has the task ids. */
  readonly signal?: AbortSignalLike
  /** Default: `systemClock`. */
  readonly clock?: Clock
  /** Returns a number from 0 to 1, for the jitter. Default: `Math.random`. */
  readonly random?: () => number
}

/**
 * The progress of a submission in numbers of resources.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmissionProgress {
  readonly accepted: number
  readonly rejected: number
  readonly inDoubt: number
  /** Those being submitted count here until their response has arrived. */
  readonly notSubmitted: number
  /** How many submissions were made. */
  readonly submissions: number
}

/**
 * The checked options with defaults, and a policy with jitter.
 *
 * @internal
 */
export interface SubmitSettings extends Omit<Limits, 'follows' | 'taskPerResource'> {
  readonly resubmitPolicy: RetryPolicy
  readonly isRetryable: (rejection: Rejection) => boolean
  readonly isFatal: (error: SubmissionError) => boolean
  readonly signal: AbortSignalLike | undefined
  readonly clock: Clock
  readonly store: ((soFar: never) => unknown) | undefined
  readonly onProgress: ((progress: never) => unknown) | undefined
}

/**
 * Applies defaults and checks the options. Throws a `RangeError` or a `TypeError` that names an invalid option.
 *
 * @internal
 */
export const settingsOf = (
  options: SubmitOptions & Partial<Pick<SubmitSettings, 'store' | 'onProgress'>>,
): SubmitSettings => {
  checkObject('options', options)
  const {
    chunkSize = 100,
    concurrency = 1,
    maxSubmissionsPerSecond = 10,
    resubmitPolicy = defaultResubmitPolicy,
    isRetryable = canHelp,
    isFatal = isMisused,
    timeoutMs = Infinity,
    signal,
    store,
    onProgress,
    clock = systemClock,
    random = Math.random,
  } = options
  checkCount('chunkSize', chunkSize)
  checkCount('concurrency', concurrency)
  checkRate('maxSubmissionsPerSecond', maxSubmissionsPerSecond)
  checkNumber('timeoutMs', timeoutMs, 'a number of at least 0', timeoutMs >= 0)
  checkFunction('resubmitPolicy', resubmitPolicy)
  checkFunction('isRetryable', isRetryable)
  checkFunction('isFatal', isFatal)
  if (store !== undefined) checkFunction('store', store)
  if (onProgress !== undefined) checkFunction('onProgress', onProgress)
  checkFunction('random', random)
  checkObject('clock', clock)
  return {
    chunkSize,
    concurrency,
    maxSubmissionsPerSecond,
    resubmitPolicy: fullJitter(random)(checkedPolicy('resubmitPolicy', resubmitPolicy)),
    isRetryable,
    isFatal,
    timeoutMs,
    signal: signal ?? undefined, // `fetch` accepts `null`
    store,
    onProgress,
    clock: steadyClock(clock),
  }
}

const isMisused = (error: SubmissionError): boolean =>
  error._tag === 'NotSent' && error.reason._tag === 'Misused'
