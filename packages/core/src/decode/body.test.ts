import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { SubmissionError, type TaskError } from '../error/TaskError.js'
import { showTaskError } from '../error/showTaskError.js'
import { decodeBatchTask, decodeBatchTaskWith } from './decodeBatchTask.js'
import { decodeOrdinaryTask, decodeOrdinaryTaskWith } from './decodeOrdinaryTask.js'
import { decodeTaskStatus, decodeTaskStatusWith } from './decodeTaskStatus.js'
import {
  decodeBatchResponse,
  decodeBatchResponseWith,
  decodeOrdinaryResponse,
  decodeOrdinaryResponseWith,
  decodeStatusResponse,
  decodeStatusResponseWith,
} from './decodeResponse.js'

type Decode = (body: unknown) => E.Either<TaskError, unknown>

/** As untyped callers see them. */
const decoders: ReadonlyArray<readonly [string, Decode]> = (
  [
    ['decodeOrdinaryTask', decodeOrdinaryTask],
    ['decodeOrdinaryTaskWith', decodeOrdinaryTaskWith({ extra: t.type({}), taskIdAt: 'data.taskId' })],
    ['decodeBatchTask', decodeBatchTask],
    ['decodeBatchTaskWith', decodeBatchTaskWith({ entry: t.type({}), expected: ['a'] })],
    ['decodeTaskStatus', decodeTaskStatus],
    ['decodeTaskStatusWith', decodeTaskStatusWith({ data: t.type({}) })],
  ] as unknown as ReadonlyArray<readonly [string, Decode]>
).map(([name, decode]) => [name, decode])

const responseDecoders = [
  ['decodeOrdinaryResponse', decodeOrdinaryResponse],
  ['decodeOrdinaryResponseWith', decodeOrdinaryResponseWith({ extra: t.type({}) })],
  ['decodeBatchResponse', decodeBatchResponse],
  ['decodeBatchResponseWith', decodeBatchResponseWith({ entry: t.type({}), expected: ['a'] })],
  ['decodeStatusResponse', decodeStatusResponse],
  ['decodeStatusResponseWith', decodeStatusResponseWith({ data: t.type({}) })],
] as unknown as ReadonlyArray<readonly [string, Decode]>

const revoked = Proxy.revocable({}, {})
revoked.revoke()
const throwing = new Proxy(
  {},
  {
    get: () => {
      throw new Error('hostile')
    },
    ownKeys: () => {
      throw new Error('hostile')
    },
    getPrototypeOf: () => {
      throw new Error('hostile')
    },
  },
)
const circle: Record<string, unknown> = { code: 0 }
circle.self = [circle, circle]
const shared = Array.from({ length: 200 }).reduce<object>(inner => ({ a: inner, b: inner }), {})

const notBodies: ReadonlyArray<readonly [found: string, body: unknown]> = [
  ['an object', {}],
  ['an object', new String('{}')],
  ['an object', Object.create(Uint8Array.prototype)],
  ['an object', { [Symbol.toStringTag]: 'ArrayBuffer' }],
  ['an object', new Map()],
  ['an object', circle],
  ['an object', shared],
  ['an object', throwing],
  ['an object', revoked.proxy],
  ['an array', []],
  ['an array', [{}]],
  ['a number', 17],
  ['a bigint', 17n],
  ['a boolean', false],
  ['a symbol', Symbol('x')],
  ['a function', () => '{}'],
  ['null', null],
  ['undefined', undefined],
]

describe('what is not the text or bytes of a body is a ShapeError', () => {
  const issues = (found: string): unknown => [
    {
      _tag: 'ShapeIssue',
      path: '',
      expected: 'text or bytes',
      found: `${found} (already parsed?)`,
    },
  ]

  test.each(decoders)('%s', (_, decode) => {
    for (const [found, body] of notBodies)
      expect(decode(body)).toMatchObject({
        left: { _tag: 'ShapeError', issues: issues(found), recovered: [] },
      })
  })

  test.each(responseDecoders)('%s, whatever the status', (_, decode) => {
    for (const [found, body] of notBodies)
      for (const status of [200, 500, undefined])
        expect(decode({ status, body })).toMatchObject({
          left: { _tag: 'ShapeError', issues: issues(found) },
        })
  })

  test.each(responseDecoders)('%s: a response without a body', (_, decode) => {
    const axiosResponse = { status: 200, data: { code: 0 }, headers: {}, config: {} }
    for (const response of [undefined, null, 17, 'text', {}, axiosResponse, throwing, revoked.proxy])
      expect(decode(response)).toMatchObject({ left: { _tag: 'ShapeError', issues: issues('undefined') } })
  })

  test('it says so in one line, and survives JSON', () => {
    const error = pipe(decoders[0]![1]({ code: 0, requestId: 17 }), E.swap, E.toUnion) as SubmissionError
    expect(showTaskError(error)).toBe(
      'Unexpected shape: the response: expected text or bytes, found an object ' +
        '(already parsed?). Task ids read: 17 (code 0). ' +
        'Tasks may be running: check the resources before you submit again.',
    )
    expect(SubmissionError.decode(JSON.parse(JSON.stringify(error)))).toEqual(E.right(error))
  })

  test.each(decoders)('%s: the ids of a parsed body are recovered where they are exact', (_, decode) => {
    const parsed = {
      code: 0,
      requestId: 2 ** 53,
      when: new Date(0),
      nothing: undefined,
      detail: { a: { code: 0, requestId: 17, twice: circle }, b: { code: '5100', taskId: 18n } },
      list: [() => 1, { flowId: '19' }],
    }
    expect(decode(parsed)).toMatchObject({
      left: {
        recovered: [
          { taskId: '17', resourceId: 'a', code: 0, path: '/detail/a/requestId' },
          { taskId: '18', resourceId: 'b', code: 5100, path: '/detail/b/taskId' },
          { taskId: '19', code: 0, path: '/list/1/flowId' },
        ],
      },
    })
  })

  test.each(decoders)(
    '%s: the ids of a body that is nested too deeply are recovered near its root',
    (_, decode) => {
      const inObjects = Array.from({ length: 50_000 }).reduce<object>(inner => ({ inner }), { taskId: '2' })
      const inArrays = Array.from({ length: 50_000 }).reduce<object>(inner => [inner], [{ taskId: '2' }])
      for (const deep of [inObjects, inArrays])
        expect(decode({ taskId: '1', deep })).toMatchObject({ left: { recovered: [{ taskId: '1' }] } })
    },
  )
})

describe('bytes are read in whatever they come', () => {
  const text =
    '{"code":0,"requestId":"17","data":{"taskId":"17","status":0},"detail":{"a":{"code":0,"requestId":"1"}}}'
  const bytes = new TextEncoder().encode(text)
  const shifted = new Uint8Array([0xff, ...bytes, 0xff]).subarray(1, -1)
  const elsewhere = runInNewContext('bytes => [Uint8Array.from(bytes), Uint8Array.from(bytes).buffer]') as (
    bytes: Uint8Array,
  ) => [Uint8Array, ArrayBuffer]
  const [foreignArray, foreignBuffer] = elsewhere(bytes)
  const bodies: ReadonlyArray<readonly [string, unknown]> = [
    ['a Buffer', Buffer.from(text)],
    ['a part of an array', shifted],
    ['a Uint8Array of another realm', foreignArray],
    ['an ArrayBuffer', bytes.slice().buffer],
    ['an ArrayBuffer of another realm', foreignBuffer],
    ['a DataView', new DataView(shifted.buffer, shifted.byteOffset, shifted.byteLength)],
    ['a Uint8ClampedArray', new Uint8ClampedArray(bytes)],
  ]

  test.each(bodies)('%s', (_, body) => {
    for (const [, decode] of decoders) expect(decode(body)).toEqual(decode(text))
    for (const [, decode] of responseDecoders)
      for (const status of [200, 500])
        expect(decode({ status, body })).toEqual(decode({ status, body: text }))
  })

  test('of a buffer that was given away there is nothing to read', () => {
    const given = new DataView(bytes.slice().buffer)
    structuredClone(given.buffer, { transfer: [given.buffer] })
    for (const [, decode] of decoders) expect(decode(given)).toMatchObject({ left: { _tag: 'ShapeError' } })
  })
})
