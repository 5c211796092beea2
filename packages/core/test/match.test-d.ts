import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as These from 'fp-ts/lib/These.js'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type AcceptedEntry,
  type AllAccepted,
  type BatchOutcome,
  type Failed,
  type QueryError,
  type RejectedEntry,
  type SubmissionError,
  type TaskStatus,
  acceptedOf,
  decodeBatchTask,
  match,
  rejectedOf,
  toThese,
} from '../src/index.js'

declare const outcome: BatchOutcome<{ region: string }, { zone: number }>
declare const status: TaskStatus
declare const queryError: QueryError
declare const result: E.Either<SubmissionError, BatchOutcome>

describe('match', () => {
  test('gives each case the member of its tag, and returns what the cases return', () => {
    expectTypeOf(
      match(outcome, {
        AllAccepted: value => {
          expectTypeOf(value).toEqualTypeOf<AllAccepted<{ region: string }, { zone: number }>>()
          return value.accepted[0].extra.zone
        },
        PartlyAccepted: ({ rejected }) => rejected[0].message,
        AllRejected: () => undefined,
      }),
    ).toEqualTypeOf<number | string | undefined>()
  })

  test('takes states, errors and Eithers', () => {
    expectTypeOf(
      match(status, { Succeeded: () => 1, Failed: (failed: Failed) => failed, InProgress: () => 2 }),
    ).toEqualTypeOf<number | Failed>()
    expectTypeOf(
      match(result, { Left: ({ left }) => left._tag, Right: ({ right }) => right._tag }),
    ).toEqualTypeOf<SubmissionError['_tag'] | BatchOutcome['_tag']>()
    expectTypeOf(
      match(queryError, {
        NotSent: ({ reason }) => reason._tag,
        DeliveryUnknown: ({ reason }) => reason._tag,
        ResponseTooLarge: ({ maxBodyBytes }) => maxBodyBytes,
        HttpStatusError: ({ httpStatus }) => httpStatus,
        MalformedJson: ({ line }) => line,
        ShapeError: ({ issues }) => issues.length,
        ContractViolation: ({ issues }) => issues.length,
        QueryRejected: ({ advice }) => advice.length,
      }),
    ).not.toBeAny()
  })

  test('compiles in a pipe', () => {
    const count = pipe(
      result,
      E.map(batch =>
        match(batch, {
          AllAccepted: ({ accepted }) => accepted.length,
          PartlyAccepted: ({ accepted }) => accepted.length,
          AllRejected: () => 0,
        }),
      ),
    )
    expectTypeOf(count).toEqualTypeOf<E.Either<SubmissionError, number>>()
  })

  test('does not compile without one of the cases', () => {
    // @ts-expect-error -- AllRejected is missing
    match(outcome, { AllAccepted: () => 1, PartlyAccepted: () => 2 })
  })

  test('does not compile with a case that the union lacks', () => {
    const known = { AllAccepted: () => 1, PartlyAccepted: () => 2, AllRejected: () => 3 }
    // @ts-expect-error -- there is no NoneAccepted
    match(outcome, { ...known, NoneAccepted: () => 4 })
  })
})

test('acceptedOf and rejectedOf return arrays that may be empty', () => {
  expectTypeOf(acceptedOf(outcome)).toEqualTypeOf<ReadonlyArray<AcceptedEntry<{ zone: number }>>>()
  expectTypeOf(rejectedOf(outcome)).toEqualTypeOf<ReadonlyArray<RejectedEntry>>()
})

describe('a fold of toThese', () => {
  test('compiles in a pipe without types', () => {
    expectTypeOf(
      pipe(
        decodeBatchTask('{}'),
        E.map(toThese),
        E.map(
          These.match(
            rejected => rejected[0].meaning,
            accepted => accepted[0].taskId,
            (rejected, accepted) => `${rejected[0].meaning} ${accepted[0].taskId}`,
          ),
        ),
      ),
    ).toEqualTypeOf<E.Either<SubmissionError, string>>()
  })

  test('takes cases of different types as matchW', () => {
    expectTypeOf(
      pipe(
        outcome,
        toThese,
        These.matchW(
          () => undefined,
          accepted => accepted[0].extra.zone,
          (_, accepted) => accepted[0].taskId.length > 0,
        ),
      ),
    ).toEqualTypeOf<undefined | number | boolean>()
  })
})
