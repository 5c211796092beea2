/** The rows of the tables of services. Their types have names, so that the declarations stay short. */
import type { QueryAction, ResultCode, SubmitAction } from './Service.js'

/**
 * A submission whose response has the id of the task in a member.
 *
 * @category model
 * @since 0.1.0
 */
export interface ByMember<Query extends string> extends SubmitAction {
  readonly task: {
    readonly _tag: 'Member'
    readonly path: ReadonlyArray<string>
    readonly resultCode?: ResultCode
  }
  readonly query: Query
}

/**
 * A submission whose `RequestId` is the id of the task.
 *
 * @category model
 * @since 0.1.0
 */
export interface ByRequestId<Query extends string> extends SubmitAction {
  readonly task: { readonly _tag: 'RequestId' }
  readonly query: Query
}

/**
 * A submission that starts one task for each resource of a parameter.
 *
 * @category model
 * @since 0.1.0
 */
export interface PerResource<Query extends string, Parameter extends string> extends SubmitAction {
  readonly task: { readonly _tag: 'RequestIdPerResource'; readonly parameter: Parameter }
  readonly query: Query
}

/**
 * A submission that takes a `ClientToken`.
 *
 * @category model
 * @since 0.1.0
 */
export interface TakesClientToken {
  readonly takesClientToken: true
}

/**
 * An action that tells the state of a task, with the names of the parameters that the caller gives.
 *
 * @category model
 * @since 0.1.0
 */
export interface Query<Requires extends string = never> extends QueryAction {
  readonly requires?: ReadonlyArray<Requires>
}

export const byMember = <Q extends string>(query: Q, ...path: ReadonlyArray<string>): ByMember<Q> => ({
  task: { _tag: 'Member', path },
  query,
})

/** The row of a submission whose response has a code of its own. */
export const withResultCode = <Q extends string>(row: ByMember<Q>, resultCode: ResultCode): ByMember<Q> => ({
  ...row,
  task: { ...row.task, resultCode },
})

export const byRequestId = <Q extends string>(query: Q): ByRequestId<Q> => ({
  task: { _tag: 'RequestId' },
  query,
})

export const perResource = <Q extends string, P extends string>(
  query: Q,
  parameter: P,
): PerResource<Q, P> => ({ task: { _tag: 'RequestIdPerResource', parameter }, query })

/** The row of a submission that takes a `ClientToken`, which the service remembers for some seconds, if that is documented. */
export const withToken = <Row extends SubmitAction>(row: Row, seconds?: number): Row & TakesClientToken => ({
  ...row,
  takesClientToken: true,
  ...(seconds === undefined ? {} : { clientTokenSeconds: seconds }),
})

type WithoutRequires = Omit<QueryAction, 'requires'>

export const query = (row: WithoutRequires): Query => row

/** The row of an action with parameters whose values the caller gives. */
export const queryWith = <const Requires extends string>(
  requires: ReadonlyArray<Requires>,
  row: WithoutRequires,
): Query<Requires> => ({ ...row, requires })
