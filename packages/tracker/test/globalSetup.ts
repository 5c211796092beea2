import type { TestProject } from 'vitest/node'
import { findPostgres, howToInstall, startPostgres } from './postgres.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The socket of a PostgreSQL for tests; empty if there is none. */
    readonly postgresHost: string
  }
}

/** One PostgreSQL for all test files; each of them has a database of its own. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const programs = findPostgres()
  if (programs === undefined) {
    console.warn(`No PostgreSQL, so only PGlite is tested: ${howToInstall}`)
    provide('postgresHost', '')
    return () => Promise.resolve()
  }
  const postgres = await startPostgres(programs)
  provide('postgresHost', postgres.host)
  return postgres.stop
}
