import {
  BatchOutcome,
  QueryError,
  AcceptedTask,
  SubmissionError,
  type TaskError,
  TaskStatus,
  showTaskError,
} from '@task-outcome/core'
import {
  type JsonMember,
  type JsonValue,
  jsonArray,
  jsonNumber,
  jsonObject,
  stringifyJson,
} from '@task-outcome/core/json'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { QueryAction, TaskNaming } from '../actions/Service.js'
import { decodeV3Status, decodeV3Statuses } from './decodeV3Status.js'
import { decodeV3Batch, decodeV3Submission } from './decodeV3Submission.js'

const namings: ReadonlyArray<TaskNaming> = [
  { _tag: 'Member', path: ['TaskId'] },
  {
    _tag: 'Member',
    path: ['Result', 'FlowId'],
    resultCode: { path: ['Result', 'Code'], accepted: ['0'], message: ['Result', 'Message'] },
  },
  { _tag: 'RequestId' },
  { _tag: 'RequestIdPerResource', parameter: 'InstanceIds' },
]

const texts = {
  parameter: 'TaskId',
  parameterType: 'string',
  succeeded: ['0'],
  failed: ['1'],
  inProgress: ['2'],
} as const
const actions: ReadonlyArray<QueryAction> = [
  { ...texts, state: ['Status'], output: ['Message'] },
  { ...texts, state: ['Result', 'Status'], output: ['Result', 'Message'] },
  { ...texts, state: ['Status'], list: { path: ['Items'], idMember: 'TaskId' } },
  { ...texts, state: ['Status'], list: { path: ['Items'], idMember: 'Id', requestIdMember: 'RequestId' } },
]
const tasks = [
  { taskId: '1', resourceId: 'a' },
  { taskId: '9007199254740993123', resourceId: 'b' },
  { taskId: 'x' },
]

/** Names that mean something somewhere, and some that mean something to JavaScript. */
const names = fc.constantFrom(
  ...[
    'Response',
    'Error',
    'Code',
    'Message',
    'RequestId',
    'TaskId',
    'FlowId',
    'Result',
    'Status',
    'Items',
    'Id',
  ],
  ...['requestId', 'code', 'detail', '__proto__', 'constructor', 'toString', ''],
)

const scalars = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    '',
    '0',
    '1',
    'x',
    'a',
    'r-1',
    'InternalError',
    'DryRunOperation',
  ),
  fc.constantFrom(...['0', '1', '2', '-1', '0.0', '1e3', '9007199254740993123'].map(jsonNumber)),
  fc.string({ unit: 'binary' }),
)

const refusal = fc
  .constantFrom('InternalError', 'DryRunOperation', 'RequestLimitExceeded.UinLimitExceeded')
  .map(code =>
    jsonObject([
      { name: 'Code', value: code },
      { name: 'Message', value: 'no' },
    ]),
  )

const { value: values } = fc.letrec<{ value: JsonValue; member: JsonMember }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }).map(jsonArray),
    fc.array(tie('member'), { maxLength: 6 }).map(jsonObject),
  ),
  member: fc.record({ name: names, value: tie('value') }),
}))

/** What an action could well return. */
const states = fc.constantFrom('0', '1', '2', '3').map(jsonNumber)
const item = fc
  .record({ id: fc.constantFrom('1', 'a', 'b', 'x'), requestId: fc.constantFrom('1', 'x'), state: states })
  .map(({ id, requestId, state }) =>
    jsonObject([
      { name: 'TaskId', value: id },
      { name: 'Id', value: id },
      { name: 'RequestId', value: requestId },
      { name: 'Status', value: state },
    ]),
  )
const likely = fc.oneof(
  fc.record({ name: fc.constant('Error'), value: refusal }),
  fc.record({ name: fc.constant('Status'), value: states }),
  fc.record({ name: fc.constant('Items'), value: fc.array(item, { maxLength: 4 }).map(jsonArray) }),
)

const member = fc.oneof(
  { weight: 4, arbitrary: fc.record({ name: names, value: values }) },
  { weight: 1, arbitrary: likely },
)
const members = fc.array(member, { maxLength: 6 }).map(jsonObject)

const enveloped = members.map(response => jsonObject([{ name: 'Response', value: response }]))

const text = fc
  .oneof({ weight: 6, arbitrary: enveloped }, { weight: 1, arbitrary: values })
  .map(stringifyJson)

/** A text with a part removed or doubled, or something put into it. */
const broken = fc.oneof(
  fc
    .tuple(text, fc.nat(), fc.nat(9))
    .map(
      ([body, at, length]) =>
        body.slice(0, at % (body.length + 1)) + body.slice((at % (body.length + 1)) + length),
    ),
  fc
    .tuple(
      text,
      fc.nat(),
      fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '<html>', '\0', '\ud800', '0'),
    )
    .map(
      ([body, at, more]) => body.slice(0, at % (body.length + 1)) + more + body.slice(at % (body.length + 1)),
    ),
  fc.string({ unit: 'binary' }),
)

const anyBody = fc.oneof(
  text,
  broken,
  fc.uint8Array({ maxLength: 40 }),
  text.map(body => new TextEncoder().encode(body)),
)
const statuses = fc.constantFrom(200, 200, 200, 204, 302, 401, 429, 500, 502)

const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const survives = <A>(codec: { readonly decode: (u: unknown) => E.Either<unknown, A> }, value: A): void => {
  expect(codec.decode(copy(value))).toEqual(E.right(value))
}

describe('whatever the body, nothing is thrown, and the result is read back by its codec', () => {
  test.each(namings.map(naming => [naming]))('of a submission: %o', naming => {
    fc.assert(
      fc.property(anyBody, statuses, (body, status) => {
        const one = decodeV3Submission(naming)({ status, body })
        const many = decodeV3Batch(naming, ['b', 'a', 'b'])({ status, body })
        if (E.isRight(one)) survives(AcceptedTask, one.right)
        else survives(SubmissionError, one.left)
        if (E.isRight(many)) survives(BatchOutcome, many.right)
        else survives(SubmissionError, many.left)
        expect(many._tag).toBe(one._tag)
        if (E.isLeft(one)) expect(showTaskError(one.left)).not.toContain('\n')
      }),
      { numRuns: 2500 },
    )
  })

  test.each(actions.map(action => [action]))('of a query: %o', action => {
    fc.assert(
      fc.property(anyBody, statuses, (body, status) => {
        for (const task of tasks) {
          const one = decodeV3Status(action, task)({ status, body })
          if (E.isRight(one)) survives(TaskStatus, one.right)
          else survives(QueryError, one.left)
        }
        const all = decodeV3Statuses(action, tasks)({ status, body })
        if (E.isLeft(all)) survives(QueryError, all.left)
        else expect(all.right).toHaveLength(tasks.length)
      }),
      { numRuns: 1000 },
    )
  })
})

test('the generated bodies reach every kind of result', () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(anyBody, statuses, (body, status) => {
      const results: ReadonlyArray<E.Either<TaskError, { readonly _tag?: string }>> = [
        ...namings.map(naming => decodeV3Submission(naming)({ status, body })),
        ...actions.flatMap(action => tasks.map(task => decodeV3Status(action, task)({ status, body }))),
      ]
      for (const result of results)
        kinds.add(String(E.isRight(result) ? result.right._tag : result.left._tag))
    }),
    { numRuns: 2000 },
  )
  expect([...kinds].sort()).toEqual(
    [
      ...['AcceptedTask', 'Succeeded', 'Failed', 'InProgress', 'Rejected', 'QueryRejected'],
      ...['MalformedJson', 'ShapeError', 'ContractViolation', 'HttpStatusError'],
    ].sort(),
  )
})

describe('every id in a body survives', () => {
  const ids = fc.bigInt({ min: 10n ** 12n, max: 10n ** 30n })
  const memberNames = [
    'TaskId',
    'FlowId',
    'requestId',
    'taskId',
    'flowId',
    'AsyncRequestId',
    'JobId',
    'FlowID',
  ]

  /** A value with an id in it, whatever else it has. */
  const around = (name: string, id: bigint): fc.Arbitrary<JsonValue> =>
    fc
      .tuple(
        fc.boolean(),
        fc.array(fc.tuple(fc.constantFrom('A', 'Data', 'Result', 'Set'), fc.boolean()), { maxLength: 4 }),
      )
      .map(([isNumber, path]) => {
        const value = isNumber ? jsonNumber(String(id)) : String(id)
        return path.reduce<JsonValue>(
          (inner, [outer, isArray]) =>
            jsonObject([{ name: outer, value: isArray ? jsonArray([inner]) : inner }]),
          jsonObject([{ name, value }]),
        )
      })

  const bodyWith = fc.tuple(fc.constantFrom(...memberNames), ids).chain(([name, id]) =>
    fc.record({
      id: fc.constant(String(id)),
      members: fc
        .tuple(around(name, id), members)
        .map(([value, { members: others }]) =>
          (value as { readonly members: ReadonlyArray<JsonMember> }).members.concat(others),
        ),
    }),
  )

  const shown = (value: unknown): string => JSON.stringify(value)

  test.each(namings.map(naming => [naming]))('of %o', naming => {
    fc.assert(
      fc.property(
        bodyWith,
        fc.constantFrom(200, 500),
        fc.boolean(),
        ({ id, members: own }, status, isWhole) => {
          const whole = stringifyJson(jsonObject([{ name: 'Response', value: jsonObject(own) }]))
          // What is cut off is the end of the envelope, not the id.
          const body = isWhole ? whole : whole.slice(0, -1)
          expect(shown(decodeV3Submission(naming)({ status, body }))).toContain(id)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('the RequestId of a response that failed is no task, and otherwise it is one if the action says so', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...namings),
        fc.uuid(),
        fc.boolean(),
        fc.constantFrom(200, 500),
        (naming, id, fails, status) => {
          const error = fails ? '"Error":{"Code":"InternalError","Message":""},' : ''
          const result = decodeV3Submission(naming)({
            status,
            body: `{"Response":{${error}"RequestId":"${id}"}}`,
          })
          const isTask = E.isRight(result) ? result.right.taskId === id : result.left.recovered.length > 0
          expect(isTask).toBe(!fails && naming._tag !== 'Member')
        },
      ),
    )
  })
})

describe('nothing is mistaken for success', () => {
  test('a body with a member Error that is not null is never accepted, and never a state', () => {
    const notNull = values.filter(value => value !== null)
    const failed = fc.tuple(members, notNull, fc.nat()).map(([{ members: others }, value, at]) => {
      const index = at % (others.length + 1)
      return jsonObject([
        {
          name: 'Response',
          value: jsonObject([...others.slice(0, index), { name: 'Error', value }, ...others.slice(index)]),
        },
      ])
    })
    fc.assert(
      fc.property(failed.map(stringifyJson), statuses, (body, status) => {
        for (const naming of namings)
          expect(E.isLeft(decodeV3Submission(naming)({ status, body }))).toBe(true)
        for (const action of actions)
          expect(E.isLeft(decodeV3Statuses(action, tasks)({ status, body }))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('a status that is not 2xx is never a success', () => {
    fc.assert(
      fc.property(anyBody, fc.constantFrom(0, 199, 302, 401, 500), (body, status) => {
        const results: ReadonlyArray<E.Either<TaskError, unknown>> = [
          ...namings.map(naming => decodeV3Submission(naming)({ status, body })),
          ...actions.map(action => decodeV3Statuses(action, tasks)({ status, body })),
        ]
        for (const result of results) expect(E.isLeft(result)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

test.each([
  ['deep arrays', '['.repeat(200_000)],
  ['deep envelopes', '{"Response":'.repeat(50_000)],
  ['deep errors', `{"Response":{"Error":${'{"Error":'.repeat(50_000)}1${'}'.repeat(50_000)}}}`],
  ['a long number', `{"Response":{"TaskId":${'9'.repeat(1_000_000)}}}`],
  ['a long code', `{"Response":{"Error":{"Code":"${'A.'.repeat(500_000)}"}}}`],
  [
    'many members',
    `{"Response":{${Array.from({ length: 30_000 }, (_, index) => `"a${String(index)}":1`).join()}}}`,
  ],
  [
    'many items of one task',
    `{"Response":{"Items":[${Array(30_000).fill('{"TaskId":1,"Status":0}').join()}]}}`,
  ],
])('%s are decoded without an error of the engine', (_, body) => {
  for (const naming of namings) expect(() => decodeV3Submission(naming)({ status: 200, body })).not.toThrow()
  for (const action of actions)
    expect(() => decodeV3Statuses(action, tasks)({ status: 200, body })).not.toThrow()
})
