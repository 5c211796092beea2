/**
 * The actions of the emulated API.
 *
 * @since 0.1.0
 */

/**
 * An action: a value of the parameter `Action`.
 *
 * @category model
 * @since 0.1.0
 */
export type Action = OrdinaryAction | BatchAction | StatusAction

/**
 * Starts one task and responds in the ordinary format.
 *
 * @category model
 * @since 0.1.0
 */
export interface OrdinaryAction {
  readonly _tag: 'OrdinaryAction'
  readonly name: string
  /** The parameter that names the resource; `undefined` if the action creates one. */
  readonly resource: ResourceParameter | undefined
  /** What the task creates, if the response contains its id. */
  readonly creates?: 'loadBalancer' | 'listener'
  /** The member of the response with the task id. */
  readonly idAt: 'requestId' | 'taskId'
}

/**
 * Starts one task for each resource and responds in the batch format.
 *
 * @category model
 * @since 0.1.0
 */
export interface BatchAction {
  readonly _tag: 'BatchAction'
  readonly name: string
  readonly resource: ResourceParameter
}

/**
 * Returns the status of a task.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatusAction {
  readonly _tag: 'StatusAction'
  readonly name: string
  /** The parameters that accept the task id. */
  readonly parameters: ReadonlyArray<string>
  /** Whether codes and states are always strings, as in its documented response: `"0"`. */
  readonly codesAsText: boolean
}

/**
 * A parameter that names one resource (`instanceId`) or several (`instanceIds.0`, `instanceIds.1`, …).
 *
 * @category model
 * @since 0.1.0
 */
export interface ResourceParameter {
  readonly name: string
  readonly takes: 'one' | 'many'
}

const ordinary = (
  name: string,
  resource?: ResourceParameter,
  creates?: OrdinaryAction['creates'],
): Action => ({
  _tag: 'OrdinaryAction',
  name,
  resource,
  ...(creates === undefined ? {} : { creates }),
  idAt: 'requestId',
})

/** An action on a NAT gateway, whose documented responses have the task id at `taskId`. */
const gateway = (name: string): Action => ({
  _tag: 'OrdinaryAction',
  name,
  resource: one('natId'),
  idAt: 'taskId',
})

const batch = (name: string): Action => ({ _tag: 'BatchAction', name, resource: many('instanceIds') })

const state = (name: string, ...parameters: ReadonlyArray<string>): Action => ({
  _tag: 'StatusAction',
  name,
  parameters,
  codesAsText: false,
})

/** A status action for database tasks, which the API calls flows. */
const flow = (name: string): Action => ({
  _tag: 'StatusAction',
  name,
  parameters: ['flowId'],
  codesAsText: true,
})

const one = (name: string): ResourceParameter => ({ name, takes: 'one' })
const many = (name: string): ResourceParameter => ({ name, takes: 'many' })

/**
 * Every action that the emulator supports. The status actions are those of PROTOCOL.md, section 4; each accepts any
 * task.
 *
 * @category data
 * @since 0.1.0
 */
export const actions: ReadonlyArray<Action> = [
  ordinary('CreateLoadBalancer', undefined, 'loadBalancer'),
  ordinary('DeleteLoadBalancers', many('loadBalancerIds')),
  ordinary('CreateLoadBalancerListeners', one('loadBalancerId'), 'listener'),
  ordinary('ResetInstances', one('instanceId')),
  ordinary('CreateImage', one('instanceId')),
  gateway('DeleteNatGateway'),
  gateway('EipBindNatGateway'),
  gateway('EipUnBindNatGateway'),
  batch('StartInstances'),
  batch('StopInstances'),
  batch('RestartInstances'),
  batch('ResetInstancesPassword'),
  state('DescribeLoadBalancersTaskResult', 'requestId'),
  state('DescribeVpcTaskResult', 'taskId'),
  state('DescribeNetTaskResult', 'taskId'),
  state('CheckTaskStatus', 'flowId'),
  state('DescribeBmLoadBalancersTaskResult', 'requestId', 'taskId'),
  state('QueryBmTaskResult', 'requestId', 'taskId'),
  state('EipBmQueryTask', 'requestId', 'taskId'),
  flow('GetFlowStatus'),
  flow('CdbTdsqlGetFlowInfo'),
]
