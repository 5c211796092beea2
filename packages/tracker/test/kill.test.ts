import { expect, test } from 'vitest'
import { findPostgres, howToInstall } from './postgres.ts'
import { runKills } from './runKills.ts'

const programs = findPostgres()

test.skipIf(programs === undefined)(
  programs === undefined
    ? `20 kills: ${howToInstall}`
    : '20 kills of submitters, workers and PostgreSQL: nothing is started twice, forgotten or left undelivered',
  async () => {
    const report = await runKills({ programs: programs ?? '', kills: 20, submissions: 400, mostRequests: 60 })
    expect(report).toMatchObject({ startedTwice: [], forgotten: [], wrong: [], undelivered: [], crashed: [] })
    expect(report.started).toBeGreaterThan(200)
  },
)
