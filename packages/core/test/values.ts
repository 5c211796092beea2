/**
 * Arbitrary values of the types that core returns, each as wide as its type allows.
 */
import * as fc from 'fast-check'
import type { ContractIssue } from '../src/error/ContractIssue.js'
import type { TransportReason } from '../src/error/TransportReason.js'
import type {
  QueryError,
  QueryRejected,
  HttpStatusError,
  Rejected,
  SentMoreThanOnce,
  SubmissionError,
  TaskError,
} from '../src/error/TaskError.js'
import type { Json, JsonRecord } from '../src/json/Json.js'
import type { AcceptedTask } from '../src/outcome/AcceptedTask.js'
import type { AcceptedEntry, BatchEntry, BatchOutcome, RejectedEntry } from '../src/outcome/BatchOutcome.js'
import type { TaskStatus } from '../src/outcome/TaskStatus.js'
import type { BatchTaskResponse } from '../src/wire/BatchTaskResponse.js'
import type { OrdinaryTaskResponse } from '../src/wire/OrdinaryTaskResponse.js'
import type { RecoveredTask } from '../src/wire/RecoveredTask.js'
import type { Rejection } from '../src/wire/Rejection.js'
import type { ResourceId } from '../src/wire/ResourceId.js'
import type { ShapeIssue } from '../src/wire/ShapeIssue.js'
import type { TaskId } from '../src/wire/TaskId.js'

// -------------------------------------------------------------------------------------
// JSON
// -------------------------------------------------------------------------------------

/** Any string, including lone surrogates. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '\ud800', '\udfff\ud800', '\u0000', '\u2028', '服务器', '🚀', '(100004)wrong'),
)

/** Names that are known to cause bugs. */
const name: fc.Arbitrary<string> = fc.oneof(
  text,
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '30',
    '4',
    'a/b~c',
    '_tag',
    'literal',
  ),
)

/** Any finite double but -0, which JSON does not preserve. */
export const double: fc.Arbitrary<number> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => number + 0),
  fc.integer(),
  fc.constantFrom(
    1e23,
    5e-324,
    1.7976931348623157e308,
    2 ** 53,
    -(2 ** 53) - 2,
    0.1,
    1e21,
    123456789012345680000,
  ),
)

const recordOf = <A>(value: fc.Arbitrary<A>): fc.Arbitrary<Record<string, A>> =>
  fc.array(fc.tuple(name, value), { maxLength: 4 }).map(members => Object.fromEntries(members))

/** Plain JSON that looks like the parts of a `JsonValue`. */
const lookalike: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(
  { _tag: 'JsonNumber', literal: '5' },
  { _tag: 'JsonArray', items: [] },
  { _tag: 'JsonObject', members: [{ name: 'code', value: { _tag: 'JsonNumber', literal: '0' } }] },
)

export const { json, jsonRecord } = fc.letrec<{ json: Json; jsonRecord: JsonRecord }>(tie => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(fc.constant(null), fc.boolean(), double, text, lookalike),
    fc.array(tie('json'), { maxLength: 4 }),
    tie('jsonRecord'),
  ),
  jsonRecord: recordOf(tie('json')),
}))

/** The extra fields of a response. */
const extraWithout = (named: ReadonlyArray<string>): fc.Arbitrary<JsonRecord> =>
  jsonRecord.map(extra =>
    Object.fromEntries(Object.entries(extra).filter(([member]) => !named.includes(member))),
  )

// -------------------------------------------------------------------------------------
// wire values
// -------------------------------------------------------------------------------------

const taskId: fc.Arbitrary<TaskId> = fc
  .oneof(fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String), text)
  .filter((id): id is TaskId => id !== '')

const resourceId: fc.Arbitrary<ResourceId> = name.map(id => id as ResourceId)

const code: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, 5100, 5400, 4400, -1),
  fc.maxSafeInteger().map(integer => integer + 0),
)

const rejectionCode = code.filter(number => number !== 0)

/** Any combination of these properties: an optional one is absent, never `undefined`. */
const optionally = <A extends object>(properties: { [K in keyof A]: fc.Arbitrary<A[K]> }): fc.Arbitrary<
  Partial<A>
> => fc.record(properties, { requiredKeys: [] }) as fc.Arbitrary<Partial<A>>

const both = <A extends object, B extends object>(
  a: fc.Arbitrary<A>,
  b: fc.Arbitrary<B>,
): fc.Arbitrary<A & B> => fc.tuple(a, b).map(([first, second]) => ({ ...first, ...second }))

export const ordinaryTaskResponse: fc.Arbitrary<OrdinaryTaskResponse> = both(
  fc.record({
    code,
    message: text,
    codeDesc: text,
    extra: extraWithout(['code', 'message', 'codeDesc', 'requestId']),
  }),
  optionally({ requestId: taskId }),
)

export const batchTaskResponse: fc.Arbitrary<BatchTaskResponse> = fc.record({
  code,
  message: text,
  codeDesc: text,
  detail: fc.uniqueArray(fc.tuple(resourceId, ordinaryTaskResponse), {
    maxLength: 4,
    selector: ([id]) => id,
  }),
  extra: extraWithout(['code', 'message', 'codeDesc', 'detail']),
})

const rejection: fc.Arbitrary<Rejection> = both(
  fc.record({
    code: rejectionCode,
    meaning: text,
    advice: fc.constantFrom('never' as const, 'later', 'resigned', 'rejectedOnly', 'unknown'),
    message: text,
    codeDesc: text,
  }),
  optionally({ moduleCode: text }),
)

// -------------------------------------------------------------------------------------
// outcomes
// -------------------------------------------------------------------------------------

/** Accepted tasks with extra fields of `extra`. */
export const acceptedTaskOf = <Extra>(extra: fc.Arbitrary<Extra>): fc.Arbitrary<AcceptedTask<Extra>> =>
  fc.record({ _tag: fc.constant('AcceptedTask' as const), taskId, message: text, codeDesc: text, extra })

export const acceptedTask: fc.Arbitrary<AcceptedTask> = acceptedTaskOf(jsonRecord)

type Unplaced<Entry> = Entry extends unknown ? Omit<Entry, 'position' | 'resourceId'> : never

const acceptedEntryOf = <Extra>(extra: fc.Arbitrary<Extra>): fc.Arbitrary<Unplaced<AcceptedEntry<Extra>>> =>
  fc.record({ _tag: fc.constant('AcceptedEntry' as const), taskId, message: text, codeDesc: text, extra })

const rejectedEntry: fc.Arbitrary<Unplaced<RejectedEntry>> = both(
  both(fc.record({ _tag: fc.constant('RejectedEntry' as const), extra: jsonRecord }), rejection),
  optionally({ taskId }),
)

/** Outcomes with extra fields of `extras`. */
export const batchOutcomeOf = <ResponseExtra, EntryExtra>(extras: {
  readonly response: fc.Arbitrary<ResponseExtra>
  readonly entry: fc.Arbitrary<EntryExtra>
}): fc.Arbitrary<BatchOutcome<ResponseExtra, EntryExtra>> =>
  fc
    .uniqueArray(resourceId, { minLength: 1, maxLength: 5 })
    .chain(resourceIds =>
      fc.record({
        entries: fc.tuple(
          ...resourceIds.map((id, position) =>
            fc
              .oneof(acceptedEntryOf(extras.entry), rejectedEntry)
              .map(entry => ({ ...entry, position, resourceId: id })),
          ),
        ),
        texts: fc.record({ message: text, codeDesc: text }),
        responseExtra: extras.response,
        plainExtra: jsonRecord,
      }),
    )
    .map(({ entries, texts, responseExtra, plainExtra }) => {
      const accepted = entries.filter(entry => entry._tag === 'AcceptedEntry')
      const rejected = entries.filter(entry => entry._tag === 'RejectedEntry')
      const outcome =
        accepted.length === 0
          ? { _tag: 'AllRejected', rejected, ...texts, extra: plainExtra }
          : rejected.length === 0
            ? { _tag: 'AllAccepted', accepted, ...texts, extra: responseExtra }
            : { _tag: 'PartlyAccepted', accepted, rejected, ...texts, extra: responseExtra }
      return outcome as unknown as BatchOutcome<ResponseExtra, EntryExtra>
    })

export const batchOutcome: fc.Arbitrary<BatchOutcome> = batchOutcomeOf({
  response: jsonRecord,
  entry: jsonRecord,
})

const batchEntry: fc.Arbitrary<BatchEntry> = both(
  fc.record({ position: fc.maxSafeNat(), resourceId }),
  fc.oneof(acceptedEntryOf(jsonRecord), rejectedEntry),
)

// -------------------------------------------------------------------------------------
// errors
// -------------------------------------------------------------------------------------

const nonEmptyArray = <A>(item: fc.Arbitrary<A>): fc.Arbitrary<readonly [A, ...A[]]> =>
  fc.tuple(item, fc.array(item, { maxLength: 3 })).map(([first, others]) => [first, ...others])

const recoveredTask: fc.Arbitrary<RecoveredTask> = both(
  fc.record({ taskId }),
  optionally<Required<Omit<RecoveredTask, 'taskId'>>>({ resourceId, code, path: text }),
)

const recovery = both(
  fc.record({ recovered: fc.array(recoveredTask, { maxLength: 3 }) }),
  optionally({
    request: both(fc.record({ method: text, origin: text, path: text }), optionally({ action: text })),
  }),
)

const shapeIssue: fc.Arbitrary<ShapeIssue> = both(
  fc.record({
    _tag: fc.constant('ShapeIssue' as const),
    path: text,
    expected: text,
    found: text,
  }),
  optionally({ message: text }),
)

const format = fc.constantFrom('ordinary' as const, 'batch' as const)
const httpStatus = fc.integer({ min: 100, max: 999 })
const count = fc.nat()

const contractIssue: fc.Arbitrary<ContractIssue> = fc.oneof(
  fc.record({ _tag: fc.constant('MissingTaskId' as const), path: text }),
  fc.record({ _tag: fc.constant('MissingEntries' as const), code }),
  fc.record({ _tag: fc.constant('CodeMismatch' as const), code, accepted: count, rejected: count }),
  fc.record({ _tag: fc.constant('DuplicateMember' as const), path: text, values: nonEmptyArray(json) }),
  fc.record({ _tag: fc.constant('FormatMismatch' as const), requested: format, received: format }),
  fc.record({ _tag: fc.constant('StatusMismatch' as const), httpStatus }),
  fc
    .record({
      _tag: fc.constant('ResourceMismatch' as const),
      missing: fc.array(resourceId, { maxLength: 3 }),
      unrequested: fc.array(resourceId, { maxLength: 3 }),
    })
    .filter(({ missing, unrequested }) => missing.length + unrequested.length > 0),
)

const alsoFound = fc.array(
  fc.oneof(
    shapeIssue,
    contractIssue,
    both(fc.record({ _tag: fc.constant('Rejection' as const) }), rejection),
  ),
  { maxLength: 3 },
)

const interruption: fc.Arbitrary<TransportReason> = fc.oneof(
  fc.record({ _tag: fc.constant('TimedOut' as const), timeoutMs: double }),
  fc.record({ _tag: fc.constant('Aborted' as const), name: text, message: text }),
  both(fc.record({ _tag: fc.constant('NetworkFailed' as const), code: text }), optionally({ address: text })),
  both(fc.record({ _tag: fc.constant('ClientFailed' as const), name: text }), optionally({ code: text })),
  fc.record({ _tag: fc.constant('Misused' as const), message: text }),
)

type ErrorOf<Tag extends SubmissionError['_tag']> = Extract<SubmissionError, { readonly _tag: Tag }>

const errorOf = <Tag extends TaskError['_tag'], Properties extends object>(
  tag: Tag,
  properties: fc.Arbitrary<Properties>,
) => both(both(fc.record({ _tag: fc.constant(tag) }), properties), recovery)

/** The delay of the `Retry-After` header of a response. */
const retryAfterMs = fc.nat()

const rejected: fc.Arbitrary<Rejected> = errorOf(
  'Rejected',
  both(rejection, optionally({ taskId, httpStatus, retryAfterMs })),
)

const httpStatusError: fc.Arbitrary<HttpStatusError> = errorOf(
  'HttpStatusError',
  both(fc.record({ httpStatus, bodyStart: text }), optionally({ redirectOrigin: text, retryAfterMs })),
)

const sentMoreThanOnce: fc.Arbitrary<SentMoreThanOnce> = fc.record({
  _tag: fc.constant('SentMoreThanOnce' as const),
  lastResult: fc.oneof(acceptedTask, batchOutcome, rejected, httpStatusError),
})

/** The errors of a submission by their tag. The type ensures that none is missing. */
export const submissionErrors: {
  readonly [Tag in SubmissionError['_tag']]: fc.Arbitrary<ErrorOf<Tag>>
} = {
  NotSent: errorOf('NotSent', fc.record({ reason: interruption })),
  DeliveryUnknown: errorOf(
    'DeliveryUnknown',
    fc.record({ reason: fc.oneof(interruption, sentMoreThanOnce) }),
  ),
  ResponseTooLarge: errorOf('ResponseTooLarge', fc.record({ maxBodyBytes: count, httpStatus })),
  HttpStatusError: httpStatusError,
  MalformedJson: errorOf(
    'MalformedJson',
    fc.record({ line: count, column: count, offset: count, expected: text, found: text, excerpt: text }),
  ),
  ShapeError: errorOf('ShapeError', fc.record({ issues: nonEmptyArray(shapeIssue), alsoFound })),
  ContractViolation: errorOf(
    'ContractViolation',
    fc.record({
      issues: nonEmptyArray(contractIssue),
      alsoFound,
      entries: fc.array(batchEntry, { maxLength: 3 }),
    }),
  ),
  Rejected: rejected,
}

const submissionError: fc.Arbitrary<SubmissionError> = fc.oneof(
  ...Object.values<fc.Arbitrary<SubmissionError>>(submissionErrors),
)

const ofQuery = fc.record({ operation: fc.constant('query' as const) })

const queryRejected: fc.Arbitrary<QueryRejected> = both(
  errorOf('QueryRejected', both(rejection, optionally({ httpStatus, retryAfterMs }))),
  ofQuery,
)

const { Rejected: _, ...commonErrors } = submissionErrors

/** The errors of a query by their tag. */
export const queryErrors: Readonly<Record<QueryError['_tag'], fc.Arbitrary<QueryError>>> = {
  NotSent: both(commonErrors.NotSent, ofQuery),
  DeliveryUnknown: both(commonErrors.DeliveryUnknown, ofQuery),
  ResponseTooLarge: both(commonErrors.ResponseTooLarge, ofQuery),
  HttpStatusError: both(commonErrors.HttpStatusError, ofQuery),
  MalformedJson: both(commonErrors.MalformedJson, ofQuery),
  ShapeError: both(commonErrors.ShapeError, ofQuery),
  ContractViolation: both(commonErrors.ContractViolation, ofQuery),
  QueryRejected: queryRejected,
}

const queryError: fc.Arbitrary<QueryError> = fc.oneof(...Object.values<fc.Arbitrary<QueryError>>(queryErrors))

export const taskError: fc.Arbitrary<TaskError> = fc.oneof(submissionError, queryError)

// -------------------------------------------------------------------------------------
// the state of a task
// -------------------------------------------------------------------------------------

/** States with the given output and data. */
export const taskStatusOf = <Output, Data>(parts: {
  readonly output: fc.Arbitrary<Output>
  readonly data: fc.Arbitrary<Data>
}): fc.Arbitrary<TaskStatus<Output, Data>> =>
  both(
    fc.record({
      _tag: fc.constantFrom('Succeeded' as const, 'Failed', 'InProgress'),
      message: text,
      codeDesc: text,
      statusExtra: jsonRecord,
      extra: jsonRecord,
    }),
    optionally<{ output: Output; data: Data }>(parts),
  )

export const taskStatus: fc.Arbitrary<TaskStatus> = taskStatusOf({ output: json, data: json })
