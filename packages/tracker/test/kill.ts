// Kills processes while submissions go through an emulator that fails a fifth of all requests, and prints what came of it:
//
//   npm run kill -- --kills 200 --submissions 10000

import { parseArgs } from 'node:util'
import { findPostgres, howToInstall } from './postgres.ts'
import { runKills } from './runKills.ts'

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, submissions: { type: 'string', default: '10000' } },
})
const [kills, submissions] = [Number(values.kills), Number(values.submissions)]
const isCount = (value: number): boolean => Number.isInteger(value) && value > 0
if (!isCount(kills) || !isCount(submissions))
  throw new Error('--kills and --submissions must be integers of at least 1')
const programs = findPostgres()
if (programs === undefined) throw new Error(howToInstall)
const report = await runKills({
  programs,
  kills,
  submissions,
  mostRequests: Math.ceil((3 * submissions) / kills),
})
console.log(JSON.stringify(report, undefined, 2))
const isWhole = [
  report.startedTwice,
  report.forgotten,
  report.wrong,
  report.undelivered,
  report.crashed,
].every(list => list.length === 0)
process.exitCode = isWhole ? 0 : 1
