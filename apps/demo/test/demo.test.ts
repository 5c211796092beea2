import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const demo = fileURLToPath(new URL('../dist/main.js', import.meta.url))

test('the demo passes its checks and prints every result', async () => {
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
  expect(stdout).toContain('first round: 24 accepted, 2 rejected\n')
  expect(stdout).toContain(
    'ins-gone: rejected: (10012)instance not found (send again: never), not sent again\n',
  )
  expect(stdout).toContain('ins-busy: rejected: (10011)instance is busy (send again: later), then accepted\n')
  expect(stdout).toContain('second round: 25 accepted\n')
  // Without a terminal: a line for each task, and no bar.
  expect(stdout.match(/^task [0-9]+ \(ins-[a-z0-9]+\): (Succeeded|Failed); /gm)).toHaveLength(25)
  expect(stdout).toMatch(/^24 succeeded, 1 failed, 0 pending, [0-9]+ queries$/m)
  expect(stdout).toMatch(/^task [0-9]+ of ins-7 failed: \{"code":10013,"message":"the disk is full"\}$/m)
  const [, page = ''] = /^A page of this batch, to open in a browser: (.+)$/m.exec(stdout) ?? []
  expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/i)
  expect(stdout).toContain('\nAll checks passed.\n')
})
