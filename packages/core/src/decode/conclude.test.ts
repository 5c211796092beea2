import { expect, test } from 'vitest'
import { conclude } from './conclude.js'

test('a body is never taken for a success because no fault was noted', () => {
  const document = {
    root: { _tag: 'JsonObject', members: [{ name: 'requestId', value: '17' }] },
    repeated: [],
  } as const
  expect(conclude(document, {})).toMatchObject({
    _tag: 'Left',
    left: { _tag: 'ShapeError', faults: [{ path: '' }], recovered: [{ taskId: '17' }] },
  })
})
