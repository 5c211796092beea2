import type {
  AcceptedTask,
  BatchOutcome,
  Json,
  QueryError,
  SubmissionError,
  TaskStatus,
} from '@task-outcome/core'
import axios, { type AxiosRequestConfig } from 'axios'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { expectTypeOf, test } from 'vitest'
import { createAxiosTaskClient } from '../src/index.js'

const tasks = createAxiosTaskClient(axios)
const Region = t.type({ region: t.string })
const Zone = t.type({ zone: t.number })

test('a client takes axios itself or an instance, and limits', () => {
  expectTypeOf(createAxiosTaskClient).toBeCallableWith(axios)
  expectTypeOf(createAxiosTaskClient).toBeCallableWith(axios.create(), { timeoutMs: 10_000 })
  // A config is not an instance.
  expectTypeOf<AxiosRequestConfig>().not.toExtend<Parameters<typeof createAxiosTaskClient>[0]>()
  // @ts-expect-error -- the option is timeoutMs; timeout is axios' name
  createAxiosTaskClient(axios, { timeout: 10_000 })
  // @ts-expect-error -- a number of milliseconds
  createAxiosTaskClient(axios, { timeoutMs: '10s' })
})

test('each method takes one axios request config', () => {
  expectTypeOf(tasks.submit).parameters.toEqualTypeOf<[config: AxiosRequestConfig]>()
  expectTypeOf(tasks.submitBatch).parameters.toEqualTypeOf<[config: AxiosRequestConfig]>()
  expectTypeOf(tasks.status).parameters.toEqualTypeOf<[config: AxiosRequestConfig]>()
  // @ts-expect-error -- not a URL, as axios.get takes
  tasks.submit('/v2/index.php')
  // @ts-expect-error -- only axios' own options
  tasks.submit({ url: '/v2/index.php', taskIdAt: 'data.taskId' })
})

test('each method returns its errors and its outcome', () => {
  expectTypeOf(tasks.submit).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, AcceptedTask>>()
  expectTypeOf(tasks.submitBatch).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, BatchOutcome>>()
  expectTypeOf(tasks.status).returns.toEqualTypeOf<TE.TaskEither<QueryError, TaskStatus>>()
})

test('fields with a codec have the type of the codec', () => {
  expectTypeOf(tasks.submitWith({ extra: Region })({})).toEqualTypeOf<
    TE.TaskEither<SubmissionError, AcceptedTask<{ region: string }>>
  >()
  expectTypeOf(tasks.submitBatchWith({ entry: Zone, response: Region })({})).toEqualTypeOf<
    TE.TaskEither<SubmissionError, BatchOutcome<{ region: string }, { zone: number }>>
  >()
  expectTypeOf(tasks.statusWith({ data: Zone })({})).toEqualTypeOf<
    TE.TaskEither<QueryError, TaskStatus<Json, { zone: number }>>
  >()
  // @ts-expect-error -- no path to the task id
  tasks.submitWith({ taskIdAt: 'flowId' })
})
