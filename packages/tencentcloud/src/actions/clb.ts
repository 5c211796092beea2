import { byMember, byRequestId, query, withToken } from './rows.js'
import type { Service } from './Service.js'

const describeAsyncJobs = byRequestId('DescribeAsyncJobs')
const describeTaskStatus = byRequestId('DescribeTaskStatus')

/**
 * Load balancer, `clb` 2018-03-17.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (clb/v20180317) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const clb = {
  service: 'clb',
  version: '2018-03-17',
  submits: {
    // The doc comments of the types name the query.
    AssociateModelRouterGuardrails: describeAsyncJobs,
    AssociateTargetGroups: describeTaskStatus,
    AutoRewrite: describeTaskStatus,
    BatchModifyTargetWeight: describeTaskStatus,
    CloneLoadBalancer: describeTaskStatus,
    CreateListener: describeTaskStatus,
    CreateLoadBalancerSnatIps: describeTaskStatus,
    CreateRule: describeTaskStatus,
    CreateUserGroup: describeAsyncJobs,
    DeleteListener: describeTaskStatus,
    DeleteLoadBalancer: describeTaskStatus,
    DeleteLoadBalancerListeners: describeTaskStatus,
    DeleteLoadBalancerSnatIps: describeTaskStatus,
    DeleteRewrite: describeTaskStatus,
    DeleteRule: describeTaskStatus,
    DeleteUserGroups: describeAsyncJobs,
    DeregisterFunctionTargets: describeTaskStatus,
    DeregisterTargetGroupInstances: describeTaskStatus,
    DeregisterTargets: describeTaskStatus,
    DeregisterTargetsFromClassicalLB: describeTaskStatus,
    DisassociateModelRouterGuardrails: describeAsyncJobs,
    DisassociateTargetGroups: describeTaskStatus,
    ManualRewrite: describeTaskStatus,
    ModifyDomain: describeTaskStatus,
    ModifyDomainAttributes: describeTaskStatus,
    ModifyKeysUserGroup: describeAsyncJobs,
    ModifyListener: describeTaskStatus,
    ModifyLoadBalancerAttributes: describeTaskStatus,
    ModifyLoadBalancerSla: describeTaskStatus,
    ModifyModelRouterGuardrails: describeAsyncJobs,
    ModifyRule: describeTaskStatus,
    ModifyServiceProviderModelAttributes: describeAsyncJobs,
    ModifyTargetGroupInstancesPort: describeTaskStatus,
    ModifyTargetGroupInstancesWeight: describeTaskStatus,
    ModifyTargetPort: describeTaskStatus,
    ModifyTargetWeight: describeTaskStatus,
    ModifyUserGroupAttributes: describeAsyncJobs,
    RegisterFunctionTargets: describeTaskStatus,
    RegisterTargetGroupInstances: describeTaskStatus,
    RegisterTargets: describeTaskStatus,
    RegisterTargetsWithClassicalLB: describeTaskStatus,
    SetLoadBalancerStartStatus: describeTaskStatus,
    // CreateLoadBalancerResponse: "可以根据接口返回的RequestId或DealName参数，通过DescribeTaskStatus接口查询
    // "
    CreateLoadBalancer: withToken(byRequestId('DescribeTaskStatus')),
    // The member is spelled JodId.
    ModifyBlockIPList: byMember('DescribeBlockIPTask', 'JodId'),
  },
  queries: {
    // Job.Status: "异步任务状态 枚举值： Processing： 进行中 Succeeded： 成功 Failed： 失败"
    DescribeAsyncJobs: query({
      parameter: 'RequestIds',
      parameterType: 'stringArray',
      fixedParameters: { MaxResults: 100 },
      list: { path: ['Jobs'], idMember: 'RequestId' },
      state: ['Status'],
      succeeded: ['Succeeded'],
      failed: ['Failed'],
      inProgress: ['Processing'],
      maxTasksPerQuery: 20,
    }),
    // DescribeBlockIPTaskResponse.Status: "1 running，2 fail，6 succ"
    DescribeBlockIPTask: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['6'],
      failed: ['2'],
      inProgress: ['1'],
    }),
    // DescribeTaskStatusResponse.Status: "任务的当前状态。 0：成功，1：失败，2：进行中。"
    DescribeTaskStatus: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['0'],
      failed: ['1'],
      inProgress: ['2'],
      output: ['Message'],
    }),
  },
} as const satisfies Service
