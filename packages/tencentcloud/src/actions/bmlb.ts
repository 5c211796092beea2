import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeLoadBalancerTaskResult = byMember('DescribeLoadBalancerTaskResult', 'TaskId')

/**
 * Bare metal load balancer, `bmlb` 2018-06-25.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (bmlb/v20180625) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const bmlb = {
  service: 'bmlb',
  version: '2018-06-25',
  submits: {
    // The doc comments of the types name the query.
    BindL4Backends: describeLoadBalancerTaskResult,
    BindL7Backends: describeLoadBalancerTaskResult,
    BindTrafficMirrorListeners: describeLoadBalancerTaskResult,
    BindTrafficMirrorReceivers: describeLoadBalancerTaskResult,
    CreateL4Listeners: describeLoadBalancerTaskResult,
    CreateL7Rules: describeLoadBalancerTaskResult,
    CreateLoadBalancers: describeLoadBalancerTaskResult,
    DeleteL7Domains: describeLoadBalancerTaskResult,
    DeleteL7Rules: describeLoadBalancerTaskResult,
    DeleteListeners: describeLoadBalancerTaskResult,
    DeleteLoadBalancer: describeLoadBalancerTaskResult,
    DeleteTrafficMirror: describeLoadBalancerTaskResult,
    ModifyL4BackendPort: describeLoadBalancerTaskResult,
    ModifyL4BackendProbePort: describeLoadBalancerTaskResult,
    ModifyL4BackendWeight: describeLoadBalancerTaskResult,
    ModifyL4Listener: describeLoadBalancerTaskResult,
    ModifyL7BackendPort: describeLoadBalancerTaskResult,
    ModifyL7BackendWeight: describeLoadBalancerTaskResult,
    ModifyL7Listener: describeLoadBalancerTaskResult,
    ModifyL7Locations: describeLoadBalancerTaskResult,
    ModifyLoadBalancer: describeLoadBalancerTaskResult,
    SetTrafficMirrorHealthSwitch: describeLoadBalancerTaskResult,
    UnbindL4Backends: describeLoadBalancerTaskResult,
    UnbindL7Backends: describeLoadBalancerTaskResult,
    UnbindTrafficMirrorListeners: describeLoadBalancerTaskResult,
    UnbindTrafficMirrorReceivers: describeLoadBalancerTaskResult,
  },
  queries: {
    // DescribeLoadBalancerTaskResultResponse.Status: "任务当前状态。0：成功，1：失败，2：进行中。"
    DescribeLoadBalancerTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['0'],
      failed: ['1'],
      inProgress: ['2'],
    }),
  },
} as const satisfies Service
