/**
 * What every result is checked for.
 */
import { TaskError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import type { Expected, Result } from './Subject.js'

export const expectOutcome = (result: Result, expected: Expected): void => {
  if (expected._tag === 'Right' || expected.recoverable === undefined) {
    expect(result).toMatchObject(expected)
    return
  }
  const { _tag, left, recoverable } = expected
  const recovered: unknown = expect.toBeOneOf([
    [],
    recoverable.map(task => expect.objectContaining(task) as object),
  ])
  expect(result).toMatchObject({ _tag, left: { ...left, recovered } })
}

/** Every result can be written down and read again. */
export const expectSendable = (result: Result): void => {
  const copy: unknown = JSON.parse(JSON.stringify(result))
  expect(copy).toEqual(result)
  if (E.isLeft(result))
    expect(TaskError.decode(JSON.parse(JSON.stringify(result.left)))).toEqual(E.right(result.left))
}
