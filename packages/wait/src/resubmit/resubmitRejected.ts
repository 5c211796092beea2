/**
 * @since 0.1.0
 */
import {
  type BatchOutcome,
  type JsonRecord,
  type RejectedEntry,
  type ResourceId,
  type SubmissionError,
} from '@task-outcome/core'
import { type Aborted, type AbortSignalLike, aborted, clientFailed } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from 'fp-ts/lib/ReadonlyArray.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as T from 'fp-ts/lib/Task.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type RetryPolicy, defaultRetryStatus } from 'retry-ts'
import { type Clock, systemClock } from '../clock/Clock.js'
import { pause } from '../clock/pause.js'
import { steadyClock } from '../clock/steadyClock.js'
import { checkFunction, checkNumber, checkObject } from '../option/check.js'
import { checkedPolicy, defaultResubmitPolicy, fullJitter, nextDelay } from '../pace/policies.js'
import { retryAfterOf } from '../pace/retryAfter.js'
import { describe } from '../result/describe.js'
import { readSubmission } from './readSubmission.js'
import { readKnown } from './readKnown.js'
import { type ResubmissionState, canSubmitAgain, mergeError, mergeResponse } from './rounds.js'
import type { ResourceOutcome, ResourceRejected, Resubmission } from './Resubmission.js'

/**
 * Options of a resubmission. All have defaults.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResubmitOptions<Extra = JsonRecord> {
  /**
   * When to submit again: the delay after the previous response, by the number of the round. A longer `Retry-After` of a rejected
   * round wins, up to ten minutes after that rejection. Default: `defaultResubmitPolicy`.
   */
  readonly policy?: RetryPolicy
  /**
   * Whether to submit a rejected resource again. Default: if its advice is `later`, `resigned` or `rejectedOnly`, so not for an
   * unknown code.
   */
  readonly isRetryable?: (rejected: RejectedEntry) => boolean
  /**
   * How long it may take, in milliseconds. If the next round would begin later than that, it ends immediately. Default: no limit.
   */
  readonly timeoutMs?: number
  /** Once aborted, no round begins. A submission in flight is waited for, as its response has the task ids. */
  readonly signal?: AbortSignalLike
  /**
   * Called after each round that may be followed by another, with everything that is known, to store: pass it to
   * `resubmitRejected` to continue. If it throws or rejects, the resubmission ends with `Aborted`. A promise that it returns is
   * awaited until the timeout passes or the signal is aborted.
   */
  readonly onRound?: (soFar: Resubmission<Extra>) => unknown
  /** Default: `systemClock`. */
  readonly clock?: Clock
  /** Returns a number from 0 to 1, for the jitter. Default: `Math.random`. */
  readonly random?: () => number
}

/**
 * Submits only the rejected resources of a batch again, if a later submission can help. Repeats this in rounds until no such
 * resource is left or the policy gives up. Returns one outcome for each resource, with its history.
 *
 * A resource is submitted only after the API has rejected it: never again after it was accepted, and never again after a
 * submission without a valid response, or whose rejection leaves open what was started: it has code 4500, or the response holds
 * the id of a task for it, wherever it is. If an id in a response belongs to no resource, this applies to all resources that the
 * response rejects. Never rejects. Running it twice submits twice.
 *
 * If `from` is neither an outcome nor a resubmission, or part of it does not match its type, nothing is submitted. It then ends
 * with `Aborted`, a `TypeError` that says what was expected, and has the resources that could be read. A resource that is
 * accepted or in doubt anywhere in `from` is never submitted, even if it is also rejected.
 *
 * Source: PROTOCOL.md, section 6, "A rejected resource of a batch was not started: submitting that resource alone again is
 * safe. Accepted resources are never submitted again."
 *
 * @param from - the outcome of the first submission; or the result of an earlier call, to continue from there
 * @param submit - submits the batch for some of its resources: builds the request and passes it to the `submitBatch` method of a
 * task client. Called for each round, so that each request has a new `Nonce`. It must not send a request twice: disable retries
 * in the HTTP client
 *
 * @example
 * import type { BatchOutcome } from '@task-outcome/core'
 * import { createFetchTaskClient } from '@task-outcome/fetch'
 * import { acceptedEntries, resubmitRejected } from '@task-outcome/wait'
 *
 * const tasks = createFetchTaskClient(fetch, { timeoutMs: 10_000 })
 *
 * const submitRejectedAgain = async (outcome: BatchOutcome) => {
 *   const all = await resubmitRejected(outcome, resourceIds =>
 *     tasks.submitBatch('https://cvm.api.qcloud.com/v2/index.php', {
 *       method: 'POST',
 *       body: new URLSearchParams({
 *         Action: 'StartInstances',
 *         ...Object.fromEntries(resourceIds.map((id, index) => [`instanceIds.${index}`, id])),
 *       }),
 *     }),
 *   )()
 *   return acceptedEntries(all)
 * }
 *
 * @category submitting
 * @since 0.1.0
 */
export const resubmitRejected =
  <ResponseExtra = JsonRecord, Extra = JsonRecord>(
    from: BatchOutcome<ResponseExtra, Extra> | Resubmission<Extra>,
    submit: SubmitBatch<ResponseExtra, Extra>,
    options: ResubmitOptions<NoInfer<Extra>> = {},
  ): T.Task<Resubmission<Extra>> =>
  async () => {
    const { issue, all: known } = readKnown<Extra>(from)
    let all = known
    try {
      if (issue !== undefined) throw new TypeError(issue)
      checkFunction('submit', submit)
      const { clock, policy, isRetryable, onRound, timeoutMs, signal } = settingsOf(options)
      const endsAtMs = clock.now() + timeoutMs
      let status = defaultRetryStatus
      let notBeforeMs = -Infinity
      for (;;) {
        const again = all.resources.filter(isWorth(isRetryable)).map(({ resourceId }) => resourceId)
        if (!isNonEmpty(again)) return { ...all, end: { _tag: 'Settled' } }
        const next = nextDelay(policy, status)
        if (next === undefined) return { ...all, end: { _tag: 'PolicyGaveUp' } }
        status = next.status
        const nextAtMs = Math.max(clock.now() + next.delayMs, notBeforeMs)
        if (nextAtMs > endsAtMs) return { ...all, end: { _tag: 'TimedOut', timeoutMs } }
        await pause(clock, nextAtMs, signal)
        const abortBefore = abortOf(signal)
        if (abortBefore !== undefined) return { ...all, end: abortBefore }
        const round = await submitRound(all, again, submit)
        all = round.all
        if (round.error !== undefined) {
          if (!canSubmitAgain(round.error))
            return { ...all, end: { _tag: 'SubmissionFailed', error: round.error } }
          notBeforeMs = clock.now() + retryAfterOf(round.error)
        }
        const hasSettled = await report(
          onRound,
          { ...all, end: { _tag: 'Waiting' } },
          clock,
          endsAtMs,
          signal,
        )
        const abortAfter = abortOf(signal)
        if (abortAfter !== undefined) return { ...all, end: abortAfter }
        if (!hasSettled) return { ...all, end: { _tag: 'TimedOut', timeoutMs } }
      }
    } catch (thrown) {
      return { ...all, end: aborted(thrown) } // the policy, the clock and `isRetryable` are the caller's
    }
  }

/** Applies defaults, checks the options, and adds jitter to the policy. */
const settingsOf = <Extra>(options: ResubmitOptions<Extra>) => {
  checkObject('options', options)
  const {
    policy = defaultResubmitPolicy,
    isRetryable = canHelp,
    timeoutMs = Infinity,
    signal,
    onRound = () => undefined,
    clock = systemClock,
    random = Math.random,
  } = options
  checkNumber('timeoutMs', timeoutMs, 'a number of at least 0', timeoutMs >= 0)
  checkFunction('policy', policy)
  checkFunction('isRetryable', isRetryable)
  checkFunction('onRound', onRound)
  checkFunction('random', random)
  checkObject('clock', clock)
  return {
    policy: fullJitter(random)(checkedPolicy('policy', policy)),
    isRetryable,
    timeoutMs,
    signal: signal ?? undefined, // `fetch` accepts `null`
    onRound,
    clock: steadyClock(clock),
  }
}

const abortOf = (signal: AbortSignalLike | undefined): Aborted | undefined =>
  signal?.aborted === true ? aborted(signal.reason) : undefined

/** Returns false if the timeout passed or the signal was aborted before the promise of the callback settled. */
const report = async <Extra>(
  onRound: (soFar: Resubmission<Extra>) => unknown,
  soFar: Resubmission<Extra>,
  clock: Clock,
  endsAtMs: number,
  signal: AbortSignalLike | undefined,
): Promise<boolean> => {
  const result = onRound(soFar)
  if (typeof result !== 'object' || result === null) return true
  let hasSettled = false
  const settled = Promise.resolve(result).then(() => {
    hasSettled = true
  })
  await pause(clock, endsAtMs, signal, settled)
  return hasSettled
}

/**
 * Submits a batch for some of its resources.
 *
 * @category model
 * @since 0.1.0
 */
export type SubmitBatch<ResponseExtra = JsonRecord, Extra = JsonRecord> = (
  resourceIds: RNEA.ReadonlyNonEmptyArray<ResourceId>,
) => TE.TaskEither<SubmissionError, BatchOutcome<ResponseExtra, Extra>>

/** PROTOCOL.md, section 5: "a later try can help". */
const canHelp = ({ advice }: RejectedEntry): boolean =>
  advice === 'later' || advice === 'resigned' || advice === 'rejectedOnly'

const isWorth =
  (isRetryable: (rejected: RejectedEntry) => boolean) =>
  (resource: ResourceOutcome<unknown>): resource is ResourceRejected => {
    if (resource._tag !== 'ResourceRejected') return false
    const worth: unknown = isRetryable(RNEA.last(resource.rejections))
    // A promise is truthy, and would submit everything again.
    if (typeof worth !== 'boolean')
      throw new TypeError(`isRetryable must return a boolean, found ${describe(worth)}`)
    return worth
  }

/** Submits some resources. If the submission throws or returns no outcome, it may have been sent: its resources are in doubt. */
const submitRound = async <Extra>(
  all: ResubmissionState<Extra>,
  resourceIds: RNEA.ReadonlyNonEmptyArray<ResourceId>,
  submit: SubmitBatch<unknown, Extra>,
): Promise<{ readonly all: ResubmissionState<Extra>; readonly error?: SubmissionError }> => {
  const requested = new Set(resourceIds)
  const result = readSubmission<Extra>(await runSubmit(resourceIds, submit))
  return E.isRight(result)
    ? { all: mergeResponse(all, requested, result.right) }
    : { all: mergeError(all, requested, result.left), error: result.left }
}

const runSubmit = async (
  resourceIds: RNEA.ReadonlyNonEmptyArray<ResourceId>,
  submit: SubmitBatch<unknown, unknown>,
): Promise<unknown> => {
  try {
    const task: unknown = submit(resourceIds)
    // A promise is not a Task, but its value may have task ids.
    return await (typeof task === 'function' ? (task as () => unknown)() : task)
  } catch (thrown) {
    return E.left({ _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] })
  }
}
