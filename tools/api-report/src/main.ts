/**
 * `npm run api`: says which packages offer something else than what was accepted; `npm run api -- --write` accepts it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { acceptedReport, makeReport, reportFile } from './apiReport.js'
import { publishedEntries } from './publishedEntries.js'

const args = process.argv.slice(2)
const accepts = args[0] === '--write'
if (args.length > (accepts ? 1 : 0)) {
  console.error('Usage: npm run api [-- --write]')
  process.exit(2)
}

let changed = 0
for (const published of publishedEntries()) {
  const report = await makeReport(published)
  if (report === acceptedReport(published)) {
    console.log(`${published.name}: as accepted`)
    continue
  }
  const file = reportFile(published)
  if (accepts) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, report)
  } else changed += 1
  console.log(`${published.name}: ${accepts ? 'written' : 'changed'}, see ${relative(process.cwd(), file)}`)
}
if (changed > 0) {
  console.error('The public API has changed. Accept it with: npm run api -- --write')
  process.exitCode = 1
}
