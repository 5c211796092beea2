// Adds up what vitest reported in each package, and fails when a report is missing, names a failure,
// or when no test ran at all.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolders, root } from './packages.ts'

interface Report {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))

const sum = { passed: 0, failed: 0, skipped: 0 }
const faults: string[] = []

for (const folder of packageFolders) {
  const { scripts } = read(`${folder}/package.json`) as { readonly scripts?: { readonly test?: string } }
  if (scripts?.test === undefined) continue
  const file = `${folder}/reports/vitest.json`
  if (!existsSync(join(root, file))) {
    faults.push(`${folder} left no report of its tests`)
    continue
  }
  const report = read(file) as Report
  if (!report.success) faults.push(`${folder} reported a failed run`)
  sum.passed += report.numPassedTests
  sum.failed += report.numFailedTests
  sum.skipped += report.numPendingTests + report.numTodoTests
}

if (sum.failed > 0) faults.push('some tests failed')
if (sum.passed === 0) faults.push('no test passed')
for (const fault of faults) console.error(fault)

const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`)
process.exitCode = faults.length > 0 ? 1 : 0
