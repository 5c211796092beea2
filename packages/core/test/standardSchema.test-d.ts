import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type } from 'arktype'
import * as Schema from 'effect/Schema'
import type * as E from 'fp-ts/lib/Either.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import * as v from 'valibot'
import { describe, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  type AcceptedTask,
  type BatchOutcome,
  type Json,
  type JsonRecord,
  type QueryError,
  type SubmissionError,
  type TaskStatus,
  type createTaskClient,
  decodeBatchTaskWith,
  decodeOrdinaryTaskWith,
  decodeTaskStatusWith,
} from '../src/index.js'
import type { CodecOrSchema, StandardSchema } from '../src/codec.js'

declare const client: ReturnType<typeof createTaskClient<[url: string]>>

interface Listeners {
  listenerIds: string[]
}
const zodSchema = z.object({ listenerIds: z.array(z.string()) })
const valibotSchema = v.object({ listenerIds: v.array(v.string()) })
const arktypeSchema = type({ listenerIds: 'string[]' })
const effectSchema = Schema.toStandardSchemaV1(
  Schema.Struct({ listenerIds: Schema.mutable(Schema.Array(Schema.String)) }),
)

type Decoded<Extra> = E.Either<SubmissionError, AcceptedTask<Extra>>

test('every schema of the specification is a StandardSchema', () => {
  expectTypeOf<StandardSchemaV1<unknown, Listeners>>().toExtend<StandardSchema<Listeners>>()
  expectTypeOf<StandardSchemaV1<string, Listeners>>().toExtend<StandardSchema<Listeners>>()
  expectTypeOf<StandardSchemaV1<string, Listeners>>().not.toExtend<StandardSchema<{ other: string }>>()
})

describe('the extra fields have the output type of the schema', () => {
  test('of zod', () => {
    expectTypeOf(decodeOrdinaryTaskWith({ extra: zodSchema })('')).toEqualTypeOf<Decoded<Listeners>>()
    expectTypeOf(
      decodeOrdinaryTaskWith({ extra: z.object({ size: z.string().transform(Number) }) })(''),
    ).toEqualTypeOf<Decoded<{ size: number }>>()
  })
  test('of valibot', () => {
    expectTypeOf(decodeOrdinaryTaskWith({ extra: valibotSchema })('')).toEqualTypeOf<Decoded<Listeners>>()
  })
  test('of arktype', () => {
    expectTypeOf(decodeOrdinaryTaskWith({ extra: arktypeSchema })('')).toEqualTypeOf<Decoded<Listeners>>()
  })
  test('of effect', () => {
    expectTypeOf(decodeOrdinaryTaskWith({ extra: effectSchema })('')).toExtend<
      Decoded<{ readonly listenerIds: string[] }>
    >()
  })
})

test('a batch and a state take schemas, also beside a codec of io-ts', () => {
  expectTypeOf(
    decodeBatchTaskWith({ response: zodSchema, entry: t.type({ zone: t.number }) })(''),
  ).toEqualTypeOf<E.Either<SubmissionError, BatchOutcome<Listeners, { zone: number }>>>()
  expectTypeOf(decodeBatchTaskWith({ entry: arktypeSchema })('')).toEqualTypeOf<
    E.Either<SubmissionError, BatchOutcome<JsonRecord, Listeners>>
  >()
  expectTypeOf(decodeTaskStatusWith({ data: valibotSchema })('')).toEqualTypeOf<
    E.Either<QueryError, TaskStatus<Json, Listeners>>
  >()
})

test('a task client takes schemas', () => {
  expectTypeOf(client.submitWith({ extra: arktypeSchema })('')).toEqualTypeOf<
    TE.TaskEither<SubmissionError, AcceptedTask<Listeners>>
  >()
  expectTypeOf(client.submitBatchWith({ entry: valibotSchema })('')).toEqualTypeOf<
    TE.TaskEither<SubmissionError, BatchOutcome<JsonRecord, Listeners>>
  >()
  expectTypeOf(client.statusWith({ data: zodSchema })('')).toEqualTypeOf<
    TE.TaskEither<QueryError, TaskStatus<Json, Listeners>>
  >()
})

test('another value is refused', () => {
  // @ts-expect-error -- a schema of effect as it is does not implement Standard Schema
  decodeOrdinaryTaskWith({ extra: Schema.String })
  // @ts-expect-error -- a function is no schema
  decodeOrdinaryTaskWith({ extra: (extra: unknown) => extra })
  expectTypeOf<t.Type<Listeners>>().toExtend<CodecOrSchema<Listeners>>()
})
