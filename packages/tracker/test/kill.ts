// Kills processes while submissions go through an emulator that fails a fifth of all requests, and prints what came of it:
//
//   npm run kill -- 200 10000

import { findPostgres, howToInstall } from './postgres.ts'
import { runKills } from './runKills.ts'

const [kills = '200', submissions = '10000'] = process.argv.slice(2)
const programs = findPostgres()
if (programs === undefined) throw new Error(howToInstall)
const report = await runKills({
  programs,
  kills: Number(kills),
  submissions: Number(submissions),
  mostRequests: Math.ceil((3 * Number(submissions)) / Number(kills)),
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
