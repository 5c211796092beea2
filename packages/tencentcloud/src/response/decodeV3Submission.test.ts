import { type HttpResponse, SubmissionError, showTaskError } from '@task-outcome/core'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { TaskNaming } from '../actions/Service.js'
import { decodeV3Batch, decodeV3Submission } from './decodeV3Submission.js'

const taskId: TaskNaming = { _tag: 'Member', path: ['TaskId'] }
const requestId: TaskNaming = { _tag: 'RequestId' }
const perResource: TaskNaming = { _tag: 'RequestIdPerResource', parameter: 'InstanceIds' }
const nested: TaskNaming = {
  _tag: 'Member',
  path: ['Result', 'Data', 'FlowId'],
  resultCode: { path: ['Result', 'ReturnCode'], accepted: ['0'], message: ['Result', 'ReturnMessage'] },
}

const answer = (members: string): string => `{"Response":{${members}}}`
const refusal = (code: string, more = ''): string =>
  answer(`"Error":{"Code":"${code}","Message":"no"},"RequestId":"r-1"${more}`)

const submit = (naming: TaskNaming, body: string, status = 200): unknown =>
  decodeV3Submission(naming)({ status, body })

const accepted = (id: string, extra: unknown = {}): unknown =>
  E.right({ _tag: 'AcceptedTask', taskId: id, message: '', codeDesc: '', extra })

const ids = (result: unknown): unknown =>
  (result as E.Left<SubmissionError>).left.recovered.map(task => task.taskId)

describe('a task is accepted', () => {
  test.each<[string, TaskNaming, string, unknown]>([
    [
      'with its id in a member',
      taskId,
      answer('"TaskId":"t-1","RequestId":"r-1"'),
      accepted('t-1', { RequestId: 'r-1' }),
    ],
    [
      'with every digit of its id',
      taskId,
      answer('"TaskId":9007199254740993123,"RequestId":"r-1"'),
      accepted('9007199254740993123', { RequestId: 'r-1' }),
    ],
    ['with the id 0', taskId, answer('"TaskId":0'), accepted('0')],
    ['without a RequestId', taskId, answer('"TaskId":17'), accepted('17')],
    [
      'with an Error that is null',
      taskId,
      answer('"Error":null,"TaskId":17'),
      accepted('17', { Error: null }),
    ],
    [
      'with members beside Response that report no failure',
      taskId,
      '{"Error":null,"code":0,"Code":"0","message":"m","codeDesc":"Success","Response":{"TaskId":17}}',
      accepted('17', { Error: null, code: 0, Code: '0', message: 'm', codeDesc: 'Success' }),
    ],
    [
      'named by the RequestId',
      requestId,
      answer('"RequestId":"r-1","DealName":"d"'),
      accepted('r-1', { DealName: 'd' }),
    ],
    ['named by the RequestId, for one resource', perResource, answer('"RequestId":"r-1"'), accepted('r-1')],
    [
      'with its id in a nested member',
      nested,
      answer(
        '"Result":{"ReturnCode":"0","ReturnMessage":"ok","Data":{"FlowId":17,"RouteDTO":null}},"RequestId":"r-1"',
      ),
      accepted('17', {
        Result: { ReturnCode: '0', ReturnMessage: 'ok', Data: { RouteDTO: null } },
        RequestId: 'r-1',
      }),
    ],
    ['with equal duplicates', taskId, answer('"TaskId":17,"TaskId":17'), accepted('17')],
    [
      'with members beside Response',
      taskId,
      '{"Response":{"TaskId":17},"traceId":5}',
      accepted('17', { traceId: 5 }),
    ],
    [
      'with members that no object can have by accident',
      taskId,
      answer('"TaskId":17,"__proto__":{"a":1},"constructor":2'),
      accepted('17', JSON.parse('{"__proto__":{"a":1},"constructor":2}')),
    ],
    [
      'with other ids, which stay in extra with every digit',
      taskId,
      answer('"TaskId":17,"FlowId":9007199254740993123'),
      accepted('17', { FlowId: '9007199254740993123' }),
    ],
  ])('%s', (_, naming, body, expected) => {
    expect(submit(naming, body)).toEqual(expected)
  })
})

describe('a request is rejected, and its RequestId is no task', () => {
  const rejected = (code: string, more: object = {}): unknown =>
    E.left(
      expect.objectContaining({
        _tag: 'Rejected',
        code,
        message: 'no',
        codeDesc: '',
        recovered: [],
        ...more,
      }),
    )

  test.each<[string, TaskNaming]>([
    ['with a member', taskId],
    ['with the RequestId', requestId],
    ['with the RequestId and each resource', perResource],
    ['with a nested member', nested],
  ])('if the action names its task %s', (_, naming) => {
    expect(submit(naming, refusal('InternalError'))).toEqual(rejected('InternalError', { advice: 'later' }))
    expect(submit(naming, refusal('InternalError'))).not.toHaveProperty('left.taskId')
  })

  test('with the status, if that is not 2xx', () => {
    expect(submit(requestId, refusal('InternalError'), 500)).toEqual(
      rejected('InternalError', { httpStatus: 500 }),
    )
  })

  test('with the delay of the Retry-After header', () => {
    const response: HttpResponse = { status: 200, body: refusal('RequestLimitExceeded'), retryAfterMs: 3000 }
    expect(decodeV3Submission(requestId)(response)).toEqual(
      rejected('RequestLimitExceeded', { retryAfterMs: 3000, advice: 'later' }),
    )
  })

  test('by a dry run, which started nothing and must not be repeated', () => {
    const result = decodeV3Submission(requestId)({ status: 200, body: refusal('DryRunOperation') })
    expect(result).toEqual(rejected('DryRunOperation', { advice: 'never' }))
    expect(E.isLeft(result) && showTaskError(result.left)).toBe(
      'Rejected: DryRunOperation, dry run: the request would have succeeded, and nothing was started: "no". ' +
        'Do not send it again unchanged.',
    )
  })

  test.each(['"Message":null', '"Message":""'])('without a message: %s', message => {
    const body = answer(`"Error":{"Code":"InternalError",${message}}`)
    expect(submit(taskId, body)).toMatchObject({ left: { _tag: 'Rejected', message: '' } })
  })

  test('with the id of a task, which is recovered', () => {
    expect(submit(taskId, refusal('FailedOperation', ',"TaskId":17'))).toMatchObject({
      left: {
        _tag: 'Rejected',
        taskId: '17',
        recovered: [{ taskId: '17', path: '/Response/TaskId' }],
      },
    })
  })

  test('with another id, which is recovered', () => {
    expect(ids(submit(requestId, refusal('FailedOperation', ',"Data":{"FlowId":17}')))).toEqual(['17'])
  })
})

describe('a response without an Error can report a failure by a result code', () => {
  const result = (members: string): string => answer(`"Result":{${members}},"RequestId":"r-1"`)

  test.each([
    ['a string', '"4000"'],
    ['a number', '4000'],
  ])('as %s', (_, code) => {
    expect(submit(nested, result(`"ReturnCode":${code},"ReturnMessage":"bad","Data":null`))).toMatchObject({
      left: {
        _tag: 'Rejected',
        code: '4000',
        meaning: 'unknown code',
        advice: 'unknown',
        message: 'bad',
        recovered: [],
      },
    })
  })

  test('with an id, which is recovered', () => {
    expect(submit(nested, result('"ReturnCode":"1","Data":{"FlowId":17}'))).toMatchObject({
      left: { _tag: 'Rejected', code: '1', message: '', taskId: '17', recovered: [{ taskId: '17' }] },
    })
  })

  test('without a message, if none is described', () => {
    const naming: TaskNaming = {
      _tag: 'Member',
      path: ['FlowId'],
      resultCode: { path: ['Code'], accepted: ['0'] },
    }
    expect(submit(naming, answer('"Code":7'))).toMatchObject({
      left: { _tag: 'Rejected', code: '7', message: '' },
    })
  })

  test('and a message of another type is an issue beside the failure', () => {
    expect(submit(nested, result('"ReturnCode":"1","ReturnMessage":5'))).toMatchObject({
      left: {
        _tag: 'ShapeError',
        issues: [{ path: '/Response/Result/ReturnMessage', expected: 'a string', found: '5' }],
        alsoFound: [{ _tag: 'Rejection', code: '1', message: '' }],
      },
    })
  })

  test.each([
    ['missing', '"Data":{"FlowId":17}', 'nothing'],
    ['null', '"ReturnCode":null,"Data":{"FlowId":17}', 'null'],
    ['empty', '"ReturnCode":"","Data":{"FlowId":17}', '""'],
    ['an object', '"ReturnCode":{},"Data":{"FlowId":17}', 'an object'],
  ])('but a code that is %s is an issue, never a success', (_, members, found) => {
    expect(submit(nested, result(members))).toMatchObject({
      left: {
        _tag: 'ShapeError',
        issues: [{ path: '/Response/Result/ReturnCode', expected: 'a code: a string or a number', found }],
        recovered: [{ taskId: '17' }],
      },
    })
  })
})

describe('a response that names no task is a ContractViolation', () => {
  test.each<[string, TaskNaming, string, string]>([
    ['without its member', taskId, answer('"RequestId":"r-1"'), '/Response/TaskId'],
    ['with null', taskId, answer('"TaskId":null'), '/Response/TaskId'],
    ['with an empty id', taskId, answer('"TaskId":""'), '/Response/TaskId'],
    ['without the RequestId', requestId, answer(''), '/Response/RequestId'],
    [
      'with nothing on the way',
      nested,
      answer('"Result":{"ReturnCode":"0","Data":null}'),
      '/Response/Result/Data/FlowId',
    ],
    [
      'with the empty map of PHP',
      nested,
      answer('"Result":{"ReturnCode":"0","Data":[]}'),
      '/Response/Result/Data/FlowId',
    ],
  ])('%s', (_, naming, body, path) => {
    expect(submit(naming, body)).toMatchObject({
      left: { _tag: 'ContractViolation', issues: [{ _tag: 'MissingTaskId', path }], recovered: [] },
    })
  })
})

describe('a value of another type is a ShapeError with its path', () => {
  test.each<[string, TaskNaming, string, ReadonlyArray<object>, ReadonlyArray<string>]>([
    ['no object', taskId, '[]', [{ path: '', expected: 'an object', found: 'an array (0 items)' }], []],
    [
      'no Response',
      taskId,
      '{"TaskId":17}',
      [{ path: '/Response', expected: 'an object', found: 'nothing' }],
      ['17'],
    ],
    ['a Response that is null', taskId, '{"Response":null}', [{ path: '/Response', found: 'null' }], []],
    ['a response of API 2.0', requestId, '{"code":0,"requestId":17}', [{ path: '/Response' }], ['17']],
    [
      'a response of API 2.0 beside Response',
      taskId,
      '{"TaskId":18,"Response":{"TaskId":17}}',
      [{ path: '/TaskId', expected: 'no member that Response has too', found: '18' }],
      ['18', '17'],
    ],
    ...[
      ...['"Error":{"Code":"InternalError"}', '"Error":false', '"error":"no"', '"Code":"Failed"'],
      ...['"code":4000', '"code":"4000"', '"code":0.5', '"code":""', '"code":[]'],
    ].flatMap(member =>
      [taskId, requestId].map((naming): [string, TaskNaming, string, ReadonlyArray<object>, string[]] => [
        `${member} beside a task (${naming._tag})`,
        naming,
        `{${member},"Response":{"TaskId":17,"RequestId":"r-1"}}`,
        [
          {
            path: `/${/\w+/.exec(member)![0]}`,
            expected: 'no failure beside Response: null, or the code 0',
          },
        ],
        naming === taskId ? ['17'] : ['17', 'r-1'],
      ]),
    ),
    [
      'a code of API 2.0 beside a refusal',
      requestId,
      '{"code":4000,"Response":{"Error":{"Code":"InternalError"},"RequestId":"r-1"}}',
      [{ path: '/code' }],
      [],
    ],
    ['a negative id', taskId, answer('"TaskId":-5'), [{ path: '/Response/TaskId', found: '-5' }], []],
    [
      'an id with a fraction',
      taskId,
      answer('"TaskId":1.5'),
      [{ path: '/Response/TaskId', found: '1.5' }],
      [],
    ],
    ['an array of ids', taskId, answer('"TaskId":[1]'), [{ path: '/Response/TaskId' }], []],
    [
      'a RequestId that is an object',
      requestId,
      answer('"RequestId":{}'),
      [{ path: '/Response/RequestId' }],
      [],
    ],
    [
      'a RequestId that is true, beside a task',
      taskId,
      answer('"RequestId":true,"TaskId":17'),
      [{ path: '/Response/RequestId', found: 'true' }],
      ['17'],
    ],
    [
      'an Error that is text',
      requestId,
      answer('"Error":"no","RequestId":"r-1"'),
      [{ path: '/Response/Error' }],
      ['r-1'],
    ],
    [
      'an Error that is empty',
      taskId,
      answer('"Error":[],"TaskId":17'),
      [{ path: '/Response/Error' }],
      ['17'],
    ],
    [
      'an Error without a Code',
      taskId,
      answer('"Error":{"Message":"no"}'),
      [{ path: '/Response/Error/Code', found: 'nothing' }],
      [],
    ],
    [
      'an Error with an empty Code',
      taskId,
      answer('"Error":{"Code":""}'),
      [{ path: '/Response/Error/Code', expected: 'a string that is not empty', found: '""' }],
      [],
    ],
    [
      'an Error with the code of API 2.0',
      taskId,
      answer('"Error":{"Code":4400}'),
      [{ path: '/Response/Error/Code', found: '4400' }],
      [],
    ],
    [
      'an Error with a Message of another type',
      taskId,
      answer('"Error":{"Code":"A","Message":5}'),
      [{ path: '/Response/Error/Message' }],
      [],
    ],
    [
      'text on the way to the id',
      nested,
      answer('"Result":{"ReturnCode":"0","Data":"FlowId"}'),
      [{ path: '/Response/Result/Data', expected: 'an object', found: '"FlowId"' }],
      [],
    ],
    [
      'an array on the way to the id',
      nested,
      answer('"Result":{"ReturnCode":"0","Data":[17]}'),
      [{ path: '/Response/Result/Data', expected: 'an object', found: 'an array (1 item)' }],
      [],
    ],
    [
      'every issue, not only the first',
      taskId,
      answer('"RequestId":1.5,"TaskId":{},"Error":5'),
      [{ path: '/Response/RequestId' }, { path: '/Response/Error' }, { path: '/Response/TaskId' }],
      [],
    ],
  ])('%s', (_, naming, body, issues, recovered) => {
    const result = submit(naming, body)
    expect(result).toMatchObject({ left: { _tag: 'ShapeError', issues } })
    expect(ids(result)).toEqual(recovered)
  })

  test('also a body that was already parsed, whose ids are recovered', () => {
    const parsed = (body: string): unknown =>
      decodeV3Submission(requestId)({ status: 200, body: JSON.parse(body) as string })
    expect(ids(parsed(answer('"RequestId":"r-1"')))).toEqual(['r-1'])
    expect(ids(parsed(refusal('InternalError')))).toEqual([])
  })
})

describe('a duplicate member with different values is a ContractViolation that holds both', () => {
  test.each<[string, TaskNaming, string, string, ReadonlyArray<string>]>([
    ['two ids', taskId, answer('"TaskId":1,"TaskId":2'), '/Response/TaskId', ['1', '2']],
    [
      'two RequestIds',
      requestId,
      answer('"RequestId":"a","RequestId":"b"'),
      '/Response/RequestId',
      ['a', 'b'],
    ],
    ['two responses', taskId, '{"Response":{"TaskId":1},"Response":{"TaskId":2}}', '/Response', ['1', '2']],
    [
      'a failure and none',
      requestId,
      answer('"Error":null,"Error":{"Code":"A"},"RequestId":"a"'),
      '/Response/Error',
      ['a'],
    ],
    [
      'two codes',
      requestId,
      answer('"Error":{"Code":"A","Code":"B"},"RequestId":"a"'),
      '/Response/Error/Code',
      ['a'],
    ],
    [
      'two messages',
      requestId,
      answer('"Error":{"Code":"A","Message":"a","Message":"b"},"RequestId":"a"'),
      '/Response/Error/Message',
      ['a'],
    ],
    [
      'two ways to the id',
      nested,
      answer('"Result":{"Data":{"FlowId":1},"Data":{"FlowId":2},"ReturnCode":"0"}'),
      '/Response/Result/Data',
      ['1', '2'],
    ],
    [
      'two result codes',
      nested,
      answer('"Result":{"Data":{"FlowId":1},"ReturnCode":"0","ReturnCode":"1"}'),
      '/Response/Result/ReturnCode',
      ['1'],
    ],
    ['two of any name', taskId, answer('"TaskId":1,"X":1,"X":2'), '/Response/X', ['1']],
  ])('%s', (_, naming, body, path, recovered) => {
    const result = submit(naming, body)
    expect(result).toMatchObject({
      left: { _tag: 'ContractViolation', issues: [{ _tag: 'DuplicateMember', path }] },
    })
    expect(ids(result)).toEqual(recovered)
  })
})

describe('a body that is not JSON is MalformedJson, and ids are recovered', () => {
  test.each<[string, TaskNaming, string, ReadonlyArray<string>]>([
    [
      'cut off after the id',
      taskId,
      '{"Response":{"TaskId":9007199254740993123,"Requ',
      ['9007199254740993123'],
    ],
    ['cut off in the id, which may lack digits', taskId, '{"Response":{"TaskId":90071', []],
    ['the RequestId is no task', taskId, '{"Response":{"RequestId":"r-1","TaskId":17,', ['17']],
    ['the RequestId is the task', requestId, '{"Response":{"RequestId":"r-1",', ['r-1']],
    [
      'the RequestId is the task in doubt',
      requestId,
      '{"Response":{"Error":{"Code":"A"},"RequestId":"r-1",',
      ['r-1'],
    ],
    ['a notice before it', taskId, `Notice: ${answer('"TaskId":17')}`, ['17']],
    ['a missing quotation mark', nested, '{"Response":{Result":{"Data":{"FlowId":17}}}}', ['17']],
    ['a name of the action’s own', { _tag: 'Member', path: ['A.B*'] }, '{"Response":{"A.B*":17,}}', ['17']],
    ['empty', taskId, '', []],
  ])('%s', (_, naming, body, recovered) => {
    const result = submit(naming, body)
    expect(result).toMatchObject({ left: { _tag: 'MalformedJson' } })
    expect(ids(result)).toEqual(recovered)
  })
})

describe('the HTTP status is not 2xx', () => {
  test('and a task is accepted: a ContractViolation with the id', () => {
    expect(submit(requestId, answer('"RequestId":"r-1"'), 502)).toMatchObject({
      left: {
        _tag: 'ContractViolation',
        issues: [{ _tag: 'StatusMismatch', httpStatus: 502 }],
        recovered: [{ taskId: 'r-1', path: '/Response/RequestId' }],
      },
    })
  })

  test('and a task has issues: a ContractViolation with the id', () => {
    expect(submit(taskId, answer('"TaskId":17,"RequestId":5.5'), 502)).toMatchObject({
      left: {
        _tag: 'ContractViolation',
        issues: [{ _tag: 'StatusMismatch' }],
        alsoFound: [{ path: '/Response/RequestId' }],
        recovered: [{ taskId: '17' }],
      },
    })
    expect(submit(taskId, answer('"TaskId":17,"TaskId":18'), 502)).toMatchObject({
      left: { issues: [{ _tag: 'StatusMismatch' }, { _tag: 'DuplicateMember' }] },
    })
  })

  test.each<[string, TaskNaming, string, ReadonlyArray<string>]>([
    ['HTML', taskId, '<html>Bad Gateway</html>', []],
    ['the id of a gateway', taskId, '{"error":{"TaskId":"gw-1"}}', ['gw-1']],
    ['the id of something similar', taskId, '{"Responses":[{"TaskId":"gw-1"}]}', ['gw-1']],
    ['no task', taskId, answer('"RequestId":"r-1"'), []],
    ['a cut response', requestId, '{"Response":{"RequestId":"r-1"', ['r-1']],
  ])('and the body is %s: an HttpStatusError', (_, naming, body, recovered) => {
    const result = submit(naming, body, 502)
    expect(result).toMatchObject({ left: { _tag: 'HttpStatusError', httpStatus: 502, bodyStart: body } })
    expect(ids(result)).toEqual(recovered)
  })
})

describe('a batch is accepted or rejected as a whole', () => {
  const batch = (
    naming: TaskNaming,
    resourceIds: ReadonlyArray<string>,
    body: string,
    status = 200,
  ): unknown => decodeV3Batch(naming, resourceIds)({ status, body })

  const entry = (position: number, resourceId: string, id: string): unknown => ({
    _tag: 'AcceptedEntry',
    position,
    resourceId,
    taskId: id,
    message: '',
    codeDesc: '',
    extra: {},
  })

  test('accepts each resource with the RequestId, in the order of the request', () => {
    expect(batch(perResource, ['ins-2', 'ins-1', 'ins-2'], answer('"RequestId":"r-1","A":1'))).toEqual(
      E.right({
        _tag: 'AllAccepted',
        accepted: [entry(0, 'ins-2', 'r-1'), entry(1, 'ins-1', 'r-1')],
        message: '',
        codeDesc: '',
        extra: { A: 1 },
      }),
    )
  })

  test('gives all resources one task, if a member names it', () => {
    expect(batch(taskId, ['a', 'b'], answer('"TaskId":17'))).toMatchObject({
      right: { accepted: [entry(0, 'a', '17'), entry(1, 'b', '17')] },
    })
  })

  test('is rejected with no task', () => {
    expect(
      batch(perResource, ['ins-1'], refusal('UnsupportedOperation.InstanceStateStopping')),
    ).toMatchObject({
      left: { _tag: 'Rejected', code: 'UnsupportedOperation.InstanceStateStopping', recovered: [] },
    })
  })

  test('has its entries in the error, if the status is not 2xx', () => {
    expect(batch(perResource, ['ins-1'], answer('"RequestId":"r-1"'), 500)).toMatchObject({
      left: {
        _tag: 'ContractViolation',
        entries: [entry(0, 'ins-1', 'r-1')],
        recovered: [{ taskId: 'r-1' }],
      },
    })
  })

  test('of no resource is a ShapeError with the id', () => {
    const result = batch(perResource, [], answer('"RequestId":"r-1"'))
    const expected = 'a response to a request that names resources'
    expect(result).toMatchObject({
      left: { _tag: 'ShapeError', issues: [{ path: '', expected, found: 'no resource' }] },
    })
    expect(ids(result)).toEqual(['r-1'])
  })
})

describe('one outcome speaks for every request that was sent', () => {
  const decode = decodeV3Submission(requestId)
  const response = (body: string): HttpResponse => ({ status: 200, body })
  const first = answer('"RequestId":"r-1"')
  const second = answer('"RequestId":"r-2"')

  test('an earlier refusal started nothing', () => {
    const otherSends = [{ _tag: 'Answered' as const, response: response(refusal('RequestLimitExceeded')) }]
    expect(decode({ ...response(second), otherSends })).toEqual(accepted('r-2'))
  })

  test.each<[string, string, ReadonlyArray<string>]>([
    ['another task', second, ['r-1', 'r-2']],
    ['a refusal', refusal('InternalError'), ['r-1']],
  ])('an earlier task and %s are in doubt', (_, body, recovered) => {
    const otherSends = [{ _tag: 'Answered' as const, response: response(first) }]
    const result = decode({ ...response(body), otherSends })
    expect(result).toMatchObject({ left: { _tag: 'DeliveryUnknown', reason: { _tag: 'SentMoreThanOnce' } } })
    expect(ids(result)).toEqual(recovered)
  })

  test('an earlier request without a response is in doubt', () => {
    const otherSends = [{ _tag: 'Unanswered' as const, recovered: [] }]
    expect(decode({ ...response(refusal('InternalError')), otherSends })).toMatchObject({
      left: {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'SentMoreThanOnce', lastResult: { _tag: 'Rejected', code: 'InternalError' } },
        recovered: [],
      },
    })
  })

  test('the same task reported again is one, although each response has a RequestId', () => {
    const again = (requestId: string): HttpResponse =>
      response(answer(`"TaskId":17,"RequestId":"${requestId}"`))
    const otherSends = [{ _tag: 'Answered' as const, response: again('r-1') }]
    expect(decodeV3Submission(taskId)({ ...again('r-2'), otherSends })).toEqual(
      accepted('17', { RequestId: 'r-2' }),
    )
  })

  test('the transport describes the error', () => {
    const request = { method: 'POST', origin: 'https://clb.tencentcloudapi.com', path: '/' }
    const describeError: NonNullable<HttpResponse['describeError']> = error => ({ ...error, request })
    expect(decode({ ...response(''), describeError })).toMatchObject({ left: { request } })
  })
})

test('errors with a code of API 3.0 are read back by their codec', () => {
  const result = decodeV3Submission(taskId)({
    status: 500,
    body: refusal('LimitExceeded.Quota', ',"TaskId":1'),
  })
  expect(result).toMatchObject({ left: { _tag: 'Rejected', httpStatus: 500 } })
  const error = E.isLeft(result) ? result.left : undefined
  expect(SubmissionError.decode(JSON.parse(JSON.stringify(error)))).toEqual(E.right(error))
})
