/**
 * The actions that the API knows.
 *
 * @since 0.1.0
 */

/**
 * An action: what the parameter `Action` says.
 *
 * @category model
 * @since 0.1.0
 */
export type Action = OrdinaryAction | BatchAction | StatusAction

/**
 * Starts one task: answered in the ordinary format.
 *
 * @category model
 * @since 0.1.0
 */
export interface OrdinaryAction {
  readonly _tag: 'OrdinaryAction'
  readonly name: string
  /** The parameter that names the resource; `undefined` where the action creates one. */
  readonly resource: ResourceParameter | undefined
  /** What the task creates, if the response tells its id. */
  readonly creates?: 'loadBalancer' | 'listener'
  /** The member of the response that is the task's id. */
  readonly idAt: 'requestId' | 'taskId'
}

/**
 * Starts one task for each resource: answered in the batch format.
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
 * Tells the state of a task.
 *
 * @category model
 * @since 0.1.0
 */
export interface StatusAction {
  readonly _tag: 'StatusAction'
  readonly name: string
  /** The parameters that may take the task's id. */
  readonly parameters: ReadonlyArray<string>
  /** Whether codes and states are always text, as in its published response: `"0"`. */
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

/** Of a private network's gateway: the published responses have the id at `taskId`. */
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

/** Of a database's task, called a flow there. */
const flow = (name: string): Action => ({
  _tag: 'StatusAction',
  name,
  parameters: ['flowId'],
  codesAsText: true,
})

const one = (name: string): ResourceParameter => ({ name, takes: 'one' })
const many = (name: string): ResourceParameter => ({ name, takes: 'many' })

/**
 * Every action that the emulator answers. The actions that tell a task's state are those of PROTOCOL.md, section 4;
 * any of them answers for any task.
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
