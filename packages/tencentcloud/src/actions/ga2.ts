import { byMember, query } from './rows.js'
import type { Service } from './Service.js'

const describeTaskResult = byMember('DescribeTaskResult', 'TaskId')

/**
 * Global accelerator, `ga2` 2025-01-15.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (ga2/v20250115) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const ga2 = {
  service: 'ga2',
  version: '2025-01-15',
  submits: {
    // The service has one query for this id; its doc comments are about any task.
    CreateAccelerateAreas: describeTaskResult,
    CreateEndpointGroup: describeTaskResult,
    CreateForwardingPolicy: describeTaskResult,
    CreateForwardingRule: describeTaskResult,
    CreateGlobalAccelerator: describeTaskResult,
    CreateGlobalAcceleratorAclPolicy: describeTaskResult,
    CreateGlobalAcceleratorAclRule: describeTaskResult,
    CreateListener: describeTaskResult,
    CreateListenerAdditionalCert: describeTaskResult,
    DeleteAccelerateAreas: describeTaskResult,
    DeleteEndpointGroups: describeTaskResult,
    DeleteForwardingPolicy: describeTaskResult,
    DeleteForwardingRule: describeTaskResult,
    DeleteGlobalAccelerator: describeTaskResult,
    DeleteGlobalAcceleratorAclPolicy: describeTaskResult,
    DeleteGlobalAcceleratorAclRule: describeTaskResult,
    DeleteListener: describeTaskResult,
    DeleteListenerAdditionalCert: describeTaskResult,
    ModifyAccelerateAreas: describeTaskResult,
    ModifyEndpointGroup: describeTaskResult,
    ModifyForwardingPolicy: describeTaskResult,
    ModifyForwardingRule: describeTaskResult,
    ModifyGlobalAccelerator: describeTaskResult,
    ModifyGlobalAcceleratorAclPolicy: describeTaskResult,
    ModifyGlobalAcceleratorAclRule: describeTaskResult,
    ModifyListener: describeTaskResult,
    ReplaceListenerAdditionalCert: describeTaskResult,
  },
  queries: {
    // DescribeTaskResultResponse.Status: "任务状态。 枚举值： SUCCESS： 任务成功。 FAILURE： 任务失败。
    // RUNNING： 任务运行。"
    DescribeTaskResult: query({
      parameter: 'TaskId',
      parameterType: 'string',
      state: ['Status'],
      succeeded: ['SUCCESS'],
      failed: ['FAILURE'],
      inProgress: ['RUNNING'],
    }),
  },
} as const satisfies Service
