import { expect, test } from 'vitest'
import { toInstall } from './inEmptyFolder.js'

const tarballs = [
  { name: '@task-outcome/core', file: '/core.tgz' },
  { name: '@task-outcome/fetch', file: '/fetch.tgz' },
]
const peers = { axios: '1.5.0', 'fp-ts': '2.11.0', 'io-ts': '2.2.18' }

test('replaces our packages by tarballs, adds versions to peers, and keeps flags', () => {
  expect(toInstall(['--save-dev', '@task-outcome/core', 'fp-ts'], tarballs, peers)).toEqual([
    '--save-dev',
    '/core.tgz',
    'fp-ts@2.11.0',
  ])
})

test('installs core with the packages that depend on it', () => {
  expect(toInstall(['@task-outcome/fetch'], tarballs, peers)).toEqual(['/fetch.tgz', '/core.tgz'])
})

test('rejects a package that has no version here', () => {
  expect(() => toInstall(['undici'], tarballs, peers)).toThrow('undici')
})
