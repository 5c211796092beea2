import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { DateFromText } from '../../test/DateFromText.js'
import { SubmissionError } from '../error/TaskError.js'
import { showTaskError } from '../error/showTaskError.js'
import { decodeBatchTask, decodeBatchTaskWith } from './decodeBatchTask.js'
import { decodeOrdinaryTask, decodeOrdinaryTaskWith } from './decodeOrdinaryTask.js'
import {
  decodeBatchResponse,
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeOrdinaryResponseWith,
} from './decodeResponse.js'

/** A codec of which only decoding is used. */
const decoder = (
  name: string,
  decode: (u: unknown) => E.Either<t.Errors, never>,
): t.Decoder<unknown, never> => ({
  name,
  decode,
  validate: decode,
})

const refusing = decoder('Refusing', () => E.left([]))
const throwing = (thrown: unknown): t.Decoder<unknown, never> =>
  decoder('Throwing', () => {
    throw thrown
  })

const shapeError = (
  issues: ReadonlyArray<readonly [path: string, expected: string, found: string]>,
  ...ids: object[]
) =>
  E.left({
    _tag: 'ShapeError',
    issues: issues.map(([path, expected, found]) => ({ _tag: 'ShapeIssue', path, expected, found })),
    alsoFound: [],
    recovered: ids,
  })

describe('ordinary', () => {
  const body = '{"code":0,"requestId":"17","when":"2020-01-01T00:00:00.000Z","ids":["a","b"],"other":1}'
  const id = { taskId: '17', code: 0, path: '/requestId' }

  test('the codec decodes the extra fields, and those that it does not name stay', () => {
    const decoded = decodeOrdinaryTaskWith({ extra: t.type({ when: DateFromText, ids: t.array(t.string) }) })(
      body,
    )
    expect(decoded).toMatchObject(
      E.right({
        taskId: '17',
        extra: { when: new Date('2020-01-01T00:00:00.000Z'), ids: ['a', 'b'], other: 1 },
      }),
    )
    const when: E.Either<unknown, Date> = E.map(({ extra }: { extra: { when: Date } }) => extra.when)(decoded)
    expect(when).toEqual(E.right(new Date('2020-01-01T00:00:00.000Z')))
  })

  test('every issue is listed with its path in the body, and the id is recovered', () => {
    const codec = t.type({ when: t.number, ids: t.array(t.number), 'a/b': t.string })
    expect(decodeOrdinaryTaskWith({ extra: codec })(body)).toEqual(
      shapeError(
        [
          ['/when', 'number', '"2020-01-01T00:00:00.000Z"'],
          ['/ids/0', 'number', '"a"'],
          ['/ids/1', 'number', '"b"'],
          ['/a~1b', 'string', 'nothing'],
        ],
        id,
      ),
    )
  })

  test.each<[string, t.Mixed, string, string]>([
    [
      'an intersection',
      t.intersection([t.type({ ids: t.array(t.string) }), t.partial({ other: t.string })]),
      '/other',
      'string',
    ],
    [
      'an exact one',
      t.exact(t.intersection([t.type({ other: t.string }), t.partial({})])),
      '/other',
      'string',
    ],
    ['one of its own', t.type({ ids: t.record(t.string, t.number) }), '/ids', '{ [K in string]: number }'],
    ['a refinement', t.refinement(t.UnknownRecord, () => false, 'Never'), '', 'Never'],
  ])('a path follows the body, not the codec: %s', (_, codec, path, expected) => {
    expect(decodeOrdinaryTaskWith({ extra: codec })(body)).toMatchObject(
      E.left({ issues: [{ path, expected }], recovered: [id] }),
    )
  })

  test('each member of a union reports what it expected, at the same path', () => {
    const codec = t.type({
      other: t.union([t.string, t.type({ x: t.string })]),
      x: t.union([t.string, t.null]),
    })
    expect(decodeOrdinaryTaskWith({ extra: codec })(body)).toMatchObject(
      E.left({
        issues: [
          { path: '/other', expected: 'string' },
          { path: '/other', expected: '{ x: string }' },
          { path: '/x', expected: 'string', found: 'nothing' },
          { path: '/x', expected: 'null', found: 'nothing' },
        ],
      }),
    )
  })

  test("a codec's own message and its own path are shown", () => {
    const context = (...keys: string[]): t.Context => ['', ...keys].map(key => ({ key, type: t.unknown }))
    const codec = decoder('Own', () =>
      E.left([
        { value: 1, context: context('ids', '0'), message: 'an id of a deal' },
        { value: { a: 1 }, context: context() },
        { value: undefined, context: [] },
      ]),
    )
    expect(decodeOrdinaryTaskWith({ extra: codec })(body)).toEqual(
      shapeError(
        [
          ['/ids/0', 'an id of a deal', '1'],
          ['', 'Own', 'an object'],
          ['', 'Own', 'nothing'],
        ],
        id,
      ),
    )
  })

  const hostileError = Object.defineProperty(new Error('x'), 'name', {
    get: () => {
      throw new Error('hostile')
    },
  })

  test.each([
    ['without an error', refusing, ['', 'Refusing', 'a value that the codec rejects']],
    [
      'by throwing an error',
      throwing(new RangeError('x')),
      ['', 'Throwing', 'a value that makes the codec throw RangeError'],
    ],
    [
      'by throwing an error whose properties throw',
      throwing(hostileError),
      ['', 'Throwing', 'a value that makes the codec throw object'],
    ],
    [
      'by throwing an error that has a symbol for a name',
      throwing(Object.assign(new Error('x'), { name: Symbol('x') })),
      ['', 'Throwing', 'a value that makes the codec throw object'],
    ],
    [
      'by throwing anything',
      throwing(undefined),
      ['', 'Throwing', 'a value that makes the codec throw undefined'],
    ],
  ] as const)('a codec that fails %s has failed: the id is recovered', (_, codec, issue) => {
    expect(decodeOrdinaryTaskWith({ extra: codec })(body)).toEqual(shapeError([issue], id))
  })

  test('a rejection is the same as without a codec', () => {
    for (const other of ['{"code":4400}', '{"code":0}', '{"code":"0"}', 'x'])
      expect(decodeOrdinaryTaskWith({ extra: throwing('x') })(other)).toEqual(decodeOrdinaryTask(other))
  })

  test('ids elsewhere in the body are recovered as well', () => {
    const twoIds = '{"code":0,"requestId":"17","detail":[{"code":0,"requestId":"18"}]}'
    expect(decodeOrdinaryTaskWith({ extra: refusing })(twoIds)).toMatchObject(
      E.left({ recovered: [id, { taskId: '18', code: 0 }] }),
    )
  })

  test('of an HTTP response', () => {
    const decode = decodeOrdinaryResponseWith({ extra: t.type({ when: DateFromText }) })
    expect(decode({ status: 200, body })).toEqual(
      decodeOrdinaryTaskWith({ extra: t.type({ when: DateFromText }) })(body),
    )
    expect(decodeOrdinaryResponseWith({ extra: refusing })({ status: 200, body })).toMatchObject(
      E.left({ recovered: [id] }),
    )
    for (const status of [302, 500])
      expect(decodeOrdinaryResponseWith({ extra: throwing('x') })({ status, body })).toEqual(
        decodeOrdinaryResponse({ status, body }),
      )
  })
})

describe('batch', () => {
  const body =
    '{"code":5400,"took":7,"requestId":"9","detail":{"a/b":{"code":0,"requestId":"1","dealId":"d"},' +
    '"b":{"code":5100,"requestId":"2","dealId":5},"c":{"code":0,"requestId":"3","dealId":"e"}}}'
  const ids = [
    { taskId: '9', code: 5400, path: '/requestId' },
    { taskId: '1', resourceId: 'a/b', code: 0, path: '/detail/a~1b/requestId' },
    { taskId: '2', resourceId: 'b', code: 5100, path: '/detail/b/requestId' },
    { taskId: '3', resourceId: 'c', code: 0, path: '/detail/c/requestId' },
  ]

  test('the codecs decode the extra fields of the response and of accepted entries', () => {
    const decode = decodeBatchTaskWith({
      response: t.type({ took: t.number }),
      entry: t.type({ dealId: t.string }),
    })
    const decoded = decode(body)
    expect(decoded).toMatchObject(
      E.right({
        _tag: 'PartlyAccepted',
        accepted: [{ extra: { dealId: 'd' } }, { extra: { dealId: 'e' } }],
        rejected: [{ extra: { dealId: 5 } }],
        extra: { took: 7 },
      }),
    )
    const took: number | undefined =
      E.isRight(decoded) && decoded.right._tag !== 'AllRejected' ? decoded.right.extra.took : undefined
    expect(took).toBe(7)
  })

  test('extra fields without a codec stay plain JSON', () => {
    expect(decodeBatchTaskWith({})(body)).toEqual(decodeBatchTask(body))
    expect(decodeBatchTaskWith({ response: t.type({ took: t.number }) })(body)).toEqual(decodeBatchTask(body))
    expect(decodeBatchTaskWith({ entry: t.type({ dealId: t.string }) })(body)).toEqual(decodeBatchTask(body))
    const withProto = '{"code":0,"__proto__":{"x":1},"detail":{"a":{"code":0,"requestId":"1"}}}'
    expect(decodeBatchTaskWith({ entry: t.type({}) })(withProto)).toEqual(decodeBatchTask(withProto))
  })

  test('every issue of every codec is listed with its path in the body, and every id is recovered', () => {
    const decode = decodeBatchTaskWith({
      response: t.type({ took: t.string }),
      entry: t.type({ dealId: t.number }),
    })
    expect(decode(body)).toEqual(
      shapeError(
        [
          ['/took', 'string', '7'],
          ['/detail/a~1b/dealId', 'number', '"d"'],
          ['/detail/c/dealId', 'number', '"e"'],
        ],
        ...ids,
      ),
    )
  })

  test('a codec fails if it throws, or rejects without an error', () => {
    expect(decodeBatchTaskWith({ response: throwing(null) })(body)).toEqual(
      shapeError([['', 'Throwing', 'a value that makes the codec throw object']], ...ids),
    )
    expect(decodeBatchTaskWith({ entry: refusing })(body)).toEqual(
      shapeError(
        [
          ['/detail/a~1b', 'Refusing', 'a value that the codec rejects'],
          ['/detail/c', 'Refusing', 'a value that the codec rejects'],
        ],
        ...ids,
      ),
    )
  })

  test('the codecs are not called if nothing was accepted', () => {
    const decode = decodeBatchTaskWith({ response: throwing('x'), entry: throwing('x') })
    for (const other of [
      '{"code":5100,"x":1,"detail":{"a":{"code":5100,"y":2}}}',
      '{"code":4400}',
      '{"code":0}',
      '[',
    ])
      expect(decode(other)).toEqual(decodeBatchTask(other))
  })

  test('of an HTTP response', () => {
    const extras = { entry: t.type({ dealId: t.string }) }
    expect(decodeBatchResponseWith(extras)({ status: 200, body })).toEqual(decodeBatchTaskWith(extras)(body))
    expect(decodeBatchResponseWith({ entry: refusing })({ status: 200, body })).toMatchObject(
      E.left({ recovered: ids }),
    )
    expect(decodeBatchResponseWith({ entry: throwing('x') })({ status: 500, body })).toEqual(
      decodeBatchResponse({ status: 500, body }),
    )
  })
})

test('no prototype changes, although io-ts copies with Object.assign', () => {
  const codec = t.type({ when: DateFromText, deal: t.type({ when: DateFromText }) })
  const decoded = decodeOrdinaryTaskWith({ extra: codec })(
    '{"code":0,"requestId":1,"__proto__":{"admin":true},"list":[null,true,1,"x"],"when":"2020-01-01",' +
      '"deal":{"when":"2020-01-01","__proto__":{"admin":true}}}',
  )
  expect(decoded).toMatchObject(E.right({ extra: { list: [null, true, 1, 'x'] } }))
  if (E.isRight(decoded))
    for (const object of [decoded.right.extra, decoded.right.extra.deal]) {
      expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
      expect(object).not.toHaveProperty('admin')
    }
})

test('200,000 issues in each of two entries are listed', () => {
  const ids = Array.from({ length: 200_000 }, () => '"x"').join(',')
  const entry = `{"code":0,"requestId":1,"ids":[${ids}]}`
  const decoded = decodeBatchTaskWith({ entry: t.type({ ids: t.array(t.number) }) })(
    `{"code":0,"detail":{"a":${entry},"b":${entry}}}`,
  )
  expect(E.isLeft(decoded) && decoded.left._tag === 'ShapeError' && decoded.left.issues.length).toBe(400_000)
})

describe('a codec that breaks its contract never makes a decoder throw or lose an id', () => {
  const body = '{"code":0,"requestId":"17","x":1}'
  const id = { taskId: '17', code: 0, path: '/requestId' }
  const hostile = (name: string): never => {
    throw new Error(name)
  }
  const throwsOnEverything: object = new Proxy({}, { get: () => hostile('get'), has: () => hostile('has') })
  const error = (more: object) => ({ value: 1, context: [{ key: '', type: t.unknown }], ...more })
  const giving = (result: unknown) => ({ name: 'Odd', decode: () => result })
  const twice = (part: unknown): unknown => [part, part]
  let sharedValue: unknown = []
  for (let depth = 0; depth < 100; depth++) sharedValue = twice(sharedValue)
  const sharedObject = Array.from({ length: 100 }).reduce<object>(part => ({ a: part, b: part }), {})
  const circle: object[] = []
  circle.push(circle)

  test.each<[what: string, codec: unknown, expected: string, found: string]>([
    ['nothing', giving(undefined), 'Odd', 'a value that makes the codec throw TypeError'],
    ['null', giving(null), 'Odd', 'a value that makes the codec throw TypeError'],
    ['a number', giving(17), 'Odd', 'a value that the codec rejects'],
    ['an empty object', giving({}), 'Odd', 'a value that the codec rejects'],
    ['a promise', giving(Promise.resolve(E.right(1))), 'Odd', 'a value that the codec rejects'],
    ['a Left of nothing', giving({ _tag: 'Left' }), 'Odd', 'a value that the codec rejects'],
    [
      'a Left of no array',
      giving(E.left({ length: 1, map: () => ['x'] })),
      'Odd',
      'a value that the codec rejects',
    ],
    ['a Left of no errors', giving(E.left([null])), 'Odd', 'nothing'],
    ['a Left that throws', giving(E.left(throwsOnEverything)), 'Odd', 'a value that the codec rejects'],
    ['an error that throws', giving(E.left([throwsOnEverything])), 'Odd', 'nothing'],
    ['a tag that throws', giving(throwsOnEverything), 'Odd', 'a value that makes the codec throw Error'],
    [
      'a Right that throws',
      giving(Object.defineProperty({ _tag: 'Right' }, 'right', { get: () => hostile('right') })),
      'Odd',
      'a value that makes the codec throw Error',
    ],
    ['no context', giving(E.left([error({ context: undefined })])), 'Odd', '1'],
    ['a context of another type', giving(E.left([error({ context: { length: 2 } })])), 'Odd', '1'],
    [
      'a context of nothing',
      giving(E.left([error({ context: [null, null] })])),
      'Odd',
      'a value that makes the codec throw TypeError',
    ],
    ['a message of another type', giving(E.left([error({ message: throwsOnEverything })])), 'Odd', '1'],
    [
      'a value shared 2^100 times',
      giving(E.left([error({ value: sharedValue })])),
      'Odd',
      'an array (2 items)',
    ],
    ['an object shared 2^100 times', giving(E.left([error({ value: sharedObject })])), 'Odd', 'an object'],
    ['a value within itself', giving(E.left([error({ value: circle })])), 'Odd', 'an array (1 item)'],
    ['a value that is not JSON', giving(E.left([error({ value: new Date(0) })])), 'Odd', 'nothing'],
    ['a value that throws', giving(E.left([error({ value: throwsOnEverything })])), 'Odd', 'an object'],
    [
      'no name',
      { decode: () => E.left([]) },
      'a value that the codec accepts',
      'a value that the codec rejects',
    ],
    [
      'a name that is a symbol',
      { name: Symbol('x'), decode: () => E.left([]) },
      'a value that the codec accepts',
      'a value that the codec rejects',
    ],
    [
      'a name that throws',
      {
        get name() {
          return hostile('name')
        },
        decode: () => E.left([error({})]),
      },
      'a value that the codec accepts',
      '1',
    ],
  ])('%s', (_, codec, expected, found) => {
    const decoded = decodeOrdinaryTaskWith({ extra: codec as t.Decoder<unknown, unknown> })(body)
    expect(decoded).toEqual(shapeError([['', expected, found]], id))
    expect(E.isLeft(decoded) && SubmissionError.is(decoded.left) && showTaskError(decoded.left)).toContain(
      '17',
    )
  })

  test('keys of any type become a path', () => {
    const context = [Symbol('a'), 0, undefined, null, 'x'].map(key => ({ key, type: null }))
    const decoded = decodeOrdinaryTaskWith({
      extra: giving(E.left([error({ context: [context[0], ...context] })])) as never,
    })(body)
    expect(decoded).toEqual(shapeError([['/Symbol(a)/0/undefined/null/x', 'Odd', '1']], id))
  })

  test('a value that changes with every access is read once', () => {
    let looks = 0
    const right = new Proxy({}, { get: (_, name) => (name === '_tag' ? 'Right' : ++looks) })
    expect(decodeOrdinaryTaskWith({ extra: giving(right) as never })(body)).toMatchObject(
      E.right({ taskId: '17', extra: 1 }),
    )
  })
})
