import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import * as These from 'fp-ts/lib/These.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { describe, expect, test } from 'vitest'
import { DateFromText } from '../../test/DateFromText.js'
import { throughJson } from '../../test/throughJson.js'
import * as values from '../../test/values.js'
import { JsonRecord } from '../json/Json.js'
import {
  BatchEntry,
  BatchOutcome,
  acceptedOf,
  batchOutcomeCodec,
  entries,
  rejectedOf,
  toEithers,
  toThese,
} from './BatchOutcome.js'

describe('entries', () => {
  test('returns the accepted and the rejected ones, in the order of the body', () => {
    fc.assert(
      fc.property(values.batchOutcome, outcome => {
        const all = entries(outcome)
        expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => index))
        expect(all.filter(({ _tag }) => _tag === 'AcceptedEntry')).toEqual(
          outcome._tag === 'AllRejected' ? [] : outcome.accepted,
        )
        expect(all.filter(({ _tag }) => _tag === 'RejectedEntry')).toEqual(
          outcome._tag === 'AllAccepted' ? [] : outcome.rejected,
        )
      }),
    )
  })

  test('does not change the outcome', () => {
    fc.assert(
      fc.property(values.batchOutcome, outcome => {
        const before = JSON.stringify(outcome)
        entries(outcome)
        expect(JSON.stringify(outcome)).toBe(before)
      }),
    )
  })
})

test('acceptedOf and rejectedOf divide the entries, each in the order of the body', () => {
  fc.assert(
    fc.property(values.batchOutcome, outcome => {
      const all = entries(outcome)
      expect(acceptedOf(outcome)).toEqual(all.filter(({ _tag }) => _tag === 'AcceptedEntry'))
      expect(rejectedOf(outcome)).toEqual(all.filter(({ _tag }) => _tag === 'RejectedEntry'))
    }),
  )
})

test('toEithers returns the entries, rejected ones on the left, accepted ones on the right', () => {
  fc.assert(
    fc.property(values.batchOutcome, outcome => {
      expect(toEithers(outcome)).toEqual(
        entries(outcome).map(entry => (entry._tag === 'AcceptedEntry' ? E.right(entry) : E.left(entry))),
      )
    }),
  )
})

test('toThese returns the rejected entries on the left, the accepted ones on the right', () => {
  fc.assert(
    fc.property(values.batchOutcome, outcome => {
      const these = toThese(outcome)
      expect(These.isLeft(these)).toBe(outcome._tag === 'AllRejected')
      expect(These.isRight(these)).toBe(outcome._tag === 'AllAccepted')
      if (!These.isRight(these) && outcome._tag !== 'AllAccepted')
        expect(these.left).toEqual(outcome.rejected)
      if (!These.isLeft(these) && outcome._tag !== 'AllRejected')
        expect(these.right).toEqual(outcome.accepted)
    }),
  )
})

describe('an outcome survives JSON', () => {
  test('with plain extra fields', () => {
    fc.assert(
      fc.property(values.batchOutcome, outcome => {
        expect(BatchOutcome.is(outcome)).toBe(true)
        expect(throughJson(BatchOutcome, outcome)).toEqual(E.right(outcome))
        for (const entry of entries(outcome)) expect(throughJson(BatchEntry, entry)).toEqual(E.right(entry))
      }),
    )
  })

  test('with codecs for extra fields; those of rejected entries and of AllRejected stay plain', () => {
    const codec = batchOutcomeCodec({ response: t.type({ when: DateFromText }), entry: DateFromText })
    const date = fc.date({ noInvalidDate: true })
    fc.assert(
      fc.property(values.batchOutcomeOf({ response: fc.record({ when: date }), entry: date }), outcome => {
        expect(codec.is(outcome)).toBe(true)
        expect(throughJson(codec, outcome)).toEqual(E.right(outcome))
      }),
    )
  })
})

describe('not an outcome', () => {
  const texts = { message: '', codeDesc: '', extra: {} }
  const accepted = (position: number, more: object = {}) => ({
    _tag: 'AcceptedEntry',
    position,
    resourceId: `a-${String(position)}`,
    taskId: '1',
    ...texts,
    ...more,
  })
  const rejected = (position: number, more: object = {}) => ({
    _tag: 'RejectedEntry',
    position,
    resourceId: `r-${String(position)}`,
    code: 5100,
    meaning: 'operation on the resource failed',
    advice: 'later',
    ...texts,
    ...more,
  })
  const allAccepted = (...of: object[]) => ({ _tag: 'AllAccepted', accepted: of, ...texts })
  const allRejected = (...of: object[]) => ({ _tag: 'AllRejected', rejected: of, ...texts })
  const partly = (some: object[], others: object[]) => ({
    _tag: 'PartlyAccepted',
    accepted: some,
    rejected: others,
    ...texts,
  })
  let deep: unknown = 0
  for (let depth = 0; depth < 100_000; depth++) deep = [deep]

  /** The codec of plain outcomes, and one that was made like it. */
  const codecs = () => [BatchOutcome, batchOutcomeCodec({ response: JsonRecord, entry: JsonRecord })]

  test.each([
    ['all accepted', allAccepted(accepted(0), accepted(1))],
    ['all rejected', allRejected(rejected(0), rejected(1))],
    ['partly accepted', partly([accepted(1), accepted(3)], [rejected(0), rejected(2)])],
    ['all accepted, with an empty array of rejected ones', { ...allAccepted(accepted(0)), rejected: [] }],
    ['all rejected, with no array of accepted ones', { ...allRejected(rejected(0)), accepted: null }],
  ])('these are errors: %s', (_, outcome) => {
    for (const codec of codecs()) {
      expect(codec.is(outcome)).toBe(true)
      expect(codec.decode(outcome)).toEqual(E.right(outcome))
    }
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['another tag', { ...allAccepted(accepted(0)), _tag: 'AcceptedTask' }],
    ['all accepted, without a message', { ...allAccepted(accepted(0)), message: undefined }],
    ['partly accepted, without a code’s name', { ...partly([accepted(0)], [rejected(1)]), codeDesc: null }],
    ['all rejected, without a message', { ...allRejected(rejected(0)), message: undefined }],
    ['all accepted, with a rejected entry', { ...allAccepted(accepted(0)), rejected: [rejected(1)] }],
    ['all rejected, with an accepted entry', { ...allRejected(rejected(0)), accepted: [accepted(1)] }],
    [
      'all rejected, with something else than accepted entries',
      { ...allRejected(rejected(0)), accepted: {} },
    ],
    ['nothing accepted', allAccepted()],
    ['nothing rejected', allRejected()],
    ['partly, and nothing accepted', partly([], [rejected(0)])],
    ['partly, and nothing rejected', partly([accepted(0)], [])],
    ['a rejected entry among the accepted', allAccepted(accepted(0), rejected(1))],
    ['an accepted entry among the rejected', allRejected(accepted(0))],
    ['a resource twice', allAccepted(accepted(0), accepted(1, { resourceId: 'a-0' }))],
    ['a resource both accepted and rejected', partly([accepted(0)], [rejected(1, { resourceId: 'a-0' })])],
    ['a position left out', allAccepted(accepted(0), accepted(2))],
    ['a position twice', partly([accepted(0), accepted(1)], [rejected(1)])],
    ['a first position that is not 0', allRejected(rejected(1))],
    ['a negative position', allRejected(rejected(-1), rejected(0))],
    ['a position that is no integer', allAccepted(accepted(0.5))],
    ['the accepted out of order', partly([accepted(2), accepted(0)], [rejected(1)])],
    ['the rejected out of order', partly([accepted(1)], [rejected(2), rejected(0)])],
    ['all accepted, out of order', allAccepted(accepted(1), accepted(0))],
    ['code 0 in a rejected entry', allRejected(rejected(0, { code: 0 }))],
    ['a code that is no safe integer', allRejected(rejected(0, { code: 2 ** 53 }))],
    ['advice that does not exist', allRejected(rejected(0, { advice: 'now' }))],
    ['an empty task id', allAccepted(accepted(0, { taskId: '' }))],
    ['an empty task id in a rejected entry', allRejected(rejected(0, { taskId: '' }))],
    ['extra fields that are no JSON', allAccepted(accepted(0, { extra: { when: new Date(0) } }))],
    ['extra fields that are no object', { ...allRejected(rejected(0)), extra: [] }],
    ['extra fields nested deeper than 512', { ...allRejected(rejected(0)), extra: { deep } }],
  ])('%s', (_, broken) => {
    for (const codec of codecs()) {
      expect(codec.is(broken)).toBe(false)
      expect(E.isLeft(codec.decode(broken))).toBe(true)
    }
  })

  test.each<[string, unknown, string]>([
    [
      'all accepted',
      allAccepted(accepted(0, { extra: 1 })),
      ': BatchOutcome/0: AllAccepted/accepted: ReadonlyNonEmptyArray<AcceptedEntry<string>>/0: AcceptedEntry<string>/extra: string',
    ],
    ['partly accepted', partly([], []), ': BatchOutcome/1: PartlyAccepted/accepted: '],
    ['all rejected', allRejected(), ': BatchOutcome/2: AllRejected/rejected: '],
  ])('the codecs name the path of an issue: %s', (_, broken, place) => {
    const codec = batchOutcomeCodec({ response: JsonRecord, entry: t.string })
    expect(PathReporter.report(codec.decode(broken)).join('\n')).toContain(place)
  })

  test('decode never throws, whatever the value', () => {
    const anything = fc.anything({
      withSparseArray: true,
      withNullPrototype: true,
      withDate: true,
      withMap: true,
    })
    const almost = fc.record(
      {
        _tag: fc.constantFrom('AllAccepted', 'PartlyAccepted', 'AllRejected'),
        accepted: fc.oneof(fc.array(anything), anything),
        rejected: fc.oneof(fc.array(anything), anything),
        extra: anything,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(anything, almost), value => {
        expect(E.isLeft(BatchOutcome.decode(value))).toBe(true)
      }),
    )
  })
})
