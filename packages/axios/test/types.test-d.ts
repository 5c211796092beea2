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

test('a client is made of axios itself or of an instance, and of limits', () => {
  expectTypeOf(createAxiosTaskClient).toBeCallableWith(axios)
  expectTypeOf(createAxiosTaskClient).toBeCallableWith(axios.create(), { timeoutMs: 10_000 })
  // A config is no instance.
  expectTypeOf<AxiosRequestConfig>().not.toExtend<Parameters<typeof createAxiosTaskClient>[0]>()
  // @ts-expect-error -- axios calls it timeout, a task client timeoutMs
  createAxiosTaskClient(axios, { timeout: 10_000 })
  // @ts-expect-error -- a number of milliseconds
  createAxiosTaskClient(axios, { timeoutMs: '10s' })
})

test('each method takes one axios request config', () => {
  expectTypeOf(tasks.submit).parameters.toEqualTypeOf<[config: AxiosRequestConfig]>()
  expectTypeOf(tasks.submitBatch).parameters.toEqualTypeOf<[config: AxiosRequestConfig]>()
  expectTypeOf(tasks.status).parameters.toEqualTypeOf<[config: AxiosRequestConfig]>()
  // @ts-expect-error -- not a url, as axios.get does
  tasks.submit('/v2/index.php')
  // @ts-expect-error -- no other options than axios has
  tasks.submit({ url: '/v2/index.php', taskIdAt: 'data.taskId' })
})

test('each method gives the errors and the outcome of what was asked', () => {
  expectTypeOf(tasks.submit).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, AcceptedTask>>()
  expectTypeOf(tasks.submitBatch).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, BatchOutcome>>()
  expectTypeOf(tasks.status).returns.toEqualTypeOf<TE.TaskEither<QueryError, TaskStatus>>()
})

test('what codecs are given for is typed as they do', () => {
  expectTypeOf(tasks.submitWith({ extra: Region })({})).toEqualTypeOf<
    TE.TaskEither<SubmissionError, AcceptedTask<{ region: string }>>
  >()
  expectTypeOf(tasks.submitBatchWith({ entry: Zone, response: Region })({})).toEqualTypeOf<
    TE.TaskEither<SubmissionError, BatchOutcome<{ region: string }, { zone: number }>>
  >()
  expectTypeOf(tasks.statusWith({ data: Zone })({})).toEqualTypeOf<
    TE.TaskEither<QueryError, TaskStatus<Json, { zone: number }>>
  >()
  // @ts-expect-error -- no place of a task's id
  tasks.submitWith({ taskIdAt: 'flowId' })
})
