import * as E from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type * as These from 'fp-ts/lib/These.js'
import * as t from 'io-ts'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type AcceptedEntry,
  type AcceptedTask,
  type AllAccepted,
  type AllRejected,
  type BatchOutcome,
  type ContractViolation,
  type DeliveryUnknown,
  type HttpResponse,
  type Json,
  type JsonRecord,
  type NotSent,
  type PartlyAccepted,
  type QueryError,
  type QueryRejected,
  type RecoveredTask,
  type HttpStatusError,
  type Rejected,
  type RejectedEntry,
  type ResourceId,
  type ShapeError,
  type SubmissionError,
  type TaskEnd,
  type TaskError,
  type TaskId,
  type TaskStatus,
  type TransportError,
  createTaskClient,
  decodeBatchResponse,
  decodeBatchTask,
  decodeBatchTaskWith,
  decodeOrdinaryResponse,
  decodeOrdinaryTask,
  decodeOrdinaryTaskWith,
  decodeStatusResponse,
  decodeTaskStatus,
  decodeTaskStatusWith,
  entries,
  toEithers,
  toThese,
  type Transport,
} from '../src/index.js'
import {
  type BufferedResponse,
  type ExchangeContext,
  type OtherSend,
  type Platform,
  type SentMoreThanOnce,
  type TransportReason,
  decodeBatchResponseWith,
  decodeOrdinaryResponseWith,
  decodeStatusResponseWith,
} from '../src/adapter.js'
import type { ContractIssue } from '../src/wire.js'

declare const outcome: BatchOutcome
declare const allAccepted: AllAccepted
declare const text: string
declare const taskId: TaskId
declare const resourceId: ResourceId
declare const taskError: TaskError
declare const bytes: Uint8Array
declare const textOrBytes: string | Uint8Array
declare const response: HttpResponse
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is refused
declare const anything: any
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what is refused
declare const eitherAnything: E.Either<SubmissionError, any>
declare const eitherText: E.Either<SubmissionError, string>
type DecodedBatch = E.Either<SubmissionError, BatchOutcome>

const Region = t.type({ region: t.string })
const Zone = t.type({ zone: t.number })

describe('the outcome of a batch', () => {
  test('is told apart by its tag', () => {
    expectTypeOf<BatchOutcome['_tag']>().toEqualTypeOf<'AllAccepted' | 'PartlyAccepted' | 'AllRejected'>()
    switch (outcome._tag) {
      case 'AllAccepted':
        expectTypeOf(outcome).toEqualTypeOf<AllAccepted>()
        break
      case 'PartlyAccepted':
        expectTypeOf(outcome).toEqualTypeOf<PartlyAccepted>()
        break
      case 'AllRejected':
        expectTypeOf(outcome).toEqualTypeOf<AllRejected>()
        break
      default:
        expectTypeOf(outcome).toBeNever()
    }
  })

  test('has only the lists that its tag promises', () => {
    expectTypeOf<AllAccepted>().not.toHaveProperty('rejected')
    expectTypeOf<AllRejected>().not.toHaveProperty('accepted')
    // Neither is available before the tag is checked.
    expectTypeOf<BatchOutcome>().not.toHaveProperty('accepted')
    expectTypeOf<BatchOutcome>().not.toHaveProperty('rejected')
  })

  test('has lists that are never empty', () => {
    expectTypeOf<AllAccepted['accepted']>().toEqualTypeOf<ReadonlyNonEmptyArray<AcceptedEntry>>()
    expectTypeOf<PartlyAccepted['accepted']>().toEqualTypeOf<ReadonlyNonEmptyArray<AcceptedEntry>>()
    expectTypeOf<PartlyAccepted['rejected']>().toEqualTypeOf<ReadonlyNonEmptyArray<RejectedEntry>>()
    expectTypeOf<AllRejected['rejected']>().toEqualTypeOf<ReadonlyNonEmptyArray<RejectedEntry>>()
    expectTypeOf<AllAccepted['accepted'][0]>().toEqualTypeOf<AcceptedEntry>()
    expectTypeOf<readonly []>().not.toExtend<AllAccepted['accepted']>()
  })

  test('has a task for every accepted entry, and perhaps one for a rejected entry', () => {
    expectTypeOf<AcceptedEntry['taskId']>().toEqualTypeOf<TaskId>()
    expectTypeOf<RejectedEntry['taskId']>().toEqualTypeOf<TaskId | undefined>()
    expectTypeOf<AcceptedEntry['resourceId']>().toEqualTypeOf<ResourceId>()
    expectTypeOf<RejectedEntry['resourceId']>().toEqualTypeOf<ResourceId>()
  })

  test('can be read as entries, as Eithers and as These', () => {
    expectTypeOf(entries(outcome)).toEqualTypeOf<ReadonlyNonEmptyArray<AcceptedEntry | RejectedEntry>>()
    expectTypeOf(toEithers(outcome)).toEqualTypeOf<
      ReadonlyNonEmptyArray<E.Either<RejectedEntry, AcceptedEntry>>
    >()
    expectTypeOf(toThese(outcome)).toEqualTypeOf<
      These.These<ReadonlyNonEmptyArray<RejectedEntry>, ReadonlyNonEmptyArray<AcceptedEntry>>
    >()
  })

  test('does not change', () => {
    if (outcome._tag !== 'AllAccepted') return
    // @ts-expect-error -- a field is set once
    outcome.accepted = allAccepted.accepted
    expectTypeOf(outcome.accepted).not.toHaveProperty('push')
  })
})

describe('a switch', () => {
  test('that leaves out an outcome does not compile', () => {
    // @ts-expect-error -- AllRejected ends without a text
    const show = ({ _tag }: BatchOutcome): string => {
      switch (_tag) {
        case 'AllAccepted':
        case 'PartlyAccepted':
          return 'accepted'
      }
    }
    expectTypeOf(show).returns.toBeString()
  })

  test('that leaves out an error does not compile', () => {
    // @ts-expect-error -- Rejected ends without a text
    const show = ({ _tag }: SubmissionError): string => {
      switch (_tag) {
        case 'NotSent':
        case 'DeliveryUnknown':
        case 'ResponseTooLarge':
        case 'HttpStatusError':
        case 'MalformedJson':
        case 'ShapeError':
        case 'ContractViolation':
          return 'failed'
      }
    }
    expectTypeOf(show).returns.toBeString()
  })
})

type CommonTag =
  | 'NotSent'
  | 'DeliveryUnknown'
  | 'ResponseTooLarge'
  | 'HttpStatusError'
  | 'MalformedJson'
  | 'ShapeError'
  | 'ContractViolation'

describe('an error', () => {
  test('of a submission, of a query, of either, of transport is told apart by its tag', () => {
    expectTypeOf<SubmissionError['_tag']>().toEqualTypeOf<CommonTag | 'Rejected'>()
    expectTypeOf<QueryError['_tag']>().toEqualTypeOf<CommonTag | 'QueryRejected'>()
    expectTypeOf<TaskError['_tag']>().toEqualTypeOf<CommonTag | 'Rejected' | 'QueryRejected'>()
    expectTypeOf<TransportError['_tag']>().toEqualTypeOf<'NotSent' | 'DeliveryUnknown' | 'ResponseTooLarge'>()
  })

  test('has one meaning to a tag', () => {
    expectTypeOf<Extract<TaskError, { _tag: 'Rejected' }>>().toEqualTypeOf<Rejected>()
    expectTypeOf<Extract<TaskError, { _tag: 'QueryRejected' }>>().toEqualTypeOf<QueryRejected>()
    expectTypeOf<Extract<SubmissionError, { _tag: 'ShapeError' }>>().toEqualTypeOf<ShapeError>()
  })

  test('says what was asked', () => {
    expectTypeOf<QueryError['operation']>().toEqualTypeOf<'query'>()
    expectTypeOf<SubmissionError>().not.toHaveProperty('operation')
    expectTypeOf<Extract<TaskError, { operation: 'query' }>>().toEqualTypeOf<QueryError>()
  })

  test('has what was recovered, whatever its tag', () => {
    expectTypeOf(taskError.recovered).toEqualTypeOf<ReadonlyArray<RecoveredTask>>()
    expectTypeOf<RecoveredTask['taskId']>().toEqualTypeOf<TaskId>()
  })

  test('has the issues that gave it its kind, one at least', () => {
    expectTypeOf<readonly []>().not.toExtend<ShapeError['issues']>()
    expectTypeOf<readonly []>().not.toExtend<ContractViolation['issues']>()
    expectTypeOf<ContractViolation['issues'][0]>().toEqualTypeOf<ContractIssue>()
  })

  test('has issues and interruptions that are told apart by their tags', () => {
    expectTypeOf<ContractIssue['_tag']>().toEqualTypeOf<
      | 'MissingTaskId'
      | 'MissingEntries'
      | 'CodeMismatch'
      | 'DuplicateMember'
      | 'FormatMismatch'
      | 'StatusMismatch'
      | 'ResourceMismatch'
    >()
    expectTypeOf<TransportReason['_tag']>().toEqualTypeOf<
      'TimedOut' | 'Aborted' | 'NetworkFailed' | 'ClientFailed' | 'Misused'
    >()
    expectTypeOf<DeliveryUnknown['reason']>().toEqualTypeOf<TransportReason | SentMoreThanOnce>()
    expectTypeOf<NotSent['reason']>().toEqualTypeOf<TransportReason>()
    expectTypeOf<Rejected['advice']>().toEqualTypeOf<QueryRejected['advice']>()
  })

  test('of a query has no task id: the query was refused, not the task', () => {
    expectTypeOf<Rejected>().toHaveProperty('taskId')
    expectTypeOf<QueryRejected>().not.toHaveProperty('taskId')
  })
})

describe('an exchange that sent more than once', () => {
  test('keeps what its last response alone would have meant', () => {
    expectTypeOf<SentMoreThanOnce['lastResult']>().toEqualTypeOf<
      AcceptedTask | BatchOutcome | Rejected | HttpStatusError
    >()
    expectTypeOf<SentMoreThanOnce['lastResult']['_tag']>().toEqualTypeOf<
      'AcceptedTask' | 'AllAccepted' | 'PartlyAccepted' | 'AllRejected' | 'Rejected' | 'HttpStatusError'
    >()
  })

  test('tells of its other sends by their tags', () => {
    expectTypeOf<OtherSend['_tag']>().toEqualTypeOf<'Answered' | 'Unanswered'>()
    expectTypeOf<HttpResponse['otherSends']>().toEqualTypeOf<ReadonlyArray<OtherSend> | undefined>()
  })
})

describe('an exchange of an adapter', () => {
  test('reads the body in the step that sends, so that it can’t be that of another response', () => {
    expectTypeOf<ExchangeContext<AbortSignal>['send']>().returns.toEqualTypeOf<Promise<BufferedResponse>>()
    expectTypeOf<ExchangeContext<AbortSignal>>().not.toHaveProperty('readBody')
    expectTypeOf<ExchangeContext<AbortSignal>['refuse']>().returns.toEqualTypeOf<Promise<never>>()
  })

  test('needs no AbortController of its platform', () => {
    expectTypeOf<typeof globalThis>().toExtend<Platform<AbortSignal, NodeJS.Timeout>>()
    expectTypeOf<undefined>().toExtend<Platform<AbortSignal, number>['AbortController']>()
  })
})

describe('the state of a task', () => {
  test('is told apart by its tag', () => {
    expectTypeOf<TaskEnd['_tag']>().toEqualTypeOf<'Succeeded' | 'Failed'>()
    expectTypeOf<TaskStatus['_tag']>().toEqualTypeOf<'Succeeded' | 'Failed' | 'InProgress'>()
    expectTypeOf<Exclude<TaskStatus, { _tag: 'InProgress' }>>().toEqualTypeOf<TaskEnd>()
  })
})

describe('an id', () => {
  test('is a text', () => {
    expectTypeOf(taskId).toExtend<string>()
    expectTypeOf(resourceId).toExtend<string>()
  })

  test('is not any text, and not an id of something else', () => {
    expectTypeOf(text).not.toExtend<TaskId>()
    expectTypeOf(text).not.toExtend<ResourceId>()
    expectTypeOf(resourceId).not.toExtend<TaskId>()
    expectTypeOf(taskId).not.toExtend<ResourceId>()
  })
})

describe('decoding', () => {
  test('gives the errors and the outcome of what was asked', () => {
    expectTypeOf(decodeOrdinaryTask(text)).toEqualTypeOf<E.Either<SubmissionError, AcceptedTask>>()
    expectTypeOf(decodeBatchTask(text)).toEqualTypeOf<E.Either<SubmissionError, BatchOutcome>>()
    expectTypeOf(decodeTaskStatus(text)).toEqualTypeOf<E.Either<QueryError, TaskStatus>>()
    expectTypeOf(decodeOrdinaryResponse(response)).toEqualTypeOf<E.Either<SubmissionError, AcceptedTask>>()
    expectTypeOf(decodeBatchResponse(response)).toEqualTypeOf<E.Either<SubmissionError, BatchOutcome>>()
    expectTypeOf(decodeStatusResponse(response)).toEqualTypeOf<E.Either<QueryError, TaskStatus>>()
    expectTypeOf<ReturnType<typeof decodeBatchResponse>>().toEqualTypeOf<
      E.Either<SubmissionError, BatchOutcome>
    >()
  })

  test('takes a text or bytes', () => {
    expectTypeOf<typeof decodeOrdinaryTask>().toExtend<(body: string | Uint8Array) => unknown>()
    expectTypeOf<typeof decodeBatchTask>().toExtend<(body: string | Uint8Array) => unknown>()
    expectTypeOf<typeof decodeTaskStatus>().toExtend<(body: string | Uint8Array) => unknown>()
    expectTypeOf<Parameters<typeof decodeBatchTask>>().toExtend<[string | Uint8Array]>()
    expectTypeOf<typeof decodeBatchResponse>().toExtend<(response: HttpResponse) => unknown>()
    decodeOrdinaryTask(bytes)
    decodeBatchTask(textOrBytes)
    decodeTaskStatus('{}')
  })

  test('refuses `any`, which is mostly a body that a client has parsed', () => {
    /* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment -- what is refused */
    // @ts-expect-error -- as the data of an axios response
    decodeOrdinaryTask(anything)
    // @ts-expect-error -- as the data of an axios response
    decodeOrdinaryTaskWith({ extra: Region })(anything)
    // @ts-expect-error -- as the data of an axios response
    decodeBatchTask(anything)
    // @ts-expect-error -- as the data of an axios response
    decodeBatchTaskWith({ entry: Zone })(anything)
    // @ts-expect-error -- as the data of an axios response
    decodeTaskStatus(anything)
    // @ts-expect-error -- as the data of an axios response
    decodeTaskStatusWith({ data: Zone })(anything)
    // @ts-expect-error -- also in a pipe
    pipe(anything, decodeBatchTask)
    // @ts-expect-error -- also within an Either
    expectTypeOf(pipe(eitherAnything, E.chain(decodeBatchTask))).toEqualTypeOf<DecodedBatch>()
    // @ts-expect-error -- also in a response
    decodeOrdinaryResponse({ status: 200, body: anything })
    // @ts-expect-error -- also in a response
    decodeOrdinaryResponseWith({ extra: Region })({ status: 200, body: anything })
    // @ts-expect-error -- also in a response
    decodeBatchResponse({ status: 200, body: anything })
    // @ts-expect-error -- also in a response
    decodeBatchResponseWith({ entry: Zone })({ status: 200, body: anything })
    // @ts-expect-error -- also in a response
    decodeStatusResponse({ status: 200, body: anything })
    // @ts-expect-error -- also in a response
    decodeStatusResponseWith({ data: Zone })({ status: 200, body: anything })
    /* eslint-enable @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-assignment */
  })

  test('refuses what has been parsed', () => {
    // @ts-expect-error -- unknown
    decodeBatchTask(anything as unknown)
    // @ts-expect-error -- an object
    decodeBatchTask({ code: 0 })
    // @ts-expect-error -- nothing
    decodeBatchTask(undefined)
    // @ts-expect-error -- an object in a response
    decodeBatchResponse({ status: 200, body: { code: 0 } })
    // @ts-expect-error -- a field that a response does not have
    decodeBatchResponse({ status: 200, body: text, headers: {} })
  })

  test('is used without naming the body', () => {
    expectTypeOf(pipe(text, decodeBatchTask)).toEqualTypeOf<DecodedBatch>()
    expectTypeOf(pipe(eitherText, E.chain(decodeBatchTask))).toEqualTypeOf<DecodedBatch>()
    expectTypeOf(pipe(eitherText, E.chain(decodeBatchTaskWith({})))).toEqualTypeOf<DecodedBatch>()
    expectTypeOf(pipe(TE.fromEither(eitherText), TE.chainEitherK(decodeBatchTask))).toEqualTypeOf<
      TE.TaskEither<SubmissionError, BatchOutcome>
    >()
    expectTypeOf(pipe(TE.right(response), TE.chainEitherKW(decodeBatchResponse))).toEqualTypeOf<
      TE.TaskEither<SubmissionError, BatchOutcome>
    >()
    expectTypeOf([text].map(decodeBatchTask)).toEqualTypeOf<Array<DecodedBatch>>()
    expectTypeOf(Promise.resolve(bytes).then(decodeBatchTask)).toEqualTypeOf<Promise<DecodedBatch>>()
    const decode: (body: string | Uint8Array) => E.Either<SubmissionError, BatchOutcome> = decodeBatchTask
    expectTypeOf(flow(decode, E.isRight)).toEqualTypeOf<(body: string | Uint8Array) => boolean>()
  })

  test('types the extra fields of a task as the codec does', () => {
    expectTypeOf(decodeOrdinaryTaskWith({ extra: Region })(text)).toEqualTypeOf<
      E.Either<SubmissionError, AcceptedTask<{ region: string }>>
    >()
    expectTypeOf(decodeOrdinaryTaskWith({ taskIdAt: 'data.flowId' })(text)).toEqualTypeOf<
      E.Either<SubmissionError, AcceptedTask>
    >()
    expectTypeOf<AcceptedTask['extra']>().toEqualTypeOf<JsonRecord>()
  })

  test('types the extra fields of a batch as the codecs do, but not where nothing was accepted', () => {
    type Typed = E.Either<SubmissionError, BatchOutcome<{ region: string }, { zone: number }>>
    expectTypeOf(decodeBatchTaskWith({ response: Region, entry: Zone })(text)).toEqualTypeOf<Typed>()
    expectTypeOf(
      decodeBatchResponseWith({ response: Region, entry: Zone })({ status: 200, body: text }),
    ).toEqualTypeOf<Typed>()
    expectTypeOf(decodeBatchTaskWith({ entry: Zone })(text)).toEqualTypeOf<
      E.Either<SubmissionError, BatchOutcome<JsonRecord, { zone: number }>>
    >()
    expectTypeOf<BatchOutcome<{ region: string }, { zone: number }>>().toEqualTypeOf<
      | AllAccepted<{ region: string }, { zone: number }>
      | PartlyAccepted<{ region: string }, { zone: number }>
      | AllRejected
    >()
    expectTypeOf<AllAccepted<{ region: string }>['extra']>().toEqualTypeOf<{ region: string }>()
    expectTypeOf<AllAccepted<JsonRecord, { zone: number }>['accepted'][0]['extra']>().toEqualTypeOf<{
      zone: number
    }>()
    expectTypeOf<AllRejected['extra']>().toEqualTypeOf<JsonRecord>()
    expectTypeOf<RejectedEntry['extra']>().toEqualTypeOf<JsonRecord>()
  })

  test('types the output and the data of a task as the codecs do', () => {
    expectTypeOf(decodeTaskStatusWith({ output: Region, data: Zone })(text)).toEqualTypeOf<
      E.Either<QueryError, TaskStatus<{ region: string }, { zone: number }>>
    >()
    expectTypeOf(decodeTaskStatusWith({ data: Zone })(text)).toEqualTypeOf<
      E.Either<QueryError, TaskStatus<Json, { zone: number }>>
    >()
    expectTypeOf<TaskEnd<Json, { zone: number }>['data']>().toEqualTypeOf<{ zone: number } | undefined>()
  })

  test('has no other options', () => {
    // @ts-expect-error -- no place of a task's id
    decodeOrdinaryTaskWith({ taskIdAt: 'flowId' })
    decodeOrdinaryTaskWith({ taskIdAt: 'taskId' })
    // @ts-expect-error -- it is called taskIdAt
    decodeOrdinaryTaskWith({ idAt: 'data.flowId' })
    // @ts-expect-error -- a batch has its ids in its entries
    decodeBatchTaskWith({ taskIdAt: 'data.flowId' })
    // @ts-expect-error -- it is called response
    decodeBatchTaskWith({ extra: Region })
    // @ts-expect-error -- it is called output
    decodeTaskStatusWith({ extra: Region })
    // @ts-expect-error -- a response has a status
    decodeOrdinaryResponse({ body: text })
  })
})

describe('a codec', () => {
  test('is between a type and what JSON.parse gives', () => {
    expectTypeOf<t.TypeOf<typeof BatchOutcome>>().toEqualTypeOf<BatchOutcome>()
    expectTypeOf<t.TypeOf<typeof TaskError>>().toEqualTypeOf<TaskError>()
    expectTypeOf<t.TypeOf<typeof TaskEnd>>().toEqualTypeOf<TaskEnd>()
    expectTypeOf<t.TypeOf<typeof TaskStatus>>().toEqualTypeOf<TaskStatus>()
  })
})

describe('a task client', () => {
  const client = createTaskClient({} as Transport<[url: string, tries: number]>)

  test('takes what its client takes', () => {
    expectTypeOf(client.submit).parameters.toEqualTypeOf<[url: string, tries: number]>()
    expectTypeOf(client.submitBatch).parameters.toEqualTypeOf<[url: string, tries: number]>()
    expectTypeOf(client.status).parameters.toEqualTypeOf<[url: string, tries: number]>()
    expectTypeOf(client.submitWith({})).parameters.toEqualTypeOf<[url: string, tries: number]>()
  })

  test('gives the errors and the outcome of what was asked', () => {
    expectTypeOf(client.submit).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, AcceptedTask>>()
    expectTypeOf(client.submitBatch).returns.toEqualTypeOf<TE.TaskEither<SubmissionError, BatchOutcome>>()
    expectTypeOf(client.status).returns.toEqualTypeOf<TE.TaskEither<QueryError, TaskStatus>>()
  })

  test('types what codecs are given for', () => {
    expectTypeOf(client.submitWith({ extra: Region })).returns.toEqualTypeOf<
      TE.TaskEither<SubmissionError, AcceptedTask<{ region: string }>>
    >()
    expectTypeOf(client.submitBatchWith({ response: Region, entry: Zone })).returns.toEqualTypeOf<
      TE.TaskEither<SubmissionError, BatchOutcome<{ region: string }, { zone: number }>>
    >()
    expectTypeOf(client.statusWith({ output: Region })).returns.toEqualTypeOf<
      TE.TaskEither<QueryError, TaskStatus<{ region: string }>>
    >()
  })
})
