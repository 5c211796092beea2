import { expect, test } from 'vitest'
import { copiesOf } from './loadedScripts.js'

test('counts the files of one folder as one copy, however they were loaded', () => {
  const scripts = [
    'file:///a/node_modules/fp-ts/lib/Either.js',
    'file:///a/node_modules/fp-ts/lib/function.js',
    'node:fs',
  ]
  expect(copiesOf('fp-ts', scripts)).toEqual(['file:///a/node_modules/fp-ts/lib/'])
  expect(copiesOf('io-ts', scripts)).toEqual([])
})

test('counts another build of a package, and another installation, as further copies', () => {
  expect(
    copiesOf('fp-ts', [
      'file:///a/node_modules/fp-ts/lib/Either.js',
      'file:///a/node_modules/fp-ts/es6/Either.js',
      'file:///a/node_modules/b/node_modules/fp-ts/lib/Either.js',
    ]),
  ).toEqual([
    'file:///a/node_modules/b/node_modules/fp-ts/lib/',
    'file:///a/node_modules/fp-ts/es6/',
    'file:///a/node_modules/fp-ts/lib/',
  ])
})

test('does not count a package whose name only begins with the same letters', () => {
  expect(copiesOf('fp-ts', ['file:///a/node_modules/fp-ts-contrib/lib/a.js'])).toEqual([])
})
