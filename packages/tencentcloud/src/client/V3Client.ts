/**
 * Calls of API 3.0.
 *
 * @since 0.1.0
 */
import type { AcceptedTask, BatchOutcome, QueryError, SubmissionError, TaskStatus } from '@task-outcome/core'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { QueryAction, Service, SubmitAction, TaskNaming } from '../actions/Service.js'
import { isPlainObject } from '../request/plainObject.js'
import { type RequestIssue, issueAt } from '../request/RequestIssue.js'
import type { Sign } from '../request/Sign.js'
import { writeV3Request } from '../request/signV3.js'
import { textIssue, visible } from '../request/text.js'
import type { V3Parameters, V3Sendable, V3Value } from '../request/V3Parameters.js'
import { type QueriedTask, decodeV3Status, decodeV3Statuses } from '../response/decodeV3Status.js'
import { decodeV3Batch, decodeV3Submission } from '../response/decodeV3Submission.js'
import type { CallOptions } from './CallOptions.js'
import { described } from './described.js'
import { isDigits } from './digits.js'
import { eitherSignal } from './eitherSignal.js'
import { type RandomBytes, makeClientToken } from './random.js'
import type { Call, Sender } from './Sender.js'

/**
 * The description of a service, such as `clb`, with an optional endpoint and region.
 *
 * @category model
 * @since 0.1.0
 */
export interface V3Service extends Service {
  /** Default: `https://<service>.tencentcloudapi.com/`. */
  readonly endpoint?: string
  /** Default: the region of the client. */
  readonly region?: string
}

/**
 * The actions of a service that start a task.
 *
 * @category model
 * @since 0.1.0
 */
export type SubmitActionOf<S extends Service> = keyof S['submits'] & string

/**
 * The actions of a service that tell the state of a task.
 *
 * @category model
 * @since 0.1.0
 */
export type QueryActionOf<S extends Service> = keyof S['queries'] & string

/**
 * Options of a query.
 *
 * @category model
 * @since 0.1.0
 */
export interface QueryOptions extends CallOptions {
  /** The values of the other parameters that the action `requires`, such as `SdkAppId`, and any more. */
  readonly parameters?: V3Parameters
}

/**
 * Queries the states of the tasks of an action: what `waitForTask`, `waitForBatch` and `runJob` take. It asks for as many tasks with one
 * request as the query action allows.
 *
 * @category model
 * @since 0.1.0
 */
export interface QueryV3Tasks {
  /** How many tasks one request asks for at most. 1 if the query action takes one task. */
  readonly maxTasksPerQuery: number
  /** Whether a request id names a task only together with a resource, as where the action is a `RequestIdPerResource`. */
  readonly taskPerResource: boolean
  /**
   * Asks for these tasks with one request, and returns what the response says of them: a task that it leaves out may be in
   * progress. `Left`: the query failed as a whole, which says nothing about any task.
   */
  readonly query: <Task extends QueriedTask>(
    tasks: ReadonlyArray<Task>,
    signal?: AbortSignalLike,
  ) => TE.TaskEither<QueryError, ReadonlyArray<Task & { readonly status: E.Either<QueryError, TaskStatus> }>>
}

/**
 * Calls the actions of one service of API 3.0. Nothing is sent before a `TaskEither` runs, each run signs anew, and it never
 * rejects. Running a submission twice starts two tasks, unless the parameters have a `ClientToken`. If an action takes one and the
 * parameters have none, each run makes one.
 *
 * If the call is wrong, such as an action that is not in the description of the service, the result is `NotSent` with the reason
 * `Misused`.
 *
 * @category model
 * @since 0.1.0
 */
export interface V3Client<S extends Service> {
  /** Starts one task. */
  readonly submit: <P extends object>(
    action: SubmitActionOf<S>,
    parameters: P & V3Sendable<P>,
    options?: CallOptions,
  ) => TE.TaskEither<SubmissionError, AcceptedTask>
  /**
   * Starts the tasks of many resources. `resources` of `options` is the name of the parameter with their ids, or with one id;
   * default: the one in the description of the action.
   */
  readonly submitBatch: <P extends object>(
    action: SubmitActionOf<S>,
    parameters: P & V3Sendable<P>,
    options?: CallOptions & { readonly resources?: string },
  ) => TE.TaskEither<SubmissionError, BatchOutcome>
  /** Queries the state of one task. */
  readonly status: (
    queryAction: QueryActionOf<S>,
    task: string | QueriedTask,
    options?: QueryOptions,
  ) => TE.TaskEither<QueryError, TaskStatus>
  /**
   * Queries the states of many tasks with one request, at most `maxTasksPerQuery` of the action. The result has an item for each
   * task, in their order; `undefined` if the response leaves the task out.
   */
  readonly statuses: (
    queryAction: QueryActionOf<S>,
    tasks: ReadonlyArray<QueriedTask>,
    options?: QueryOptions,
  ) => TE.TaskEither<QueryError, ReadonlyArray<E.Either<QueryError, TaskStatus> | undefined>>
  /**
   * Returns the query for the tasks of a submission, with the action that tells their state: what `waitForTask`,
   * `waitForBatch` and `runJob` take.
   */
  readonly follow: (action: SubmitActionOf<S>, options?: QueryOptions) => QueryV3Tasks
}

/** @internal */
export const createV3Client = <S extends V3Service>(
  service: S,
  defaults: { readonly region: string | undefined; readonly language: string | undefined },
  random: RandomBytes,
  { submit, query }: Sender,
): V3Client<S> => {
  const write = (
    action: string,
    parameters: V3Parameters,
    call: CallOptions | undefined,
  ): E.Either<RequestIssue, Sign> =>
    writeV3Request({
      endpoint: service.endpoint ?? `https://${service.service}.tencentcloudapi.com/`,
      service: service.service,
      version: service.version,
      action,
      parameters,
      region: call?.region ?? service.region ?? defaults.region,
      language: defaults.language,
    })

  const submitTo = <A extends AcceptedTask | BatchOutcome>(
    operation: 'submission' | 'batchSubmission',
    action: string,
    parameters: unknown,
    call: CallOptions | undefined,
    decoderFor: (
      naming: TaskNaming,
      parameters: V3Parameters,
    ) => E.Either<RequestIssue, Call<SubmissionError, A>['decode']>,
  ): TE.TaskEither<SubmissionError, A> =>
    submit<A>({ operation, action, ...nameOf(service) }, () =>
      pipe(
        E.Do,
        E.bind('known', () => described<SubmitAction>(service.submits, action)),
        E.bind('given', () => readParameters(parameters)),
        E.bind('decode', ({ known, given }) => decoderFor(known.task, given)),
        E.bind('sent', ({ known: { takesClientToken = false }, given }) =>
          takesClientToken ? withToken(given, random) : E.right(given),
        ),
        E.bind('sign', ({ sent }) => write(action, sent, call)),
        E.map(({ known: { takesClientToken = false, clientTokenSeconds = Infinity }, decode, sign }) => ({
          sign,
          signal: call?.signal,
          decode,
          sentAgain: takesClientToken ? 'sameToken' : 'never',
          // Less than the service remembers the token, because the request takes time to arrive.
          longestWindowMs: clientTokenSeconds * 800,
        })),
      ),
    )

  const queryFor = <Task extends QueriedTask, A>(
    action: string,
    tasks: ReadonlyArray<Task>,
    call: QueryOptions | undefined,
    decoderFor: (known: QueryAction, tasks: ReadonlyArray<Task>) => Call<QueryError, A>['decode'],
    signal?: AbortSignalLike,
  ): TE.TaskEither<QueryError, A> =>
    query({ operation: 'query', action, ...nameOf(service) }, () => {
      // The caller can change them while the query is under way.
      const queried = Array.isArray(tasks) ? tasks.map((task: Task) => ({ ...task })) : []
      return pipe(
        E.Do,
        E.bind('known', () => described<QueryAction>(service.queries, action)),
        E.bind('parameters', ({ known }) => queryParameters(known, queried, call?.parameters)),
        E.bind('sign', ({ parameters }) => write(action, parameters, call)),
        E.map(({ known, sign }) => ({
          sign,
          signal: eitherSignal(call?.signal, signal),
          decode: decoderFor(known, queried),
        })),
      )
    })

  return {
    submit: (action, parameters, call) =>
      submitTo('submission', action, parameters, call, naming => E.right(decodeV3Submission(naming))),
    submitBatch: (action, parameters, call) =>
      submitTo('batchSubmission', action, parameters, call, (naming, given) =>
        pipe(
          resourceIds(naming, given, call?.resources),
          E.map(ids => decodeV3Batch(naming, ids)),
        ),
      ),
    status: (action, task, call) =>
      queryFor(action, [typeof task === 'string' ? { taskId: task } : task], call, (known, [queried]) =>
        // eslint-disable-next-line @typescript-eslint/no-non-null-assertion -- one task is given above
        decodeV3Status(known, queried!),
      ),
    statuses: (action, tasks, call) => queryFor(action, tasks, call, decodeV3Statuses),
    follow: (action, call) => {
      const { queryAction, maxTasksPerQuery, taskPerResource } = queryOf(service, action)
      return {
        maxTasksPerQuery,
        taskPerResource,
        query: (tasks, signal) => async () => {
          let queried: typeof tasks = []
          const decoderFor = (known: QueryAction, copies: typeof tasks) => {
            queried = copies
            return decodeV3Statuses(known, copies)
          }
          return pipe(
            await queryFor(queryAction, tasks, call, decoderFor, signal)(),
            E.map(states =>
              queried.flatMap((task, index) => {
                const status = states[index]
                return status === undefined ? [] : [{ ...task, status }]
              }),
            ),
          )
        },
      }
    },
  }
}

/** Untyped code may pass anything. */
const nameOf = (service: unknown): { readonly service?: string } => {
  try {
    const name: unknown = (service as V3Service).service
    return typeof name === 'string' ? { service: name } : {}
  } catch {
    return {}
  }
}

interface QueryOfSubmission {
  readonly queryAction: string
  readonly maxTasksPerQuery: number
  readonly taskPerResource: boolean
}

/** Looks up the query of a submission. An unknown action is no query either, so the result of the query says what is wrong. */
const queryOf = (service: V3Service, action: string): QueryOfSubmission => {
  try {
    const queryAction = pipe(
      described<SubmitAction>(service.submits, action),
      E.match(
        (): string => action,
        ({ query }) => query,
      ),
    )
    const { maxTasksPerQuery = 1, list } = pipe(
      described<Partial<QueryAction>>(service.queries, queryAction),
      E.getOrElse((): Partial<QueryAction> => ({})),
    )
    return { queryAction, maxTasksPerQuery, taskPerResource: list?.requestIdMember !== undefined }
  } catch {
    return { queryAction: action, maxTasksPerQuery: 1, taskPerResource: false }
  }
}

/** Reads the parameters once, so that the resources and the token are those that are sent. */
const readParameters = (parameters: unknown): E.Either<RequestIssue, V3Parameters> =>
  isPlainObject(parameters)
    ? E.right(
        Object.fromEntries(
          Object.entries(parameters as V3Parameters).map(([name, value]) => [
            name,
            Array.isArray(value) ? [...(value as ReadonlyArray<V3Value>)] : value,
          ]),
        ),
      )
    : E.left(issueAt('expected an object', 'parameters'))

/**
 * Keeps the token of the caller, who may have stored it to submit again later. Refuses one that the service may not take for a
 * token, such as `''`: sent again, it would not protect.
 */
const withToken = (parameters: V3Parameters, random: RandomBytes): E.Either<RequestIssue, V3Parameters> => {
  if (!Object.hasOwn(parameters, 'ClientToken'))
    return pipe(
      makeClientToken(random),
      E.map(ClientToken => ({ ...parameters, ClientToken })),
    )
  const issue = textIssue(parameters.ClientToken, visible, 'parameters', 'ClientToken')
  return issue === undefined ? E.right(parameters) : E.left(issue)
}

const resourceIds = (
  naming: TaskNaming,
  parameters: V3Parameters,
  resources: string | undefined,
): E.Either<RequestIssue, ReadonlyArray<string>> => {
  const name = resources ?? (naming._tag === 'RequestIdPerResource' ? naming.parameter : undefined)
  if (name === undefined)
    return E.left(issueAt('expected the name of the parameter with the ids of the resources', 'resources'))
  const given: unknown = parameters[name]
  const ids: unknown = typeof given === 'string' ? [given] : given
  return Array.isArray(ids) && ids.length > 0 && ids.every(id => typeof id === 'string')
    ? E.right(ids)
    : E.left(
        issueAt('expected the ids of resources: a string, or an array of at least one', 'parameters', name),
      )
}

/** A number goes out as its digits, never through a double. */
const queryParameters = (
  { parameter, parameterType, list, fixedParameters = {}, requires = [], maxTasksPerQuery = 1 }: QueryAction,
  tasks: ReadonlyArray<QueriedTask>,
  given: V3Parameters = {},
): E.Either<RequestIssue, V3Parameters> => {
  const missing = requires.find(name => !Object.hasOwn(given, name))
  if (missing !== undefined)
    return E.left(issueAt('expected a value, which the action requires', 'options', 'parameters', missing))
  if (tasks.length === 0 || tasks.length > maxTasksPerQuery)
    return E.left(issueAt(`expected 1 to ${maxTasksPerQuery} tasks`, 'tasks'))
  const ofResources = list?.requestIdMember !== undefined
  const isNumber = parameterType === 'number' || parameterType === 'numberArray'
  const ids: Array<string | bigint> = []
  for (const [index, { taskId, resourceId }] of tasks.entries()) {
    const id = ofResources ? resourceId : taskId
    if (typeof id !== 'string' || id === '')
      return E.left(
        issueAt(
          ofResources
            ? 'expected a task with the id of its resource, which the action asks for'
            : 'expected a task id',
          'tasks',
          index,
        ),
      )
    if (isNumber && !isDigits(id))
      return E.left(issueAt('expected digits, which the action requires', 'tasks', index))
    ids.push(isNumber ? BigInt(id) : id)
  }
  const isArray = parameterType === 'stringArray' || parameterType === 'numberArray'
  return E.right(
    [...Object.entries(fixedParameters), [parameter, isArray ? ids : ids[0]] as const].reduce(
      (parameters, [path, value]) => withMember(parameters, path.split('.'), value as V3Value),
      given,
    ),
  )
}

/** Sets a member at a path of names. */
const withMember = (
  object: V3Parameters,
  [name = '', ...path]: ReadonlyArray<string>,
  value: V3Value,
): V3Parameters => {
  if (path.length === 0) return { ...object, [name]: value }
  const inner = object[name]
  return { ...object, [name]: withMember(isPlainObject(inner) ? inner : {}, path, value) }
}
