import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { submissionErrors } from '../../test/values.js'
import { errorCodes, lookupErrorCode } from '../wire/ErrorCode.js'
import type { TaskId } from '../wire/TaskId.js'
import { canSendAgain } from './canSendAgain.js'
import type { Rejected, SubmissionError } from './TaskError.js'

const rejected = (code: number): Rejected => {
  const { meaning, adviceForRequest: advice } = lookupErrorCode(code)
  return { _tag: 'Rejected', code, meaning, advice, message: '', codeDesc: '', recovered: [] }
}

describe('canSendAgain is true if nothing was started and another attempt can help', () => {
  test.each<SubmissionError>([
    { _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' }, recovered: [] },
    { _tag: 'NotSent', reason: { _tag: 'TimedOut', timeoutMs: 5000 }, recovered: [] },
    { _tag: 'NotSent', reason: { _tag: 'Aborted', name: 'AbortError', message: '' }, recovered: [] },
    { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'TypeError' }, recovered: [] },
  ])('allows another attempt after NotSent with the reason $reason._tag', error => {
    expect(canSendAgain(error)).toBe(true)
  })

  test('refuses another attempt after a wrong call, which stays wrong', () => {
    const reason = { _tag: 'Misused', message: 'timeoutMs is 0' } as const
    expect(canSendAgain({ _tag: 'NotSent', reason, recovered: [] })).toBe(false)
  })

  test('allows another attempt after a Rejected only for the codes with the advice later or resigned, except 4500', () => {
    expect(errorCodes.map(({ code }) => code).filter(code => canSendAgain(rejected(code)))).toEqual([
      4200, 4400, 6000, 6200,
    ])
  })

  test.each(['never', 'rejectedOnly', 'unknown'] as const)(
    'refuses another attempt after a Rejected with the advice %s',
    advice => {
      expect(canSendAgain({ ...rejected(4400), advice })).toBe(false)
    },
  )

  test('refuses another attempt after 4500, which can be the response to a retry, whatever the advice', () => {
    expect(canSendAgain(rejected(4500))).toBe(false)
    expect(canSendAgain({ ...rejected(4500), advice: 'later' })).toBe(false)
  })

  test('refuses another attempt after any error with a task id, because this task may be running', () => {
    const recovered = [{ taskId: '17' as TaskId }]
    fc.assert(
      fc.property(fc.oneof(...Object.values<fc.Arbitrary<SubmissionError>>(submissionErrors)), error => {
        expect(canSendAgain({ ...error, recovered })).toBe(false)
      }),
    )
  })

  test('refuses another attempt after every other error, because a task may be running', () => {
    const { NotSent: _, Rejected: __, ...others } = submissionErrors
    fc.assert(
      fc.property(fc.oneof(...Object.values<fc.Arbitrary<SubmissionError>>(others)), error => {
        expect(canSendAgain({ ...error, recovered: [] })).toBe(false)
      }),
    )
  })
})
