import { expect, test } from 'vitest'
import { type FullManifest, manifestIssues } from './manifestIssues.js'

const complete: FullManifest = {
  name: '@task-outcome/core',
  description: 'words',
  keywords: ['word'],
  homepage: 'https://example.com',
  bugs: 'https://example.com',
  repository: { type: 'git', url: 'git+https://example.com/a.git', directory: 'packages/core' },
  license: 'MIT',
  author: 'somebody',
  sideEffects: false,
  engines: { node: '>=20.19' },
  exports: {
    '.': {
      import: { types: './dist/index.d.ts', default: './dist/index.js' },
      require: { types: './dist/index.d.cts', default: './dist/index.cjs' },
    },
  },
  dependencies: { '@task-outcome/core': '^0.1.0' },
}

test('a complete manifest has no issues', () => {
  expect(manifestIssues(complete, 'core')).toEqual([])
})

test.each<[string, Partial<FullManifest>]>([
  ['there is no homepage', { homepage: '' }],
  ['there are no keywords', { keywords: [] }],
  ['the license is not MIT', { license: 'ISC' }],
  ['sideEffects is not false', { sideEffects: true }],
  ['engines does not name Node', { engines: {} }],
  [
    'the directory is not packages/core',
    { repository: { type: 'git', url: 'git+https://example.com/a.git' } },
  ],
  [
    'the repository is not a git+https URL',
    {
      repository: { type: 'git', url: 'https://example.com/a', directory: 'packages/core' },
    },
  ],
  [
    'the exports do not offer ES modules and CommonJS, with types for each',
    {
      exports: { '.': './dist/index.js' },
    },
  ],
  ['the dependency a is workspace:^', { dependencies: { a: 'workspace:^' } }],
])('reports that %s', (issue, change) => {
  expect(manifestIssues({ ...complete, ...change }, 'core')).toEqual([issue])
})
