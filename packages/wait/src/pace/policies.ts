/**
 * Retry policies: how long to wait between attempts.
 *
 * @since 0.1.0
 */
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  Monoid,
  type RetryPolicy,
  type RetryStatus,
  applyPolicy,
  capDelay,
  exponentialBackoff,
  limitRetries,
} from 'retry-ts'
import { ignoreRejection } from '../clock/ignoreErrors.js'

// -------------------------------------------------------------------------------------
// policies
// -------------------------------------------------------------------------------------

/**
 * Delays between queries of a task in progress that suit tasks of unknown duration: 0.25 s, then 1.5 times longer each time, up
 * to 10 s. Never gives up. With jitter, each delay is a random value up to that. Limit it, or make it slower, for a `pollPolicy`
 * of your own. A wait without a `pollPolicy` needs fewer queries.
 *
 * @category policies
 * @since 0.1.0
 */
export const defaultPollPolicy: RetryPolicy = capDelay(10_000, ({ iterNumber }) =>
  O.some(250 * 1.5 ** iterNumber),
)

/**
 * The default delays after failed queries: up to 1 s, then 2 s, 4 s, … 30 s. Gives up after the tenth failure in a row.
 *
 * @category policies
 * @since 0.1.0
 */
export const defaultFailurePolicy: RetryPolicy = Monoid.concat(
  capDelay(30_000, exponentialBackoff(1000)),
  limitRetries(9),
)

/**
 * The default delays before rejected resources are submitted again: up to 1 s, then 2 s, 4 s, … 60 s, at most five times.
 *
 * @category policies
 * @since 0.1.0
 */
export const defaultResubmitPolicy: RetryPolicy = Monoid.concat(
  capDelay(60_000, exponentialBackoff(1000)),
  limitRetries(5),
)

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Adds full jitter: each delay is a random fraction of the policy's delay, so that clients that start together spread out.
 *
 * @param random - returns a number from 0 to 1; any other value counts as 1, so that a broken source shortens no delay
 *
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter
 *
 * @example
 * import { fullJitter } from '@task-outcome/wait'
 * import { constantDelay } from 'retry-ts'
 *
 * const upToASecond = fullJitter(Math.random)(constantDelay(1000))
 *
 * @category combinators
 * @since 0.1.0
 */
export const fullJitter =
  (random: () => number) =>
  (policy: RetryPolicy): RetryPolicy =>
  status =>
    pipe(
      policy(status),
      O.map(delayMs => (delayMs === Infinity ? delayMs : shareFrom(random()) * delayMs)),
    )

/**
 * Returns a drawn number from 0 to 1; 1 if it is any other value.
 *
 * @internal
 */
export const shareFrom = (drawn: number): number => {
  if (drawn >= 0 && drawn <= 1) return drawn
  ignoreRejection(drawn)
  return 1
}

/**
 * Makes a policy throw if it does not return an `Option` of a number, as an untyped one may. An unreadable delay must not become
 * no delay.
 *
 * @param name - the name of the option, for the message of the error
 *
 * @example
 * import { checkedPolicy } from '@task-outcome/wait/query'
 * import type { RetryPolicy } from 'retry-ts'
 *
 * const fromConfiguration = (policy: RetryPolicy) => checkedPolicy('pollPolicy', policy)
 *
 * @category combinators
 * @since 0.1.0
 */
export const checkedPolicy =
  (name: string, policy: RetryPolicy): RetryPolicy =>
  status => {
    const delay: unknown = policy(status)
    if (isDelay(delay)) return delay
    ignoreRejection(delay)
    throw new TypeError(`${name} must return an Option of milliseconds`)
  }

const isDelay = (delay: unknown): delay is O.Option<number> =>
  typeof delay === 'object' &&
  delay !== null &&
  '_tag' in delay &&
  (delay._tag === 'None' || (delay._tag === 'Some' && 'value' in delay && typeof delay.value === 'number'))

/**
 * Returns the next step of a policy, or `undefined` if it gives up. `Infinity` means giving up; `NaN` and negative delays mean no
 * delay.
 *
 * @internal
 */
export const nextDelay = (policy: RetryPolicy, status: RetryStatus): NextDelay | undefined => {
  const next = applyPolicy(policy, status)
  if (O.isNone(next.previousDelay) || next.previousDelay.value === Infinity) return undefined
  return { status: next, delayMs: Math.max(0, next.previousDelay.value || 0) }
}

/**
 * Applies a policy with full jitter to the tasks of one query. They share the random value, so that tasks that were queried
 * together are due together, and a policy is applied once to a status that they share. Returns `undefined` for a task if the
 * policy gives up.
 *
 * @example
 * import { defaultPollPolicy } from '@task-outcome/wait'
 * import { nextDelays } from '@task-outcome/wait/query'
 * import { defaultRetryStatus } from 'retry-ts'
 *
 * const [first] = nextDelays(defaultPollPolicy, Math.random, [defaultRetryStatus])
 * console.log(first?.delayMs) // up to 250
 *
 * @category combinators
 * @since 0.1.0
 */
export const nextDelays = (
  policy: RetryPolicy,
  random: () => number,
  statuses: ReadonlyArray<RetryStatus>,
): ReadonlyArray<NextDelay | undefined> => {
  let drawn: number | undefined
  const jittered = fullJitter(() => (drawn ??= random()))(policy)
  const known = new Map<RetryStatus, NextDelay | undefined>()
  return statuses.map(status => {
    if (!known.has(status)) known.set(status, nextDelay(jittered, status))
    return known.get(status)
  })
}

/**
 * The next delay of a policy, and the status to apply it to afterwards.
 *
 * @category model
 * @since 0.1.0
 */
export interface NextDelay {
  readonly status: RetryStatus
  /** In milliseconds. */
  readonly delayMs: number
}
