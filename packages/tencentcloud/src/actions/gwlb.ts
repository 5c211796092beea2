import { byRequestId, query } from './rows.js'
import type { Service } from './Service.js'

const describeTaskStatus = byRequestId('DescribeTaskStatus')

/**
 * Gateway load balancer, `gwlb` 2024-09-06.
 *
 * Source: the types of tencentcloud-sdk-nodejs 4.1.313 (gwlb/v20240906) and their doc comments, quoted below.
 *
 * @category services
 * @since 0.1.0
 */
export const gwlb = {
  service: 'gwlb',
  version: '2024-09-06',
  submits: {
    // The doc comments of the types name the query.
    AssociateTargetGroups: describeTaskStatus,
    CreateGatewayLoadBalancer: describeTaskStatus,
    DeleteGatewayLoadBalancer: describeTaskStatus,
    DisassociateTargetGroups: describeTaskStatus,
  },
  queries: {
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
