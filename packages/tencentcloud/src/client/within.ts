/**
 * @internal
 */
import { type AbortSignalLike, type Aborted, type TimedOut, aborted } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import type { Clock } from './Clock.js'
import { ignoreErrors, ignoreRejection } from './ignoreErrors.js'

export interface Limits {
  readonly clock: Clock
  /** `Infinity`: no limit. */
  readonly timeoutMs: number
  readonly signal: AbortSignalLike | undefined
}

/** Waits for a promise, until the timeout expires or the signal is aborted. Rejects if the promise does, or a limit is broken. */
export const within = <A>(
  promise: PromiseLike<A>,
  { clock, timeoutMs, signal }: Limits,
): Promise<E.Either<TimedOut | Aborted, A>> =>
  new Promise((resolve, reject) => {
    const cleanUp: Array<() => unknown> = []
    const settle = (result: () => E.Either<TimedOut | Aborted, A>): void => {
      for (const step of cleanUp.splice(0)) ignoreErrors(step)
      try {
        resolve(result())
      } catch (thrown) {
        reject(thrown) // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors -- of the caller
      }
    }
    const fail = (thrown: unknown): void =>
      settle(() => {
        throw thrown
      })
    const abort = (): void => settle(() => E.left(aborted(signal?.reason)))
    try {
      promise.then(value => settle(() => E.right(value)), fail)
      if (signal?.aborted === true) {
        abort()
        return
      }
      if (timeoutMs < Infinity)
        cleanUp.push(
          startTimer(clock, timeoutMs, () => settle(() => E.left({ _tag: 'TimedOut', timeoutMs }))),
        )
      cleanUp.push(() => signal?.removeEventListener?.('abort', abort))
      signal?.addEventListener?.('abort', abort)
    } catch (thrown) {
      fail(thrown)
    }
  })

/** Returns a function that cancels the timer. An untyped clock may return something else. */
const startTimer = (clock: Clock, delayMs: number, run: () => void): (() => unknown) => {
  const cancel: unknown = clock.after(delayMs, run)
  if (typeof cancel === 'function') return cancel as () => unknown
  ignoreRejection(cancel)
  throw new TypeError('clock.after() must return a function')
}

/** Waits until the delay is over or the signal is aborted. Rejects if the clock or the signal throws. */
export const pause = async (limits: Limits): Promise<void> => {
  await within(new Promise<never>(() => undefined), limits)
}
