import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { taskError } from '../../test/values.js'
import type { ResourceId } from '../wire/ResourceId.js'
import type { TaskId } from '../wire/TaskId.js'
import { showTaskError, toError } from './showTaskError.js'
import type { AcceptedEntry, RejectedEntry } from '../outcome/BatchOutcome.js'
import type { QueryError, SentMoreThanOnce, TaskError } from './TaskError.js'

const id = (taskId: string): TaskId => taskId as TaskId
const request = { method: 'POST', origin: 'https://cvm.api.qcloud.com', path: '/v2/index.php' }
const issue = (path: string) => ({ _tag: 'ShapeIssue', path, expected: 'a string', found: '5' }) as const
const rejection = {
  code: 4400,
  meaning: 'quota exceeded: too many requests',
  advice: 'later',
  message: '',
  codeDesc: '',
} as const
const none = { recovered: [] }

describe('showTaskError says in one line what happened, to what, and what to do', () => {
  test.each<[TaskError, string]>([
    [
      { _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED' }, ...none, request },
      'Not sent: the network failed: ECONNREFUSED (POST https://cvm.api.qcloud.com/v2/index.php). ' +
        'Nothing was started: it is safe to send it again.',
    ],
    [
      {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'TimedOut', timeoutMs: 5000 },
        recovered: [{ taskId: id('17') }],
        request: { ...request, action: 'StartInstances' },
      },
      'Delivery unknown: timed out after 5000 ms (POST https://cvm.api.qcloud.com/v2/index.php, Action StartInstances). ' +
        'Task ids read: 17. A task may be running: check the resource before you submit again.',
    ],
    [
      {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'Aborted', name: 'AbortError', message: 'user left' },
        ...none,
      },
      'Delivery unknown: aborted: AbortError: user left. ' +
        'A task may be running: check the resource before you submit again.',
    ],
    [
      { _tag: 'NotSent', reason: { _tag: 'Aborted', name: 'AbortError', message: '' }, ...none },
      'Not sent: aborted: AbortError. Nothing was started: it is safe to send it again.',
    ],
    [
      { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: 'TypeError' }, ...none },
      'Not sent: the client failed: TypeError. Nothing was started: it is safe to send it again.',
    ],
    [
      {
        _tag: 'DeliveryUnknown',
        reason: { _tag: 'ClientFailed', name: 'AxiosError', code: 'ERR_X' },
        ...none,
      },
      'Delivery unknown: the client failed: AxiosError: ERR_X. ' +
        'A task may be running: check the resource before you submit again.',
    ],
    [
      {
        _tag: 'NotSent',
        reason: { _tag: 'NetworkFailed', code: 'ECONNREFUSED', address: '10.0.0.1:3128' },
        ...none,
      },
      'Not sent: the network failed: ECONNREFUSED at 10.0.0.1:3128. ' +
        'Nothing was started: it is safe to send it again.',
    ],
    [
      { _tag: 'NotSent', reason: { _tag: 'Misused', message: 'timeoutMs must be greater than 0' }, ...none },
      'Not sent: timeoutMs must be greater than 0. Nothing was started: correct the call.',
    ],
    [
      { _tag: 'DeliveryUnknown', reason: { _tag: 'Misused', message: 'wrong' }, ...none },
      'Delivery unknown: wrong. A task may be running: check the resource before you submit again.',
    ],
    [
      { _tag: 'HttpStatusError', httpStatus: 407, bodyStart: '', ...none },
      'HTTP 407, with an empty body. ' +
        'A proxy requires credentials and did not forward the request: configure them.',
    ],
    [
      { _tag: 'ResponseTooLarge', maxBodyBytes: 1024, httpStatus: 200, ...none },
      'Response too large: more than 1024 bytes, with HTTP 200. ' +
        'A task may be running: raise maxBodyBytes, and check the resource before you submit again.',
    ],
    [
      { _tag: 'HttpStatusError', httpStatus: 502, bodyStart: '<h1>\nBad "Gateway"</h1>', ...none },
      'HTTP 502, with the body "<h1>\\nBad \\"Gateway\\"</h1>". ' +
        'Tasks may be running: check the resources before you submit again.',
    ],
    [
      {
        _tag: 'HttpStatusError',
        httpStatus: 302,
        bodyStart: '',
        redirectOrigin: 'https://login.example',
        ...none,
      },
      'HTTP 302, a redirect to https://login.example, not followed, with an empty body. ' +
        'Tasks may be running: check the resources before you submit again.',
    ],
    [
      {
        _tag: 'MalformedJson',
        line: 3,
        column: 20,
        offset: 34,
        expected: '"," or "}"',
        found: '":"',
        excerpt: 'x\n^',
        recovered: [
          { taskId: id('17'), resourceId: 'ins-1' as ResourceId, code: 0 },
          { taskId: id('18'), code: 5100 },
        ],
      },
      'Malformed JSON: line 3, column 20: expected "," or "}", found ":". ' +
        'Task ids read: 17 (of ins-1, code 0), 18 (code 5100). ' +
        'Tasks may be running: check the resources before you submit again.',
    ],
    [
      {
        _tag: 'ShapeError',
        issues: [issue('/message'), issue('')],
        alsoFound: [{ _tag: 'Rejection', ...rejection, message: 'too fast', codeDesc: 'Quota' }],
        ...none,
      },
      'Unexpected shape: /message: expected a string, found 5; the response: expected a string, found 5; ' +
        'rejected: 4400, quota exceeded: too many requests: "too fast": Quota. ' +
        'Tasks may be running: check the resources before you submit again.',
    ],
    [
      {
        _tag: 'ShapeError',
        issues: [{ ...issue('/size'), message: 'Invalid\ninput' }],
        alsoFound: [],
        ...none,
      },
      'Unexpected shape: /size: expected a string, found 5: "Invalid\\ninput". ' +
        'Tasks may be running: check the resources before you submit again.',
    ],
    [
      {
        _tag: 'ContractViolation',
        issues: [
          { _tag: 'MissingTaskId', path: '/requestId' },
          { _tag: 'MissingEntries', code: 0 },
          { _tag: 'CodeMismatch', code: 0, accepted: 2, rejected: 1 },
          { _tag: 'DuplicateMember', path: '/detail/a', values: [1, 2] },
          { _tag: 'FormatMismatch', requested: 'ordinary', received: 'batch' },
        ],
        alsoFound: [],
        entries: [],
        ...none,
      },
      'Contradictory response: /requestId: accepted, but no task id; code 0, but /detail names no resource; ' +
        'code 0, but 2 accepted and 1 rejected in /detail; /detail/a: duplicate member with 2 different values; ' +
        'expected the ordinary format, found the batch format. ' +
        'Tasks may be running: check the resources before you submit again.',
    ],
    [
      {
        _tag: 'ContractViolation',
        issues: [
          { _tag: 'ResourceMismatch', missing: ['a', 'b'] as ResourceId[], unrequested: [] },
          { _tag: 'ResourceMismatch', missing: [], unrequested: ['c', 'd'] as ResourceId[] },
          { _tag: 'ResourceMismatch', missing: ['a'] as ResourceId[], unrequested: ['c'] as ResourceId[] },
        ],
        alsoFound: [],
        entries: [],
        recovered: [],
      },
      'Contradictory response: no entry for a, b; not requested: c, d; no entry for a; not requested: c. ' +
        'Tasks may be running: check the resources before you submit again.',
    ],
    ...([1, 2] as const).map((count): [TaskError, string] => [
      {
        _tag: 'ContractViolation',
        issues: [{ _tag: 'StatusMismatch', httpStatus: 500 }],
        alsoFound: [],
        entries: [0, 1].slice(0, count).map(position => ({
          _tag: 'AcceptedEntry',
          position,
          resourceId: String(position) as ResourceId,
          taskId: id('17'),
          message: '',
          codeDesc: '',
          extra: {},
        })),
        ...none,
      },
      `Contradictory response: HTTP 500 with a task outcome in its body; ${count === 1 ? '1 entry' : '2 entries'} readable. ` +
        'Tasks may be running: check the resources before you submit again.',
    ]),
    [
      { _tag: 'Rejected', ...rejection, ...none },
      'Rejected: 4400, quota exceeded: too many requests. Send it again later.',
    ],
    [
      { _tag: 'Rejected', ...rejection, advice: 'never', httpStatus: 403, ...none },
      'Rejected with HTTP 403: 4400, quota exceeded: too many requests. Do not send it again unchanged.',
    ],
  ])('$_tag', (error, line) => {
    expect(showTaskError(error)).toBe(line)
  })

  test.each([
    ['never', 'Do not send it again unchanged.'],
    ['later', 'Send it again later.'],
    ['resigned', 'Send it again with a new signature.'],
    ['rejectedOnly', 'Send again only the rejected part, and check first what was accepted.'],
    ['unknown', 'It is not known whether sending it again helps.'],
  ] as const)('the advice %s', (advice, line) => {
    expect(showTaskError({ _tag: 'Rejected', ...rejection, advice, ...none })).toMatch(line)
    const recovered = [{ taskId: id('17'), code: 4400 }]
    expect(showTaskError({ _tag: 'Rejected', ...rejection, advice, recovered })).toMatch(
      /: 17[^.]*\. A task may be running: check the resource before you submit again\.$/,
    )
  })
})

describe('showTaskError never advises to submit again after code 4500, which can be the response to a retry', () => {
  const replayed = { ...rejection, code: 4500, meaning: 'replayed request, or a clock that is off' } as const

  test.each(['resigned', 'later'] as const)('whatever the advice: %s', advice => {
    expect(showTaskError({ _tag: 'Rejected', ...replayed, advice, ...none })).toBe(
      'Rejected: 4500, replayed request, or a clock that is off. The API may have seen this request before: ' +
        'check the resource before you submit again, and check your clock.',
    )
  })

  test('names the task that may be running if the response has its id', () => {
    const recovered = [{ taskId: id('17') }]
    expect(showTaskError({ _tag: 'Rejected', ...replayed, advice: 'resigned', recovered })).toMatch(
      /Task ids read: 17\. A task may be running: check the resource before you submit again\.$/,
    )
  })

  test('still says that a query is safe to repeat', () => {
    const query = { _tag: 'QueryRejected', operation: 'query' } as const
    expect(showTaskError({ ...query, ...replayed, advice: 'resigned', ...none })).toMatch(
      /Query again with a new signature\.$/,
    )
  })
})

describe('showTaskError says what it expected if an untyped caller passes something else', () => {
  const rejected = { _tag: 'Rejected', ...rejection, ...none }
  const throwing = new Proxy(
    {},
    {
      get: () => {
        throw new Error('revoked')
      },
      has: () => {
        throw new Error('revoked')
      },
    },
  )

  const notErrors: ReadonlyArray<[unknown, string]> = [
    [undefined, 'undefined'],
    [null, 'null'],
    ['text', 'a string'],
    [[], 'an array'],
    [{}, 'an object'],
    [throwing, 'an object'],
    [{ _tag: 'Left', left: rejected }, 'an Either (Left): pass its left'],
    [{ _tag: 'Right', right: {} }, 'an Either (Right), which holds no error'],
    [{ _tag: 'AcceptedTask', taskId: '17' }, 'an object with the _tag "AcceptedTask"'],
    [{ _tag: 'ResourceInDoubt', recovered: [] }, 'an object with the _tag "ResourceInDoubt"'],
    [{ _tag: 'a\nb', recovered: [] }, 'an object with the _tag "a\\nb"'],
    [{ ...rejected, message: undefined }, 'an object with the _tag "Rejected"'],
    [{ ...rejected, recovered: undefined }, 'an object with the _tag "Rejected"'],
    [new Error('no data'), 'an object'],
  ]

  // Only the text is in the title: formatting the value could throw.
  test.each(notErrors.map(([value, found]) => ({ value: () => value, found })))(
    '$found',
    ({ value, found }) => {
      const line = `Expected a TaskError, found ${found}.`
      expect(showTaskError(value() as TaskError)).toBe(line)
      expect(toError(value() as TaskError).message).toBe(line)
    },
  )

  test('never throws, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        expect(typeof showTaskError(value as TaskError)).toBe('string')
      }),
    )
  })
})

describe('showTaskError shows the result of the last response if a request was sent more than once', () => {
  const texts = { message: '', codeDesc: '', extra: {} }
  const acceptedEntry = (position: number): AcceptedEntry => ({
    _tag: 'AcceptedEntry',
    position,
    resourceId: String(position) as ResourceId,
    taskId: id('17'),
    ...texts,
  })
  const rejectedEntry = (position: number): RejectedEntry => ({
    _tag: 'RejectedEntry',
    position,
    resourceId: String(position) as ResourceId,
    ...rejection,
    extra: {},
  })

  test.each<[SentMoreThanOnce['lastResult'], string]>([
    [{ _tag: 'AcceptedTask', taskId: id('222'), ...texts }, 'task 222 accepted'],
    [{ _tag: 'AllAccepted', accepted: [acceptedEntry(0), acceptedEntry(1)], ...texts }, '2 accepted'],
    [
      {
        _tag: 'PartlyAccepted',
        accepted: [acceptedEntry(0), acceptedEntry(1)],
        rejected: [rejectedEntry(2)],
        ...texts,
      },
      '2 accepted, 1 rejected',
    ],
    [{ _tag: 'AllRejected', rejected: [rejectedEntry(0)], ...texts }, '1 rejected'],
    [
      { _tag: 'Rejected', ...rejection, message: 'too fast', ...none },
      'rejected: 4400, quota exceeded: too many requests: "too fast"',
    ],
    [{ _tag: 'HttpStatusError', httpStatus: 407, bodyStart: '', recovered: [] }, 'HTTP 407'],
  ])('$_tag', (lastResult, shown) => {
    const reason = { _tag: 'SentMoreThanOnce', lastResult } as const
    const recovered = [{ taskId: id('111') }]
    expect(showTaskError({ _tag: 'DeliveryUnknown', reason, recovered, request })).toBe(
      'Delivery unknown: sent more than once, and an earlier send may have started a task; ' +
        `the last response alone: ${shown} (POST https://cvm.api.qcloud.com/v2/index.php). ` +
        'Task ids read: 111. Several tasks may be running: check the resources before you submit again.',
    )
  })

  test('never says that it is safe to send it again', () => {
    fc.assert(
      fc.property(taskError, error => {
        if (error._tag !== 'DeliveryUnknown' || 'operation' in error) return
        expect(showTaskError(error)).toMatch(
          /may be running: check the resources? before you submit again\.$/,
        )
      }),
    )
  })
})

describe('showTaskError says of a query that it tells nothing about the task, and whether to repeat it', () => {
  const operation = 'query'
  const timedOut = { _tag: 'TimedOut', timeoutMs: 5000 } as const
  test.each<[QueryError, string]>([
    [
      { _tag: 'DeliveryUnknown', operation, reason: timedOut, ...none, request },
      'Delivery unknown: timed out after 5000 ms (POST https://cvm.api.qcloud.com/v2/index.php). ' +
        'This says nothing about the task. It is safe to query again.',
    ],
    [
      { _tag: 'NotSent', operation, reason: timedOut, ...none },
      'Not sent: timed out after 5000 ms. This says nothing about the task. It is safe to query again.',
    ],
    [
      {
        _tag: 'NotSent',
        operation,
        reason: { _tag: 'Misused', message: 'timeoutMs must be greater than 0' },
        ...none,
      },
      'Not sent: timeoutMs must be greater than 0. ' +
        'This says nothing about the task. Correct the call: to repeat it does not help.',
    ],
    [
      { _tag: 'ResponseTooLarge', operation, maxBodyBytes: 1024, httpStatus: 200, ...none },
      'Response too large: more than 1024 bytes, with HTTP 200. ' +
        'This says nothing about the task. Raise maxBodyBytes and query again.',
    ],
    [
      { _tag: 'QueryRejected', operation, ...rejection, advice: 'later', httpStatus: 429, ...none },
      'Query rejected with HTTP 429: 4400, quota exceeded: too many requests. ' +
        'This says nothing about the task. Query again later.',
    ],
  ])('$_tag', (error, line) => {
    expect(showTaskError(error)).toBe(line)
  })

  test.each([
    ['never', 'Do not repeat the query unchanged.'],
    ['later', 'Query again later.'],
    ['resigned', 'Query again with a new signature.'],
    ['rejectedOnly', 'It is not known whether another query helps.'],
    ['unknown', 'It is not known whether another query helps.'],
  ] as const)('the advice %s', (advice, line) => {
    expect(showTaskError({ _tag: 'QueryRejected', operation, ...rejection, advice, ...none })).toBe(
      `Query rejected: 4400, quota exceeded: too many requests. This says nothing about the task. ${line}`,
    )
  })
})

describe('showTaskError keeps its line short', () => {
  test('shows the first five of many issues and ids', () => {
    const issues = Array.from({ length: 6 }, (_, index) => issue(`/${String(index)}`))
    const recovered = Array.from({ length: 7 }, (_, index) => ({ taskId: id(String(index)) }))
    const [first = issue(''), ...others] = issues
    const line = showTaskError({ _tag: 'ShapeError', issues: [first, ...others], alsoFound: [], recovered })
    expect(line).toContain(
      '; /4: expected a string, found 5; and 1 more. Task ids read: 0, 1, 2, 3, 4, and 2 more. ',
    )
  })

  test('truncates long texts', () => {
    const long = 'x'.repeat(10_000)
    const recovered = [{ taskId: id(long), resourceId: long as ResourceId }]
    const errors: TaskError[] = [
      { _tag: 'Rejected', ...rejection, message: long, codeDesc: long, recovered },
      { _tag: 'Rejected', ...rejection, code: long, recovered },
      { _tag: 'ShapeError', issues: [issue(`/${long}`)], alsoFound: [], recovered },
      { _tag: 'HttpStatusError', httpStatus: 500, bodyStart: long, recovered },
      { _tag: 'NotSent', reason: { _tag: 'Aborted', name: long, message: long }, recovered },
      { _tag: 'NotSent', reason: { _tag: 'ClientFailed', name: long }, recovered },
      { _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code: long, address: long }, recovered },
      {
        _tag: 'DeliveryUnknown',
        reason: {
          _tag: 'SentMoreThanOnce',
          lastResult: { _tag: 'AcceptedTask', taskId: id(long), message: '', codeDesc: '', extra: {} },
        },
        recovered,
      },
    ]
    for (const error of errors) expect(showTaskError(error).length).toBeLessThan(1200)
  })

  test.each([
    ['as it is', 200, 'x'.repeat(200)],
    ['up to there, and that there is more', 201, `${'x'.repeat(200)}…`],
  ])('shows a text %s (%s characters)', (_, length, shown) => {
    const error: TaskError = { _tag: 'Rejected', ...rejection, message: 'x'.repeat(length), ...none }
    expect(showTaskError(error)).toContain(`: "${shown}". Send`)
  })

  test('shows 100,000 paths that start with 1 MB', () => {
    // Put together like paths in a body: they share their beginning until they are read.
    const start = `/${'x'.repeat(1_000_000)}`
    const issues = Array.from({ length: 100_000 }, (_, index) => issue(`${start}/${String(index)}`))
    expect(
      showTaskError({ _tag: 'ShapeError', issues: [issue(''), ...issues], alsoFound: [], ...none }),
    ).toContain('and 99996 more')
  })
})

test('showTaskError returns one line without control characters, whatever the error holds', () => {
  fc.assert(
    fc.property(taskError, error => {
      expect(showTaskError(error)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u)
    }),
  )
  expect(
    showTaskError({
      _tag: 'NotSent',
      reason: { _tag: 'ClientFailed', name: 'a\r\n\u001b[31m\u0085\u2028' },
      ...none,
    }),
  ).toBe(
    'Not sent: the client failed: a\\u000d\\u000a\\u001b[31m\\u0085\\u2028. ' +
      'Nothing was started: it is safe to send it again.',
  )
})

test.each([
  ['the direction of writing', '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'],
  ['no width', '\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2064\ufeff\ufff9\ufffb'],
  ['tags', '\u{e0000}\u{e0001}\u{e0041}\u{e007f}\u{e0100}'],
  ['halves of surrogate pairs', '\ud800'],
])('showTaskError escapes invisible characters: %s', (_, hidden) => {
  const code = `of ${hidden}`
  const escaped = `of ${hidden
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')}`
  const error: TaskError = { _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code }, ...none }
  expect(showTaskError(error)).toContain(`: ${escaped}. `)
  expect(toError(error).message).toBe(showTaskError(error))
})

test('showTaskError shows letters of all scripts and emoji unescaped', () => {
  const code = 'äß密碼עבריתالعربية🔑'
  expect(showTaskError({ _tag: 'NotSent', reason: { _tag: 'NetworkFailed', code }, ...none })).toContain(code)
})

test('toError returns an Error with the line as its message and the error as taskError', () => {
  fc.assert(
    fc.property(taskError, error => {
      const thrown = toError(error)
      expect(thrown).toBeInstanceOf(Error)
      expect(thrown.name).toBe('TaskError')
      expect(thrown.message).toBe(showTaskError(error))
      expect(thrown.taskError).toBe(error)
    }),
  )
})
