import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DateFromText } from '../../test/DateFromText.js'
import { throughJson } from '../../test/throughJson.js'
import { json, taskStatus as anyStatus, taskStatusOf } from '../../test/values.js'
import { Json } from '../json/Json.js'
import { TaskEnd, TaskStatus, taskEndCodec, taskStatusCodec } from './TaskStatus.js'

describe('a state survives JSON', () => {
  test('with plain JSON', () => {
    fc.assert(
      fc.property(anyStatus, status => {
        expect(TaskStatus.is(status)).toBe(true)
        expect(throughJson(TaskStatus, status)).toEqual(E.right(status))
      }),
    )
  })

  test('with codecs for output and data', () => {
    const dates = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    const codec = taskStatusCodec({ output: Json, data: DateFromText })
    fc.assert(
      fc.property(taskStatusOf({ output: json, data: dates }), status => {
        expect(throughJson(codec, status)).toEqual(E.right(status))
      }),
    )
  })

  test('TaskEnd accepts every state but InProgress', () => {
    fc.assert(
      fc.property(anyStatus, status => {
        expect(TaskEnd.is(status)).toBe(status._tag !== 'InProgress')
      }),
    )
  })
})

test('codecs with custom parts check a state in the same way, and have its name', () => {
  const parts = { output: Json, data: Json }
  const status = { _tag: 'Failed', message: '', codeDesc: '', statusExtra: {}, extra: {} }
  for (const codec of [taskStatusCodec(parts), taskEndCodec(parts)]) {
    expect(codec.is(status)).toBe(true)
    for (const name of Object.keys(status)) expect(codec.is({ ...status, [name]: undefined })).toBe(false)
  }
  expect([taskStatusCodec(parts).name, taskEndCodec(parts).name]).toEqual(['TaskStatus', 'TaskEnd'])
})

test.each([
  ['another tag', { _tag: 'Ended' }],
  ['no message', { message: undefined }],
  ['an output that is no JSON', { output: () => 1 }],
])('not a state: %s', (_, change) => {
  const status = { _tag: 'Failed', message: '', codeDesc: '', statusExtra: {}, extra: {} }
  expect(TaskStatus.is(status)).toBe(true)
  expect(TaskStatus.decode({ ...status, ...change })).toMatchObject({ _tag: 'Left' })
})
