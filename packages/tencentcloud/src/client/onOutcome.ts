/**
 * The hook of a client, and what it gets.
 *
 * @since 0.1.0
 */
import type {
  AcceptedTask,
  BatchOutcome,
  HttpResponse,
  QueryError,
  SubmissionError,
  TaskStatus,
} from '@task-outcome/core'
import type { ExchangeSummary } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from './Clock.js'
import { ignoreErrors } from './ignoreErrors.js'
import { startStopwatch } from './Stopwatch.js'

/**
 * What is known of a call: one run of a submission or a query, with every request that was sent for it. `sends` counts an exchange
 * without a response once, even if the transport repeated the request. `durationMs` includes the time for credentials, and the
 * delays before the submission was sent again.
 *
 * @category model
 * @since 0.1.0
 */
export interface CallSummary extends ExchangeSummary {
  /** Such as `clb`. Absent for API 2.0. */
  readonly service?: string
  /** Such as `StartInstances`; for a query its action, such as `DescribeTaskStatus`. */
  readonly action: string
}

/**
 * Called once for each submission and query, with its result, before the caller gets it: for logs and metrics. The result of a query
 * for many tasks has an item for each, as that of `statuses`. The secrets of the request are masked in it, in an outcome, too,
 * if the transport masks them in errors: those of fetch and axios do.
 *
 * What the hook throws, or a rejection of its promise, is ignored, and nothing waits for the promise.
 *
 * @category model
 * @since 0.1.0
 */
export type OnOutcome = (
  result: E.Either<
    SubmissionError | QueryError,
    | AcceptedTask<unknown>
    | BatchOutcome<unknown, unknown>
    | TaskStatus
    | ReadonlyArray<E.Either<QueryError, TaskStatus> | undefined>
  >,
  call: CallSummary,
) => void | Promise<void>

/** @internal */
export type CallName = Pick<CallSummary, 'operation' | 'service' | 'action'>

/**
 * What is seen of a call while it runs.
 *
 * @internal
 */
export interface Seen {
  sends: number
  /** The last one. */
  response?: HttpResponse
}

/** @internal */
export type Observe = <Failure extends SubmissionError | QueryError, A>(
  call: CallName,
  run: (seen: Seen) => Promise<E.Either<Failure, A>>,
) => Promise<E.Either<Failure, A>>

/**
 * Tells the hook of each run.
 *
 * @internal
 */
export const observeWith =
  (onOutcome: OnOutcome | undefined, clock: Clock): Observe =>
  async (call, run) => {
    const seen: Seen = { sends: 0 }
    if (onOutcome === undefined) return run(seen)
    const elapsedMs = startTimer(clock)
    const result = await run(seen)
    ignoreErrors(() => {
      const durationMs = elapsedMs()
      const told = E.isLeft(result) ? result : E.right(masked(seen.response, result.right as Reported))
      const { request } = E.isLeft(told) ? told.left : told.right
      return onOutcome(E.map(({ right }: Masked<Reported>) => right)(told), {
        ...call,
        ...(request === undefined ? {} : { request }),
        sends: seen.sends,
        ...(Number.isFinite(durationMs) ? { durationMs } : {}),
      })
    })
    return result
  }

/** What a result holds if it is right. */
type Reported = Extract<Parameters<OnOutcome>[0], E.Right<unknown>>['right']

type StatusItem = E.Either<QueryError, TaskStatus> | undefined

interface Masked<A> extends Pick<ExchangeSummary, 'request'> {
  readonly right: A
}

/** Masks the secrets of the request in an outcome, and takes the request that this adds, as to an error. */
const masked = (response: HttpResponse | undefined, outcome: Reported): Masked<Reported> => {
  const describe = <A extends object>(one: A): Masked<A> => {
    const mask = response?.describeError as (<B>(one: B) => B) | undefined
    const { request, ...right } = (mask?.(one) ?? one) as A & Pick<ExchangeSummary, 'request'>
    return { right: right as unknown as A, ...(request === undefined ? {} : { request }) }
  }
  if (!isItems(outcome)) return describe(outcome)
  const status = (one: TaskStatus): TaskStatus => describe(one).right
  return { ...describe({}), right: outcome.map(item => item && E.map(status)(item)) }
}

const isItems: (outcome: Reported) => outcome is ReadonlyArray<StatusItem> = Array.isArray

/** A clock that throws tells no time. */
const startTimer = (clock: Clock): (() => number) => {
  try {
    return startStopwatch(clock).elapsedMs
  } catch {
    return () => NaN
  }
}
