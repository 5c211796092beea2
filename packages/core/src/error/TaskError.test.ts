import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { throughJson } from '../../test/throughJson.js'
import { queryErrors, submissionErrors } from '../../test/values.js'
import { QueryError, SubmissionError, TaskError } from './TaskError.js'

describe('an error survives JSON', () => {
  test.each(Object.entries<fc.Arbitrary<SubmissionError>>(submissionErrors))(
    '%s of a submission',
    (_, errors) => {
      fc.assert(
        fc.property(errors, error => {
          expect(SubmissionError.is(error) && TaskError.is(error)).toBe(true)
          expect(throughJson(SubmissionError, error)).toEqual(E.right(error))
          expect(throughJson(TaskError, error)).toEqual(E.right(error))
          expect(QueryError.is(error)).toBe(false)
          expect(QueryError.decode(error)).toMatchObject({ _tag: 'Left' })
        }),
      )
    },
  )

  test.each(Object.entries<fc.Arbitrary<QueryError>>(queryErrors))('%s of a query', (_, errors) => {
    fc.assert(
      fc.property(errors, error => {
        expect(QueryError.is(error) && TaskError.is(error)).toBe(true)
        expect(throughJson(QueryError, error)).toEqual(E.right(error))
        expect(throughJson(TaskError, error)).toEqual(E.right(error))
        expect(SubmissionError.is(error)).toBe(false)
        expect(SubmissionError.decode(error)).toMatchObject({ _tag: 'Left' })
      }),
    )
  })
})

describe('not an error', () => {
  const timedOut = { _tag: 'TimedOut', timeoutMs: 1000 }
  const notSent = { _tag: 'NotSent', reason: timedOut, recovered: [] }
  const malformedJson = {
    _tag: 'MalformedJson',
    line: 1,
    column: 1,
    offset: 0,
    expected: '',
    found: '',
    excerpt: '',
    recovered: [],
  }
  const shapeIssue = { _tag: 'ShapeIssue', path: '', expected: 'a', found: 'b' }
  const shapeError = { _tag: 'ShapeError', issues: [shapeIssue], alsoFound: [], recovered: [] }
  const repeated = { _tag: 'DuplicateMember', path: '/a', values: [1, 2] }
  const violation = {
    _tag: 'ContractViolation',
    issues: [repeated],
    alsoFound: [],
    entries: [],
    recovered: [],
  }
  const rejection = { code: 4400, meaning: 'quota', advice: 'later', message: '', codeDesc: '' }
  const rejected = { _tag: 'Rejected', ...rejection, recovered: [] }
  const inDoubtAfter = (lastResult: unknown) => ({
    _tag: 'DeliveryUnknown',
    reason: { _tag: 'SentMoreThanOnce', lastResult },
    recovered: [],
  })
  const texts = { message: '', codeDesc: '', extra: {} }
  const accepted = { _tag: 'AcceptedTask', taskId: '17', ...texts }
  const rejectedEntry = { ...rejection, _tag: 'RejectedEntry', position: 0, resourceId: 'a', extra: {} }
  const allRejected = { _tag: 'AllRejected', rejected: [rejectedEntry], ...texts }

  test.each([
    ['NotSent', notSent],
    ['MalformedJson', malformedJson],
    ['ShapeError', { ...shapeError, alsoFound: [repeated, { _tag: 'Rejection', ...rejection }] }],
    ['ContractViolation', { ...violation, alsoFound: [shapeIssue] }],
    ['Rejected', rejected],
    ['Rejected, with a code of API 3.0', { ...rejected, code: 'RequestLimitExceeded' }],
    ['Rejected, with a time to wait', { ...rejected, retryAfterMs: 1000 }],
    ['NotSent, of a misuse', { ...notSent, reason: { _tag: 'Misused', message: 'no fetch' } }],
    [
      'NotSent, with an address',
      { ...notSent, reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED', address: '10.0.0.1:3128' } },
    ],
    ['DeliveryUnknown, after an accepted task', inDoubtAfter(accepted)],
    ['DeliveryUnknown, after a batch', inDoubtAfter(allRejected)],
    ['DeliveryUnknown, after a refusal', inDoubtAfter(rejected)],
  ])('these are errors: %s', (_, error) => {
    expect(TaskError.decode(error)).toEqual(E.right(error))
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['another tag', { ...notSent, _tag: 'Sent' }],
    ['nothing said of recovered tasks', { ...notSent, recovered: undefined }],
    ['a recovered task without an id', { ...notSent, recovered: [{ resourceId: 'a' }] }],
    ['a recovered task with an empty id', { ...notSent, recovered: [{ taskId: '' }] }],
    ['a recovered code that is no safe integer', { ...notSent, recovered: [{ taskId: '1', code: 1e300 }] }],
    ['a request without its path', { ...notSent, request: { method: 'POST', origin: '' } }],
    ['no reason', { ...notSent, reason: undefined }],
    ['a reason that does not exist', { ...notSent, reason: { _tag: 'Bored' } }],
    ['a time that JSON does not keep', { ...notSent, reason: { ...timedOut, timeoutMs: null } }],
    ['a misuse that says nothing', { ...notSent, reason: { _tag: 'Misused' } }],
    [
      'an address that is no text',
      { ...notSent, reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED', address: 5 } },
    ],
    ['a time to wait that is no number', { ...rejected, retryAfterMs: '5' }],
    ['something sent more than once that was not sent', { ...inDoubtAfter(accepted), _tag: 'NotSent' }],
    ['a last result that does not exist', inDoubtAfter(undefined)],
    ['a last result that is no claim', inDoubtAfter(notSent)],
    ['a last result without its id', inDoubtAfter({ ...accepted, taskId: '' })],
    ['a last result of no resources', inDoubtAfter({ ...allRejected, rejected: [] })],
    ['a last result of a query', inDoubtAfter({ ...rejected, _tag: 'QueryRejected' })],
    ['an abort without its name', { ...notSent, reason: { _tag: 'Aborted', message: '' } }],
    ['a line that is no integer', { ...malformedJson, line: 0.5 }],
    ['no issues', { ...shapeError, issues: [] }],
    ['a contract issue among those of shape', { ...shapeError, issues: [repeated] }],
    ['no issues of the contract', { ...violation, issues: [] }],
    ['repeated values that are none', { ...violation, issues: [{ ...repeated, values: [] }] }],
    ['repeated values that are no JSON', { ...violation, issues: [{ ...repeated, values: [1n] }] }],
    [
      'a format that does not exist',
      { ...violation, issues: [{ _tag: 'FormatMismatch', requested: 'batch', received: 'csv' }] },
    ],
    [
      'a mismatch of no resources',
      { ...violation, issues: [{ _tag: 'ResourceMismatch', missing: [], unrequested: [] }] },
    ],
    [
      'a mismatch of what are not resource ids',
      { ...violation, issues: [{ _tag: 'ResourceMismatch', missing: [1], unrequested: [] }] },
    ],
    ['an invalid entry', { ...violation, entries: [{ _tag: 'AcceptedEntry' }] }],
    ['a rejection with code 0', { ...rejected, code: 0 }],
    ['a rejection with an empty code', { ...rejected, code: '' }],
    ['a rejection with a code that is no integer', { ...rejected, code: 0.5 }],
    ['a rejection without a code', { ...rejected, code: null }],
    [
      'a rejection with code 0 beside it',
      { ...violation, alsoFound: [{ _tag: 'Rejection', ...rejection, code: 0 }] },
    ],
    ['advice that does not exist', { ...rejected, advice: 'now' }],
    ['an id that is empty', { ...rejected, taskId: '' }],
  ])('%s', (_, broken) => {
    expect(TaskError.is(broken)).toBe(false)
    expect(E.isLeft(TaskError.decode(broken))).toBe(true)
  })

  test('decode never throws, whatever the value', () => {
    const anything = fc.anything({
      withSparseArray: true,
      withNullPrototype: true,
      withDate: true,
      withMap: true,
    })
    const almost = fc.record(
      {
        _tag: fc.constantFrom(...Object.keys({ ...submissionErrors, ...queryErrors })),
        recovered: anything,
        issues: anything,
        reason: anything,
      },
      { requiredKeys: ['_tag'] },
    )
    fc.assert(
      fc.property(fc.oneof(anything, almost), value => {
        expect(E.isLeft(TaskError.decode(value))).toBe(true)
      }),
    )
  })
})
