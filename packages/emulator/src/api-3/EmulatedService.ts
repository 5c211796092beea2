/**
 * The services of API 3.0 that the emulator plays, as data. The tables of `@task-outcome/tencentcloud/services` have this form.
 *
 * @since 0.1.0
 */

/**
 * A service of API 3.0.
 *
 * @example
 * import { type EmulatedService, startEmulator } from '@task-outcome/emulator'
 *
 * // values differ between actions: here 1 means succeeded, and 0 in progress
 * const ssm: EmulatedService = {
 *   service: 'ssm',
 *   version: '2019-09-23',
 *   submits: {
 *     CreateProductSecret: { task: { _tag: 'Member', path: ['FlowID'] }, query: 'DescribeAsyncRequestInfo' },
 *   },
 *   queries: {
 *     DescribeAsyncRequestInfo: {
 *       parameter: 'FlowID',
 *       parameterType: 'number',
 *       state: ['TaskStatus'],
 *       succeeded: ['1'],
 *       failed: ['2'],
 *       inProgress: ['0'],
 *     },
 *   },
 * }
 * const emulator = await startEmulator({
 *   credentials: [{ secretId: 'AKID', secretKey: 'key' }],
 *   services: [ssm],
 * })
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatedService {
  /** The name that requests sign, such as `clb`. */
  readonly service: string
  /** The value of `X-TC-Version`, such as `2018-03-17`. */
  readonly version: string
  readonly submits: Readonly<Record<string, EmulatedSubmission>>
  readonly queries: Readonly<Record<string, EmulatedQuery>>
}

/**
 * An action that starts a task.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatedSubmission {
  /**
   * How the response names the task: a `Member` with an id, such as `['Result', 'Data', 'FlowId']`; the `RequestId`; or the
   * `RequestId` together with each resource of a parameter, which starts a task for each. The parameter is an array, such as
   * `InstanceIds`, or one id if its name does not end in `s`, such as `InstanceId`.
   */
  readonly task:
    | {
        readonly _tag: 'Member'
        readonly path: ReadonlyArray<string>
        readonly resultCode?: EmulatedResultCode
      }
    | { readonly _tag: 'RequestId' }
    | { readonly _tag: 'RequestIdPerResource'; readonly parameter: string }
  /** The only action that knows the state of the task. */
  readonly query: string
  /** Whether a second request with the same `ClientToken` gets the response to the first, and starts nothing. */
  readonly takesClientToken?: boolean
  /** For how many seconds of the clock a `ClientToken` is remembered. Default: forever. */
  readonly clientTokenSeconds?: number
  /** How a `Member` is written: `"6356502"` or `6356502`. Default: the type of the parameter of `query`. */
  readonly idType?: 'string' | 'number'
  /** What the task creates: a member with an array of one new id, such as `ListenerIds` with `["lbl-6356502"]`. */
  readonly creates?: { readonly member: string; readonly prefix: string }
}

/**
 * A code in the responses to a submission, such as `Result.ReturnCode` of ckafka. A rejection without a `codeDesc` is reported
 * there, in a response without `Error`.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatedResultCode {
  readonly path: ReadonlyArray<string>
  /** The values that report no failure, of which the first is sent. */
  readonly accepted: ReadonlyArray<string>
  /** Where the message is. */
  readonly message?: ReadonlyArray<string>
}

/**
 * An action that returns the state of tasks.
 *
 * @category model
 * @since 0.1.0
 */
export interface EmulatedQuery {
  /**
   * The parameter for the task id, or for the resource ids of `RequestIdPerResource`. A dot leads into an object:
   * `FlowParam.FValue` is the member `FValue` of the parameter `FlowParam`.
   */
  readonly parameter: string
  /** Its type in the JSON of the request. A value of another type is refused. */
  readonly parameterType: 'string' | 'number' | 'stringArray' | 'numberArray'
  /** Other parameters that the action requires, with their values. A dot leads into an object. */
  readonly fixedParameters?: Readonly<Record<string, string | number>>
  /** Other parameters that the action requires, with any value. */
  readonly requires?: ReadonlyArray<string>
  /**
   * Where the array of tasks is below `Response`, if there is one. Items have their id at `idMember`, and for
   * `RequestIdPerResource` the `RequestId` of the last submission at `requestIdMember`.
   */
  readonly list?: {
    readonly path: ReadonlyArray<string>
    readonly idMember: string
    readonly requestIdMember?: string
  }
  /** Where the state is, below `Response` or below the item. */
  readonly state: ReadonlyArray<string>
  /** The values of the state, of which the first is sent. One that is an integer is sent as a number. */
  readonly succeeded: ReadonlyArray<string>
  readonly failed: ReadonlyArray<string>
  readonly inProgress: ReadonlyArray<string>
  /**
   * Where the reason of a failure is, below `Response` or below the item. A reason at `Error` has a `Code` as well, and is absent
   * unless the task has failed.
   */
  readonly output?: ReadonlyArray<string>
  /** How many tasks a query can ask for. Default: 1. */
  readonly maxTasksPerQuery?: number
  /** How many items an array has if the request has no `Limit`. Default: all that the request asks for. */
  readonly defaultLimit?: number
}
