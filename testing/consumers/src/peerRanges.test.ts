import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { rangeIssues } from './peerRanges.js'
import { highestPeers, lowestPeers } from './versions.js'

const low = { axios: '1.5.0', 'fp-ts': '2.11.0', 'io-ts': '2.2.18' }
const high = { axios: '1.21.1', 'fp-ts': '2.16.11', 'io-ts': '2.2.22' }
const issuesOf = (peerDependencies: Record<string, string>) =>
  rangeIssues({ name: 'a', peerDependencies }, low, high)

test('accepts a range that begins at the lowest tested version', () => {
  expect(issuesOf({ 'fp-ts': '^2.11.0', 'io-ts': '^2.2.18' })).toEqual([])
})

test.each(['^2.10.0', '^2.12.0', '>=2.11.0', '2.11.0', '*'])('rejects the range %s', range => {
  expect(issuesOf({ 'fp-ts': range })).toEqual([`a: the range of fp-ts is ${range}, tested is ^2.11.0`])
})

test('reports a peer that is not tested', () => {
  expect(issuesOf({ 'retry-ts': '^0.1.4' })).toEqual(['a: the peer retry-ts is tested at no version'])
})

test('the highest tested version is within the range', () => {
  expect(
    rangeIssues({ name: 'a', peerDependencies: { axios: '^1.5.0' } }, low, { ...high, axios: '2.0.0' }),
  ).toEqual(['a: axios 2.0.0 is beyond ^1.5.0'])
})

test.each(Object.keys(lowestPeers) as ReadonlyArray<keyof typeof lowestPeers>)(
  'the highest tested %s is the one that the workspace uses',
  name => {
    const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { readonly version: string }
    expect(highestPeers[name]).toBe(version)
  },
)
