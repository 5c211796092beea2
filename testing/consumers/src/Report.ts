/**
 * What was checked, one line a check.
 */
export interface Report {
  /** Runs a check and returns its cell for the table. What it throws is reported at the end. */
  readonly check: (name: string, run: () => Promise<unknown>) => Promise<Cell>
  readonly passed: () => number
  readonly failures: () => ReadonlyArray<Failure>
}

export type Cell = 'passes' | 'FAILS'

interface Failure {
  readonly name: string
  readonly reason: string
}

export const createReport = (print: (line: string) => void): Report => {
  let passed = 0
  const failures: Failure[] = []
  return {
    check: async (name, run) => {
      try {
        await run()
        passed += 1
        print(`passed  ${name}`)
        return 'passes'
      } catch (error) {
        failures.push({ name, reason: error instanceof Error ? error.message : String(error) })
        print(`FAILED  ${name}`)
        return 'FAILS'
      }
    },
    passed: () => passed,
    failures: () => failures,
  }
}

/** Runs several pieces of work, at most `width` at a time, and returns their results in the order of the array. */
export const inParallel = async <A, B>(
  width: number,
  list: ReadonlyArray<A>,
  work: (item: A) => Promise<B>,
): Promise<ReadonlyArray<B>> => {
  const results = new Map<number, B>()
  const waiting = list.entries()
  const worker = async (): Promise<void> => {
    for (const [at, item] of waiting) results.set(at, await work(item))
  }
  await Promise.all(Array.from({ length: width }, worker))
  return list.flatMap((_, at) => (results.has(at) ? [results.get(at) as B] : []))
}
