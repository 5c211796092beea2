import type {
  AcceptedTask,
  BatchOutcome,
  Json,
  QueryError,
  SubmissionError,
  TaskStatus,
} from '@task-outcome/core'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { expectTypeOf, test } from 'vitest'
import { type FetchResponse, createFetchTaskClient } from '../src/index.js'

const tasks = createFetchTaskClient(fetch)
const Region = t.type({ region: t.string })
const Zone = t.type({ zone: t.number })

/** A fetch with arguments of its own, such as a signing one. */
declare const signingFetch: (url: URL, init: { readonly secretKey: string }) => Promise<FetchResponse>

test('a client is made of nothing, of a fetch, and of limits', () => {
  expectTypeOf(createFetchTaskClient).toBeCallableWith()
  expectTypeOf(createFetchTaskClient).toBeCallableWith(fetch, { timeoutMs: 10_000 })
  expectTypeOf(createFetchTaskClient).toBeCallableWith(undefined, { maxBodyBytes: 1024 })
  // @ts-expect-error -- what gives no response is no fetch
  createFetchTaskClient(async () => 'body')
  // @ts-expect-error -- it is called timeoutMs
  createFetchTaskClient(fetch, { timeout: 10_000 })
})

test("each method takes fetch's arguments", () => {
  expectTypeOf(tasks.submit).parameters.toEqualTypeOf<Parameters<typeof fetch>>()
  expectTypeOf(tasks.submitBatch).parameters.toEqualTypeOf<Parameters<typeof fetch>>()
  expectTypeOf(tasks.status).parameters.toEqualTypeOf<Parameters<typeof fetch>>()
  expectTypeOf(createFetchTaskClient().submit).parameters.toEqualTypeOf<Parameters<typeof fetch>>()
  // @ts-expect-error -- no other options than fetch has
  tasks.submit('https://cvm.api.qcloud.com', { taskIdAt: 'data.taskId' })
})

test("each method takes the arguments of the caller's own fetch", () => {
  const signing = createFetchTaskClient(signingFetch)
  expectTypeOf(signing.submitBatch).parameters.toEqualTypeOf<
    [url: URL, init: { readonly secretKey: string }]
  >()
  // @ts-expect-error -- its own arguments are not optional
  signing.submit(new URL('https://cvm.api.qcloud.com'))
})

test('each method gives the errors and the outcome of what was asked', () => {
  expectTypeOf(tasks.submit).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, AcceptedTask>>()
  expectTypeOf(tasks.submitBatch).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, BatchOutcome>>()
  expectTypeOf(tasks.status).returns.toEqualTypeOf<TE.TaskEither<QueryError, TaskStatus>>()
})

test('what codecs are given for is typed as they do', () => {
  expectTypeOf(tasks.submitWith({ extra: Region })('')).toEqualTypeOf<
    TE.TaskEither<SubmissionError, AcceptedTask<{ region: string }>>
  >()
  expectTypeOf(tasks.submitBatchWith({ entry: Zone, response: Region })('')).toEqualTypeOf<
    TE.TaskEither<SubmissionError, BatchOutcome<{ region: string }, { zone: number }>>
  >()
  expectTypeOf(tasks.statusWith({ data: Zone })('')).toEqualTypeOf<
    TE.TaskEither<QueryError, TaskStatus<Json, { zone: number }>>
  >()
  // @ts-expect-error -- no place of a task's id
  tasks.submitWith({ taskIdAt: 'flowId' })
})
