/**
 * @internal
 */

/** Runs a step of cleaning up. What it throws comes too late to be reported. */
export const ignoreErrors = (step: () => void): void => {
  try {
    step()
  } catch {
    return
  }
}
