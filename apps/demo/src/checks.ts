/**
 * Checks of the demo's own results: it exits with an error if one fails.
 */
export interface Checks {
  readonly equal: (what: string, found: unknown, expected: unknown) => void
  readonly problems: ReadonlyArray<string>
}

export const makeChecks = (): Checks => {
  const problems: string[] = []
  return {
    equal: (what, found, expected) => {
      if (String(found) !== String(expected))
        problems.push(`${what}: expected ${String(expected)}, found ${String(found)}`)
    },
    problems,
  }
}
