import { createRequire } from 'node:module'
import type { PublishedEntry } from './publishedEntries.js'

/** The names that a package has at run time, for those who import it and for those who require it. */
export interface RunTimeExports {
  readonly imported: ReadonlyArray<string>
  readonly required: ReadonlyArray<string>
}

const require = createRequire(import.meta.url)

export const runTimeExports = async ({ name }: PublishedEntry): Promise<RunTimeExports> => ({
  imported: namesIn(await import(name)),
  required: namesIn(require(name)),
})

const namesIn = (exports: unknown): ReadonlyArray<string> => Object.keys(exports as object).sort()
