import { type BatchOutcome, decodeBatchTask, entries, type ResourceId, type TaskId } from '@task-outcome/core'
import type { Task } from 'fp-ts/lib/Task.js'
import * as E from 'fp-ts/lib/Either.js'
import { constantDelay, limitRetries, Monoid } from 'retry-ts'
import { describe, expect, test } from 'vitest'
import { SimulatedClock } from '../../test/SimulatedClock.js'
import { SubmissionResult, acceptedEntries, possibleTasks } from './SubmissionResult.js'
import { reconcile } from './reconcile.js'
import { type SubmitBatch, resumeSubmission } from './submitAll.js'
import type { SubmitAllOptions } from './SubmitOptions.js'

const outcomeOf = (body: string): BatchOutcome => {
  const decoded = decodeBatchTask(body)
  if (E.isLeft(decoded)) throw new Error(decoded.left._tag)
  return decoded.right
}

/** Continues from the outcome of a first submission, or from a result. */
const resubmit = (
  from: BatchOutcome | SubmissionResult,
  submit: SubmitBatch,
  options?: SubmitAllOptions,
): Task<SubmissionResult> => {
  if (from._tag === 'SubmissionResult') return resumeSubmission(from, submit, options)
  const requested = entries(from).map(({ resourceId }) => resourceId)
  return resumeSubmission(reconcile(requested, E.right(from)), submit, options)
}

/** Resubmits as often as allowed, to an API that returns these bodies in turn, and after them accepts everything. */
const run = async (from: BatchOutcome | SubmissionResult, ...bodies: ReadonlyArray<string>) => {
  const clock = new SimulatedClock()
  const submitted: string[] = []
  const result = await clock.run(
    resubmit(
      from,
      resourceIds => async () => {
        const round = submitted.push(resourceIds.join()) - 1
        const detail = resourceIds.map(id => `"${id}":{"code":0,"requestId":"99${id}"}`)
        return decodeBatchTask(bodies[round] ?? `{"code":0,"detail":{${detail.join()}}}`)
      },
      { clock, isRetryable: () => true, resubmitPolicy: Monoid.concat(constantDelay(1), limitRetries(9)) },
    )(),
  )
  const stored: unknown = JSON.parse(JSON.stringify(result))
  expect(SubmissionResult.decode(stored)).toEqual(E.right(result))
  return { result, submitted, resources: result.resources.map(({ _tag, resourceId }) => [resourceId, _tag]) }
}

const idsIn = (result: SubmissionResult): ReadonlyArray<string> =>
  possibleTasks(result).map(({ taskId }) => taskId)

const plain = '{"code":5100,"detail":{"b":{"code":5100}}}'

describe('a rejected resource is in doubt, and not submitted again, if its response holds the id of a task', () => {
  const bodies: ReadonlyArray<readonly [string, string, string?]> = [
    ['in its entry', '{"code":5100,"detail":{"b":{"code":5100,"requestId":"77"}}}'],
    [
      'in an extra of its entry',
      '{"code":5100,"detail":{"b":{"code":5100,"data":{"code":0,"taskId":"77"}}}}',
    ],
    [
      'in an array of its entry',
      '{"code":5100,"detail":{"b":{"code":5100,"tasks":[{"code":0,"taskId":"77"}]}}}',
    ],
    ['below another name in its entry', '{"code":5100,"detail":{"b":{"code":5100,"zone-1":{"flowId":77}}}}'],
    [
      'below its name in the response',
      '{"code":5100,"tasks":{"b":{"code":0,"taskId":"77"}},"detail":{"b":{"code":5100}}}',
    ],
    [
      'below its name in another entry',
      '{"code":5400,"detail":{"a":{"code":0,"requestId":"1","b":{"taskId":"77"}},"b":{"code":5100}}}',
    ],
    [
      'in the codeDesc of its entry, which is JSON',
      '{"code":5100,"detail":{"b":{"code":5100,"codeDesc":" {\\"code\\":0,\\"requestId\\":\\"77\\"}"}}}',
    ],
    [
      'in the codeDesc of its entry, which is JSON encoded twice',
      '{"code":5100,"detail":{"b":{"code":5100,"codeDesc":"\\"\\\\u007b\\\\\\"taskId\\\\\\":77}\\""}}}',
    ],
    [
      'in the codeDesc of the response, which is JSON',
      '{"code":5100,"codeDesc":"[{\\"flowId\\":77}]","detail":{"b":{"code":5100}}}',
    ],
    ['at the top of the response', '{"code":5100,"requestId":"77","detail":{"b":{"code":5100}}}'],
    [
      'below a name in the response that is no resource',
      '{"code":5100,"failure":{"taskId":"77"},"detail":{"b":{"code":5100}}}',
    ],
    [
      'beside accepted entries',
      '{"code":5400,"requestId":"77","detail":{"a":{"code":0,"requestId":"1"},"b":{"code":5100}}}',
    ],
    [
      'beyond 2^53',
      '{"code":5100,"detail":{"b":{"code":5100,"data":{"taskId":9007199254740993123}}}}',
      '9007199254740993123',
    ],
    [
      'that only a double with an exponent holds',
      '{"code":5100,"detail":{"b":{"code":5100,"data":{"taskId":1000000000000000000000}}}}',
      '1000000000000000000000',
    ],
    [
      'in an entry of a resource named __proto__',
      '{"code":5100,"detail":{"__proto__":{"code":5100,"requestId":"77"}}}',
    ],
  ]
  const cases = bodies.map(([place, body, id = '77']) => [place, body, id] as const)

  test.each(cases)('%s: of the first outcome', async (_, body, id) => {
    const { result, submitted } = await run(outcomeOf(body))
    expect(submitted).toEqual([])
    expect(result.resources.at(-1)).toMatchObject({ _tag: 'ResourceInDoubt', rejections: [{ code: 5100 }] })
    expect(idsIn(result).filter(taskId => taskId === id)).toEqual([id])
  })

  test.each(cases.slice(0, -1))('%s: of a later response', async (_, body, id) => {
    const { result, submitted } = await run(outcomeOf(plain), body)
    expect(submitted).toEqual(['b'])
    expect(result.resources).toMatchObject([{ _tag: 'ResourceInDoubt', rejections: [{}, { code: 5100 }] }])
    expect(idsIn(result).filter(taskId => taskId === id)).toEqual([id])
  })

  test.each(cases)('%s: and a resumed resubmission keeps it so, with each id once', async (_, body) => {
    const { result } = await run(outcomeOf(body))
    const resumed = await run(result)
    expect(resumed).toMatchObject({ submitted: [], result })
  })
})

describe('ids are with the resource that they name', () => {
  test('and in recovered if they name none', async () => {
    const { result } = await run(
      outcomeOf(
        `{"code":5100,"requestId":"1","detail":{"b":{"code":5100,"requestId":"2","zone-1":{"taskId":"3"},"c":{"taskId":"4"}},"c":{"code":5100}}}`,
      ),
    )
    expect(result).toMatchObject({
      resources: [
        {
          resourceId: 'b',
          recovered: [{ taskId: '2', resourceId: 'b', code: 5100 }],
        },
        { resourceId: 'c', recovered: [{ taskId: '4', resourceId: 'c', path: '/detail/b/c/taskId' }] },
      ],
      recovered: [{ taskId: '3' }, { taskId: '1' }],
    })
  })

  test('and leave the other rejected resources to be submitted again', async () => {
    const body =
      '{"code":5100,"tasks":{"c":{"taskId":"5"}},"detail":{"a":{"code":5100},"b":{"code":5100,"requestId":"77"},"c":{"code":5100}}}'
    const { submitted, resources } = await run(outcomeOf(body))
    expect(submitted).toEqual(['a'])
    expect(resources).toEqual([
      ['a', 'ResourceAccepted'],
      ['b', 'ResourceInDoubt'],
      ['c', 'ResourceInDoubt'],
    ])
  })

  test('an id that a response repeats for an accepted resource leaves no doubt about the others', async () => {
    const body =
      '{"code":5400,"requestId":"1","detail":{"a":{"code":0,"requestId":"1","data":{"taskId":"1"}},"b":{"code":5100}}}'
    const { submitted, result } = await run(outcomeOf(body))
    expect(submitted).toEqual(['b'])
    expect(idsIn(result)).toEqual(['1', '99b'])
  })

  test('a second id of an accepted resource is in recovered', async () => {
    const body =
      '{"code":5400,"detail":{"a":{"code":0,"requestId":"1","data":{"taskId":"2"}},"b":{"code":5100}}}'
    const { submitted, result } = await run(outcomeOf(body))
    expect(submitted).toEqual(['b'])
    expect(result.recovered).toMatchObject([{ taskId: '2', resourceId: 'a', code: 0 }])
  })

  test('an id of a resource that was rejected earlier puts that one in doubt', async () => {
    const two = '{"code":5100,"detail":{"b":{"code":5100},"c":{"code":5100}}}'
    const named = '{"code":5100,"tasks":{"c":{"taskId":"5"}},"detail":{"b":{"code":5100}}}'
    const clock = new SimulatedClock()
    const submitted: string[] = []
    const result = await clock.run(
      resubmit(
        outcomeOf(two),
        resourceIds => async () => {
          submitted.push(resourceIds.join())
          return decodeBatchTask(
            submitted.length === 1 ? named : '{"code":0,"detail":{"b":{"code":0,"requestId":"6"}}}',
          )
        },
        {
          clock,
          isRetryable: rejection =>
            (rejection._tag === 'RejectedEntry' && rejection.resourceId === 'b') || submitted.length > 0,
        },
      )(),
    )
    expect(submitted).toEqual(['b', 'b'])
    expect(result.resources).toMatchObject([
      { _tag: 'ResourceAccepted' },
      { _tag: 'ResourceInDoubt', recovered: [{ taskId: '5' }] },
    ])
  })

  test('an id of an unrequested entry that was rejected is in recovered', async () => {
    const { result } = await run(
      outcomeOf(plain),
      '{"code":5100,"tasks":{"x":{"taskId":"6"}},"detail":{"b":{"code":5100},"x":{"code":5100,"requestId":"77"}}}',
    )
    expect(result.resources).toMatchObject([{ _tag: 'ResourceAccepted' }])
    expect(result.unrequested).toMatchObject([{ resourceId: 'x', taskId: '77' }])
    expect(idsIn(result)).toEqual(['99b', '77', '6'])
  })

  test('an accepted resource that was also rejected keeps the id of the rejection in recovered', async () => {
    const { accepted } = outcomeOf('{"code":0,"detail":{"b":{"code":0,"requestId":"1"}}}') as Extract<
      BatchOutcome,
      { _tag: 'AllAccepted' }
    >
    const outcome = outcomeOf('{"code":5100,"detail":{"b":{"code":5100,"requestId":"77"}}}')
    const { result, submitted } = await run({ ...outcome, _tag: 'PartlyAccepted', accepted } as BatchOutcome)
    expect(submitted).toEqual([])
    expect(acceptedEntries(result)).toHaveLength(1)
    expect(idsIn(result)).toEqual(['1', '77'])
  })
})

describe('a stored resubmission that calls a resource rejected', () => {
  test.each([
    [
      'although a rejection holds an id',
      '{"code":5100,"detail":{"b":{"code":5100,"requestId":"77"}}}',
      ['77'],
    ],
    ['although a rejection has code 4500', '{"code":5100,"detail":{"b":{"code":4500}}}', []],
  ])('%s does not submit it again', async (_, body, ids) => {
    const { rejected } = outcomeOf(body) as Extract<BatchOutcome, { _tag: 'AllRejected' }>
    const { result, submitted } = await run({
      _tag: 'SubmissionResult',
      resources: [{ _tag: 'ResourceRejected', resourceId: 'b' as ResourceId, rejections: rejected }],
      end: { _tag: 'Waiting' },
      submissions: 2,
      failures: [],
      unrequested: [],
      recovered: [],
    })
    expect(submitted).toEqual([])
    expect(result.resources).toMatchObject([{ _tag: 'ResourceInDoubt' }])
    expect(idsIn(result)).toEqual(ids)
  })
})

describe('code 4500 of an entry can be the response to a retry, so its resource is in doubt', () => {
  const replayed = '{"code":5100,"detail":{"b":{"code":4500},"c":{"code":4200}}}'

  test('in the first outcome', async () => {
    const { submitted, resources } = await run(outcomeOf(replayed))
    expect(submitted).toEqual(['c'])
    expect(resources).toEqual([
      ['b', 'ResourceInDoubt'],
      ['c', 'ResourceAccepted'],
    ])
  })

  test('in a later response', async () => {
    const { submitted, resources } = await run(
      outcomeOf('{"code":5100,"detail":{"b":{"code":5100},"c":{"code":5100}}}'),
      replayed,
    )
    expect(submitted).toEqual(['b,c', 'c'])
    expect(resources).toEqual([
      ['b', 'ResourceInDoubt'],
      ['c', 'ResourceAccepted'],
    ])
  })
})

describe('a rejection of a whole request', () => {
  test.each([
    ['recovered', '{"code":4400,"requestId":"77"}'],
    ['recovered, below the name of a resource', '{"code":4400,"tasks":{"b":{"code":4400,"taskId":"77"}}}'],
  ])('with an id leaves its resources in doubt, whatever the code says: %s', async (_, body) => {
    const { result, submitted, resources } = await run(outcomeOf(plain), body)
    expect(submitted).toEqual(['b'])
    expect(result.failures).toMatchObject([{ resourceIds: ['b'], error: { _tag: 'Rejected' } }])
    expect(resources).toEqual([['b', 'ResourceInDoubt']])
    expect(idsIn(result)).toEqual(['77'])
  })

  test.each([
    ['in its taskId only', []],
    ['in its taskId, too', [{ taskId: '77' as TaskId, code: 4400 }]],
  ])('with an id %s leaves its resources in doubt, and the id is kept once', async (_, recovered) => {
    const clock = new SimulatedClock()
    const decoded = decodeBatchTask('{"code":4400}')
    const error = { ...(decoded as E.Left<object>).left, taskId: '77', recovered } as never
    const result = await clock.run(resubmit(outcomeOf(plain), () => async () => E.left(error), { clock })())
    expect(result.resources).toMatchObject([{ _tag: 'ResourceInDoubt' }])
    expect(idsIn(result)).toEqual(['77'])
  })
})

test('a rejection of API 3.0 with an id keeps its code, which is text', async () => {
  const clock = new SimulatedClock()
  const decoded = decodeBatchTask('{"code":4400}')
  const code = 'RequestLimitExceeded'
  const error = { ...(decoded as E.Left<object>).left, code, taskId: '77', recovered: [] } as never
  const result = await clock.run(resubmit(outcomeOf(plain), () => async () => E.left(error), { clock })())
  expect(possibleTasks(result)).toMatchObject([{ taskId: '77', code }])
  expect(SubmissionResult.decode(JSON.parse(JSON.stringify(result)))).toEqual(E.right(result))
})

describe('typed and untyped extras', () => {
  const { accepted, ...rest } = outcomeOf('{"code":0,"detail":{"a":{"code":0,"requestId":"1"}}}') as Extract<
    BatchOutcome,
    { _tag: 'AllAccepted' }
  >
  const { rejected } = outcomeOf(plain) as Extract<BatchOutcome, { _tag: 'AllRejected' }>
  const cyclic: Record<string, unknown> = { taskId: '2' }
  cyclic.self = cyclic

  test.each<[string, unknown, ReadonlyArray<string>]>([
    ['a bigint', { taskId: 9007199254740993123n }, ['1', '9007199254740993123']],
    [
      'a class',
      new (class {
        readonly taskId = '2'
      })(),
      ['1', '2'],
    ],
    ['nothing', undefined, ['1']],
    ['text', '{"taskId":"2"}', ['1']],
    ['a function', () => '2', ['1']],
    ['a cycle', cyclic, ['1']],
    ['a negative number', { taskId: -1e21 }, ['1']],
    [
      'a getter that throws',
      {
        get taskId() {
          throw new Error('no')
        },
      },
      ['1'],
    ],
  ])('%s: its ids are read if it is JSON, and nothing throws', async (_, extra, ids) => {
    const clock = new SimulatedClock()
    const typed = [{ ...accepted[0], extra }]
    const outcome = { ...rest, _tag: 'PartlyAccepted', accepted: typed, rejected } as unknown as BatchOutcome
    const submitted: string[] = []
    const result = await clock.run(
      resubmit(
        outcome,
        resourceIds => async () => {
          submitted.push(resourceIds.join())
          return decodeBatchTask('{"code":0,"detail":{"b":{"code":0,"requestId":"6"}}}')
        },
        { clock },
      )(),
    )
    expect(submitted).toEqual(['b'])
    expect(idsIn(result).filter(id => id !== '6')).toEqual(ids)
  })
})

describe('a submission that returns no Either', () => {
  test.each<[string, unknown]>([
    ['a parsed body', { code: 0, detail: { b: { code: 0, requestId: '77' } } }],
    ['a Right of a parsed body', E.right({ code: 0, detail: { b: { code: 0, requestId: '77' } } })],
    [
      'a Right of an outcome whose rejected entry is invalid',
      E.right({ _tag: 'AllRejected', rejected: [{ taskId: '77' }] }),
    ],
    ['a Left of another error', E.left({ _tag: 'Other', taskId: '77', recovered: [] })],
    ['a body as text', '{"code":0,"detail":{"b":{"code":0,"requestId":"77"}}}'],
  ])('keeps every id that can be read: %s', async (_, response) => {
    const clock = new SimulatedClock()
    const result = await clock.run(
      resubmit(outcomeOf(plain), () => (async () => response) as never, { clock })(),
    )
    expect(result).toMatchObject({ end: { error: { reason: { code: 'ERR_SUBMIT_RESULT' } } } })
    expect(result.resources).toMatchObject([{ _tag: 'ResourceInDoubt' }])
    expect(idsIn(result)).toEqual(['77' as TaskId])
  })
})
