import { byMember, perResource, query, queryWith } from './rows.js'
import type { Service } from './Service.js'

const describeInstances = perResource('DescribeInstances', 'InstanceIds')

/**
 * Lighthouse, `lighthouse` 2020-03-24.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (lighthouse/v20200324) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const lighthouse = {
  service: 'lighthouse',
  version: '2020-03-24',
  submits: {
    // The doc comments of the types name the query.
    ApplyFirewallTemplate: byMember('DescribeFirewallTemplateApplyRecords', 'TaskId'),
    // The doc comments: "如果实例的最新操作状态（LatestOperationState）为“SUCCESS”，则代表操作成功".
    AssociateInstancesKeyPairs: describeInstances,
    DisassociateInstancesKeyPairs: describeInstances,
    IsolateInstances: describeInstances,
    ModifyInstancesBundle: describeInstances,
    RebootInstances: describeInstances,
    RenewInstances: describeInstances,
    ResetInstancesPassword: describeInstances,
    StartInstances: describeInstances,
    StopInstances: describeInstances,
    // The same, for one instance.
    ResetInstance: perResource('DescribeInstances', 'InstanceId'),
  },
  queries: {
    // FirewallTemplateApplyRecord.ApplyState: "应用模板的执行状态。 - SUCCESS：成功 - RUNNING：运行中 -
    // FAILED：失败"
    DescribeFirewallTemplateApplyRecords: queryWith(['TemplateId'], {
      parameter: 'TaskIds',
      parameterType: 'stringArray',
      list: { path: ['ApplyRecordSet'], idMember: 'TaskId' },
      state: ['ApplyState'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['RUNNING'],
    }),
    // Instance.LatestOperationState: "实例的最新操作状态。取值范围： SUCCESS：表示操作成功 OPERATING：表示操
    // 作执行中 FAILED：表示操作失败 注意：此字段可能返回 空值，表示取不到有效值。"
    DescribeInstances: query({
      parameter: 'InstanceIds',
      parameterType: 'stringArray',
      fixedParameters: { Limit: 100 },
      list: { path: ['InstanceSet'], idMember: 'InstanceId', requestIdMember: 'LatestOperationRequestId' },
      state: ['LatestOperationState'],
      succeeded: ['SUCCESS'],
      failed: ['FAILED'],
      inProgress: ['OPERATING'],
      maxTasksPerQuery: 100,
    }),
  },
} as const satisfies Service
