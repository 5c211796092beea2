import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publishedPackages, root } from './publishedPackages.js'

test('eight packages for programs are published', () => {
  expect(publishedPackages().map(({ name }) => name)).toEqual([
    '@task-outcome/axios',
    '@task-outcome/core',
    '@task-outcome/emulator',
    '@task-outcome/fetch',
    '@task-outcome/page',
    '@task-outcome/tencentcloud',
    '@task-outcome/tracker',
    '@task-outcome/wait',
  ])
})

test.each(publishedPackages())('the licence of $name is that of the workspace', ({ folder }) => {
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8')
  expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(licence)
})
