import { type } from 'arktype'
import * as Schema from 'effect/Schema'
import * as E from 'fp-ts/lib/Either.js'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { SubmissionError } from '../error/TaskError.js'
import { showTaskError } from '../error/showTaskError.js'
import { decodeBatchTaskWith } from './decodeBatchTask.js'
import { decodeOrdinaryTaskWith } from './decodeOrdinaryTask.js'
import { decodeTaskStatusWith } from './decodeTaskStatus.js'
import type { StandardSchema } from './StandardSchema.js'

/** The ids of listeners, as each library writes it. */
const schemas: ReadonlyArray<readonly [vendor: string, StandardSchema<{ listenerIds: readonly string[] }>]> =
  [
    ['zod', z.object({ listenerIds: z.array(z.string()) })],
    ['valibot', v.object({ listenerIds: v.array(v.string()) })],
    ['arktype', type({ listenerIds: 'string[]' })],
    ['effect', Schema.toStandardSchemaV1(Schema.Struct({ listenerIds: Schema.Array(Schema.String) }))],
  ]

const body = (listenerIds: string): string => `{"code":0,"requestId":28557,${listenerIds}}`
const ids = [{ taskId: '28557', code: 0, path: '/requestId' }]

describe.each(schemas)('a schema of %s', (vendor, schema) => {
  const decode = decodeOrdinaryTaskWith({ extra: schema })

  test('types the extra fields', () => {
    expect(decode(body('"listenerIds":["lbl-1","lbl-2"]'))).toMatchObject(
      E.right({ taskId: '28557', extra: { listenerIds: ['lbl-1', 'lbl-2'] } }),
    )
  })

  test("reports its issues with their paths and in the vendor's words, and the id is recovered", () => {
    const decoded = decode(body('"listenerIds":["lbl-1",5]'))
    const message: unknown = expect.stringMatching(/string/i)
    expect(decoded).toEqual(
      E.left({
        _tag: 'ShapeError',
        issues: [
          {
            _tag: 'ShapeIssue',
            path: '/listenerIds/1',
            expected: `a value that the ${vendor} schema accepts`,
            found: '5',
            message,
          },
        ],
        alsoFound: [],
        recovered: ids,
      }),
    )
    const error = E.isLeft(decoded) ? decoded.left : undefined
    expect(SubmissionError.is(error) && showTaskError(error)).toMatch(
      new RegExp(
        `/listenerIds/1: expected a value that the ${vendor} schema accepts, found 5: ".*string`,
        'i',
      ),
    )
  })

  test('says that a field is missing', () => {
    expect(decode(body('"other":1'))).toMatchObject(
      E.left({ issues: [{ path: '/listenerIds', found: 'nothing' }], recovered: ids }),
    )
  })

  test('decodes the fields of each entry, and each issue has the path of its entry', () => {
    const decodeBatch = decodeBatchTaskWith({ entry: schema })
    const entry = (listenerIds: string): string => `{"code":0,"requestId":"1","listenerIds":${listenerIds}}`
    expect(decodeBatch(`{"code":0,"detail":{"a":${entry('["x"]')}}}`)).toMatchObject(
      E.right({ accepted: [{ extra: { listenerIds: ['x'] } }] }),
    )
    expect(decodeBatch(`{"code":0,"detail":{"a":${entry('[]')},"b/c":${entry('7')}}}`)).toMatchObject(
      E.left({ issues: [{ path: '/detail/b~1c/listenerIds', found: '7' }] }),
    )
  })

  test('decodes the data of a task', () => {
    const decodeStatus = decodeTaskStatusWith({ data: schema })
    expect(decodeStatus('{"code":0,"data":{"status":0,"data":{"listenerIds":["x"]}}}')).toMatchObject(
      E.right({ _tag: 'Succeeded', data: { listenerIds: ['x'] } }),
    )
    expect(decodeStatus('{"code":0,"data":{"status":0,"data":{"listenerIds":[{}]}}}')).toMatchObject(
      E.left({ issues: [{ path: '/data/data/listenerIds/0', found: 'an object' }] }),
    )
  })
})

test('a schema can change the values', () => {
  const decode = decodeOrdinaryTaskWith({ extra: z.object({ size: z.string().transform(Number) }) })
  expect(decode(body('"size":"12"'))).toMatchObject(E.right({ extra: { size: 12 } }))
})

test('every issue of a schema is listed', () => {
  const decode = decodeOrdinaryTaskWith({
    extra: z.object({ a: z.string(), b: z.object({ 'c/d': z.int() }) }),
  })
  expect(decode(body('"a":1,"b":{"c/d":[1,2]}'))).toMatchObject(
    E.left({
      issues: [
        { path: '/a', found: '1' },
        { path: '/b/c~1d', found: 'an array (2 items)' },
      ],
    }),
  )
})

test('a member named __proto__ never reaches a schema', () => {
  const seen: unknown[] = []
  const decode = decodeOrdinaryTaskWith({ extra: z.looseObject({}).refine(value => seen.push(value)) })
  decode('{"code":0,"requestId":1,"__proto__":{"admin":true},"a":1}')
  expect(seen).toEqual([{ a: 1 }])
})

describe('an asynchronous schema', () => {
  const rejections: unknown[] = []
  const collect = (reason: unknown): void => {
    rejections.push(reason)
  }
  beforeEach(() => {
    process.on('unhandledRejection', collect)
  })
  afterEach(() => {
    process.off('unhandledRejection', collect)
  })

  const failed = (vendor: string) =>
    E.left({
      _tag: 'ShapeError',
      issues: [
        {
          _tag: 'ShapeIssue',
          path: '',
          expected: 'a schema that validates synchronously',
          found: `a Promise of ${vendor}`,
        },
      ],
      alsoFound: [],
      recovered: ids,
    })

  test.each<[string, StandardSchema<unknown>]>([
    ['zod', z.object({ a: z.string().refine(async () => true) })],
    [
      'valibot',
      v.objectAsync({
        a: v.pipeAsync(
          v.string(),
          v.checkAsync(async () => true),
        ),
      }),
    ],
  ])('of %s fails with an error that says so, and the id is recovered', (vendor, schema) => {
    expect(decodeOrdinaryTaskWith({ extra: schema })(body('"a":"x"'))).toEqual(failed(vendor))
  })

  test('that fails synchronously for some values reports its issues', () => {
    const schema = standard(value =>
      'a' in (value as object) ? Promise.resolve({ value }) : { issues: [{ message: 'no a', path: ['a'] }] },
    )
    const decode = decodeOrdinaryTaskWith({ extra: schema })
    expect(decode(body('"a":"x"'))).toEqual(failed('own'))
    expect(decode(body('"b":"x"'))).toMatchObject(E.left({ issues: [{ path: '/a', message: 'no a' }] }))
  })

  test('whose promise rejects causes no unhandled rejection', async () => {
    for (const promise of [
      Promise.reject(new Error('late')),
      { then: (_: unknown, reject: (reason: unknown) => void) => reject('late') },
      {
        then: () => {
          throw new Error('late')
        },
      },
    ]) {
      const schema = standard(() => promise as never)
      expect(decodeOrdinaryTaskWith({ extra: schema })(body('"a":"x"'))).toEqual(failed('own'))
    }
    await new Promise(setImmediate)
    expect(rejections).toEqual([])
  })
})

/** A schema of no library. */
const standard = (validate: StandardSchema<unknown>['~standard']['validate']): StandardSchema<unknown> => ({
  '~standard': { version: 1, vendor: 'own', validate },
})

const accepts = 'a value that the own schema accepts'

test.each<[string, unknown, ReadonlyArray<object>]>([
  ['nothing', undefined, [{ found: 'a value that makes the codec throw TypeError' }]],
  ['neither a value nor issues', {}, [{ path: '', expected: accepts, found: 'an object' }]],
  ['no issue', { issues: [] }, [{ path: '', expected: accepts, found: 'an object' }]],
  ['issues that are no array', { issues: 'x' }, [{ path: '', expected: accepts }]],
  ['a value and issues', { value: 1, issues: [{ message: 'wrong' }] }, [{ path: '', message: 'wrong' }]],
  ['issues without a text', { issues: [{}, null] }, [{ path: '', found: 'an object' }, { path: '' }]],
  [
    'paths of keys of any type',
    { issues: [{ message: 'm', path: [{ key: 'a' }, 0, Symbol('s'), null, {}] }] },
    [{ path: '/a/0/Symbol(s)/undefined/undefined', found: 'nothing' }],
  ],
  ['a path that is no array', { issues: [{ message: 'm', path: 'a' }] }, [{ path: '', found: 'an object' }]],
])('a schema that returns %s has failed: the id is recovered', (_, result, issues) => {
  const decoded = decodeOrdinaryTaskWith({ extra: standard(() => result as never) })(body('"a":[{}]'))
  expect(decoded).toMatchObject(E.left({ _tag: 'ShapeError', issues, recovered: ids }))
  expect(E.isLeft(decoded) && SubmissionError.is(decoded.left)).toBe(true)
})

test('a schema that throws has failed: the id is recovered', () => {
  const schema = standard(() => {
    throw new RangeError('no')
  })
  expect(decodeOrdinaryTaskWith({ extra: schema })(body('"a":1'))).toMatchObject(
    E.left({ issues: [{ found: 'a value that makes the codec throw RangeError' }], recovered: ids }),
  )
})

test('the schema counts, not other methods of the same object', () => {
  const decode = vi.fn()
  const schema = { ...standard(value => ({ value })), decode }
  expect(decodeOrdinaryTaskWith({ extra: schema })(body('"a":1'))).toMatchObject(E.right({ extra: { a: 1 } }))
  expect(decode).not.toHaveBeenCalled()
})

test('what has no function to validate is no schema', () => {
  for (const standard of [undefined, null, {}, { version: 1, vendor: 'own', validate: 'yes' }])
    expect(
      decodeOrdinaryTaskWith({ extra: { '~standard': standard } as never })(body('"a":1')),
    ).toMatchObject({
      left: { issues: [{ expected: 'a codec of io-ts or a Standard Schema as the option "extra"' }] },
    })
})

test('validate is called as a method', () => {
  const own = {
    version: 1 as const,
    vendor: 'own',
    accepts: 7,
    validate(value: unknown) {
      return { value: [this.accepts, value] }
    },
  }
  expect(decodeOrdinaryTaskWith({ extra: { '~standard': own } })(body('"a":1'))).toMatchObject(
    E.right({ extra: [7, { a: 1 }] }),
  )
})
