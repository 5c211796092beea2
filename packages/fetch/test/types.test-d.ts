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

/** A fetch with other arguments, such as one that signs. */
declare const signingFetch: (url: URL, init: { readonly secretKey: string }) => Promise<FetchResponse>

test('a client takes an optional fetch and limits', () => {
  expectTypeOf(createFetchTaskClient).toBeCallableWith()
  expectTypeOf(createFetchTaskClient).toBeCallableWith(fetch, { timeoutMs: 10_000 })
  expectTypeOf(createFetchTaskClient).toBeCallableWith(undefined, { maxBodyBytes: 1024 })
  // @ts-expect-error -- a fetch returns a response
  createFetchTaskClient(async () => 'body')
  // @ts-expect-error -- the option is timeoutMs
  createFetchTaskClient(fetch, { timeout: 10_000 })
})

test("each method takes fetch's arguments", () => {
  expectTypeOf(tasks.submit).parameters.toEqualTypeOf<Parameters<typeof fetch>>()
  expectTypeOf(tasks.submitBatch).parameters.toEqualTypeOf<Parameters<typeof fetch>>()
  expectTypeOf(tasks.status).parameters.toEqualTypeOf<Parameters<typeof fetch>>()
  expectTypeOf(createFetchTaskClient().submit).parameters.toEqualTypeOf<Parameters<typeof fetch>>()
  // @ts-expect-error -- only fetch's own options
  tasks.submit('https://cvm.api.qcloud.com', { taskIdAt: 'data.taskId' })
})

test('each method takes the arguments of a custom fetch', () => {
  const signing = createFetchTaskClient(signingFetch)
  expectTypeOf(signing.submitBatch).parameters.toEqualTypeOf<
    [url: URL, init: { readonly secretKey: string }]
  >()
  // @ts-expect-error -- its arguments are required
  signing.submit(new URL('https://cvm.api.qcloud.com'))
})

test('each method returns its errors and its outcome', () => {
  expectTypeOf(tasks.submit).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, AcceptedTask>>()
  expectTypeOf(tasks.submitBatch).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, BatchOutcome>>()
  expectTypeOf(tasks.status).returns.toEqualTypeOf<TE.TaskEither<QueryError, TaskStatus>>()
})

test('fields with a codec have the type of the codec', () => {
  expectTypeOf(tasks.submitWith({ extra: Region })('')).toEqualTypeOf<
    TE.TaskEither<SubmissionError, AcceptedTask<{ region: string }>>
  >()
  expectTypeOf(tasks.submitBatchWith({ entry: Zone, response: Region })('')).toEqualTypeOf<
    TE.TaskEither<SubmissionError, BatchOutcome<{ region: string }, { zone: number }>>
  >()
  expectTypeOf(tasks.statusWith({ data: Zone })('')).toEqualTypeOf<
    TE.TaskEither<QueryError, TaskStatus<Json, { zone: number }>>
  >()
  // @ts-expect-error -- no path to the task id
  tasks.submitWith({ taskIdAt: 'flowId' })
})
