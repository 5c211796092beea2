import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Body, anyBody, batchBody, ordinaryBody } from '../../test/bodies.js'
import { TaskError } from '../error/TaskError.js'
import { AcceptedTask } from '../outcome/AcceptedTask.js'
import { BatchOutcome, entries } from '../outcome/BatchOutcome.js'
import { decodeBatchTask } from './decodeBatchTask.js'
import { decodeOrdinaryTask } from './decodeOrdinaryTask.js'
import { decodeBatchResponse, decodeOrdinaryResponse } from './decodeResponse.js'

/** The ids that a result holds, each with its resource. */
const idsIn = (result: E.Either<TaskError, AcceptedTask | BatchOutcome>): ReadonlyArray<string> => {
  if (E.isLeft(result)) return result.left.recovered.map(placeOf)
  const outcome = result.right
  if (outcome._tag === 'AcceptedTask') return [placeOf(outcome), ...idsInList(outcome.extra.detail)]
  const top = outcome.extra.requestId
  return [
    ...entries(outcome).flatMap(({ taskId, resourceId }) =>
      taskId === undefined ? [] : [placeOf({ taskId, resourceId })],
    ),
    ...(typeof top === 'string' || typeof top === 'number' ? [placeOf({ taskId: String(top) })] : []),
  ]
}

/** "any other `detail` of an ordinary response is an extra": a list, whatever it holds. */
const idsInList = (detail: unknown): ReadonlyArray<string> =>
  Array.isArray(detail)
    ? (detail as ReadonlyArray<{ requestId?: string | number } | null>).flatMap(item =>
        item?.requestId === undefined ? [] : [placeOf({ taskId: String(item.requestId) })],
      )
    : []

const placeOf = ({ taskId, resourceId }: { taskId: string; resourceId?: string }): string =>
  JSON.stringify([taskId, resourceId])

const decoders = { ordinary: decodeOrdinaryTask, batch: decodeBatchTask }
const asked = fc.constantFrom('ordinary' as const, 'batch' as const)

describe('decoders never throw', () => {
  test('for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 50 }), fc.json()),
        asked,
        (text, format) => {
          expect(decoders[format](text)).toHaveProperty('_tag')
        },
      ),
    )
  })

  test('for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), asked, (bytes, format) => {
        expect(decoders[format](bytes)).toHaveProperty('_tag')
      }),
    )
  })

  test('for any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 100, max: 599 }), (value, status) => {
        const body = JSON.stringify(value)
        expect(decodeOrdinaryResponse({ status, body })).toHaveProperty('_tag')
        expect(decodeBatchResponse({ status, body })).toHaveProperty('_tag')
      }),
    )
  })
})

describe('nothing is lost', () => {
  test.each([
    ['ordinary', ordinaryBody],
    ['batch', batchBody],
    ['either', anyBody],
  ])('every id of a body in the %s format is in the Right or in recovered, digit for digit', (_, bodies) => {
    fc.assert(
      fc.property(bodies, asked, ({ text, ids }, format) => {
        expect(idsIn(decoders[format](text))).toEqual(expect.arrayContaining(ids.map(placeOf)))
      }),
    )
  })

  test('no id is invented', () => {
    fc.assert(
      fc.property(anyBody, asked, ({ text, ids }, format) => {
        const result: E.Either<TaskError, AcceptedTask | BatchOutcome> = decoders[format](text)
        expect(E.isRight(result) || ids.map(placeOf)).toEqual(
          E.isRight(result) || expect.arrayContaining([...idsIn(result)]),
        )
      }),
    )
  })

  /** Where a body is spoiled, ids that were complete before stay readable. A number is complete once something follows. */
  const completeBefore = ({ ids }: Body, issue: number): ReadonlyArray<string> =>
    ids.filter(({ end, isNumber }) => (isNumber ? end < issue : end <= issue)).map(placeOf)

  const spoiled = fc.tuple(anyBody, fc.nat()).map(([body, at]) => ({ body, issue: at % body.text.length }))

  test('every id that is complete before a cut is recovered, and no other', () => {
    fc.assert(
      fc.property(spoiled, asked, ({ body, issue }, format) => {
        const result = decoders[format](body.text.slice(0, issue))
        expect(result).toMatchObject({ left: { _tag: 'MalformedJson', offset: issue } })
        expect(new Set(idsIn(result))).toEqual(new Set(completeBefore(body, issue)))
      }),
    )
  })

  test('every id that is complete before a bad character is recovered, and none is invented', () => {
    fc.assert(
      fc.property(spoiled, asked, fc.constantFrom('\u0000', '\u001f'), ({ body, issue }, format, bad) => {
        const result = decoders[format](body.text.slice(0, issue) + bad + body.text.slice(issue))
        expect(result).toMatchObject({ left: { _tag: 'MalformedJson' } })
        expect(idsIn(result)).toEqual(expect.arrayContaining([...completeBefore(body, issue)]))
        expect(body.ids.map(({ taskId }) => taskId)).toEqual(
          expect.arrayContaining(E.isLeft(result) ? result.left.recovered.map(({ taskId }) => taskId) : []),
        )
      }),
    )
  })

  test('every id that is complete before a byte that is not UTF-8 is recovered', () => {
    fc.assert(
      fc.property(spoiled, asked, ({ body, issue }, format) => {
        const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
        const bytes = Uint8Array.from([
          ...encode(body.text.slice(0, issue)),
          0xff,
          ...encode(body.text.slice(issue)),
        ])
        const result = decoders[format](bytes)
        const wellFormed = {
          ...body,
          ids: body.ids.filter(({ taskId, resourceId = '' }) => isWellFormed(taskId + resourceId)),
        }
        expect(result).toMatchObject({ left: { _tag: 'MalformedJson' } })
        expect(idsIn(result)).toEqual(expect.arrayContaining([...completeBefore(wellFormed, issue)]))
      }),
    )
  })

  const isWellFormed = (text: string): boolean => encodeURIComponentOrNothing(text) !== undefined
  const encodeURIComponentOrNothing = (text: string): string | undefined => {
    try {
      return encodeURIComponent(text)
    } catch {
      return undefined
    }
  }
})

describe('nothing is mistaken for success', () => {
  test('a Right has accepted tasks with ids, and nothing else with code 0', () => {
    fc.assert(
      fc.property(batchBody, ({ text }) => {
        const result = decodeBatchTask(text)
        if (E.isLeft(result)) return
        type Code = number | string // a code may be written as text
        const plain = JSON.parse(text) as { code: Code; detail: Record<string, { code: Code }> }
        const codes = Object.values(plain.detail).map(({ code }) => Number(code))
        const failed = codes.filter(code => code !== 0).length
        expect(result.right._tag).toBe(
          failed === 0 ? 'AllAccepted' : failed === codes.length ? 'AllRejected' : 'PartlyAccepted',
        )
        expect(Number(plain.code) === 0).toBe(failed === 0)
      }),
    )
  })
})

describe('results are plain data', () => {
  test.each([
    ['ordinary', ordinaryBody, decodeOrdinaryTask, AcceptedTask],
    ['batch', batchBody, decodeBatchTask, BatchOutcome],
  ] as const)('%s: encode, JSON and decode return the same value', (_, bodies, decode, codec) => {
    fc.assert(
      fc.property(bodies, fc.nat(), ({ text }, cut) => {
        for (const body of [text, text.slice(0, cut % text.length)]) {
          const result: E.Either<TaskError, AcceptedTask | BatchOutcome> = decode(body)
          const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
          if (E.isRight(result)) {
            const encoded = throughJson((codec.encode as (outcome: unknown) => unknown)(result.right))
            expect(codec.decode(encoded)).toEqual(E.right(result.right))
          } else {
            expect(TaskError.decode(throughJson(TaskError.encode(result.left)))).toEqual(E.right(result.left))
          }
        }
      }),
    )
  })
})
