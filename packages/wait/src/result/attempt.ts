/**
 * @internal
 */
import { clientFailed } from '@task-outcome/core/adapter'

/** Reads a caller's input, whose getters and proxies can throw. `otherwise` gets the issue that this is. */
export const attempt = <A>(read: () => A, otherwise: (issue: string) => A): A => {
  try {
    return read()
  } catch (thrown) {
    return otherwise(`expected plain data, but reading it threw ${clientFailed(thrown).name}`)
  }
}

/** Runs a reader that returns the issue it finds. What it throws is one, too. */
export const issueFrom = (read: () => string | undefined): string | undefined =>
  attempt<string | undefined>(read, issue => issue)
