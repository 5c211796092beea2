import {
  type SubmissionError,
  type TaskId,
  type TaskStatus,
  decodeBatchResponse,
  decodeBatchTask,
  decodeBatchTaskWith,
  decodeOrdinaryTask,
  decodeTaskStatus,
} from '@task-outcome/core'
import {
  type JobResult,
  type PendingReason,
  type SubmissionResult,
  type WaitResult,
  initialWaitResult,
  reconcile,
} from '@task-outcome/wait'
import { describe, expect, test } from 'vitest'
import { describeResponse } from './describeResponse.js'
import { PageData } from './PageData.js'
import { doubtSendingAgain } from './doubtSendingAgain.js'
import { joinPages } from './joinPages.js'
import { endedRow } from './rows.js'
import { pageOfJob } from './pageOfJob.js'
import { pageOfOutcome } from './pageOfOutcome.js'
import { pageOfWait } from './pageOfWait.js'
import { entryTexts, withEntries } from './withEntries.js'

/** The rows in short: resource, task, state, code, advice. */
const short = ({ rows }: PageData): ReadonlyArray<string> =>
  rows.map(({ resource, task, state, code, again }) =>
    [resource, task, state, code, again].map(part => String(part ?? '-')).join(' '),
  )

const partly =
  '{"code":5400,"detail":{"ins-1": { "code":0, "requestId":9007199254740993123 },"ins-2":{"code":5100,"message":"busy"},"ins-3":{"code":5000}}}'

describe('the page of an outcome', () => {
  test('has a row for each entry of a batch, with its text', () => {
    const page = pageOfOutcome(decodeBatchTask(partly), { body: new TextEncoder().encode(partly) })
    expect(short(page)).toEqual([
      'ins-1 9007199254740993123 accepted - no',
      'ins-2 - rejected 5100 yes',
      'ins-3 - rejected 5000 no',
    ])
    expect(page.rows[0]?.entry).toBe('{ "code":0, "requestId":9007199254740993123 }')
    expect(page.rows[1]).toMatchObject({ reason: 'operation on the resource failed', message: 'busy' })
    expect(page).toMatchObject({ version: 1, title: 'Submission', inDoubt: false, responses: [] })
    expect(PageData.is(page)).toBe(true)
  })

  test('shows what was requested and is missing, and what was not requested', () => {
    const page = pageOfOutcome(decodeBatchTask(partly), { requested: ['ins-2', 'ins-4'], title: 'T' })
    expect(short(page)).toEqual([
      'ins-2 - rejected 5100 yes',
      'ins-4 - missing - look-first',
      'ins-1 9007199254740993123 in-doubt 0 look-first',
      'ins-3 - in-doubt 5000 look-first',
    ])
    expect(page.title).toBe('T')
  })

  test('leaves a rejection in doubt if its entry has a task id, or if it has code 4500', () => {
    const body = '{"code":5100,"detail":{"ins-1":{"code":5100,"requestId":"7"},"ins-2":{"code":4500}}}'
    expect(short(pageOfOutcome(decodeBatchTask(body)))).toEqual([
      'ins-1 7 in-doubt 5100 look-first',
      'ins-2 - in-doubt 4500 look-first',
    ])
  })

  test('has one row for an ordinary task, with its times', () => {
    const page = pageOfOutcome(decodeOrdinaryTask('{"code":0,"requestId":17}'), {
      source: 'line 3',
      timesOf: task => (task === '17' ? { submittedAtMs: 1, endedAtMs: 2 } : undefined),
    })
    expect(pageOfOutcome(decodeBatchTask(partly), { timesOf: () => ({ endedAtMs: 5 }) }).rows).toMatchObject([
      { resource: 'ins-1', endedAtMs: 5 },
      expect.not.objectContaining({ endedAtMs: 5 }),
      { resource: 'ins-3' },
    ])
    expect(page.rows).toEqual([
      {
        state: 'accepted',
        task: '17',
        reason: '',
        message: '',
        again: 'no',
        source: 'line 3',
        submittedAtMs: 1,
        endedAtMs: 2,
      },
    ])
  })

  test('shows what a broken body tells, as in doubt, and what was requested besides', () => {
    const body = '{"code":0,"detail":{"ins-1":{"code":0,"requestId":7}'
    const page = pageOfOutcome(decodeBatchTask(body), { body, requested: ['ins-1', 'ins-2'] })
    expect(short(page)).toEqual(['ins-1 7 in-doubt 0 look-first', 'ins-2 - in-doubt - look-first'])
    expect(page.inDoubt).toBe(true)
    expect(page.responses[0]).toMatchObject({
      issues: [{ line: 1, column: body.length + 1 }],
      recovered: [{ task: '7', resource: 'ins-1', code: 0 }],
      text: body,
    })
    expect(page.rows[0]?.entry).toBe('{"code":0,"requestId":7}')
  })

  test('believes no entry of a response that contradicts itself', () => {
    const body = '{"code":0,"detail":{"ins-1":{"code":0,"requestId":7},"ins-2":{"code":5000}}}'
    const page = pageOfOutcome(decodeBatchTask(body))
    expect(short(page)).toEqual(['ins-1 7 in-doubt 0 look-first', 'ins-2 - in-doubt 5000 look-first'])
    expect(page.responses[0]?.issues[0]?.message).toBe('code 0 with 1 accepted and 1 rejected')
  })

  test('believes the entries if all that is wrong is that others were requested', () => {
    const body =
      '{"code":5400,"detail":{"ins-1":{"code":0,"requestId":7},"ins-2":{"code":5000},"ins-3":{"code":5000,"requestId":8},"ins-4":{"code":4500},"ins-5":{"code":0,"requestId":9}}}'
    const decoded = decodeBatchTaskWith({ expected: ['ins-1', 'ins-2', 'ins-3', 'ins-4', 'ins-6'] })(body)
    expect(short(pageOfOutcome(decoded, { requested: ['ins-1', 'ins-6'] }))).toEqual([
      'ins-1 7 accepted - no',
      'ins-2 - rejected 5000 no',
      'ins-3 8 in-doubt 5000 look-first',
      'ins-4 - in-doubt 4500 look-first',
      'ins-5 9 in-doubt 0 look-first',
      'ins-6 - missing - look-first',
    ])
  })

  test('says of each requested resource that the whole request was rejected', () => {
    const decoded = decodeBatchTask('{"code":4400,"message":"too fast"}')
    expect(short(pageOfOutcome(decoded, { requested: ['a', 'b'] }))).toEqual([
      'a - rejected 4400 yes',
      'b - rejected 4400 yes',
    ])
    expect(short(pageOfOutcome(decoded))).toEqual(['- - rejected 4400 yes'])
    expect(pageOfOutcome(decoded).inDoubt).toBe(false)
  })

  test.each([
    ['{"code":4000}', '- - rejected 4000 no'],
    ['{"code":5400,"codeDesc":"x","message":"no detail"}', undefined],
    ['{"code":123456}', '- - rejected 123456 unknown'],
  ])('of the refusal %s advises as core does', (body, row) => {
    if (row !== undefined) expect(short(pageOfOutcome(decodeOrdinaryTask(body)))).toEqual([row])
    else expect(short(pageOfOutcome(decodeOrdinaryTask(body)))).toEqual(['- - rejected 5400 look-first'])
  })

  test('is in doubt after a replayed request, or a refusal with a task id', () => {
    expect(pageOfOutcome(decodeOrdinaryTask('{"code":4500}')).inDoubt).toBe(true)
    expect(short(pageOfOutcome(decodeOrdinaryTask('{"code":4000,"requestId":7}')))).toEqual([
      '- 7 in-doubt 4000 look-first',
    ])
  })

  test('says that nothing was started if nothing was sent', () => {
    const error: SubmissionError = {
      _tag: 'NotSent',
      reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' },
      recovered: [],
    }
    const page = pageOfOutcome({ _tag: 'Left', left: error }, { requested: ['a'] })
    expect(short(page)).toEqual(['a - not-submitted - yes'])
    expect(page.inDoubt).toBe(false)
  })
})

describe('the description of a response', () => {
  const issuesOf = (body: string, decode: typeof decodeBatchTask = decodeBatchTask) => {
    const decoded = decode(body)
    return decoded._tag === 'Left' ? describeResponse(decoded.left, { body }).issues : []
  }

  test('names the place of each issue, with a caret', () => {
    const body = '{\n  "code": 0,\n  "detail": { "ins-1": 7, "ins-2": { "code": 0 } }\n}'
    expect(issuesOf(body)).toEqual([
      {
        message: expect.stringContaining('expected') as unknown,
        pointer: '/detail/ins-1',
        line: 3,
        column: 24,
        excerpt: expect.stringMatching(/\n {23}\^$/) as unknown,
      },
      expect.objectContaining({
        message: 'code 0 without a task id',
        pointer: '/detail/ins-2/requestId',
      }) as unknown,
    ])
  })

  test.each([
    ['{"code":0}', 'code 0 without entries'],
    [
      '{"code":0,"requestId":"1","requestId":"2","detail":{"a":{"code":0,"requestId":"3"}}}',
      'duplicate member with 2 different values',
    ],
    ['{"code":0,"requestId":"1"}', 'expected the batch format, found the ordinary format'],
    ['{"code":"x"}', 'expected an integer'],
  ])('of %s says: %s', (body, message) => {
    expect(issuesOf(body).map(issue => issue.message)).toContainEqual(expect.stringContaining(message))
  })

  test('says what an HTTP status contradicts', () => {
    const decoded = decodeBatchResponse({ status: 500, body: partly })
    expect(decoded._tag === 'Left' && describeResponse(decoded.left).issues[0]?.message).toBe(
      'HTTP 500 with a task in the body',
    )
  })

  test('says how many resources are missing, and that the request was rejected as well', () => {
    const mismatch = decodeBatchTaskWith({ expected: ['b'] })(
      '{"code":0,"detail":{"a":{"code":0,"requestId":1}}}',
    )
    expect(mismatch._tag === 'Left' && describeResponse(mismatch.left).issues[0]?.message).toBe(
      '1 missing, 1 not requested',
    )
    expect(issuesOf('{"code":4000,"message":7}').map(issue => issue.message)).toContain(
      'rejected: 4000, invalid parameter',
    )
  })

  test('prefers the sentence of a schema', () => {
    expect(
      describeResponse({
        _tag: 'ShapeError',
        issues: [{ _tag: 'ShapeIssue', path: '/a', expected: 'x', found: 'y', message: 'too short' }],
        alsoFound: [],
        recovered: [{ taskId: '7' as TaskId }],
      }),
    ).toMatchObject({
      issues: [{ message: 'too short', pointer: '/a' }],
      recovered: [{ task: '7' }],
    })
  })

  test('has no issues if nothing was read', () => {
    const decoded = decodeBatchResponse({ status: 502, body: '<html>' })
    expect(decoded._tag === 'Left' && describeResponse(decoded.left)).toMatchObject({
      source: '',
      issues: [],
      error: expect.stringContaining('HTTP 502') as unknown,
    })
  })
})

describe('the page of a submission or a job', () => {
  test('has a history of the rejections of a resource', () => {
    const first = reconcile(
      ['a'],
      decodeBatchTask('{"code":5100,"detail":{"a":{"code":5100,"message":"busy"}}}'),
    )
    const [rejected] = first.resources
    const accepted = reconcile(['a'], decodeBatchTask('{"code":0,"detail":{"a":{"code":0,"requestId":7}}}'))
    const [now] = accepted.resources
    if (rejected?._tag !== 'ResourceRejected' || now?._tag !== 'ResourceAccepted') throw new Error('not so')
    const result: SubmissionResult = {
      ...accepted,
      resources: [{ ...now, rejections: rejected.rejections }],
    }
    expect(pageOfJob(result).rows[0]?.rounds).toEqual([
      { state: 'rejected', code: 5100, reason: 'operation on the resource failed', message: 'busy' },
      { state: 'accepted', code: undefined, reason: '', message: '' },
    ])
    const twice: SubmissionResult = {
      ...first,
      resources: [{ ...rejected, rejections: [...rejected.rejections, ...rejected.rejections] } as never],
    }
    expect(pageOfJob(twice).rows[0]?.rounds).toHaveLength(2)
  })

  const accepted = {
    _tag: 'AcceptedEntry',
    resourceId: 'a',
    position: 0,
    taskId: '7',
    message: '',
    codeDesc: '',
    extra: {},
  }
  const status = (state: number): TaskStatus => {
    const decoded = decodeTaskStatus(
      `{"code":0,"message":"","data":{"status":${state},"output":{"code":7,"message":"full"}}}`,
    )
    if (decoded._tag === 'Left') throw new Error(decoded.left._tag)
    return decoded.right
  }
  const job = (resources: ReadonlyArray<unknown>, rest: object = {}): JobResult =>
    ({
      _tag: 'JobResult',
      resources,
      end: { _tag: 'Settled' },
      submissions: 1,
      failures: [],
      unrequested: [],
      recovered: [],
      ...rest,
    }) as never

  test('has a row for each fate, and for each task that may be running', () => {
    const base = { resourceId: 'a', accepted, rejections: [] }
    const doubt = { _tag: 'ResourceInDoubt', resourceId: 'a', rejections: [], recovered: [] }
    const page = pageOfJob(
      job(
        [
          { ...base, _tag: 'ResourceSucceeded', status: status(0) },
          { ...base, _tag: 'ResourceFailed', status: status(1) },
          { ...base, _tag: 'ResourcePending', reason: { _tag: 'Waiting' } },
          { ...doubt, reason: { _tag: 'NoResponseYet' } },
          { ...doubt, reason: { _tag: 'MissingInResponse' } },
          { ...doubt, reason: { _tag: 'TaskFound' }, recovered: [{ taskId: '8' }, { taskId: '9', code: 3 }] },
          { _tag: 'ResourceNotSubmitted', resourceId: 'a' },
        ],
        { recovered: [{ taskId: '10', resourceId: 'b' }] },
      ),
    )
    expect(short(page)).toEqual([
      'a 7 succeeded - no',
      'a 7 failed - unknown',
      'a 7 in-progress - look-first',
      'a - in-doubt - look-first',
      'a - missing - look-first',
      'a 8 in-doubt - look-first',
      'a 9 in-doubt 3 look-first',
      'a - not-submitted - yes',
      'b 10 in-doubt - look-first',
    ])
    expect(page.rows[1]?.reason).toBe('{"code":7,"message":"full"}')
    expect(page.title).toBe('Job')
  })

  test('describes each submission that failed as a whole', () => {
    const decoded = decodeBatchTask('nonsense')
    if (decoded._tag === 'Right') throw new Error('not so')
    const one = reconcile(['a'], decoded)
    const two = reconcile(['a', 'b'], decoded)
    expect(pageOfJob(one).responses[0]).toMatchObject({ source: 'a', issues: [{ line: 1 }] })
    expect(pageOfJob(two).responses[0]?.source).toBe('a submission of 2 resources')
    expect(short(pageOfJob(one))).toEqual(['a - in-doubt - look-first'])
  })

  test.each([
    [{ _tag: 'Settled' }, []],
    [{ _tag: 'TimedOut', timeoutMs: 1 }, ['The time was over before all had ended.']],
    [{ _tag: 'Aborted', name: 'Error', message: 'stopped' }, ['It was aborted: stopped']],
    [{ _tag: 'PolicyGaveUp' }, ['Some were rejected as often as they may be submitted again.']],
    [
      {
        _tag: 'SubmissionFailed',
        error: { _tag: 'NotSent', reason: { _tag: 'TimedOut', timeoutMs: 1 }, recovered: [] },
      },
      [expect.stringContaining('It stopped at an error: ') as unknown],
    ],
  ])('says why it ended: %j', (end, notes) => {
    expect(pageOfJob(job([], { end })).notes).toEqual(notes)
  })
})

describe('the page of a wait', () => {
  const pending = (reason: PendingReason): WaitResult =>
    ({
      _tag: 'SomePending',
      finished: [],
      pending: [{ _tag: 'PendingTask', taskId: '7', resourceIds: [], queries: 1, reason }],
    }) as never

  test('has a row for each resource of each task', () => {
    const outcome = decodeBatchTask(
      '{"code":0,"detail":{"a":{"code":0,"requestId":7},"b":{"code":0,"requestId":7}}}',
    )
    if (outcome._tag === 'Left') throw new Error(outcome.left._tag)
    const page = pageOfWait(initialWaitResult(outcome.right), { title: 'T' })
    expect(short(page)).toEqual(['a 7 in-progress - look-first', 'b 7 in-progress - look-first'])
    expect(page.title).toBe('T')
  })

  test('says when tasks ended, as the result or the caller knows it', () => {
    const finished = (taskId: string, endedAtMs?: number) => ({
      _tag: 'FinishedTask',
      taskId,
      resourceIds: [],
      status: { _tag: 'Succeeded', message: '' },
      endedAtMs,
      queries: 1,
    })
    const result = {
      _tag: 'AllFinished',
      finished: [finished('1', 5), finished('2', 6), finished('3')],
    } as never
    const timesOf = (taskId: string) =>
      taskId === '2' ? { submittedAtMs: 1, endedAtMs: 2 } : { submittedAtMs: 1, endedAtMs: undefined }
    expect(pageOfWait(result).rows).toMatchObject([{ endedAtMs: 5 }, { endedAtMs: 6 }, {}])
    expect(pageOfWait(result, { timesOf }).rows).toMatchObject([
      { submittedAtMs: 1, endedAtMs: 5 },
      { submittedAtMs: 1, endedAtMs: 2 },
      { submittedAtMs: 1 },
    ])
    expect(pageOfWait(result).rows[2]).not.toHaveProperty('endedAtMs')
  })

  test('says how tasks ended', () => {
    const finished = (state: number, text: string) => {
      const decoded = decodeTaskStatus(`{"code":0,"message":"","data":{"status":${state},"output":${text}}}`)
      return {
        _tag: 'FinishedTask',
        taskId: '7',
        resourceIds: [],
        queries: 1,
        status: decoded._tag === 'Right' ? decoded.right : undefined,
      }
    }
    const page = pageOfWait({
      _tag: 'AllFinished',
      finished: [finished(0, '{}'), finished(1, '"full"'), finished(1, 'null')],
    } as never)
    expect(page.rows.map(({ state, reason }) => `${state} ${reason}`)).toEqual([
      'succeeded ',
      'failed full',
      'failed ',
    ])
    expect(page.title).toBe('Wait')
  })

  test.each([
    [{ _tag: 'Waiting' }, 'in-progress', ''],
    [{ _tag: 'TimedOut', timeoutMs: 1 }, 'given-up', 'the time was over'],
    [{ _tag: 'Aborted', name: 'Error', message: 'stopped' }, 'given-up', 'stopped'],
    [{ _tag: 'PolicyGaveUp' }, 'given-up', 'queried as often as the policy allows'],
    [
      {
        _tag: 'QueryFailed',
        error: {
          _tag: 'NotSent',
          operation: 'query',
          reason: { _tag: 'TimedOut', timeoutMs: 1 },
          recovered: [],
        },
      },
      'in-doubt',
      'Not sent',
    ],
  ] as const)('shows a task that is pending because of %j as %s', (reason, state, text) => {
    const [row] = pageOfWait(pending(reason)).rows
    expect(row).toMatchObject({ state, reason: expect.stringContaining(text) as unknown })
  })

  test('shows what there was instead of tasks', () => {
    const rejection = {
      code: 5000,
      codeDesc: '',
      meaning: 'no such resource',
      message: '',
      advice: 'never',
      extra: {},
    }
    const page = pageOfWait({
      _tag: 'NothingToWaitFor',
      rejected: [
        { _tag: 'RejectedEntry', resourceId: 'a', position: 0, ...rejection },
        { _tag: 'RejectedEntry', resourceId: 'b', position: 1, taskId: '8', ...rejection },
      ],
      recovered: [{ taskId: '9' }],
    } as never)
    const alone = { _tag: 'RejectedEntry', resourceId: 'a', position: 0, ...rejection }
    expect(
      short(pageOfWait({ _tag: 'NothingToWaitFor', rejected: [alone], recovered: [] } as never)),
    ).toEqual(['a - rejected 5000 no'])
    expect(short(page)).toEqual([
      'a - in-doubt 5000 look-first',
      'b 8 in-doubt 5000 look-first',
      '- 9 in-doubt - look-first',
    ])
  })

  test.each<[string, unknown, string]>([
    ['bigints', { code: 1n }, '{"code":"1"}'],
    ['a function', () => 1, 'the reason has no form in JSON'],
    [
      'itself',
      {
        get self(): never {
          throw new Error('no')
        },
      },
      'the reason has no form in JSON',
    ],
  ])('shows a reason of a failure that a decoder of the caller made: %s', (_, output, reason) => {
    const status = { _tag: 'Failed', message: '', output } as const
    expect(endedRow('a', '7', { status: status as never }).reason).toBe(reason)
  })

  test('says that nothing was queried if the input was invalid', () => {
    const page = pageOfWait({
      _tag: 'InvalidInput',
      reason: { _tag: 'Aborted', name: 'TypeError', message: 'no tasks' },
      finished: [],
      pending: [],
    })
    expect(page.notes).toEqual(['Nothing was queried: no tasks'])
  })
})

describe('the texts of entries', () => {
  test('are added to the rows of their resources', () => {
    const page = pageOfOutcome(decodeBatchTask(partly))
    const nameless = pageOfOutcome(decodeOrdinaryTask('{"code":0,"requestId":1}')).rows
    expect(
      withEntries([...page.rows, ...nameless], '{"detail":{"ins-2":[1 ]}}').map(row => row.entry),
    ).toEqual([undefined, '[1 ]', undefined, undefined])
  })

  test('are exactly those of the response', () => {
    const body =
      ' \ufeff{ "x":["}"], "detail" : {"a\\u0062" : { "n": [1, {"s":"\\"},{"}] }, "b":1e3 , "c":"s","a\\u0062":2} }'
    expect([...entryTexts(body)]).toEqual([
      ['ab', '{ "n": [1, {"s":"\\"},{"}] }\n2'],
      ['b', '1e3 '],
      ['c', '"s"'],
    ])
  })

  test.each([
    ['', []],
    ['[1]', []],
    ['{"detail":[1]}', []],
    ['{"detail":{}}', []],
    ['{"detail":{"a":{"b":1}', ['a']],
    ['{"detail":{"a":{"b":1},"c":{"d"', ['a']],
    ['{"detail":{"a":1} "code":0}', ['a']],
    ['{"detail":{"a":"open', []],
    ['{"detail":{"a', []],
    ['{"detail":{"a\\q":1}}', []],
  ])('of %s are those before the first issue', (body, names) => {
    expect([...entryTexts(body).keys()]).toEqual(names)
  })

  test('are found in a body of any length ', () => {
    const entries = Array.from(
      { length: 20_000 },
      (_, index) => `"ins-${index}":{"code":0,"requestId":${index}}`,
    )
    const texts = entryTexts(`{"code":0,"detail":{${entries.join()}}}`)
    expect(texts.size).toBe(20_000)
    expect(texts.get('ins-19999')).toBe('{"code":0,"requestId":19999}')
  })
})

describe('the page of many responses', () => {
  const pageOf = (body: string, source: string): PageData =>
    pageOfOutcome(decodeBatchTask(body), { source, requested: ['a'] })
  const rejected = pageOf('{"code":5100,"detail":{"a":{"code":5100}}}', 'line 1')
  const accepted = pageOf('{"code":0,"detail":{"a":{"code":0,"requestId":7}}}', 'line 2')

  test('has the rows of all of them, and is in doubt if one is', () => {
    const page = joinPages([rejected, accepted, pageOf('nonsense', 'line 3')])
    expect(page.rows.map(({ source, state }) => `${source} ${state}`)).toEqual([
      'line 1 rejected',
      'line 2 accepted',
      'line 3 in-doubt',
    ])
    expect(page).toMatchObject({ title: '3 responses', inDoubt: true, notes: [] })
    expect(page.responses).toHaveLength(1)
    expect(joinPages([{ ...accepted, notes: ['n'] }])).toMatchObject({
      title: '1 response',
      inDoubt: false,
      notes: ['n'],
    })
    expect(joinPages([], { title: 'T' }).title).toBe('T')
  })

  test('never offers to send a resource again that has a task by another response', () => {
    const { rows } = joinPages([rejected, accepted])
    expect(doubtSendingAgain(rows)).toEqual(rows)
    expect(rows.map(({ again, reason }) => `${again} ${reason}`)).toEqual([
      'look-first operation on the resource failed; another row of this resource may have a task',
      'no ',
    ])
    const [row] = rejected.rows
    if (row === undefined) throw new Error('no row')
    const silent = doubtSendingAgain([{ ...row, reason: '' }, ...accepted.rows])
    expect(silent[0]?.reason).toBe('another row of this resource may have a task')
    expect(doubtSendingAgain([row, row])).toEqual([row, row])
    const { resource: _, ...nameless } = row
    expect(doubtSendingAgain([nameless, ...accepted.rows])[0]?.again).toBe('yes')
    // What a row says of itself counts, whatever its state is.
    const inDoubt = { state: 'in-doubt', reason: '', message: '' } as const
    for (const own of [{ task: '7' }, { state: 'in-doubt' as const }, { rounds: [inDoubt] }])
      expect(doubtSendingAgain([{ ...row, ...own }, row]).map(({ again }) => again)).toEqual([
        'look-first',
        'look-first',
      ])
    expect(doubtSendingAgain([{ ...row, again: 'look-first' }, row])[1]?.again).toBe('look-first')
  })
})
