import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const demo = fileURLToPath(new URL('../dist/main.js', import.meta.url))

test('everything comes out as it should, and is shown', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [demo]) // rejects unless it exits with 0
  expect(stderr).toBe('')
  for (const client of ['axios', 'fetch']) {
    expect(stdout).toMatch(new RegExp(`│ ${client} +│ AcceptedTask +│ \\(new\\) +│ accepted │ [0-9]+ +│`))
    expect(stdout).toMatch(
      new RegExp(`│ ${client} +│ PartlyAccepted +│ ins-busy +│ rejected │ 5100 .*instance is busy`),
    )
    expect(stdout).toContain(`  ${client}: AllAccepted 1231231231231 1231231231232\n`)
    expect(stdout).toContain(`  ${client}: Malformed JSON: line 10, column 41`)
  }
  expect(stdout).toContain('\nEverything came out as it should.\n')
})
