import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { taskError } from '../../test/values.js'
import { getOrThrow } from './getOrThrow.js'
import { toError } from './showTaskError.js'

test('returns the outcome', () => {
  const outcome = {}
  expect(getOrThrow(E.right(outcome))).toBe(outcome)
})

test('throws the error, with its line as the message and the error itself as taskError', () => {
  fc.assert(
    fc.property(taskError, error => {
      const thrown: unknown = E.tryCatch(
        () => getOrThrow(E.left(error)),
        (it: unknown) => it,
      )
      expect(thrown).toMatchObject({ left: { name: 'TaskError', message: toError(error).message } })
      expect((thrown as E.Left<{ taskError: unknown }>).left.taskError).toBe(error)
    }),
  )
})
