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
import { type RequestIssue, issueAt } from '../request/RequestIssue.js'
import { signV3Request } from '../request/signV3.js'
import type { V3Parameters } from '../request/V3Parameters.js'
import { type QueriedTask, decodeV3Status, decodeV3Statuses } from '../response/decodeV3Status.js'
import { decodeV3Batch, decodeV3Submission } from '../response/decodeV3Submission.js'
import type { CallOptions } from './CallOptions.js'
import { isDigits } from './digits.js'
import { type RandomBytes, makeClientToken } from './random.js'
import type { Sender, Sign } from './Sender.js'

/**
 * A service to call: what is known of it, such as `clb`, and optionally where it is.
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
 * Queries the state of a task: what `waitForTask` and `waitForBatch` take. Where a request id and a resource together name a task,
 * pass both.
 *
 * @category model
 * @since 0.1.0
 */
export type QueryV3Task = (
  task: string | QueriedTask,
  signal?: AbortSignalLike,
) => TE.TaskEither<QueryError, TaskStatus>

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
  readonly submit: (
    action: SubmitActionOf<S>,
    parameters: V3Parameters,
    options?: CallOptions,
  ) => TE.TaskEither<SubmissionError, AcceptedTask>
  /**
   * Starts the tasks of many resources. `resources` of `options` is the name of the parameter with their ids; default: the one
   * in the description of the action.
   */
  readonly submitBatch: (
    action: SubmitActionOf<S>,
    parameters: V3Parameters,
    options?: CallOptions & { readonly resources?: string },
  ) => TE.TaskEither<SubmissionError, BatchOutcome>
  /** Queries the state of one task. */
  readonly status: (
    queryAction: QueryActionOf<S>,
    task: string | QueriedTask,
    options?: CallOptions,
  ) => TE.TaskEither<QueryError, TaskStatus>
  /**
   * Queries the states of many tasks with one request, at most `maxTasksPerQuery` of the action. The result has an item for each
   * task, in their order; `undefined` if the response leaves the task out.
   */
  readonly statuses: (
    queryAction: QueryActionOf<S>,
    tasks: ReadonlyArray<QueriedTask>,
    options?: CallOptions,
  ) => TE.TaskEither<QueryError, ReadonlyArray<E.Either<QueryError, TaskStatus> | undefined>>
  /** Returns the query for the tasks of a submission, with the action that tells their state. */
  readonly follow: (action: SubmitActionOf<S>, options?: CallOptions) => QueryV3Task
}

/** @internal */
export const createV3Client = <S extends V3Service>(
  service: S,
  defaults: { readonly region: string | undefined; readonly language: string | undefined },
  random: RandomBytes,
  { submit, query }: Sender,
): V3Client<S> => {
  const sign =
    (action: string, parameters: V3Parameters, call: CallOptions | undefined): Sign =>
    (credentials, timestamp) =>
      signV3Request({
        endpoint: service.endpoint ?? `https://${service.service}.tencentcloudapi.com/`,
        service: service.service,
        version: service.version,
        action,
        parameters,
        credentials,
        region: call?.region ?? service.region ?? defaults.region,
        language: defaults.language,
        timestamp,
      })

  const submitTo = <A>(
    action: string,
    parameters: V3Parameters,
    call: CallOptions | undefined,
    decoderFor: (naming: TaskNaming) => E.Either<RequestIssue, Parameters<typeof submit<A>>[1]>,
  ): TE.TaskEither<SubmissionError, A> => {
    const described = pipe(
      describedAction<SubmitAction>(service.submits, action),
      E.bindTo('known'),
      E.bind('decode', ({ known }) => decoderFor(known.task)),
    )
    if (E.isLeft(described)) return submit(() => () => described, never, 'never', undefined)
    const { known, decode } = described.right
    const takesToken = known.takesClientToken === true
    return submit(
      () =>
        sign(
          action,
          takesToken && !hasToken(parameters)
            ? { ...parameters, ClientToken: makeClientToken(random) }
            : parameters,
          call,
        ),
      decode,
      takesToken ? 'sameToken' : 'never',
      call?.signal,
    )
  }

  const queryFor = <A>(
    action: string,
    tasks: ReadonlyArray<QueriedTask>,
    call: CallOptions | undefined,
    decoderFor: (known: QueryAction) => Parameters<typeof query<A>>[1],
  ): TE.TaskEither<QueryError, A> => {
    const described = pipe(
      describedAction<QueryAction>(service.queries, action),
      E.bindTo('known'),
      E.bind('parameters', ({ known }) => queryParameters(known, tasks)),
    )
    if (E.isLeft(described)) return query(() => () => described, never, undefined)
    const { known, parameters } = described.right
    return query(() => sign(action, parameters, call), decoderFor(known), call?.signal)
  }

  const status: V3Client<Service>['status'] = (action, task, call) => {
    const queried = typeof task === 'string' ? { taskId: task } : task
    return queryFor(action, [queried], call, known => decodeV3Status(known, queried))
  }

  return {
    submit: (action, parameters, call) =>
      submitTo(action, parameters, call, naming => E.right(decodeV3Submission(naming))),
    submitBatch: (action, parameters, call) =>
      submitTo(action, parameters, call, naming =>
        pipe(
          resourceIds(naming, parameters, call?.resources),
          E.map(ids => decodeV3Batch(naming, ids)),
        ),
      ),
    status,
    statuses: (action, tasks, call) => queryFor(action, tasks, call, known => decodeV3Statuses(known, tasks)),
    follow: (action, call) => (task, signal) => {
      const known = describedAction<SubmitAction>(service.submits, action)
      if (E.isLeft(known)) return query(() => () => known, never, undefined)
      return status(known.right.query, task, signal === undefined ? call : { ...call, signal })
    },
  }
}

/** Nothing was sent, so there is no response to decode. */
const never = (): never => {
  throw new Error('nothing was sent')
}

const describedAction = <Action>(
  actions: Readonly<Record<string, Action>>,
  name: string,
): E.Either<RequestIssue, Action> =>
  Object.hasOwn(actions, name)
    ? E.right(actions[name] as Action)
    : E.left(issueAt('expected an action that the description of the service has', 'action'))

const hasToken = (parameters: V3Parameters): boolean => Object.hasOwn(parameters, 'ClientToken')

const resourceIds = (
  naming: TaskNaming,
  parameters: V3Parameters,
  resources: string | undefined,
): E.Either<RequestIssue, ReadonlyArray<string>> => {
  const name = resources ?? (naming._tag === 'RequestIdPerResource' ? naming.parameter : undefined)
  if (name === undefined)
    return E.left(issueAt('expected the name of the parameter with the ids of the resources', 'resources'))
  const ids: unknown = parameters[name]
  return Array.isArray(ids) && ids.length > 0 && ids.every(id => typeof id === 'string')
    ? E.right(ids)
    : E.left(
        issueAt('expected the ids of the resources: an array of at least one string', 'parameters', name),
      )
}

/** A number goes out as its digits, never through a double. */
const queryParameters = (
  { parameter, parameterType, list, fixedParameters, maxTasksPerQuery = 1 }: QueryAction,
  tasks: ReadonlyArray<QueriedTask>,
): E.Either<RequestIssue, V3Parameters> => {
  if (tasks.length === 0 || tasks.length > maxTasksPerQuery)
    return E.left(issueAt(`expected 1 to ${maxTasksPerQuery} tasks`, 'tasks'))
  const ids = tasks.map(({ taskId, resourceId }) =>
    list?.requestIdMember === undefined ? taskId : resourceId,
  )
  const isNumber = parameterType === 'number' || parameterType === 'numberArray'
  const values: Array<string | bigint> = []
  for (const [index, id] of ids.entries()) {
    if (typeof id !== 'string' || id === '')
      return E.left(
        issueAt(
          list?.requestIdMember === undefined
            ? 'expected a task id'
            : 'expected a task with the id of its resource, which the action asks for',
          'tasks',
          index,
        ),
      )
    if (isNumber && !isDigits(id))
      return E.left(issueAt('expected digits, which the action requires', 'tasks', index, 'taskId'))
    values.push(isNumber ? BigInt(id) : id)
  }
  const [first] = values as [string | bigint, ...Array<string | bigint>]
  const isArray = parameterType === 'stringArray' || parameterType === 'numberArray'
  return E.right({ ...fixedParameters, [parameter]: isArray ? values : first })
}
