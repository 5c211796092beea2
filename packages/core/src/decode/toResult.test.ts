import { describe, expect, test } from 'vitest'
import { toResult } from './toResult.js'
import { decodeBatchTask } from './decodeBatchTask.js'
import { decodeOrdinaryTask } from './decodeOrdinaryTask.js'

test('a body without an outcome is never a success, even without an issue', () => {
  const document = {
    root: { _tag: 'JsonObject', members: [{ name: 'requestId', value: '17' }] },
    repeated: [],
    tooDeepAt: undefined,
    text: '',
  } as const
  expect(toResult(document, {})).toMatchObject({
    _tag: 'Left',
    left: { _tag: 'ShapeError', issues: [{ path: '' }], recovered: [{ taskId: '17' }] },
  })
})

describe.each([
  ['ordinary', decodeOrdinaryTask],
  ['batch', decodeBatchTask],
])('a shape issue says what was expected and what was found: %s', (_, decode) => {
  test.each([
    ['7', { path: '', expected: 'an object', found: '7' }],
    [
      `{"code":4400,"x":${'['.repeat(512)}${']'.repeat(512)}}`,
      { path: `/x${'/0'.repeat(511)}`, expected: 'at most 512 levels of nesting', found: /deeper/ },
    ],
  ])('%s', (body, { path, expected, found }) => {
    expect(decode(body)).toMatchObject({
      left: {
        _tag: 'ShapeError',
        issues: [{ path, expected, found: expect.stringMatching(found) as string }],
      },
    })
  })
})
