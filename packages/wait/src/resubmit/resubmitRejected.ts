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
import { type ResubmissionState, canSubmitAgain, mergeEntries, mergeError } from './rounds.js'
import type { ResourceOutcome, ResourceRejected, Resubmission } from './Resubmission.js'

/**
 * How to submit again. Everything has a default.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResubmitOptions<Extra = JsonRecord> {
  /**
   * When to submit again: how long after the response before, by the number of the round; later if the API has refused the round
   * before and asks for that with `Retry-After`, but no more than ten minutes after that refusal. Default:
   * `defaultResubmitPolicy`.
   */
  readonly policy?: RetryPolicy
  /**
   * Whether a rejected resource is worth another submission. Default: by its advice, `later`, `resigned` or `rejectedOnly`;
   * an unknown code is not guessed at.
   */
  readonly isRetryable?: (rejected: RejectedEntry) => boolean
  /**
   * How long it may take, in milliseconds: no round is begun after that, and none is waited for that would be. None by
   * default.
   */
  readonly timeoutMs?: number
  /** Once it is aborted no round is begun. A submission under way is waited for: its response has the task ids. */
  readonly signal?: AbortSignalLike
  /**
   * Called after each round that may be followed by another, with all that is known, to be stored: `resubmitRejected` goes on
   * from it. What it throws, or rejects with, ends it: `Aborted`. A promise that it gives is waited for, until the time is over
   * or the signal is aborted.
   */
  readonly onRound?: (soFar: Resubmission<Extra>) => unknown
  /** Default: the machine's. */
  readonly clock?: Clock
  /** Returns a number from 0 to 1, for the jitter. Default: `Math.random`. */
  readonly random?: () => number
}

/**
 * Submits again, of a batch that was accepted in part or not at all, the rejected resources that a later submission can
 * help, and those alone; round by round, until nothing is left to be done or the policy gives up. The responses become one
 * outcome for each resource, with its history.
 *
 * A resource is submitted only after the API has said that it was rejected: an accepted one never again, and one whose
 * submission had no sound answer never again either. It never rejects, and running it twice submits twice.
 *
 * If `from` is neither an outcome nor a resubmission, or has something in it that is not as its type says, nothing is submitted:
 * it ends with `Aborted`, a `TypeError` that says what was expected, and has the resources that could be read. A resource that
 * is accepted or in doubt anywhere in `from` is never submitted, also where it is rejected as well.
 *
 * Source: PROTOCOL.md, section 6, "A rejected resource of a batch was not started: safe to submit again, that resource alone.
 * Accepted ones never."
 *
 * @param from - the outcome of the first submission; or what an earlier call gave, to go on from there
 * @param submit - submits the batch for some of its resources: builds the request for them, and hands it to the
 * `submitBatch` of a task client. Called anew for each round, so that each request gets a `Nonce` of its own. It must not send
 * a request twice by itself: take retries out of the HTTP client
 *
 * @example
 * import type { BatchOutcome } from '@task-outcome/core'
 * import { createFetchTaskClient } from '@task-outcome/fetch'
 * import { acceptedEntries, resubmitRejected } from '@task-outcome/wait'
 *
 * const tasks = createFetchTaskClient(fetch, { timeoutMs: 10_000 })
 *
 * const putRight = async (outcome: BatchOutcome) => {
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
        const told = await tell(onRound, { ...all, end: { _tag: 'Waiting' } }, clock, endsAtMs, signal)
        const abortAfter = abortOf(signal)
        if (abortAfter !== undefined) return { ...all, end: abortAfter }
        if (!told) return { ...all, end: { _tag: 'TimedOut', timeoutMs } }
      }
    } catch (thrown) {
      return { ...all, end: aborted(thrown) } // the policy, the clock and `isRetryable` are the caller's
    }
  }

/** The options with their defaults, checked, and the jitter laid over the policy. */
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
  checkNumber('timeoutMs', timeoutMs, 'from 0', timeoutMs >= 0)
  checkFunction('policy', policy)
  checkFunction('isRetryable', isRetryable)
  checkFunction('onRound', onRound)
  checkFunction('random', random)
  checkObject('clock', clock)
  return {
    policy: fullJitter(random)(checkedPolicy('policy', policy)),
    isRetryable,
    timeoutMs,
    signal: signal ?? undefined, // `fetch` takes `null`, too
    onRound,
    clock: steadyClock(clock),
  }
}

const abortOf = (signal: AbortSignalLike | undefined): Aborted | undefined =>
  signal?.aborted === true ? aborted(signal.reason) : undefined

/** Gives false if the time was over before the promise of the callback settled. */
const tell = async <Extra>(
  onRound: (soFar: Resubmission<Extra>) => unknown,
  soFar: Resubmission<Extra>,
  clock: Clock,
  endsAtMs: number,
  signal: AbortSignalLike | undefined,
): Promise<boolean> => {
  const result = onRound(soFar)
  if (typeof result !== 'object' || result === null) return true
  let told = false
  const telling = Promise.resolve(result).then(() => {
    told = true
  })
  await pause(clock, endsAtMs, signal, telling)
  return told
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
    // A promise is true for JavaScript, and would submit everything again.
    if (typeof worth !== 'boolean')
      throw new TypeError(`isRetryable must return a boolean, found ${describe(worth)}`)
    return worth
  }

/** What the submission throws, or gives that is no outcome, may have happened after it was sent: that is in doubt. */
const submitRound = async <Extra>(
  all: ResubmissionState<Extra>,
  resourceIds: RNEA.ReadonlyNonEmptyArray<ResourceId>,
  submit: SubmitBatch<unknown, Extra>,
): Promise<{ readonly all: ResubmissionState<Extra>; readonly error?: SubmissionError }> => {
  const asked = new Set(resourceIds)
  const answer = readSubmission<Extra>(await submitted(resourceIds, submit))
  return E.isRight(answer)
    ? { all: mergeEntries(all, asked, answer.right) }
    : { all: mergeError(all, asked, answer.left), error: answer.left }
}

const submitted = async (
  resourceIds: RNEA.ReadonlyNonEmptyArray<ResourceId>,
  submit: SubmitBatch<unknown, unknown>,
): Promise<unknown> => {
  try {
    const task: unknown = submit(resourceIds)
    // A promise is no Task, but what it gives may have task ids.
    return await (typeof task === 'function' ? (task as () => unknown)() : task)
  } catch (thrown) {
    return E.left({ _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] })
  }
}
