/**
 * The schemas of requests and responses, from which the OpenAPI document is made.
 */
import Type, { type Static, type TSchema } from 'typebox'
import { AccountName } from '../configuration/AccountName.js'

const strict = { additionalProperties: false } as const

/** A number in records, as text: it can be greater than a number can hold. */
const Id = Type.String({ pattern: '^\\d{1,18}$', description: 'The id of a record' })

const Text = Type.String({ minLength: 1, maxLength: 500, pattern: '^[^\\u0000\\ud800-\\udfff]+$' })

const Time = Type.Number({ description: 'Milliseconds since 1970, by the clock of the database' })

// -------------------------------------------------------------------------------------
// records
// -------------------------------------------------------------------------------------

const Traceparent = Type.Optional(
  Type.String({ description: 'Where in a trace the submission was made, by W3C Trace Context' }),
)

const submissionStates = [
  'Intended',
  'Sent',
  'Accepted',
  'Rejected',
  'NotSent',
  'InDoubt',
  'Settled',
] as const

const taskStates = ['Open', 'Ended', 'GivenUp'] as const

const SettledTask = Type.Object(
  {
    taskId: Type.String({ minLength: 1, maxLength: 500 }),
    resourceIds: Type.Array(Text, { maxItems: 1000 }),
  },
  strict,
)

export const Settlement = Type.Union(
  [
    Type.Object(
      {
        _tag: Type.Literal('Started'),
        tasks: Type.Array(SettledTask, { minItems: 1, maxItems: 1000 }),
        note: Type.String({ maxLength: 10_000 }),
      },
      strict,
    ),
    Type.Object({ _tag: Type.Literal('NotStarted'), note: Type.String({ maxLength: 10_000 }) }, strict),
  ],
  { title: 'Settlement' },
)

const Submission = Type.Object(
  {
    _tag: Type.Enum([...submissionStates]),
    id: Id,
    account: Type.String(),
    key: Type.String(),
    action: Type.String(),
    resourceIds: Type.Array(Type.String()),
    intendedAtMs: Time,
    sentAtMs: Type.Optional(Time),
    answeredAtMs: Type.Optional(Time),
    result: Type.Optional(
      Type.Union(
        [
          Type.Object({ _tag: Type.Literal('Right'), right: Type.Object({ _tag: Type.String() }) }),
          Type.Object({ _tag: Type.Literal('Left'), left: Type.Object({ _tag: Type.String() }) }),
        ],
        {
          description:
            'The result of the submission: `right` is an AcceptedTask or a BatchOutcome of @task-outcome/core, `left` a SubmissionError. The package has their schemas',
        },
      ),
    ),
    settledAtMs: Type.Optional(Time),
    settlement: Type.Optional(Settlement),
    traceparent: Traceparent,
  },
  { ...strict, $id: 'Submission' },
)

const Task = Type.Object(
  {
    _tag: Type.Enum([...taskStates]),
    id: Id,
    submissionId: Id,
    account: Type.String(),
    action: Type.String(),
    taskId: Type.String(),
    resourceIds: Type.Array(Type.String()),
    acceptedAtMs: Time,
    endedAtMs: Type.Optional(Time),
    ending: Type.Optional(
      Type.Object(
        { _tag: Type.Enum(['FinishedTask', 'PendingTask']) },
        {
          description:
            'A FinishedTask of @task-outcome/wait if the task has ended, a PendingTask if it was given up',
        },
      ),
    ),
    traceparent: Traceparent,
  },
  { ...strict, $id: 'Task' },
)

const FeedItem = Type.Object(
  {
    key: Type.String({ description: 'Tells repeats' }),
    cursor: Id,
    task: Type.Unsafe<unknown>({ $ref: 'Task#' }),
  },
  { ...strict, $id: 'FeedItem' },
)

const Problem = Type.Object(
  {
    type: Type.String({ format: 'uri' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    submission: Type.Optional(Type.Unsafe<unknown>({ $ref: 'Submission#' })),
  },
  { $id: 'Problem', description: 'An error by RFC 9457' },
)

export const sharedSchemas = [Submission, Task, FeedItem, Problem]

/** A schema of `sharedSchemas`, by its name. */
const ref = (name: 'Submission' | 'Task' | 'FeedItem' | 'Problem'): TSchema =>
  Type.Unsafe({ $ref: `${name}#` })

// -------------------------------------------------------------------------------------
// requests
// -------------------------------------------------------------------------------------

const page = {
  after: Type.Optional(
    Type.String({
      pattern: '^\\d{1,18}$',
      description: 'Records with greater ids: `next` of the page before',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
}

const account = Type.Optional(AccountName)

const filter = {
  account,
  key: Type.Optional(Text),
  action: Type.Optional(Text),
  resourceId: Type.Optional(Text),
  taskId: Type.Optional(Text),
  sinceMs: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 8.64e15, description: 'At this time or later' }),
  ),
  untilMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 8.64e15, description: 'Before this time' })),
  ...page,
}

export const SubmissionFilter = Type.Object(
  { ...filter, state: Type.Optional(Type.Enum([...submissionStates])) },
  strict,
)

export const TaskFilter = Type.Object({ ...filter, state: Type.Optional(Type.Enum([...taskStates])) }, strict)

export const DoubtFilter = Type.Object({ account, ...page }, strict)

export const AccountFilter = Type.Object({ account }, strict)

export const FeedPlace = Type.Object(
  {
    account,
    cursor: Type.Optional(
      Type.String({ pattern: '^\\d{1,18}$', default: '0', description: 'The end of the page before' }),
    ),
    limit: page.limit,
  },
  strict,
)

export const EventsPlace = Type.Object({ account, cursor: FeedPlace.properties.cursor }, strict)

export const IdParameter = Type.Object({ id: Id }, strict)

export const AccountParameter = Type.Object({ account: AccountName }, strict)

export const NewSubmission = Type.Object(
  {
    account: AccountName,
    key: Type.String({
      ...Text,
      description:
        'Names the submission in its account: the same key is submitted once, however often it is posted',
    }),
    action: Type.String({
      ...Text,
      description: 'The service and the action, such as clb.DeleteLoadBalancer',
    }),
    resourceIds: Type.Optional(
      Type.Array(Text, {
        maxItems: 1000,
        description:
          'The resources that the parameters name. Where the action has one task for each resource, they are read from the parameters',
      }),
    ),
    parameters: Type.Record(Type.String(), Type.Unknown(), { description: 'The parameters of the action' }),
  },
  strict,
)

export const Rate = Type.Object(
  { queriesPerSecond: Type.Number({ minimum: 0.001, maximum: 1_000_000 }) },
  strict,
)

export const TaskIds = Type.Object(
  { ids: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }) },
  strict,
)

// -------------------------------------------------------------------------------------
// responses
// -------------------------------------------------------------------------------------

const pageOf = (item: TSchema) =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Optional(Type.String({ description: 'Pass it as `after`. Absent on the last page' })),
  })

const counted = (states: ReadonlyArray<string>) =>
  Type.Object(Object.fromEntries(states.map(state => [state, Type.Integer()])))

export const responses = {
  submission: ref('Submission'),
  task: ref('Task'),
  submissions: pageOf(ref('Submission')),
  tasks: pageOf(ref('Task')),
  counts: Type.Object({ submissions: counted(submissionStates), tasks: counted(taskStates) }),
  feed: Type.Object({
    items: Type.Array(ref('FeedItem')),
    cursor: Type.String({ description: 'The place after this page' }),
    isEnd: Type.Boolean({ description: 'Whether the feed has nothing after this page yet' }),
  }),
  followed: Type.Object({
    ids: Type.Array(Id, { description: 'Those that were given up, and are open again' }),
  }),
  health: Type.Object({ status: Type.Literal('ok') }),
  nothing: Type.Null({ description: 'Done' }),
}

const problemContent = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
})

/** The problems of a route, for the document. */
export const problems = (...statuses: ReadonlyArray<400 | 401 | 403 | 404 | 409 | 422 | 500 | 502 | 503>) =>
  Object.fromEntries(statuses.map(status => [status, problemContent(descriptions[status])]))

const descriptions = {
  400: 'The request is invalid. Nothing was changed',
  401: 'There is no token, or it is unknown',
  403: 'The token does not allow this',
  404: 'There is no such record, or the token does not see it',
  409: 'The key, or the state of the record, does not allow this',
  422: 'The API rejected the submission: no task was started',
  500: 'The database failed after the submission was sent. Only this response has the result',
  502: 'The submission was not sent, or it is in doubt: see `type`',
  503: 'The database failed, or the service is stopping',
}

/** Content that is not JSON. */
export const textContent = (type: string, description: string) => ({
  200: { description, content: { [type]: { schema: Type.String() } } },
})

export type SubmissionFilter = Static<typeof SubmissionFilter>
export type TaskFilter = Static<typeof TaskFilter>
