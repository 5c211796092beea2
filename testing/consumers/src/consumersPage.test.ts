import { check, resolveConfig } from 'prettier'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { consumersPage } from './consumersPage.js'
import { root } from './publishedPackages.js'

const matrix = {
  title: 'Node',
  text: 'Words.',
  columns: ['Node', 'ES modules'],
  rows: [
    ['20.20.2', 'passes'],
    ['22.23.3', 'FAILS'],
  ],
}

test('writes each matrix as a section with a table, formatted like the pages of the workspace', async () => {
  const page = await consumersPage([matrix])
  expect(page).toContain(
    '## Node\n\nWords.\n\n| Node    | ES modules |\n| ------- | ---------- |\n| 20.20.2 | passes     |\n| 22.23.3 | FAILS      |\n',
  )
  const options = await resolveConfig(join(root, 'docs/reference/consumers.md'))
  expect(await check(page, { ...options, parser: 'markdown' })).toBe(true)
})
