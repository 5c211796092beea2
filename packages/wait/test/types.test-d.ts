import type {
  AcceptedEntry,
  BatchOutcome,
  Json,
  JsonRecord,
  NotSent,
  QueryError,
  RejectedEntry,
  ResourceId,
  SubmissionError,
  TaskEnd,
  TaskId,
  TaskStatus,
} from '@task-outcome/core'
import { match } from '@task-outcome/core'
import type { Aborted } from '@task-outcome/core/adapter'
import type * as E from 'fp-ts/lib/Either.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type AllFinished,
  type NothingToWaitFor,
  type BatchWaitOptions,
  type DoubtReason,
  type FinishedTask,
  type InvalidInput,
  type PendingReason,
  type PendingTask,
  type QueriedStatus,
  type QueriedTask,
  type QueryTaskStatus,
  type QueryTaskStatuses,
  type ResourceAccepted,
  type ResourceInDoubt,
  type ResourceOutcome,
  type ResourceRejected,
  type ResourceFate,
  type ResourceNotSubmitted,
  type Rejection,
  type JobResult,
  type SubmissionResult,
  type StopReason,
  type SomePending,
  type SubmitBatch,
  type WaitEvent,
  type WaitResult,
  createPace,
  initialWaitResult,
  possibleTasks,
  reconcile,
  resumeJob,
  resumeSubmission,
  runJob,
  submitAll,
  resumeWait,
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
declare const query: QueryTaskStatus
declare const diskQuery: QueryTaskStatus<Json, Disk>
declare const diskQueryOfMany: QueryTaskStatuses<Json, Disk>
declare const numberQuery: QueryTaskStatus<Json, number>
declare const submission: (taskId: TaskId) => TE.TaskEither<SubmissionError, TaskStatus>
declare const soFar: WaitResult<Json, Disk>
declare const submit: SubmitBatch
declare const diskSubmit: SubmitBatch<JsonRecord, Disk>
declare const diskJob: JobResult<Json, Disk>
declare const batchOptions: BatchWaitOptions

describe('the result of a wait', () => {
  test('is discriminated by its tag, and so are its parts', () => {
    expectTypeOf<WaitResult['_tag']>().toEqualTypeOf<
      'AllFinished' | 'SomePending' | 'NothingToWaitFor' | 'InvalidInput'
    >()
    expectTypeOf<PendingReason['_tag']>().toEqualTypeOf<
      'Waiting' | 'TimedOut' | 'Aborted' | 'PolicyGaveUp' | 'QueryFailed'
    >()
    expectTypeOf<FinishedTask['_tag'] | PendingTask['_tag']>().toEqualTypeOf<'FinishedTask' | 'PendingTask'>()
    expectTypeOf<t.TypeOf<typeof WaitResult>>().toEqualTypeOf<WaitResult>()
  })

  test('has pending tasks only if its tag says so, and then at least one', () => {
    expectTypeOf<AllFinished>().not.toHaveProperty('pending')
    expectTypeOf<AllFinished['finished']>().toEqualTypeOf<ReadonlyNonEmptyArray<FinishedTask>>()
    expectTypeOf<NothingToWaitFor>().not.toHaveProperty('finished')
    expectTypeOf<SomePending['pending']>().toEqualTypeOf<ReadonlyNonEmptyArray<PendingTask>>()
    expectTypeOf<InvalidInput['pending']>().toEqualTypeOf<ReadonlyArray<PendingTask>>()
    expectTypeOf<InvalidInput['reason']>().toEqualTypeOf<Aborted>()
  })

  test('says of a finished task that it succeeded or failed, never that it is in progress', () => {
    expectTypeOf<FinishedTask['status']>().toEqualTypeOf<TaskEnd>()
    expectTypeOf<FinishedTask['status']['_tag']>().toEqualTypeOf<'Succeeded' | 'Failed'>()
  })

  test('says why a query failed with the errors of a query', () => {
    expectTypeOf<Extract<PendingReason, { _tag: 'QueryFailed' }>['error']>().toEqualTypeOf<QueryError>()
  })
})

describe('waiting', () => {
  test('returns the types of the query', () => {
    expectTypeOf(waitForTask(accepted[0], query)).toEqualTypeOf<Task<FinishedTask | PendingTask>>()
    expectTypeOf(waitForTask(accepted[0], diskQuery)).toEqualTypeOf<
      Task<FinishedTask<Json, Disk> | PendingTask>
    >()
    expectTypeOf(waitForBatch(accepted, query)).toEqualTypeOf<Task<WaitResult>>()
    expectTypeOf(waitForBatch(accepted, diskQuery)).toEqualTypeOf<Task<WaitResult<Json, Disk>>>()
    expectTypeOf(resumeWait(soFar, diskQuery)).toEqualTypeOf<Task<WaitResult<Json, Disk>>>()
    expectTypeOf(watchBatch(accepted, diskQuery)).toEqualTypeOf<AsyncIterable<WaitEvent<Json, Disk>>>()
    expectTypeOf(watchBatch(soFar, diskQuery)).toEqualTypeOf<AsyncIterable<WaitEvent<Json, Disk>>>()
  })

  test('reports each finished task with the types of the query', () => {
    waitForBatch(accepted, diskQuery, {
      onFinish: (task, { progress, result, durationMs }) => {
        expectTypeOf(durationMs).toEqualTypeOf<number>()
        expectTypeOf(task).toEqualTypeOf<FinishedTask<Json, Disk>>()
        expectTypeOf(progress.pending).toEqualTypeOf<number>()
        expectTypeOf(result()).toEqualTypeOf<WaitResult<Json, Disk>>()
      },
    })
  })

  test('passes a task id and a signal to the query', () => {
    expectTypeOf<Parameters<QueryTaskStatus>>().toEqualTypeOf<[taskId: TaskId, signal: AbortSignal]>()
    expectTypeOf<ReturnType<QueryTaskStatus>>().toExtend<TE.TaskEither<QueryError, unknown>>()
  })

  test('takes a query of many tasks wherever it takes one of one', () => {
    expectTypeOf(waitForTask(accepted[0], diskQueryOfMany)).toEqualTypeOf<
      Task<FinishedTask<Json, Disk> | PendingTask>
    >()
    expectTypeOf(waitForBatch(accepted, diskQueryOfMany)).toEqualTypeOf<Task<WaitResult<Json, Disk>>>()
    expectTypeOf(resumeWait(soFar, diskQueryOfMany)).toEqualTypeOf<Task<WaitResult<Json, Disk>>>()
    expectTypeOf(watchBatch(accepted, diskQueryOfMany)).toEqualTypeOf<AsyncIterable<WaitEvent<Json, Disk>>>()
    const inferred = waitForBatch(accepted, {
      maxTasksPerQuery: 100,
      query: (tasks, signal) => {
        expectTypeOf(tasks).toEqualTypeOf<ReadonlyNonEmptyArray<QueriedTask>>()
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
        return null as unknown as TE.TaskEither<QueryError, ReadonlyArray<QueriedStatus<Json, Disk>>>
      },
    })
    expectTypeOf(inferred).toEqualTypeOf<Task<WaitResult<Json, Disk>>>()
    // @ts-expect-error -- how many tasks a query can take must be known
    waitForBatch(accepted, { query: diskQueryOfMany.query })
    // @ts-expect-error -- a status must say of which task it is
    const nameless: QueriedStatus = { status: E.right(null as unknown as TaskStatus) }
    return nameless
  })

  test('takes accepted tasks, or an outcome', () => {
    if (outcome._tag !== 'AllRejected') waitForBatch(outcome.accepted, query)
    expectTypeOf(waitForBatch(outcome, query)).toEqualTypeOf<Task<WaitResult>>()
    expectTypeOf(watchBatch(outcome, diskQuery)).toEqualTypeOf<AsyncIterable<WaitEvent<Json, Disk>>>()
    expectTypeOf(initialWaitResult(outcome)).toEqualTypeOf<WaitResult<never, never>>()
    waitForBatch(outcome as unknown as BatchOutcome<JsonRecord, Disk>, query)
    // @ts-expect-error -- a string is not a task id
    waitForBatch([{ taskId: '17' }], query)
    // @ts-expect-error -- rejected entries may have no task
    if (outcome._tag === 'AllRejected') waitForBatch(outcome.rejected, query)
    // @ts-expect-error -- a single task is for waitForTask
    waitForBatch(accepted[0], query)
    // @ts-expect-error -- an outcome has several tasks
    waitForTask(outcome, query)
    // @ts-expect-error -- an Either of an outcome is not an outcome
    waitForBatch(either, query)
    // @ts-expect-error -- a result is for resumeWait
    waitForBatch(soFar, query)
    // @ts-expect-error -- stored data must be decoded
    resumeWait(JSON.parse('{}') as unknown, query)
  })

  test('takes a query of the status of a task, not a submission', () => {
    // @ts-expect-error -- its errors are those of a submission
    waitForBatch(accepted, submission)
  })

  test('continues with a query of the same types', () => {
    // @ts-expect-error -- the disks found so far would be lost
    resumeWait(soFar, numberQuery)
  })

  test('has no other options', () => {
    // @ts-expect-error -- the option is timeoutMs
    waitForBatch(accepted, query, { timeout: 1000 })
    // @ts-expect-error -- the option is maxQueriesPerSecond
    waitForTask(accepted[0], query, { rate: 10 })
    // @ts-expect-error -- a single task ends when its wait does
    waitForTask(accepted[0], query, { onFinish: () => undefined })
    // @ts-expect-error -- events report finished tasks
    watchBatch(accepted, query, batchOptions)
  })
})

describe('a pace', () => {
  test('returns what it runs, or that it was not sent', () => {
    const pace = createPace({ perSecond: 20, concurrency: 10 })
    expectTypeOf(pace.run(submit([] as never))).toEqualTypeOf<TE.TaskEither<SubmissionError, BatchOutcome>>()
    expectTypeOf(pace.run(null as unknown as TE.TaskEither<'e', 'a'>)).toEqualTypeOf<
      TE.TaskEither<'e' | NotSent, 'a'>
    >()
    waitForTask(accepted[0], query, { pace })
    // @ts-expect-error -- the option is perSecond: not only queries count
    createPace({ maxQueriesPerSecond: 20 })
  })
})

describe('submitting', () => {
  test('discriminates each resource and the reason to stop by their tags', () => {
    expectTypeOf<ResourceOutcome['_tag']>().toEqualTypeOf<
      'ResourceAccepted' | 'ResourceRejected' | 'ResourceInDoubt' | 'ResourceNotSubmitted'
    >()
    expectTypeOf<StopReason['_tag']>().toEqualTypeOf<
      'Waiting' | 'Settled' | 'NothingToSubmit' | 'PolicyGaveUp' | 'TimedOut' | 'Aborted' | 'SubmissionFailed'
    >()
    expectTypeOf<
      Extract<StopReason, { _tag: 'SubmissionFailed' }>['error']
    >().toEqualTypeOf<SubmissionError>()
  })

  test('has at least one rejection of each rejected resource, and none of one that was not submitted', () => {
    expectTypeOf<ResourceRejected['rejections']>().toEqualTypeOf<ReadonlyNonEmptyArray<Rejection>>()
    expectTypeOf<ResourceInDoubt['rejections']>().toEqualTypeOf<ReadonlyArray<Rejection>>()
    expectTypeOf<ResourceAccepted['rejections']>().toEqualTypeOf<ReadonlyArray<Rejection>>()
    expectTypeOf<ResourceNotSubmitted>().not.toHaveProperty('rejections')
    expectTypeOf<Rejection['advice']>().toEqualTypeOf<RejectedEntry['advice']>()
  })

  test('returns resources with the extra fields of the submission', () => {
    expectTypeOf(submitAll(['ins-1'], submit)).toEqualTypeOf<Task<SubmissionResult>>()
    expectTypeOf(reconcile(['ins-1'], either)).toEqualTypeOf<SubmissionResult>()
    expectTypeOf(resumeSubmission(reconcile(['ins-1'], either), submit)).toEqualTypeOf<
      Task<SubmissionResult>
    >()
    expectTypeOf<SubmitBatch>().parameters.toEqualTypeOf<[resourceIds: ReadonlyNonEmptyArray<ResourceId>]>()
    expectTypeOf<SubmitBatch>().returns.toEqualTypeOf<TE.TaskEither<SubmissionError, BatchOutcome>>()
    expectTypeOf(submitAll(['ins-1'], diskSubmit)).toEqualTypeOf<Task<SubmissionResult<Disk>>>()
    submitAll(['ins-1'], diskSubmit, {
      store: soFar => {
        expectTypeOf(soFar).toEqualTypeOf<SubmissionResult<Disk>>()
      },
    })
  })

  test('takes a result, not what is around or inside it', () => {
    // @ts-expect-error -- an outcome does not say what was requested
    resumeSubmission(outcome, submit)
    // @ts-expect-error -- an outcome does not say whether the submission failed
    reconcile(['ins-1'], outcome)
    // @ts-expect-error -- stored data must be decoded
    resumeSubmission(JSON.parse('{}') as unknown, submit)
  })

  test('has no other options', () => {
    // @ts-expect-error -- failurePolicy is an option of waits
    submitAll(['ins-1'], submit, { failurePolicy: undefined })
    // @ts-expect-error -- callers can't choose retryable codes by number
    submitAll(['ins-1'], submit, { isRetryable: 5100 })
  })
})

describe('a job', () => {
  test('discriminates what came of each resource by its tag', () => {
    expectTypeOf<ResourceFate['_tag']>().toEqualTypeOf<
      | 'ResourceSucceeded'
      | 'ResourceFailed'
      | 'ResourcePending'
      | 'ResourceInDoubt'
      | 'ResourceRejected'
      | 'ResourceNotSubmitted'
    >()
    expectTypeOf<t.TypeOf<typeof JobResult>>().toEqualTypeOf<JobResult>()
  })

  test('returns the types of the submission and of the query', () => {
    expectTypeOf(runJob(['ins-1'], submit, query)).toEqualTypeOf<Task<JobResult>>()
    expectTypeOf(runJob(['ins-1'], diskSubmit, diskQuery)).toEqualTypeOf<Task<JobResult<Json, Disk, Disk>>>()
    expectTypeOf(resumeJob(reconcile(['ins-1'], either), submit, query)).toEqualTypeOf<Task<JobResult>>()
    runJob(['ins-1'], submit, diskQuery, {
      store: soFar => {
        expectTypeOf(soFar).toEqualTypeOf<JobResult<Json, Disk>>()
      },
      onProgress: ({ pending }) => {
        expectTypeOf(pending).toEqualTypeOf<number>()
      },
    })
  })

  test('continues with a query of the same types', () => {
    // @ts-expect-error -- the disks found so far would be lost
    resumeJob(diskJob, submit, numberQuery)
  })

  test('has one timeout and one clock', () => {
    // @ts-expect-error -- the timeout is that of the job
    runJob(['ins-1'], submit, query, { wait: { timeoutMs: 1000 } })
  })
})

test('match reads the reason of a doubt case by case', () => {
  const read = (reason: DoubtReason) =>
    match(reason, {
      NoResponseYet: ({ _tag }) => _tag,
      MissingInResponse: ({ _tag }) => _tag,
      SubmissionFailed: ({ _tag }) => _tag,
      TaskFound: ({ _tag }) => _tag,
      Replayed: ({ _tag }) => _tag,
    })
  expectTypeOf(read).returns.toEqualTypeOf<DoubtReason['_tag']>()
})

test('possibleTasks takes results and jobs, and nothing else that has resources', () => {
  expectTypeOf(possibleTasks).toBeCallableWith({} as SubmissionResult)
  expectTypeOf(possibleTasks).toBeCallableWith({} as JobResult<Disk, Disk, Disk>)
  // @ts-expect-error -- dates are no resources
  possibleTasks({ ...({} as SubmissionResult), resources: [new Date()] })
})
