import { expect, test } from 'vitest'
import { toInstall } from './inEmptyFolder.js'

const dependingOn = (...names: ReadonlyArray<string>) => ({
  dependencies: Object.fromEntries(
    ['pg', ...names.map(name => `@task-outcome/${name}`)].map(name => [name, '1']),
  ),
})

const tarballs = [
  { name: '@task-outcome/core', file: '/core.tgz', manifest: {} },
  { name: '@task-outcome/wait', file: '/wait.tgz', manifest: dependingOn('core') },
  { name: '@task-outcome/tracker', file: '/tracker.tgz', manifest: dependingOn('core', 'wait') },
]
const peers = { axios: '1.5.0', 'fp-ts': '2.11.0', 'io-ts': '2.2.18' }

test('replaces our packages by tarballs, adds versions to peers, and keeps flags', () => {
  expect(toInstall(['--save-dev', '@task-outcome/core', 'fp-ts'], tarballs, peers)).toEqual([
    '--save-dev',
    '/core.tgz',
    'fp-ts@2.11.0',
  ])
})

test('installs what our packages depend on, which is not on the registry', () => {
  const named = ['@task-outcome/tracker', '@task-outcome/core']
  expect(toInstall(named, tarballs, peers)).toEqual(['/tracker.tgz', '/core.tgz', '/wait.tgz'])
  expect(toInstall(['@task-outcome/wait'], tarballs, peers)).toEqual(['/wait.tgz', '/core.tgz'])
})

test('rejects a package that has no version here', () => {
  expect(() => toInstall(['undici'], tarballs, peers)).toThrow('undici')
})
