import { expect, test } from 'vitest'
import { toInstall } from './inEmptyFolder.js'

const tarballs = [
  { name: '@task-outcome/core', file: '/core.tgz' },
  { name: '@task-outcome/fetch', file: '/fetch.tgz' },
]
const peers = { axios: '1.5.0', 'fp-ts': '2.11.0', 'io-ts': '2.2.18' }

test('our packages become tarballs, peers get their version, flags stay', () => {
  expect(toInstall(['--save-dev', '@task-outcome/core', 'fp-ts'], tarballs, peers)).toEqual([
    '--save-dev',
    '/core.tgz',
    'fp-ts@2.11.0',
  ])
})

test('core comes with what depends on it', () => {
  expect(toInstall(['@task-outcome/fetch'], tarballs, peers)).toEqual(['/fetch.tgz', '/core.tgz'])
})

test('what has no version here is refused', () => {
  expect(() => toInstall(['undici'], tarballs, peers)).toThrow('undici')
})
