/**
 * Runs a callback that is only told of something, and ignores what it throws, and the rejection of what it returns.
 *
 * @internal
 */
export const ignoreRejection = (step: () => unknown): void => {
  new Promise(resolve => {
    resolve(step())
  }).catch(() => undefined)
}
