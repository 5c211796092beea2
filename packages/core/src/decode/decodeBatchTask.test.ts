import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { decodeBatchTask } from './decodeBatchTask.js'

const accepted = '{"code":0,"requestId":"1"}'
const alsoFound = (body: string): unknown =>
  (decodeBatchTask(body) as { left: { _tag: string; alsoFound: ReadonlyArray<unknown> } }).left

describe('what is found beside an issue of shape', () => {
  test.each([
    // An entry that can't be read may have been either.
    ['5400, one accepted and one that is no object', `{"code":5400,"detail":{"a":${accepted},"b":7}}`],
    ['5400, one accepted and one without a code', `{"code":5400,"detail":{"a":${accepted},"b":{}}}`],
    ['5400, one that is no object', '{"code":5400,"detail":{"b":7}}'],
    ['0, one that is no object', `{"code":0,"detail":{"a":${accepted},"b":7}}`],
    ['5100, one that is no object', '{"code":5100,"detail":{"a":{"code":5100},"b":7}}'],
  ])('no contradiction: %s', (_, body) => {
    expect(alsoFound(body)).toMatchObject({ _tag: 'ShapeError', alsoFound: [] })
  })

  test.each([
    [
      'an id of another type',
      '{"code":5100,"detail":{"a":{"code":0,"requestId":-5}}}',
      { code: 5100, accepted: 1, rejected: 0 },
    ],
    [
      'a message of another type',
      '{"code":0,"detail":{"a":{"code":5100,"message":1}}}',
      { code: 0, accepted: 0, rejected: 1 },
    ],
  ])('the code of an entry counts, though the entry has %s', (_, body, contradiction) => {
    expect(alsoFound(body)).toMatchObject({
      _tag: 'ShapeError',
      alsoFound: [{ _tag: 'CodeMismatch', ...contradiction }],
    })
  })

  test.each(['7', '"text"', '[{"code":0}]'])(
    'the refusal of the request: detail %s names no resource',
    detail => {
      expect(alsoFound(`{"code":4400,"message":"too fast","detail":${detail}}`)).toMatchObject({
        _tag: 'ShapeError',
        issues: [{ path: '/detail' }],
        alsoFound: [{ _tag: 'Rejection', code: 4400, message: 'too fast' }],
      })
    },
  )
})

test.each([
  ['a field with a value like an id', '{"code":0,"x":"17"}'],
  ['an id that is empty', '{"code":0,"requestId":""}'],
  ['an id of another type', '{"code":0,"requestId":-5}'],
])('a response is not taken for one in the other format because of %s', (_, body) => {
  expect(decodeBatchTask(body)).toMatchObject({
    left: { _tag: 'ContractViolation', issues: [{ _tag: 'MissingEntries', code: 0 }] },
  })
})

test('a rejected entry has an id and a module code only if the body has them', () => {
  const texts = { message: '', codeDesc: '', extra: {} }
  expect(decodeBatchTask('{"code":5100,"detail":{"a":{"code":5000}}}')).toStrictEqual(
    E.right({
      _tag: 'AllRejected',
      rejected: [
        {
          _tag: 'RejectedEntry',
          position: 0,
          resourceId: 'a',
          code: 5000,
          meaning: 'no such resource',
          advice: 'never',
          ...texts,
        },
      ],
      ...texts,
    }),
  )
})

test('a rejected entry is one of the entries, though it has two ids', () => {
  const body = `{"code":5400,"detail":{"a":{"code":5100,"requestId":"1","requestId":"2"},"b":${accepted}}}`
  expect(decodeBatchTask(body)).toMatchObject({
    left: {
      _tag: 'ContractViolation',
      issues: [{ _tag: 'DuplicateMember', path: '/detail/a/requestId' }],
      entries: [
        { _tag: 'RejectedEntry', resourceId: 'a', position: 0 },
        { _tag: 'AcceptedEntry', resourceId: 'b', position: 1 },
      ],
      recovered: [{ taskId: '1' }, { taskId: '2' }, { taskId: '1', resourceId: 'b' }],
    },
  })
})

test('an accepted entry that has two ids is no entry: both are recovered', () => {
  const body = '{"code":0,"detail":{"a":{"code":0,"requestId":"1","requestId":"2"}}}'
  expect(decodeBatchTask(body)).toMatchObject({
    left: {
      _tag: 'ContractViolation',
      issues: [{ _tag: 'DuplicateMember', path: '/detail/a/requestId' }],
      entries: [],
      recovered: [{ taskId: '1' }, { taskId: '2' }],
    },
  })
})

test('keeps the entries of two details one after the other', () => {
  const body = `{"code":0,"detail":{"a":${accepted}},"detail":{"b":${accepted}}}`
  expect(decodeBatchTask(body)).toMatchObject({
    left: {
      issues: [{ path: '/detail' }],
      entries: [
        { resourceId: 'a', position: 0 },
        { resourceId: 'b', position: 1 },
      ],
    },
  })
})
