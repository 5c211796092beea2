import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { DateFromText } from '../../test/DateFromText.js'
import { throughJson } from '../../test/throughJson.js'
import * as values from '../../test/values.js'
import { AcceptedTask, acceptedTaskCodec } from './AcceptedTask.js'

describe('an accepted task survives JSON', () => {
  test('with plain extra fields', () => {
    fc.assert(
      fc.property(values.acceptedTask, task => {
        expect(AcceptedTask.is(task)).toBe(true)
        expect(throughJson(AcceptedTask, task)).toEqual(E.right(task))
      }),
    )
  })

  test('with extra fields that have a codec', () => {
    const extra = fc.record({ when: fc.date({ noInvalidDate: true }), ids: fc.array(values.text) })
    const codec = acceptedTaskCodec(t.type({ when: DateFromText, ids: t.readonlyArray(t.string) }))
    fc.assert(
      fc.property(values.acceptedTaskOf(extra), task => {
        expect(codec.is(task)).toBe(true)
        expect(throughJson(codec, task)).toEqual(E.right(task))
      }),
    )
  })
})

const task = { _tag: 'AcceptedTask', taskId: '17', message: '', codeDesc: '', extra: {} }

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['another tag', { ...task, _tag: 'AllAccepted' }],
  ['no id', { ...task, taskId: undefined }],
  ['an empty id', { ...task, taskId: '' }],
  ['an id that is a number', { ...task, taskId: 17 }],
  ['no message', { ...task, message: null }],
  ['no extra fields', { ...task, extra: undefined }],
  ['extra fields that are a list', { ...task, extra: [] }],
  ['extra fields that are no JSON', { ...task, extra: { when: new Date(0) } }],
])('not an accepted task: %s', (_, broken) => {
  expect(AcceptedTask.is(broken)).toBe(false)
  expect(AcceptedTask.decode(broken)).toHaveProperty('_tag', 'Left')
})

test('typed extra fields are checked by their codec', () => {
  const codec = acceptedTaskCodec(t.type({ ids: t.array(t.string) }))
  expect(codec.name).toBe('AcceptedTask<{ ids: Array<string> }>')
  expect(codec.decode(task)).toHaveProperty('_tag', 'Left')
  expect(codec.decode({ ...task, extra: { ids: ['a'] } })).toHaveProperty('_tag', 'Right')
})
