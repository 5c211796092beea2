import * as Effect from 'effect/Effect'
import type * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { ResultAsync, type Result, err, ok } from 'neverthrow'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type AcceptedTask,
  type BatchOutcome,
  type Json,
  type QueryError,
  type Rejected,
  type SubmissionError,
  type TaskClient,
  type TaskError,
  type TaskStatus,
  canSendAgain,
  createPromiseTaskClient,
  getOrThrow,
} from '../src/index.js'
import type { PromiseTaskClient } from '../src/adapter.js'

declare const client: TaskClient<[url: string, init?: { readonly method: string }]>
const tasks = createPromiseTaskClient(client)
const Zone = t.type({ zone: t.number })

describe('a client of promises', () => {
  test('takes the requests of its client, and returns promises', () => {
    expectTypeOf(tasks).toEqualTypeOf<PromiseTaskClient<[url: string, init?: { readonly method: string }]>>()
    expectTypeOf(tasks.submit('')).resolves.toEqualTypeOf<E.Either<SubmissionError, AcceptedTask>>()
    expectTypeOf(tasks.submitBatch('')).resolves.toEqualTypeOf<E.Either<SubmissionError, BatchOutcome>>()
    expectTypeOf(tasks.status('', { method: 'GET' })).resolves.toEqualTypeOf<
      E.Either<QueryError, TaskStatus>
    >()
    // @ts-expect-error -- the URL is required
    void tasks.submit()
    // @ts-expect-error -- a promise is no function, so a second pair of parentheses does not compile
    tasks.submit('')()
  })

  test('takes options first, with the request in the same call', () => {
    expectTypeOf(tasks.submitWith({ extra: Zone }, '')).resolves.toEqualTypeOf<
      E.Either<SubmissionError, AcceptedTask<{ zone: number }>>
    >()
    expectTypeOf(tasks.statusWith({ data: Zone }, '')).resolves.toEqualTypeOf<
      E.Either<QueryError, TaskStatus<Json, { zone: number }>>
    >()
    // @ts-expect-error -- options alone would send nothing
    void tasks.submitWith({ extra: Zone })
  })

  test('returns a plain union', async () => {
    const result = await tasks.submit('')
    if (result._tag === 'Right') expectTypeOf(result.right).toEqualTypeOf<AcceptedTask>()
    else expectTypeOf(result.left).toEqualTypeOf<SubmissionError>()
    // @ts-expect-error -- the tag comes first
    String(result.right)
  })
})

test('getOrThrow returns the outcome of any result', async () => {
  expectTypeOf(getOrThrow(await tasks.submit(''))).toEqualTypeOf<AcceptedTask>()
  expectTypeOf(getOrThrow(await tasks.status(''))).toEqualTypeOf<TaskStatus>()
  // @ts-expect-error -- a promise is no result
  getOrThrow(tasks.submit(''))
})

test('neverthrow keeps both types', () => {
  const toResult = <Failure extends TaskError, A>(either: E.Either<Failure, A>): Result<A, Failure> =>
    either._tag === 'Left' ? err(either.left) : ok(either.right)
  const submitted = new ResultAsync(tasks.submit('').then(toResult))
  expectTypeOf(submitted).toEqualTypeOf<ResultAsync<AcceptedTask, SubmissionError>>()
  expectTypeOf(submitted.mapErr(canSendAgain)).toEqualTypeOf<ResultAsync<AcceptedTask, boolean>>()
})

test('Effect keeps both types, and catches an error by its tag', () => {
  const fromEither = <Failure extends TaskError, A>(
    either: E.Either<Failure, A>,
  ): Effect.Effect<A, Failure> =>
    either._tag === 'Left' ? Effect.fail(either.left) : Effect.succeed(either.right)
  const submitted = Effect.flatMap(
    Effect.promise(() => tasks.submit('')),
    fromEither,
  )
  expectTypeOf(submitted).toEqualTypeOf<Effect.Effect<AcceptedTask, SubmissionError>>()
  const caught = Effect.catchTag(submitted, 'Rejected', error => {
    expectTypeOf(error).toEqualTypeOf<Rejected>()
    return Effect.succeed(undefined)
  })
  expectTypeOf(caught).toEqualTypeOf<
    Effect.Effect<AcceptedTask | undefined, Exclude<SubmissionError, { _tag: 'Rejected' }>>
  >()
})
