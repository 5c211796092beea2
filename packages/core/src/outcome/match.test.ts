import * as E from 'fp-ts/lib/Either.js'
import { identity } from 'fp-ts/lib/function.js'
import * as These from 'fp-ts/lib/These.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as values from '../../test/values.js'
import { toThese } from './BatchOutcome.js'
import { match } from './match.js'

test('match calls only the case of the tag, with the value itself', () => {
  fc.assert(
    fc.property(values.batchOutcome, outcome => {
      const cases = {
        AllAccepted: (value: unknown) => ['AllAccepted', value],
        PartlyAccepted: (value: unknown) => ['PartlyAccepted', value],
        AllRejected: (value: unknown) => ['AllRejected', value],
      }
      const [tag, value] = match(outcome, cases)
      expect(tag).toBe(outcome._tag)
      expect(value).toBe(outcome)
    }),
  )
})

test('match with the identity in every case is the identity', () => {
  fc.assert(
    fc.property(values.batchOutcome, outcome => {
      const cases = { AllAccepted: identity, PartlyAccepted: identity, AllRejected: identity }
      expect(match(outcome, cases)).toBe(outcome)
    }),
  )
})

test('match agrees with a fold of toThese', () => {
  fc.assert(
    fc.property(values.batchOutcome, outcome => {
      expect(
        match(outcome, {
          AllAccepted: ({ accepted }) => [accepted.length, 0],
          PartlyAccepted: ({ accepted, rejected }) => [accepted.length, rejected.length],
          AllRejected: ({ rejected }) => [0, rejected.length],
        }),
      ).toEqual(
        These.match(
          ({ length }: ReadonlyArray<unknown>) => [0, length],
          ({ length }: ReadonlyArray<unknown>) => [length, 0],
          (rejected, accepted) => [accepted.length, rejected.length],
        )(toThese(outcome)),
      )
    }),
  )
})

test('match reads an Either as fp-ts does', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.integer(), (isLeft, n) => {
      const either: E.Either<number, number> = isLeft ? E.left(n) : E.right(n)
      expect(match(either, { Left: ({ left }) => -left, Right: ({ right }) => right + 1 })).toBe(
        E.match(
          (left: number) => -left,
          (right: number) => right + 1,
        )(either),
      )
    }),
  )
})
