import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const own = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'task-outcome-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the package has all that it needs, and nothing else', () => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: own,
      encoding: 'utf8',
    }),
  ) as ReadonlyArray<{ readonly filename: string; readonly files: ReadonlyArray<{ readonly path: string }> }>
  for (const { path } of packed!.files)
    expect(path).toMatch(
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/[\w-]+\.js|dist\/LICENSES\.txt)$/,
    )
  execFileSync('tar', ['-xzf', join(folder, packed!.filename), '-C', folder])
  const run = (...words: ReadonlyArray<string>) =>
    execFileSync(process.execPath, [join(folder, 'package/dist/main.js'), ...words], {
      cwd: folder,
      encoding: 'utf8',
      input: '{"code":0,"requestId":9007199254740993123}',
    })
  expect(run('read', '-o', 'ids')).toBe('9007199254740993123\n')
  expect(run('actions', 'clb')).toContain('DeleteLoadBalancer')
  expect(run('explain', 'FailedOperation')).toContain('operation failed')
  expect(existsSync(join(folder, 'package/node_modules'))).toBe(false)
  expect(readFileSync(join(folder, 'package/dist/LICENSES.txt'), 'utf8')).toContain('commander 14.0.3')
})

test('the licence is that of the workspace', () => {
  expect(readFileSync(join(own, 'LICENSE'), 'utf8')).toBe(readFileSync(join(own, '../../LICENSE'), 'utf8'))
})
