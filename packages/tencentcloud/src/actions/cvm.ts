import { perResource, query } from './rows.js'
import type { Service } from './Service.js'

const describeInstancesOfInstanceIds = perResource('DescribeInstances', 'InstanceIds')
const describeInstancesOfInstanceId = perResource('DescribeInstances', 'InstanceId')

/**
 * Virtual machines, `cvm` 2017-03-12.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (cvm/v20170312) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const cvm = {
  service: 'cvm',
  version: '2017-03-12',
  submits: {
    // The doc comments: "如果实例的最新操作状态(LatestOperationState)为“SUCCESS”，则代表操作成功".
    AssociateSecurityGroups: describeInstancesOfInstanceIds,
    DisassociateSecurityGroups: describeInstancesOfInstanceIds,
    ModifyInstancesAttribute: describeInstancesOfInstanceIds,
    ModifyInstancesChargeType: describeInstancesOfInstanceIds,
    ModifyInstancesProject: describeInstancesOfInstanceIds,
    ModifyInstancesRenewFlag: describeInstancesOfInstanceIds,
    ModifyInstancesVpcAttribute: describeInstancesOfInstanceIds,
    RebootInstances: describeInstancesOfInstanceIds,
    RenewInstances: describeInstancesOfInstanceIds,
    ResetInstancesInternetMaxBandwidth: describeInstancesOfInstanceIds,
    ResetInstancesPassword: describeInstancesOfInstanceIds,
    ResetInstancesType: describeInstancesOfInstanceIds,
    StartInstances: describeInstancesOfInstanceIds,
    StopInstances: describeInstancesOfInstanceIds,
    // The same, for one instance.
    ResetInstance: describeInstancesOfInstanceId,
    ResizeInstanceDisks: describeInstancesOfInstanceId,
  },
  queries: {
    // Instance.LatestOperationState: "实例的最新操作状态。取值范围： SUCCESS：表示操作成功 OPERATING：表示操
    // 作执行中 FAILED：表示操作失败"
    DescribeInstances: query({
      parameter: 'InstanceIds',
      parameterType: 'stringArray',
      fixedParameters: { Limit: 100 },
      list: { path: ['InstanceSet'], idMember: 'InstanceId', requestIdMember: 'LatestOperationRequestId' },
      state: ['LatestOperationState'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['OPERATING'],
      output: ['LatestOperationErrorMsg'],
      maxTasksPerQuery: 100,
    }),
  },
} as const satisfies Service
