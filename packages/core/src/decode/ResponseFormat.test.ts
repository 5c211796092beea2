import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { SubmissionError } from '../error/TaskError.js'
import type { JsonValue } from '../json/JsonValue.js'
import type { AcceptedTask } from '../outcome/AcceptedTask.js'
import type { AllAccepted } from '../outcome/BatchOutcome.js'
import { isJsonObject, readId, valuesOf } from '../wire/fields.js'
import type { ResourceId } from '../wire/ResourceId.js'
import { shapeIssue } from '../wire/ShapeIssue.js'
import type { TaskId } from '../wire/TaskId.js'
import type { HttpResponse } from './HttpResponse.js'
import { type SubmissionFormat, createQueryDecoder, createSubmissionDecoder } from './ResponseFormat.js'
import type { DecodeReport } from './toResult.js'

const names = new Set(['job'])

/** A format of its own: `{"job":17}`, or `{"no":"why"}`. */
const readJob =
  <Outcome>(accept: (taskId: TaskId) => Outcome) =>
  (root: JsonValue): DecodeReport<Outcome> => {
    if (!isJsonObject(root)) return { shapeIssues: [shapeIssue('', 'an object', 'something else')] }
    const [no] = valuesOf(root, 'no')
    if (typeof no === 'string') {
      const rejection = { code: no, meaning: 'no', advice: 'never' as const, message: '', codeDesc: '' }
      return { refused: { rejection, taskId: undefined } }
    }
    const id = readId(valuesOf(root, 'job')[0] ?? null)
    return id._tag === 'Id' ? { outcome: accept(id.id) } : {}
  }

const format: SubmissionFormat<AcceptedTask> = {
  read: readJob(taskId => ({ _tag: 'AcceptedTask', taskId, message: '', codeDesc: '', extra: {} })),
  taskIdNames: () => names,
  hasTask: ({ recovered }) => recovered.length > 0,
}

const decode = createSubmissionDecoder(format)
const query = createQueryDecoder({ read: readJob(taskId => taskId), taskIdNames: () => names })

const ok = (body: string): HttpResponse => ({ status: 200, body })

const left = (error: object): unknown => E.left(expect.objectContaining(error))

describe('a format only reads the JSON, and core does the rest', () => {
  test('an outcome', () => {
    expect(decode(ok('{"job":9007199254740993}'))).toMatchObject({ right: { taskId: '9007199254740993' } })
    expect(query(ok('{"job":"a"}'))).toEqual(E.right('a'))
  })

  test('a refusal, with the status and the delay', () => {
    expect(decode({ ...ok('{"no":"Busy"}'), status: 503, retryAfterMs: 5 })).toEqual(
      left({ _tag: 'Rejected', code: 'Busy', httpStatus: 503, retryAfterMs: 5, recovered: [] }),
    )
    expect(query(ok('{"no":"Busy"}'))).toEqual(
      left({ _tag: 'QueryRejected', code: 'Busy', operation: 'query' }),
    )
  })

  const recovered = [{ taskId: '17', path: '/job' }]

  test.each<[string, string, number, object]>([
    ['text that is not JSON', '{"job":17,"requestId":18,', 200, { _tag: 'MalformedJson', recovered }],
    [
      'a wrong shape',
      '[{"job":17}]',
      200,
      { _tag: 'ShapeError', recovered: [{ taskId: '17', path: '/0/job' }] },
    ],
    ['neither an outcome nor an issue', '{}', 200, { _tag: 'ShapeError', recovered: [] }],
    ['a duplicate member', '{"job":17,"a":1,"a":2}', 200, { _tag: 'ContractViolation', recovered }],
    ['an outcome under 500', '{"job":17}', 500, { _tag: 'ContractViolation', recovered, entries: [] }],
    ['a task with issues under 500', '[{"job":17}]', 500, { _tag: 'ContractViolation' }],
    ['something else under 500', '{"requestId":18}', 500, { _tag: 'HttpStatusError', recovered: [] }],
  ])('%s', (_, body, status, error) => {
    expect(decode({ status, body })).toEqual(left(error))
  })

  test('a body that was already parsed', () => {
    expect(decode({ status: 200, body: { job: 17 } as never })).toEqual(
      left({ _tag: 'ShapeError', recovered }),
    )
  })

  test('a query starts no task, whatever its body has', () => {
    expect(query({ status: 500, body: '[{"job":17}]' })).toEqual(
      left({ _tag: 'HttpStatusError', operation: 'query' }),
    )
    expect(query({ status: 500, body: '{"job":17}' })).toEqual(left({ _tag: 'ContractViolation', recovered }))
  })

  test('the entries of a batch are in its error', () => {
    const decodeBatch = createSubmissionDecoder({
      ...format,
      read: readJob((taskId): AllAccepted => {
        const texts = { message: '', codeDesc: '', extra: {} }
        const resourceId = 'a' as ResourceId
        return {
          _tag: 'AllAccepted',
          accepted: [{ _tag: 'AcceptedEntry', position: 0, resourceId, taskId, ...texts }],
          ...texts,
        }
      }),
    })
    expect(decodeBatch(ok('{"job":17}'))).toMatchObject({ right: { accepted: [{ taskId: '17' }] } })
    expect(decodeBatch({ status: 500, body: '{"job":17}' })).toMatchObject({
      left: { entries: [{ taskId: '17' }] },
    })
  })

  test('ids of other sends are those of the format', () => {
    const sends = (body: string): NonNullable<HttpResponse['otherSends']> => [
      { _tag: 'Answered', response: ok(body) },
    ]
    expect(decode({ ...ok('{"job":17}'), otherSends: sends('{"no":"Busy","requestId":18}') })).toMatchObject({
      right: { taskId: '17' },
    })
    expect(decode({ ...ok('{"job":17}'), otherSends: sends('{"job":18}') })).toMatchObject({
      left: { _tag: 'DeliveryUnknown', recovered: [{ taskId: '18' }, { taskId: '17' }] },
    })
  })

  test('the transport describes errors', () => {
    const request = { method: 'GET', origin: 'https://a.example', path: '/' }
    const describeError: NonNullable<HttpResponse['describeError']> = error => ({ ...error, request })
    expect(decode({ ...ok(''), describeError })).toMatchObject({ left: { request } })
    expect(query({ ...ok(''), describeError })).toMatchObject({ left: { request } })
  })

  test('a name of an id can have any character', () => {
    const odd = createSubmissionDecoder({ ...format, taskIdNames: () => new Set(['a.b*(c']) })
    const idsIn = (body: string): unknown =>
      E.match<SubmissionError, unknown, unknown>(
        error => error.recovered,
        () => [],
      )(odd(ok(body)))
    expect(idsIn('"a.b*(c":17,')).toEqual([{ taskId: '17' }])
    expect(idsIn('"aXb*(c":17,')).toEqual([])
  })
})
