import { beforeAll, describe, expect, test } from 'vitest'
import { acceptedReport, makeReport } from './apiReport.js'
import { publishedEntries } from './publishedEntries.js'
import { runTimeExports } from './runTimeExports.js'

describe.for(publishedEntries())('$name', published => {
  let report: string
  beforeAll(async () => {
    report = await makeReport(published)
  }, 60_000)

  test('has the accepted public API', () => {
    expect(
      report,
      `The public API of ${published.name} has changed. If it was meant to, accept it with: npm run api -- --write`,
    ).toBe(acceptedReport(published))
  })

  test('exports nothing that is marked as internal', () => {
    const marked = [...report.matchAll(/^\/\/ @internal.*\n(.*)$/gm)].map(([, declaration]) => declaration)
    expect(marked).toEqual([])
  })

  test('exports the same names at run time as an ES module and as CommonJS', async () => {
    const { imported, required } = await runTimeExports(published)
    expect(imported).not.toEqual([])
    expect(required).toEqual(imported)
  })
})
