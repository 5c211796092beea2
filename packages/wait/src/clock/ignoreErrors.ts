/**
 * @since 0.1.0
 */

/**
 * Runs a step and ignores what it throws: a step of cleaning up, or a callback that is only told of something.
 *
 * @example
 * import { ignoreErrors } from '@task-outcome/wait/query'
 *
 * const told = (onError: (error: unknown) => void, error: unknown) => ignoreErrors(() => onError(error))
 *
 * @category combinators
 * @since 0.1.0
 */
export const ignoreErrors = (step: () => void): void => {
  try {
    step()
  } catch {
    return
  }
}

/**
 * Handles the rejection of a value that may be a promise of the caller, and whose result is not used. Otherwise it would end the
 * process.
 *
 * @internal
 */
export const ignoreRejection = (value: unknown): void => {
  // `resolve` reads the value as `await` does, and turns what that throws into a rejection.
  new Promise(resolve => {
    resolve(value)
  }).catch(() => undefined)
}
