import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { decodeOrdinaryTask } from './decodeOrdinaryTask.js'

test('a rejection has an id and a module code only if the response has them', () => {
  expect(decodeOrdinaryTask('{"code":4400,"message":"too fast"}')).toStrictEqual(
    E.left({
      _tag: 'Rejected',
      code: 4400,
      meaning: 'quota exceeded: too many requests',
      advice: 'later',
      message: 'too fast',
      codeDesc: '',
      recovered: [],
    }),
  )
})

test('a refusal is told, though the id beside it is of another type', () => {
  expect(decodeOrdinaryTask('{"code":4400,"message":"too fast","requestId":-5}')).toMatchObject({
    left: {
      _tag: 'ShapeError',
      issues: [{ path: '/requestId' }],
      alsoFound: [{ _tag: 'Rejection', code: 4400, message: 'too fast' }],
    },
  })
})

test('a refusal is told, though the response is in the other format', () => {
  expect(
    decodeOrdinaryTask('{"code":5400,"message":"some","detail":{"a":{"code":0,"requestId":"1"}}}'),
  ).toMatchObject({
    left: {
      _tag: 'ContractViolation',
      issues: [{ _tag: 'FormatMismatch' }],
      alsoFound: [{ _tag: 'Rejection', code: 5400, message: 'some' }],
      recovered: [{ taskId: '1' }],
    },
  })
})

test.each([
  ['{"a":{"code":0}}', ['FormatMismatch']],
  ['{"a":{"requestId":"1"}}', ['FormatMismatch']],
  ['{"a":7,"b":{"name":"x","code":5100}}', ['FormatMismatch']],
  ['{"a":7,"b":{"name":"x","requestId":""}}', ['FormatMismatch']],
  ['{"a":{"name":"x"},"code":0,"requestId":"1"}', ['MissingTaskId']],
  ['[{"code":0,"requestId":"1"}]', ['MissingTaskId']],
])('detail has entries when something in it has a code or an id: %s', (detail, tags) => {
  expect(decodeOrdinaryTask(`{"code":0,"detail":${detail}}`)).toMatchObject({
    left: { _tag: 'ContractViolation', issues: tags.map(_tag => ({ _tag })) },
  })
})

test('of two codes that differ neither counts', () => {
  expect(decodeOrdinaryTask('{"code":0,"code":4400,"requestId":"1"}')).toMatchObject({
    left: { _tag: 'ContractViolation', issues: [{ _tag: 'DuplicateMember', path: '/code' }], alsoFound: [] },
  })
})

test('keeps the place of an entry of a response in the other format', () => {
  expect(decodeOrdinaryTask('{"code":0,"detail":{"a":7,"b":{"code":0,"requestId":"1"}}}')).toMatchObject({
    left: { _tag: 'ContractViolation', alsoFound: [], entries: [{ resourceId: 'b', position: 1 }] },
  })
})
