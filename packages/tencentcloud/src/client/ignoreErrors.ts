/**
 * @internal
 */

/** Runs a step of cleaning up. What it throws comes too late to be reported. */
export const ignoreErrors = (step: () => unknown): void => {
  try {
    ignoreRejection(step())
  } catch {
    return
  }
}

/** Handles the rejection of a value that may be a promise of an untyped caller. Otherwise it would end the process. */
export const ignoreRejection = (value: unknown): void => {
  // `resolve` reads the value as `await` does, and turns what that throws into a rejection.
  new Promise(resolve => {
    resolve(value)
  }).catch(() => undefined)
}
