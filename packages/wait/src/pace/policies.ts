/**
 * How long to wait between one try and the next.
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

// -------------------------------------------------------------------------------------
// policies
// -------------------------------------------------------------------------------------

/**
 * When to look at a task that is in progress: after 0.25 s, and then each time half as long again after the look before, up to
 * 10 s. It never gives up. With the jitter each delay is anything up to that.
 *
 * @category policies
 * @since 0.1.0
 */
export const defaultPollPolicy: RetryPolicy = capDelay(10_000, ({ iterNumber }) =>
  O.some(250 * 1.5 ** iterNumber),
)

/**
 * When to ask again after a query that failed: after up to 1 s, then 2 s, 4 s, … up to 30 s, and not after the tenth
 * failure in a row.
 *
 * @category policies
 * @since 0.1.0
 */
export const defaultFailurePolicy: RetryPolicy = Monoid.concat(
  capDelay(30_000, exponentialBackoff(1000)),
  limitRetries(9),
)

/**
 * When to submit again what was rejected: after up to 1 s, then 2 s, 4 s, … up to 60 s, five times at most.
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
 * Full jitter: each delay is a random part of what the policy says, so that many who began together do not ask together.
 *
 * @param random - returns a number from 0 to 1; any other value counts as 1, so that a broken source makes no delay shorter
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

const shareFrom = (drawn: number): number => (drawn >= 0 && drawn <= 1 ? drawn : 1)

/**
 * Makes a policy throw where it does not return an `Option` of a number, as untyped callers may: a delay that can't be read
 * must not become no delay.
 *
 * @internal
 */
export const checkedPolicy =
  (name: string, policy: RetryPolicy): RetryPolicy =>
  status => {
    const delay: unknown = policy(status)
    if (!isDelay(delay)) throw new TypeError(`${name} must return an Option of milliseconds`)
    return delay
  }

const isDelay = (delay: unknown): delay is O.Option<number> =>
  typeof delay === 'object' &&
  delay !== null &&
  '_tag' in delay &&
  (delay._tag === 'None' || (delay._tag === 'Some' && 'value' in delay && typeof delay.value === 'number'))

/**
 * The next delay of a policy; `undefined` if it gives up. `Infinity` is giving up as well; `NaN` and negative delays are no delay.
 *
 * @internal
 */
export const nextDelay = (policy: RetryPolicy, status: RetryStatus): NextDelay | undefined => {
  const next = applyPolicy(policy, status)
  if (O.isNone(next.previousDelay) || next.previousDelay.value === Infinity) return undefined
  return { status: next, delayMs: Math.max(0, next.previousDelay.value || 0) }
}

/** @internal */
export interface NextDelay {
  readonly status: RetryStatus
  readonly delayMs: number
}
