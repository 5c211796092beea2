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
} from '@task-outcome/core'
import { decodeBatchResponseWith, decodeOrdinaryResponseWith } from '@task-outcome/core/adapter'
import type { AbortSignalLike } from '@task-outcome/core/adapter'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import type { V2QueryAction } from '../actions/Service.js'
import { type RequestIssue, issueAt } from '../request/RequestIssue.js'
import type { Sign } from '../request/Sign.js'
import { writeV2Request } from '../request/signV2.js'
import type { V2Parameters } from '../request/V2Parameters.js'
import { decodeV2Status } from '../response/decodeV2Status.js'
import type { CallOptions } from './CallOptions.js'
import { described } from './described.js'
import { isDigits } from './digits.js'
import { eitherSignal } from './eitherSignal.js'
import { type RandomBytes, makeNonce } from './random.js'
import type { Call, Sender } from './Sender.js'

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
  /**
   * The actions that tell the state of a task: those of the module, such as `v2Queries.lb` of
   * `@task-outcome/tencentcloud/services`, or descriptions of your own. Default: none.
   */
  readonly queries?: Readonly<Record<Action, V2QueryAction>>
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
export interface V2Client<Action extends string = never> {
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
  /** Queries the state of a task with an action such as `DescribeVpcTaskResult`, one of `queries`. */
  readonly status: (
    queryAction: Action,
    taskId: string,
    options?: CallOptions,
  ) => TE.TaskEither<QueryError, TaskStatus>
  /** Returns the query that `waitForTask` and `waitForBatch` take. */
  readonly follow: (
    queryAction: Action,
    options?: CallOptions,
  ) => (taskId: string, signal?: AbortSignalLike) => TE.TaskEither<QueryError, TaskStatus>
}

/** @internal */
export const createV2Client = <Action extends string>(
  endpoint: string,
  options: V2Options<Action> | null | undefined,
  defaults: { readonly region: string | undefined },
  random: RandomBytes,
  { submit, query }: Sender,
): V2Client<Action> => {
  /** Makes the nonce once: a submission that is sent again is the same request. */
  const write = (
    action: string,
    parameters: V2Parameters,
    call: CallOptions | null | undefined,
  ): E.Either<RequestIssue, Sign> =>
    pipe(
      makeNonce(random),
      E.chain(nonce =>
        writeV2Request({
          ...options,
          region: call?.region ?? options?.region ?? defaults.region,
          endpoint,
          action,
          parameters,
          nonce,
        }),
      ),
    )

  const submitTo = <A>(
    operation: 'submission' | 'batchSubmission',
    action: string,
    parameters: V2Parameters,
    call: CallOptions | null | undefined,
    decoder: () => Call<SubmissionError, A>['decode'],
  ): TE.TaskEither<SubmissionError, A> =>
    submit<A>({ operation, action }, () =>
      pipe(
        write(action, parameters, call),
        E.map(sign => ({ sign, signal: call?.signal, decode: decoder(), sentAgain: 'sameRequest' })),
      ),
    )

  const status = (
    queryAction: Action,
    taskId: string,
    call: CallOptions | undefined,
    signal?: AbortSignalLike,
  ): TE.TaskEither<QueryError, TaskStatus> =>
    query({ operation: 'query', action: queryAction }, () =>
      pipe(
        described<V2QueryAction>(options?.queries, queryAction),
        E.bindTo('known'),
        E.bind('parameters', ({ known }) => idParameter(known, taskId)),
        E.bind('sign', ({ parameters }) => write(queryAction, parameters, call)),
        E.map(({ known, sign }) => ({
          sign,
          signal: eitherSignal(call?.signal, signal),
          decode: decodeV2Status(known),
        })),
      ),
    )

  return {
    submit: <Extra>(
      action: string,
      parameters: V2Parameters,
      call?: (CallOptions & OrdinaryDecodeOptions<Extra>) | null,
    ) =>
      submitTo('submission', action, parameters, call, () => decodeOrdinaryResponseWith<Extra>(call ?? {})),
    submitBatch: <ResponseExtra, EntryExtra>(
      action: string,
      parameters: V2Parameters,
      call?: (CallOptions & BatchDecodeOptions<ResponseExtra, EntryExtra>) | null,
    ) =>
      submitTo('batchSubmission', action, parameters, call, () =>
        decodeBatchResponseWith<ResponseExtra, EntryExtra>(call ?? {}),
      ),
    status: (queryAction, taskId, call) => status(queryAction, taskId, call),
    follow: (queryAction, call) => (taskId, signal) => status(queryAction, taskId, call, signal),
  }
}

const idParameter = (
  { parameter, parameterType }: V2QueryAction,
  taskId: string,
): E.Either<RequestIssue, V2Parameters> =>
  parameterType === 'number' && !isDigits(taskId)
    ? E.left(issueAt('expected digits, which the action requires', 'taskId'))
    : E.right({ [parameter]: taskId } as V2Parameters)
