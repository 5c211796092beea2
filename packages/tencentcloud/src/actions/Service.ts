/**
 * What is known of a service of API 3.0, as data: how the response to each submission names its task, which action tells the
 * state of the task, and which values mean what. The values differ between actions, so nothing is guessed.
 *
 * @since 0.1.0
 */

/**
 * How the response to a submission names the task that it started:
 * - `Member`: an id in the response, at the given member names below `Response`, such as `['Result', 'Data', 'FlowId']`;
 * - `RequestId`: the `RequestId` of the response is the id of the task;
 * - `RequestIdPerResource`: the `RequestId` together with each resource of a parameter: one task for each resource. The
 *   parameter has an array of ids, such as `InstanceIds`, or one id, such as `InstanceId`.
 *
 * @category model
 * @since 0.1.0
 */
export type TaskNaming =
  | { readonly _tag: 'Member'; readonly path: ReadonlyArray<string>; readonly resultCode?: ResultCode }
  | { readonly _tag: 'RequestId' }
  | { readonly _tag: 'RequestIdPerResource'; readonly parameter: string }

/**
 * A code in a response without an `Error`, which can still report a failure, such as `Result.ReturnCode` of ckafka.
 *
 * @category model
 * @since 0.1.0
 */
export interface ResultCode {
  /** Where the code is, below `Response`. */
  readonly path: ReadonlyArray<string>
  /** The values that report no failure, numbers as digits. */
  readonly accepted: ReadonlyArray<string>
  /** Where the message of a failure is, below `Response`. */
  readonly message?: ReadonlyArray<string>
}

/**
 * An action that starts a task.
 *
 * @category model
 * @since 0.1.0
 */
export interface SubmitAction {
  readonly task: TaskNaming
  /** The name of the action that tells the state of the task. */
  readonly query: string
  /** Whether the action takes a `ClientToken`, so that a second request with the same token starts no second task. */
  readonly takesClientToken?: boolean
  /**
   * For how many seconds the service remembers a `ClientToken`, if that is documented. After that time a second request may
   * start a second task.
   */
  readonly clientTokenSeconds?: number
}

/**
 * Where a response has the state of a task, and what its values mean. They differ between actions, so nothing is guessed.
 *
 * @category model
 * @since 0.1.0
 */
export interface StateDescription {
  /**
   * Where the state is. API 3.0: below `Response`, or below the item of the list. API 2.0: below the body, such as
   * `['data', 'status']`.
   */
  readonly state: ReadonlyArray<string>
  /** The values of the state, numbers as digits. A value that is not listed is an issue, never a guess. */
  readonly succeeded: ReadonlyArray<string>
  readonly failed: ReadonlyArray<string>
  readonly inProgress: ReadonlyArray<string>
  /**
   * Where the reason of a failure is, as in `state`. Default in API 2.0: `['data', 'output']`. In API 3.0, a path that starts with
   * `Error` says that an `Error` beside a failed state is the reason, and not a refused query.
   */
  readonly output?: ReadonlyArray<string>
}

/**
 * An action of API 3.0 that tells the state of a task.
 *
 * @category model
 * @since 0.1.0
 */
export interface QueryAction extends StateDescription {
  /**
   * The parameter for the task id (or, for `RequestIdPerResource`, for the resource ids). A number is sent as its digits. A dot
   * leads into an object: `FlowParam.FValue` is the member `FValue` of the parameter `FlowParam`.
   */
  readonly parameter: string
  readonly parameterType: 'string' | 'number' | 'stringArray' | 'numberArray'
  /** Other parameters of the action, with their values. A dot leads into an object, as in `parameter`. */
  readonly fixedParameters?: Readonly<Record<string, string | number>>
  /** Other parameters that the action requires, whose values the caller gives, such as `SdkAppId`. */
  readonly requires?: ReadonlyArray<string>
  /**
   * The array of tasks below `Response`, if the action returns several, and the member by which to find a task in it. Each task
   * has one entry.
   */
  readonly list?: {
    readonly path: ReadonlyArray<string>
    /** The member that has the task id, or the resource id for `RequestIdPerResource`. */
    readonly idMember: string
    /** For `RequestIdPerResource`: the member that must equal the request id of the submission. */
    readonly requestIdMember?: string
  }
  /** How many tasks one query can ask for. Default: 1. */
  readonly maxTasksPerQuery?: number
}

/**
 * An action of API 2.0 that tells the state of a task.
 *
 * @category model
 * @since 0.1.0
 */
export interface V2QueryAction extends StateDescription {
  /** The parameter for the task id. */
  readonly parameter: string
  /** Whether the parameter takes text or only the digits of a number. */
  readonly parameterType: 'string' | 'number'
}

/**
 * A service of API 3.0.
 *
 * @category model
 * @since 0.1.0
 */
export interface Service {
  /** The name that is signed, such as `clb`. */
  readonly service: string
  /** Such as `2018-03-17`. */
  readonly version: string
  readonly submits: Readonly<Record<string, SubmitAction>>
  readonly queries: Readonly<Record<string, QueryAction>>
}
