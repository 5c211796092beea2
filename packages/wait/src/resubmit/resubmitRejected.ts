/**
 * @since 0.1.0
 */
import {
  type AbortSignalLike,
  type BatchOutcome,
  type JsonRecord,
  type RejectedEntry,
  type ResourceId,
  type SubmissionError,
  aborted,
  clientFailed,
} from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty, uniq } from 'fp-ts/lib/ReadonlyArray.js'
import * as S from 'fp-ts/lib/string.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type * as T from 'fp-ts/lib/Task.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type RetryPolicy, defaultRetryStatus } from 'retry-ts'
import { type Clock, systemClock } from '../clock/Clock.js'
import { pause } from '../clock/pause.js'
import { defaultResubmitPolicy, fullJitter, nextStep } from '../pace/Pace.js'
import { type Unended, beginWith, canSubmitAgain, merge } from './rounds.js'
import type { ResourceOutcome, ResourceRejected, Resubmission } from './Resubmission.js'

/**
 * How to submit again. Everything has a default.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResubmitOptions<Extra = JsonRecord> {
  /** When to submit again: how long after the answer before, by the number of the round. Default: `defaultResubmitPolicy`. */
  readonly policy?: RetryPolicy
  /**
   * Whether a rejected resource is worth another submission. Default: by its advice, `later`, `signedAnew` or `failedPart`;
   * an unknown code is not guessed at.
   */
  readonly isRetryable?: (rejected: RejectedEntry) => boolean
  /**
   * How long it may take, in milliseconds: no round is begun after that, and none is waited for that would be. None by
   * default.
   */
  readonly timeoutMs?: number
  /** Once it is aborted no round is begun. A submission under way is waited for: its answer has the task ids. */
  readonly signal?: AbortSignalLike
  /**
   * Called after each round that may be followed by another, with all that is known, to be stored: `resubmitRejected` goes on
   * from it. What it throws, or rejects with, ends it: `Aborted`.
   */
  readonly onRound?: (soFar: Resubmission<Extra>) => unknown
  /** Default: the machine's. */
  readonly clock?: Clock
  /** A number from 0 up to but not including 1, for the jitter. Default: `Math.random`. */
  readonly random?: () => number
}

/**
 * Submits again, of a batch that was accepted in part or not at all, the rejected resources that a later submission can
 * help, and those alone; round by round, until nothing is left to be done or the policy gives up. The answers become one
 * outcome for each resource, with its history.
 *
 * A resource is submitted only after the API has said that it was rejected: an accepted one never again, and one whose
 * submission had no sound answer never again either. It never rejects, and running it twice submits twice.
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
 * import { acceptedIn, resubmitRejected } from '@task-outcome/wait'
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
 *   return acceptedIn(all)
 * }
 *
 * @category submitting
 * @since 0.1.0
 */
export const resubmitRejected =
  <ResponseExtra = JsonRecord, Extra = JsonRecord>(
    from: BatchOutcome<ResponseExtra, Extra> | Resubmission<Extra>,
    submit: Submit<ResponseExtra, Extra>,
    options: ResubmitOptions<NoInfer<Extra>> = {},
  ): T.Task<Resubmission<Extra>> =>
  async () => {
    const { clock = systemClock, random = Math.random, timeoutMs = Infinity, signal } = options
    const { policy = defaultResubmitPolicy, isRetryable = canHelp, onRound } = options
    let all = beginWith(from)
    try {
      if (!(timeoutMs >= 0)) throw new RangeError('timeoutMs must not be negative')
      const jittered = fullJitter(random)(policy)
      const endsAtMs = clock.now() + timeoutMs
      let status = defaultRetryStatus
      for (;;) {
        const again = uniq<ResourceId>(S.Eq)(
          all.resources.filter(isWorth(isRetryable)).map(({ resourceId }) => resourceId),
        )
        if (!isNonEmpty(again)) return { ...all, end: { _tag: 'Settled' } }
        const step = nextStep(jittered, status)
        if (step === undefined) return { ...all, end: { _tag: 'PolicyGaveUp' } }
        status = step.status
        const nextAtMs = clock.now() + step.delayMs
        if (nextAtMs > endsAtMs) return { ...all, end: { _tag: 'TimedOut', timeoutMs } }
        await pause(clock, nextAtMs, signal)
        if (signal?.aborted === true) return { ...all, end: aborted(signal.reason) }
        const round = await submitRound(all, again, submit)
        all = round.all
        if (round.error !== undefined && !canSubmitAgain(round.error))
          return { ...all, end: { _tag: 'SubmissionFailed', error: round.error } }
        await onRound?.({ ...all, end: { _tag: 'Waiting' } })
      }
    } catch (thrown) {
      return { ...all, end: aborted(thrown) } // the policy, the clock and `isRetryable` are the caller's
    }
  }

/**
 * Submits a batch for some of its resources.
 *
 * @category model
 * @since 0.1.0
 */
export type Submit<ResponseExtra = JsonRecord, Extra = JsonRecord> = (
  resourceIds: RNEA.ReadonlyNonEmptyArray<ResourceId>,
) => TE.TaskEither<SubmissionError, BatchOutcome<ResponseExtra, Extra>>

/** PROTOCOL.md, section 5: "a later try can help". */
const canHelp = ({ advice }: RejectedEntry): boolean =>
  advice === 'later' || advice === 'signedAnew' || advice === 'failedPart'

const isWorth =
  (isRetryable: (rejected: RejectedEntry) => boolean) =>
  (resource: ResourceOutcome<unknown>): resource is ResourceRejected =>
    resource._tag === 'ResourceRejected' && isRetryable(RNEA.last(resource.rejections))

/** What the submission throws, or gives that is no outcome, may have happened after it was sent: that is in doubt. */
const submitRound = async <Extra>(
  all: Unended<Extra>,
  resourceIds: RNEA.ReadonlyNonEmptyArray<ResourceId>,
  submit: Submit<unknown, Extra>,
): Promise<{ readonly all: Unended<Extra>; readonly error?: SubmissionError }> => {
  const asked = new Set(resourceIds)
  try {
    const answer = await submit(resourceIds)()
    const next = merge(all, asked, answer)
    return E.isLeft(answer) ? { all: next, error: answer.left } : { all: next }
  } catch (thrown) {
    const error = { _tag: 'DeliveryUnknown', reason: clientFailed(thrown), recovered: [] } as const
    return { all: merge(all, asked, E.left(error)), error }
  }
}
