import type {
  Aborted,
  AcceptedEntry,
  BatchOutcome,
  Json,
  JsonRecord,
  QueryError,
  RejectedEntry,
  ResourceId,
  SubmissionError,
  TaskEnd,
  TaskId,
  TaskStatus,
} from '@task-outcome/core'
import type * as E from 'fp-ts/lib/Either.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type AllEnded,
  type BatchWaitOptions,
  type EndedTask,
  type InvalidInput,
  type OpenReason,
  type OpenTask,
  type Query,
  type ResourceAccepted,
  type ResourceInDoubt,
  type ResourceOutcome,
  type ResourceRejected,
  type Resubmission,
  type ResubmissionEnd,
  type SomeOpen,
  type Submit,
  type WaitEvent,
  type WaitResult,
  allOpen,
  resubmitRejected,
  resume,
  waitForBatch,
  waitForTask,
  watchBatch,
} from '../src/index.js'

interface Disk {
  readonly disk: string
}

declare const outcome: BatchOutcome
declare const accepted: ReadonlyNonEmptyArray<AcceptedEntry>
declare const either: E.Either<SubmissionError, BatchOutcome>
declare const query: Query
declare const diskQuery: Query<Json, Disk>
declare const numberQuery: Query<Json, number>
declare const submission: (taskId: TaskId) => TE.TaskEither<SubmissionError, TaskStatus>
declare const soFar: WaitResult<Json, Disk>
declare const submit: Submit
declare const batchOptions: BatchWaitOptions

describe('the result of a wait', () => {
  test('is told apart by its tag, and so are its parts', () => {
    expectTypeOf<WaitResult['_tag']>().toEqualTypeOf<'AllEnded' | 'SomeOpen' | 'InvalidInput'>()
    expectTypeOf<OpenReason['_tag']>().toEqualTypeOf<
      'Waiting' | 'TimedOut' | 'Aborted' | 'PolicyGaveUp' | 'QueryFailed'
    >()
    expectTypeOf<EndedTask['_tag'] | OpenTask['_tag']>().toEqualTypeOf<'EndedTask' | 'OpenTask'>()
    expectTypeOf<t.TypeOf<typeof WaitResult>>().toEqualTypeOf<WaitResult>()
  })

  test('has open tasks only where its tag says so, and then one at least', () => {
    expectTypeOf<AllEnded>().not.toHaveProperty('open')
    expectTypeOf<SomeOpen['open']>().toEqualTypeOf<ReadonlyNonEmptyArray<OpenTask>>()
    expectTypeOf<InvalidInput['open']>().toEqualTypeOf<ReadonlyArray<OpenTask>>()
    expectTypeOf<InvalidInput['reason']>().toEqualTypeOf<Aborted>()
  })

  test('says of an ended task that it succeeded or failed, never that it is in progress', () => {
    expectTypeOf<EndedTask['status']>().toEqualTypeOf<TaskEnd>()
    expectTypeOf<EndedTask['status']['_tag']>().toEqualTypeOf<'Succeeded' | 'Failed'>()
  })

  test('says why a query failed with the errors of a query', () => {
    expectTypeOf<Extract<OpenReason, { _tag: 'QueryFailed' }>['error']>().toEqualTypeOf<QueryError>()
  })
})

describe('waiting', () => {
  test('gives what the query gives', () => {
    expectTypeOf(waitForTask(accepted[0], query)).toEqualTypeOf<Task<EndedTask | OpenTask>>()
    expectTypeOf(waitForTask(accepted[0], diskQuery)).toEqualTypeOf<Task<EndedTask<Json, Disk> | OpenTask>>()
    expectTypeOf(waitForBatch(accepted, query)).toEqualTypeOf<Task<WaitResult>>()
    expectTypeOf(waitForBatch(accepted, diskQuery)).toEqualTypeOf<Task<WaitResult<Json, Disk>>>()
    expectTypeOf(resume(soFar, diskQuery)).toEqualTypeOf<Task<WaitResult<Json, Disk>>>()
    expectTypeOf(watchBatch(accepted, diskQuery)).toEqualTypeOf<AsyncIterable<WaitEvent<Json, Disk>>>()
    expectTypeOf(watchBatch(soFar, diskQuery)).toEqualTypeOf<AsyncIterable<WaitEvent<Json, Disk>>>()
  })

  test('tells of each end with the types of the query', () => {
    waitForBatch(accepted, diskQuery, {
      onEnd: (task, { progress, result }) => {
        expectTypeOf(task).toEqualTypeOf<EndedTask<Json, Disk>>()
        expectTypeOf(progress.open).toEqualTypeOf<number>()
        expectTypeOf(result()).toEqualTypeOf<WaitResult<Json, Disk>>()
      },
    })
  })

  test('hands the query a task id and a signal', () => {
    expectTypeOf<Parameters<Query>>().toEqualTypeOf<[taskId: TaskId, signal: AbortSignal]>()
    expectTypeOf<ReturnType<Query>>().toExtend<TE.TaskEither<QueryError, unknown>>()
  })

  test('takes accepted tasks, or an outcome', () => {
    if (outcome._tag !== 'AllRejected') waitForBatch(outcome.accepted, query)
    expectTypeOf(waitForBatch(outcome, query)).toEqualTypeOf<Task<WaitResult>>()
    expectTypeOf(watchBatch(outcome, diskQuery)).toEqualTypeOf<AsyncIterable<WaitEvent<Json, Disk>>>()
    expectTypeOf(allOpen(outcome)).toEqualTypeOf<WaitResult<never, never>>()
    waitForBatch(outcome as unknown as BatchOutcome<JsonRecord, Disk>, query)
    // @ts-expect-error -- a text is no task id
    waitForBatch([{ taskId: '17' }], query)
    // @ts-expect-error -- rejected entries may have no task
    if (outcome._tag === 'AllRejected') waitForBatch(outcome.rejected, query)
    // @ts-expect-error -- a single task is for waitForTask
    waitForBatch(accepted[0], query)
    // @ts-expect-error -- an outcome has several tasks
    waitForTask(outcome, query)
    // @ts-expect-error -- an Either of an outcome is none
    waitForBatch(either, query)
    // @ts-expect-error -- a result is for resume
    waitForBatch(soFar, query)
    // @ts-expect-error -- what was stored must be decoded
    resume(JSON.parse('{}') as unknown, query)
  })

  test('asks with what reads the state of a task, not with what submits', () => {
    // @ts-expect-error -- its errors are those of a submission
    waitForBatch(accepted, submission)
  })

  test('goes on with a query of the same types', () => {
    // @ts-expect-error -- the disks so far would be lost
    resume(soFar, numberQuery)
  })

  test('has no other options', () => {
    // @ts-expect-error -- it is called timeoutMs
    waitForBatch(accepted, query, { timeout: 1000 })
    // @ts-expect-error -- it is called perSecond
    waitForTask(accepted[0], query, { rate: 10 })
    // @ts-expect-error -- a single task ends when its wait does
    waitForTask(accepted[0], query, { onEnd: () => undefined })
    // @ts-expect-error -- who watches is told by the events
    watchBatch(accepted, query, batchOptions)
  })
})

describe('resubmitting', () => {
  test('tells each resource apart by its tag, and how it ended', () => {
    expectTypeOf<ResourceOutcome['_tag']>().toEqualTypeOf<
      'ResourceAccepted' | 'ResourceRejected' | 'ResourceInDoubt'
    >()
    expectTypeOf<ResubmissionEnd['_tag']>().toEqualTypeOf<
      'Waiting' | 'Settled' | 'PolicyGaveUp' | 'TimedOut' | 'Aborted' | 'SubmissionFailed'
    >()
    expectTypeOf<
      Extract<ResubmissionEnd, { _tag: 'SubmissionFailed' }>['error']
    >().toEqualTypeOf<SubmissionError>()
  })

  test('has a rejection of each resource that was not accepted', () => {
    expectTypeOf<ResourceRejected['rejections']>().toEqualTypeOf<ReadonlyNonEmptyArray<RejectedEntry>>()
    expectTypeOf<ResourceInDoubt['rejections']>().toEqualTypeOf<ReadonlyNonEmptyArray<RejectedEntry>>()
    expectTypeOf<ResourceAccepted['rejections']>().toEqualTypeOf<ReadonlyArray<RejectedEntry>>()
  })

  test('gives resources with the extra fields that the submission gives', () => {
    expectTypeOf(resubmitRejected(outcome, submit)).toEqualTypeOf<Task<Resubmission>>()
    expectTypeOf<Submit>().parameters.toEqualTypeOf<[resourceIds: ReadonlyNonEmptyArray<ResourceId>]>()
    expectTypeOf<Submit>().returns.toEqualTypeOf<TE.TaskEither<SubmissionError, BatchOutcome>>()
    const diskSubmit = submit as unknown as Submit<JsonRecord, Disk>
    const diskOutcome = outcome as unknown as BatchOutcome<JsonRecord, Disk>
    expectTypeOf(resubmitRejected(diskOutcome, diskSubmit)).toEqualTypeOf<Task<Resubmission<Disk>>>()
  })

  test('has no other options', () => {
    // @ts-expect-error -- it is called policy
    resubmitRejected(outcome, submit, { failurePolicy: undefined })
    // @ts-expect-error -- the codes that may be sent again are not the caller's to say by number
    resubmitRejected(outcome, submit, { isRetryable: 5100 })
  })
})
