/**
 * Calls of API 2.0.
 *
 * @since 0.1.0
 */
import {
  type AcceptedTask,
  type BatchDecodeOptions,
  type BatchOutcome,
  type JsonRecord,
  type OrdinaryDecodeOptions,
  type QueryError,
  type SubmissionError,
  type TaskStatus,
  decodeBatchResponseWith,
  decodeOrdinaryResponseWith,
  decodeStatusResponse,
} from '@task-outcome/core'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { type V2StatusAction, v2StatusActions } from '../actions/v2.js'
import { type RequestIssue, issueAt } from '../request/RequestIssue.js'
import { signV2Request } from '../request/signV2.js'
import type { V2Parameters } from '../request/V2Parameters.js'
import type { CallOptions } from './CallOptions.js'
import { isDigits } from './digits.js'
import { type RandomBytes, makeNonce } from './random.js'
import type { Sender, Sign } from './Sender.js'

/**
 * How the requests to an endpoint of API 2.0 are built.
 *
 * @category model
 * @since 0.1.0
 */
export interface V2Options<Action extends string = never> {
  /** Default: the region of the client. */
  readonly region?: string
  /** Default: `POST`. A value that starts with `@` needs `GET`. */
  readonly method?: 'GET' | 'POST'
  /** Default: `HmacSHA256`. */
  readonly signatureMethod?: 'HmacSHA1' | 'HmacSHA256'
  /** Actions that tell the state of a task, beside the known ones: {@link v2StatusActions}. */
  readonly statusActions?: Readonly<Record<Action, V2StatusAction>>
}

/**
 * Calls the actions of one endpoint of API 2.0. Nothing is sent before a `TaskEither` runs, each run signs anew, and it never
 * rejects. Running a submission twice starts two tasks.
 *
 * If the call is wrong, such as a parameter that is refused, the result is `NotSent` with the reason `Misused`.
 *
 * @category model
 * @since 0.1.0
 */
export interface V2Client<Action extends string = keyof typeof v2StatusActions> {
  /** Submits for one resource. */
  readonly submit: <Extra = JsonRecord>(
    action: string,
    parameters: V2Parameters,
    options?: CallOptions & OrdinaryDecodeOptions<Extra>,
  ) => TE.TaskEither<SubmissionError, AcceptedTask<Extra>>
  /** Submits for many resources. */
  readonly submitBatch: <ResponseExtra = JsonRecord, EntryExtra = JsonRecord>(
    action: string,
    parameters: V2Parameters,
    options?: CallOptions & BatchDecodeOptions<ResponseExtra, EntryExtra>,
  ) => TE.TaskEither<SubmissionError, BatchOutcome<ResponseExtra, EntryExtra>>
  /** Queries the state of a task with an action such as `DescribeVpcTaskResult`. */
  readonly status: (
    statusAction: Action,
    taskId: string,
    options?: CallOptions,
  ) => TE.TaskEither<QueryError, TaskStatus>
  /** Returns the query that `waitForTask` and `waitForBatch` take. */
  readonly follow: (
    statusAction: Action,
    options?: CallOptions,
  ) => (taskId: string, signal?: AbortSignalLike) => TE.TaskEither<QueryError, TaskStatus>
}

/** @internal */
export const createV2Client = <Action extends string>(
  endpoint: string,
  options: V2Options<Action>,
  random: RandomBytes,
  { submit, query }: Sender,
): V2Client<Action | keyof typeof v2StatusActions> => {
  const statusActions: Readonly<Record<string, V2StatusAction>> = {
    ...v2StatusActions,
    ...options.statusActions,
  }

  /** Makes the nonce once: a submission that is sent again is the same request. */
  const sign = (action: string, parameters: V2Parameters, call: CallOptions | undefined): Sign => {
    const nonce = makeNonce(random)
    return (credentials, timestamp) =>
      signV2Request({
        ...options,
        region: call?.region ?? options.region,
        endpoint,
        action,
        parameters,
        credentials,
        timestamp,
        nonce,
      })
  }

  const status: V2Client<string>['status'] = (statusAction, taskId, call) =>
    query(
      () =>
        pipe(
          idParameter(statusActions, statusAction, taskId),
          E.map(parameters => ({
            sign: sign(statusAction, parameters, call),
            decode: decodeStatusResponse,
          })),
        ),
      call?.signal,
    )

  return {
    submit: (action, parameters, call = {}) =>
      submit(
        () =>
          E.right({
            sign: sign(action, parameters, call),
            decode: decodeOrdinaryResponseWith(call),
            sentAgain: 'sameRequest',
          }),
        call.signal,
      ),
    submitBatch: (action, parameters, call = {}) =>
      submit(
        () =>
          E.right({
            sign: sign(action, parameters, call),
            decode: decodeBatchResponseWith(call),
            sentAgain: 'sameRequest',
          }),
        call.signal,
      ),
    status,
    follow: (statusAction, call) => (taskId, signal) =>
      status(statusAction, taskId, signal === undefined ? call : { ...call, signal }),
  }
}

const idParameter = (
  actions: Readonly<Record<string, V2StatusAction>>,
  name: string,
  taskId: string,
): E.Either<RequestIssue, V2Parameters> => {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined)
    return E.left(issueAt('expected the name of a known action, or one of statusActions', 'statusAction'))
  if (action.parameterType === 'integer' && !isDigits(taskId))
    return E.left(issueAt(`expected digits, which ${name} requires`, 'taskId'))
  return E.right({ [action.parameter]: taskId } as V2Parameters)
}
