import { expect, test } from 'vitest'
import { listIssues, sourceMapIssues } from './tarball.js'

const whole = [
  'package.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'src/index.ts',
  'src/wait/waitForTask.ts',
  'dist/index.js',
  'dist/index.cjs',
  'dist/index.d.ts',
  'dist/index.d.cts',
  'dist/wait/waitForTask.js.map',
  'dist/wait/waitForTask.d.cts.map',
  'schemas/WaitResult.json',
]

test('accepts the files of a package', () => {
  expect(listIssues(whole)).toEqual([])
})

test.each([
  'src/wait/waitForTask.test.ts',
  'test/guest.ts',
  'tsconfig.json',
  'dist/index.ts',
  'src/__snapshots__/a.ts',
  'node_modules/a/index.js',
  'schemas/WaitResult.ts',
])('rejects a package that contains %s', file => {
  expect(listIssues([...whole, file])).toEqual(expect.arrayContaining([expect.stringContaining(file)]))
})

test.each(['LICENSE', 'README.md', 'src/index.ts', 'dist/index.cjs', 'dist/index.d.cts'])(
  'rejects a package without %s',
  file => {
    expect(listIssues(whole.filter(other => other !== file))).toEqual([`${file} is missing`])
  },
)

test('accepts a source map that points to a source in the package', () => {
  const map = { sources: ['../../src/wait/waitForTask.ts'] }
  expect(sourceMapIssues('dist/wait/waitForTask.js.map', map, whole)).toEqual([])
  expect(
    sourceMapIssues(
      'dist/wait/waitForTask.js.map',
      { sourceRoot: '../..', sources: ['src/index.ts'] },
      whole,
    ),
  ).toEqual([])
})

test.each([
  ['not shipped', ['../src/other.ts'], 'leads to src/other.ts, which is not shipped'],
  ['outside the package', ['../../core/src/index.ts'], 'leads to ../core/src/index.ts'],
  ['in dist', ['index.js'], 'leads to dist/index.js'],
  ['missing', [], 'names no source'],
])('rejects a source map whose source is %s', (_, sources, message) => {
  expect(sourceMapIssues('dist/index.js.map', { sources }, whole)).toEqual([expect.stringContaining(message)])
})
